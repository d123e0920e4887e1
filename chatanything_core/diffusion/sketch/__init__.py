"""The painter that needs no model: soft 3D characters with exact landmarks, from numpy and Pillow."""

from .painter import SketchPainter

__all__ = ["SketchPainter"]
