"""Fruit and vegetables."""

from ..shapes import blob, ellipse, stroke, twin
from .base import Body, Part

LEAF, STEM = "5b9b3c", "6b4a2b"


def _apple() -> list[Part]:
    stem = stroke([(0.0, -0.58), (0.03, -0.76), (0.10, -0.92)], 0.06, 0.085)
    leaf = blob(
        [(0.06, -0.72), (0.20, -0.92), (0.46, -0.96), (0.58, -0.90), (0.46, -0.74), (0.24, -0.66)]
    )
    vein = stroke([(0.10, -0.73), (0.30, -0.82), (0.50, -0.89)], 0.012)
    flesh = twin(
        [
            (0, -0.60),
            (0.16, -0.68),
            (0.44, -0.70),
            (0.70, -0.50),
            (0.80, -0.12),
            (0.72, 0.34),
            (0.48, 0.72),
            (0.20, 0.82),
            (0, 0.76),
        ]
    )
    dimple = ellipse(0, -0.60, 0.17, 0.045)
    return [
        Part((flesh,), "base", 0.72, role="face"),
        Part((dimple,), "dark", 0.03, "leaf", "front", 0),
        Part((stem,), STEM, 0.05, "wood", "front", 0.3),
        Part((leaf,), LEAF, 0.08, "leaf", "front"),
        Part((vein,), "47802c", 0.01, "leaf", "front", 0),
    ]


BODIES = (
    Body(
        "apple",
        "fruit",
        _apple,
        (0, -0.10, 0.46),
        "fruit",
        ("c62828", "d2372b", "7fae3a"),
        hat=(0, -0.62, 1.0),
    ),
)
