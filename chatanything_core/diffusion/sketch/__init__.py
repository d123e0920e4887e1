"""The painter that needs no model: soft 3D characters with exact landmarks."""

from .painter import SketchPainter

__all__ = ["SketchPainter"]
