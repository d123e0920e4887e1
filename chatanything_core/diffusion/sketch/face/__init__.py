"""Faces on bodies, and the landmarks that lie on their very curves."""
