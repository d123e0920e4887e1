"""Find, place, draw and judge the landmarks of faces."""

from .records import Eye, Face, FaceGuide, Origin

__all__ = ["Eye", "Face", "FaceGuide", "Origin"]
