"""Things on and around a desk, and in the kitchen next door."""

from ..shapes import ellipse, rounded, stroke, twin
from .base import Body, Part


def _mug() -> list[Part]:
    handle = stroke(
        [(0.56, -0.30), (0.86, -0.28), (0.94, 0.06), (0.84, 0.40), (0.56, 0.44)], 0.15, 0.15
    )
    cup = rounded([(-0.62, -0.66), (0.62, -0.66), (0.58, 0.84), (-0.58, 0.84)], 0.16)
    rim = ellipse(0, -0.64, 0.615, 0.10)
    coffee = ellipse(0, -0.625, 0.55, 0.075)
    return [
        Part((handle,), "base", 0.14),
        Part((cup,), "base", 0.62, role="face"),
        Part((rim,), "base", 0.05, role="front", shadow=0.1),
        Part((coffee,), "4a2a18", 0.02, "jelly", "front", 0),
    ]


def _teapot() -> list[Part]:
    handle = stroke(
        [(0.58, -0.34), (0.86, -0.46), (0.98, -0.14), (0.88, 0.24), (0.62, 0.44)], 0.12, 0.13
    )
    spout = stroke([(-0.52, 0.36), (-0.74, 0.22), (-0.82, -0.14), (-0.95, -0.34)], 0.34, 0.15)
    lip = ellipse(-0.955, -0.355, 0.10, 0.045, -24)
    belly = twin(
        [
            (0, -0.56),
            (0.30, -0.54),
            (0.58, -0.36),
            (0.74, 0.02),
            (0.72, 0.40),
            (0.50, 0.70),
            (0.30, 0.76),
            (0, 0.77),
        ]
    )
    foot = rounded([(-0.36, 0.70), (0.36, 0.70), (0.42, 0.84), (-0.42, 0.84)], 0.05)
    lid = twin([(0, -0.74), (0.20, -0.72), (0.38, -0.60), (0.42, -0.50), (0.22, -0.46), (0, -0.45)])
    knob = ellipse(0, -0.80, 0.10, 0.09)
    return [
        Part((handle,), "base", 0.12),
        Part((spout,), "base", 0.22),
        Part((lip,), "dark", 0.02, shadow=0),
        Part((foot,), "base", 0.12),
        Part((belly,), "base", 0.62, role="face"),
        Part((lid,), "base", 0.16, role="front", shadow=0.3),
        Part((knob,), "accent", 0.10, role="front"),
    ]


BODIES = (
    Body(
        "mug",
        "office",
        _mug,
        (0, -0.14, 0.42),
        "ceramic",
        ("e9e6df", "4f86a8", "c9553f", "6f9a78", "e0b04a"),
        rigid=True,
        backdrop="office",
        hat=(0, -0.62, 1.2),
    ),
    Body(
        "teapot",
        "office",
        _teapot,
        (0, -0.12, 0.42),
        "ceramic",
        ("7fb0c4", "e8ddc8", "c96a5a", "8fae7a", "d9a441"),
        "d9a520",
        rigid=True,
        backdrop="kitchen",
        hat=(0, -0.60, 0.8),
    ),
)
