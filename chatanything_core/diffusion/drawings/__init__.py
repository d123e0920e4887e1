"""Drawings that become bodies: read with care, cut out, and told where their face goes."""

from .load_drawing import load_drawing
from .records import Credit, Drawing, FaceSpot, read_face_spot, spot_of

__all__ = ["Credit", "Drawing", "FaceSpot", "load_drawing", "read_face_spot", "spot_of"]
