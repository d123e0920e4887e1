"""Fonts that have the letters of a subtitle."""
