"""Animals."""

from ..shapes import blob, stroke, twin
from .base import Body, Part, pair


def _cat() -> list[Part]:
    ear = blob(
        [(0.22, -0.52), (0.40, -0.74), (0.62, -0.90), (0.70, -0.62), (0.68, -0.24), (0.45, -0.30)]
    )
    inner = blob(
        [(0.36, -0.52), (0.48, -0.66), (0.59, -0.76), (0.62, -0.54), (0.60, -0.34), (0.45, -0.40)]
    )
    chest = twin([(0, 0.50), (0.34, 0.56), (0.58, 0.80), (0.70, 1.2), (0, 1.3)])
    bib = twin([(0, 0.60), (0.18, 0.66), (0.26, 0.90), (0.22, 1.2), (0, 1.3)])
    head = twin(
        [
            (0, -0.58),
            (0.30, -0.56),
            (0.58, -0.38),
            (0.76, -0.04),
            (0.82, 0.26),
            (0.66, 0.48),
            (0.36, 0.66),
            (0, 0.72),
        ]
    )
    whiskers = [
        stroke([(0.40, y0), (0.62, y1), (0.92, y2)], 0.014, 0.006)
        for y0, y1, y2 in ((0.22, 0.18, 0.12), (0.28, 0.28, 0.27), (0.34, 0.38, 0.42))
    ]
    return [
        Part((chest,), "base", 0.4),
        Part((bib,), "light", 0.2),
        Part(pair(ear), "base", 0.16),
        Part(pair(inner), "e8a9a0", 0.05, "skin", shadow=0.1),
        Part((head,), "base", 0.62, role="face", shadow=0.5),
        *(Part(pair(w), "f4efe6", 0.01, "plastic", "front", 0) for w in whiskers),
    ]


BODIES = (
    Body(
        "cat",
        "animal",
        _cat,
        (0, -0.06, 0.44),
        "fur",
        ("d98f4a", "8c8a88", "5d4a3d", "e6d5b8", "4c4c52"),
        stand="bust",
        backdrop="garden",
        hat=(0, -0.52, 1.1),
    ),
)
