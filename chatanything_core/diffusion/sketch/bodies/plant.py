"""Plants, most of them in a pot."""

from ..shapes import ellipse, rounded, stroke, twin
from .base import Body, Part, pair

POT = "c2714a"


def pot() -> list[Part]:
    """A terracotta pot at the foot of the picture."""
    bowl = rounded([(-0.42, 0.62), (0.42, 0.62), (0.33, 0.94), (-0.33, 0.94)], 0.06)
    rim = rounded([(-0.48, 0.54), (0.48, 0.54), (0.46, 0.68), (-0.46, 0.68)], 0.04)
    return [Part((bowl,), POT, 0.30, "stone"), Part((rim,), POT, 0.10, "stone")]


def _cactus() -> list[Part]:
    body = twin(
        [
            (0, -0.90),
            (0.30, -0.84),
            (0.50, -0.58),
            (0.55, -0.10),
            (0.53, 0.36),
            (0.42, 0.66),
            (0, 0.72),
        ]
    )
    arm = stroke([(0.46, 0.22), (0.72, 0.20), (0.80, 0.02), (0.80, -0.22)], 0.24, 0.22)
    left = stroke([(-0.46, 0.08), (-0.70, 0.08), (-0.79, -0.10), (-0.79, -0.30)], 0.22, 0.20)
    ribs = [stroke([(x * 0.75, -0.80), (x, -0.20), (x * 0.9, 0.60)], 0.016) for x in (0.36, 0.48)]
    spines = [
        ellipse(x, y, 0.012, 0.03, 30 * x)
        for x, y in (
            (0.10, -0.74),
            (0.28, -0.64),
            (0.36, 0.42),
            (0.46, 0.10),
            (0.43, -0.36),
            (0.18, 0.58),
        )
    ]
    flower = [
        ellipse(0.10 * dx, -0.92 + 0.07 * dy, 0.075)
        for dx, dy in ((-1, 0), (1, 0), (0, -1), (-0.6, -0.8), (0.6, -0.8))
    ]
    return [
        Part((arm,), "base", 0.2),
        Part((left,), "base", 0.2),
        Part((body,), "base", 0.52, role="face", shadow=0.4),
        *(Part(pair(r), "dark", 0.01, role="front", shadow=0) for r in ribs),
        *(Part(pair(s), "f3ecd2", 0.01, "plastic", "front", 0.1) for s in spines),
        Part(tuple(flower), "ee7fa5", 0.06, "leaf", "front"),
        Part((ellipse(0, -0.95, 0.05),), "f7d14c", 0.03, "leaf", "front", 0.1),
        *(Part(p.outlines, p.tint, p.depth, p.material, "front", p.shadow) for p in pot()),
    ]


BODIES = (
    Body(
        "cactus",
        "plant",
        _cactus,
        (0, -0.22, 0.38),
        "leaf",
        ("6aa552", "4f9468", "7fae5a"),
        backdrop="window",
        hat=(0, -0.74, 0.9),
    ),
)
