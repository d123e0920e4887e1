"""Cartoon characters, robots and spirits."""

from ..shapes import box, ellipse, stroke, twin
from .base import Body, Part, pair


def _robot() -> list[Part]:
    aerial = stroke([(0, -0.66), (0.0, -0.86)], 0.05)
    bulb = ellipse(0, -0.90, 0.08)
    ear = box(0.74, -0.06, 0.20, 0.36, 0.06)
    neck = box(0, 0.66, 0.30, 0.24, 0.04)
    chest = twin([(0, 0.72), (0.40, 0.74), (0.66, 0.90), (0.70, 1.2), (0, 1.2)])
    head = box(0, -0.04, 1.38, 1.30, 0.30)
    bolts = [ellipse(x, y, 0.04) for x, y in ((0.56, -0.56), (0.56, 0.46))]
    return [
        Part((aerial,), "9aa0a8", 0.04, "metal"),
        Part((bulb,), "e8503a", 0.08, "plastic"),
        Part((neck,), "6f7680", 0.10, "metal"),
        Part((chest,), "dark", 0.30),
        Part(pair(ear), "accent", 0.12),
        Part((head,), "base", 0.50, role="face"),
        *(Part(pair(b), "dark", 0.03, "metal", "front", 0.2) for b in bolts),
    ]


BODIES = (
    Body(
        "robot",
        "cartoon",
        _robot,
        (0, -0.16, 0.46),
        "plastic",
        ("8fb8c9", "d8d4c8", "e0a84a", "8a9a78"),
        "e8833a",
        "bust",
        True,
        "lab",
        hat=(0, -0.62, 1.3),
    ),
)
