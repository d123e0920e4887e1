"""Engines that find faces in pictures."""
