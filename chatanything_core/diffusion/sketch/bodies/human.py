"""People."""

from ..shapes import blob, ellipse, stroke, twin
from .base import Body, Part, pair

SKINS = ("f0c8a8", "e3b08a", "c98d63", "a86f48", "7d4d31", "5e3a26", "f5d5bd", "d9a27a")
HAIRS = ("2a1c14", "4a2f1d", "7a4a26", "b5803f", "d9b36a", "8e3b1c", "1c1a1e")


def _head() -> list[Part]:
    shoulders = twin([(0, 0.62), (0.2, 0.66), (0.52, 0.76), (0.80, 0.90), (0.9, 1.2), (0, 1.3)])
    neck = twin([(0, 0.3), (0.2, 0.34), (0.21, 0.62), (0.3, 0.76), (0, 0.9)])
    head = twin(
        [
            (0, -0.70),
            (0.28, -0.64),
            (0.46, -0.42),
            (0.50, -0.10),
            (0.46, 0.18),
            (0.34, 0.42),
            (0.16, 0.56),
            (0, 0.59),
        ]
    )
    ear = ellipse(0.505, -0.02, 0.075, 0.13, 8)
    return [
        Part((shoulders,), "accent", 0.30, "cloth"),
        Part((neck,), "dark", 0.20),
        Part(pair(ear), "base", 0.06),
        Part((head,), "base", 0.44, role="face", shadow=0.5),
    ]


def _short_hair() -> list[Part]:
    back = twin([(0, -0.86), (0.34, -0.80), (0.56, -0.52), (0.58, -0.16), (0.50, 0.05), (0, 0.1)])
    fringe = blob(
        [
            (-0.52, -0.12),
            (-0.50, -0.46),
            (-0.30, -0.62),
            (0.05, -0.52),
            (0.36, -0.46),
            (0.47, -0.30),
            (0.53, -0.08),
            (0.58, -0.42),
            (0.42, -0.76),
            (0.0, -0.88),
            (-0.42, -0.78),
            (-0.60, -0.42),
        ]
    )
    head = _head()
    return [
        *head[:1],
        Part((back,), "hair", 0.3, "hair"),
        *head[1:],
        Part((fringe,), "hair", 0.20, "hair", "front", 0.3),
    ]


def _long_hair() -> list[Part]:
    back = twin(
        [
            (0, -0.88),
            (0.38, -0.80),
            (0.62, -0.48),
            (0.66, 0.0),
            (0.70, 0.5),
            (0.60, 0.80),
            (0.34, 0.72),
            (0, 0.7),
        ]
    )
    left = blob(
        [
            (0.06, -0.80),
            (-0.06, -0.62),
            (-0.30, -0.44),
            (-0.47, -0.14),
            (-0.50, 0.22),
            (-0.56, 0.56),
            (-0.68, 0.50),
            (-0.66, 0.0),
            (-0.60, -0.46),
            (-0.34, -0.80),
        ]
    )
    right = blob(
        [
            (-0.04, -0.84),
            (0.16, -0.62),
            (0.36, -0.40),
            (0.48, -0.12),
            (0.51, 0.22),
            (0.56, 0.56),
            (0.68, 0.50),
            (0.66, 0.0),
            (0.60, -0.46),
            (0.34, -0.80),
        ]
    )
    head = _head()
    return [
        Part((back,), "hair", 0.3, "hair"),
        *head,
        Part((right,), "hair", 0.16, "hair", "front", 0.3),
        Part((left,), "hair", 0.16, "hair", "front", 0.3),
    ]


def _bun() -> list[Part]:
    knot = ellipse(0, -0.92, 0.22, 0.17)
    cap = blob(
        [
            (-0.50, -0.10),
            (-0.47, -0.40),
            (-0.28, -0.58),
            (0, -0.52),
            (0.28, -0.58),
            (0.47, -0.40),
            (0.50, -0.10),
            (0.57, -0.42),
            (0.40, -0.74),
            (0, -0.86),
            (-0.40, -0.74),
            (-0.57, -0.42),
        ]
    )
    strand = stroke([(0, -0.84), (0, -0.7), (0, -0.56)], 0.01)
    return [
        Part((knot,), "hair", 0.14, "hair"),
        *_head(),
        Part((cap,), "hair", 0.18, "hair", "front", 0.3),
        Part((strand,), "dark", 0.02, "hair", "front", 0),
    ]


FACE = (0.0, -0.07, 0.40)
BODIES = (
    Body(
        "man",
        "human",
        _short_hair,
        FACE,
        "skin",
        SKINS,
        "3d5a80",
        "bust",
        backdrop="room",
        hat=(0, -0.52, 1.1),
    ),
    Body(
        "woman",
        "human",
        _long_hair,
        FACE,
        "skin",
        SKINS,
        "9b5d73",
        "bust",
        backdrop="room",
        hat=(0, -0.54, 1.15),
    ),
    Body(
        "elder",
        "human",
        _bun,
        FACE,
        "skin",
        SKINS,
        "6b7a8f",
        "bust",
        backdrop="room",
        hat=(0, -0.56, 1.1),
    ),
)
