"""Clothes."""

from ..shapes import blob, ellipse, twin
from .base import Body, Part, pair


def _shirt() -> list[Part]:
    body = twin(
        [
            (0, -0.72),
            (0.26, -0.82),
            (0.44, -0.78),
            (0.60, -0.56),
            (0.62, -0.10),
            (0.60, 0.40),
            (0.62, 0.80),
            (0.30, 0.86),
            (0, 0.86),
        ]
    )
    sleeve = blob(
        [
            (0.42, -0.78),
            (0.66, -0.66),
            (0.92, -0.24),
            (0.94, -0.10),
            (0.70, 0.02),
            (0.60, -0.10),
            (0.52, -0.40),
        ]
    )
    collar = blob(
        [(0.02, -0.60), (0.14, -0.86), (0.30, -0.90), (0.40, -0.78), (0.26, -0.50), (0.14, -0.48)]
    )
    neck = ellipse(0, -0.76, 0.22, 0.10)
    buttons = [ellipse(0, y, 0.03) for y in (0.62, 0.76)]
    return [
        Part(pair(sleeve), "base", 0.20),
        Part((body,), "base", 0.42, role="face"),
        Part((neck,), "dark", 0.02, role="front", shadow=0),
        Part(pair(collar), "light", 0.06, role="front"),
        Part(tuple(buttons), "f4efe2", 0.02, "plastic", "front"),
    ]


BODIES = (
    Body(
        "shirt",
        "clothing",
        _shirt,
        (0, -0.20, 0.38),
        "cloth",
        ("6f9fc8", "c76a6a", "7aa684", "d9c39a"),
        backdrop="room",
        stand="float",
        hat=(0, -0.80, 0.9),
    ),
)
