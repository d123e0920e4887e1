"""Faces on bodies, and the landmarks that lie exactly on their curves."""
