"""Bags."""

from ..shapes import box, stroke, twin
from .base import Body, Part, pair


def _backpack() -> list[Part]:
    loop = stroke([(-0.20, -0.74), (-0.14, -0.94), (0.14, -0.94), (0.20, -0.74)], 0.08, 0.08)
    strap = stroke([(0.58, -0.42), (0.80, -0.10), (0.80, 0.36), (0.62, 0.66)], 0.16, 0.13)
    body = twin(
        [
            (0, -0.80),
            (0.34, -0.78),
            (0.58, -0.58),
            (0.66, -0.10),
            (0.68, 0.50),
            (0.60, 0.78),
            (0.30, 0.84),
            (0, 0.84),
        ]
    )
    zip_ = stroke([(-0.56, -0.36), (-0.44, -0.60), (0, -0.70), (0.44, -0.60), (0.56, -0.36)], 0.025)
    pocket = box(0, 0.68, 0.90, 0.28, 0.10)
    seam = stroke([(-0.38, 0.60), (0, 0.58), (0.38, 0.60)], 0.022)
    buckle = box(0, 0.70, 0.12, 0.10, 0.03)
    return [
        Part((loop,), "dark", 0.06),
        Part(pair(strap), "dark", 0.12),
        Part((body,), "base", 0.50, role="face"),
        Part((zip_,), "f0d9a0", 0.02, "metal", "front", 0.2),
        Part((pocket,), "base", 0.14, role="front", shadow=0.4),
        Part((seam,), "dark", 0.01, role="front", shadow=0),
        Part((buckle,), "accent", 0.04, "metal", "front"),
    ]


BODIES = (
    Body(
        "backpack",
        "bag",
        _backpack,
        (0, -0.22, 0.40),
        "cloth",
        ("3f7f8c", "c9503c", "d9983a", "556b9a"),
        "d9b25a",
        backdrop="room",
        hat=(0, -0.74, 1.0),
    ),
)
