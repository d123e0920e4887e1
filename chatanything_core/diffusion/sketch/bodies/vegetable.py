"""Vegetables."""

from ..surface.outlines import blob, ellipse, stroke, twin
from .base import Mark, Part, back, main, over, pair
from .fruit import LEAF, crown, leaf, ribs, stem
from .making import produce


def _pumpkin() -> list[Part]:
    flesh = twin("0,-.58 .20,-.64 .50,-.60 .78,-.36 .88,.06 .80,.48 .54,.76 .22,.82 0,.80")
    stalk = stroke(".0,-.54 -.02,-.72 .10,-.90", 0.18, 0.13)
    return [
        main(flesh, 0.74, *ribs(-0.66, -0.36, 0.36, 0.66, top=-0.62, bottom=0.82)),
        over(stalk, tint="7a8a3e", depth=0.08, made="wood"),
        *leaf(-0.62, 0.8),
    ]


def _tomato() -> list[Part]:
    flesh = twin("0,-.56 .26,-.62 .60,-.52 .82,-.16 .82,.26 .62,.64 .28,.80 0,.82")
    return [
        main(flesh, 0.74, *ribs(-0.7, 0.7, top=-0.6, bottom=0.8)),
        crown(-0.60, 0.38, count=6),
        stem(-0.70),
    ]


def _carrot() -> list[Part]:
    fronds = (
        "0,-.50 -.02,-.80 .02,-1.0",
        "0.06,-.50 .18,-.76 .34,-.94",
        "0.10,-.48 .30,-.64 .50,-.72",
    )
    greens = [side for frond in fronds for side in pair(stroke(frond, 0.10, 0.14))]
    root = twin("0,-.62 .30,-.60 .52,-.44 .56,-.10 .48,.36 .34,.72 .14,.92 0,.94")
    rings = [
        Mark(stroke(f"{x},{y} {x + 0.16},{y + 0.02}", 0.02, 0.008), "dark", 0.7, 0.006, -0.02)
        for x, y in ((-0.54, -0.20), (0.34, 0.10), (-0.44, 0.46), (0.20, 0.62), (0.36, -0.42))
    ]
    return [back(*greens, tint=LEAF, depth=0.06, made="leaf"), main(root, 0.60, *rings)]


def _potato() -> list[Part]:
    root = blob(
        "-.10,-.82 .34,-.78 .64,-.46 .66,-.04 .74,.34 .60,.70 .24,.88 -.24,.86 -.58,.66 -.70,.24 -.62,-.20 -.54,-.58"
    )
    eyes = [
        Mark(ellipse(x, y, 0.045, 0.025, 20), "dark", 0.7, 0.012, -0.04)
        for x, y in (
            (0.50, -0.40),
            (-0.46, -0.48),
            (0.58, 0.44),
            (-0.56, 0.46),
            (0.10, 0.76),
            (-0.20, -0.70),
        )
    ]
    return [main(root, 0.66, *eyes, made="peel")]


def _aubergine() -> list[Part]:
    flesh = twin("0,-.64 .26,-.60 .44,-.36 .54,0 .66,.36 .62,.68 .34,.88 0,.90")
    return [
        main(flesh, 0.66),
        crown(-0.66, 0.42),
        over(
            stroke("0,-.66 .02,-.80 .10,-.94", 0.12, 0.10), tint="6f8a3a", depth=0.06, made="leaf"
        ),
    ]


def _onion() -> list[Part]:
    flesh = twin("0,-.90 .07,-.72 .20,-.58 .54,-.40 .76,-.02 .74,.38 .48,.72 .14,.84 0,.86")
    return [
        main(flesh, 0.70, *ribs(-0.62, -0.4, 0.4, 0.62, top=-0.7, bottom=0.84, tint="dark")),
        over(
            *[stroke(f"{x},.84 {x * 1.8},.95", 0.02, 0.008) for x in (-0.08, 0, 0.08)],
            tint="c9b48a",
            depth=0.01,
            shadow=0,
        ),
    ]


def _pepper() -> list[Part]:
    flesh = twin("0,-.56 .22,-.66 .50,-.62 .70,-.34 .68,.10 .58,.52 .46,.80 .24,.88 .10,.80 0,.84")
    return [
        main(flesh, 0.66, *ribs(-0.5, 0.5, top=-0.6, bottom=0.86)),
        over(
            stroke("0,-.58 .02,-.74 .14,-.88", 0.13, 0.10), tint="5f8a3a", depth=0.06, made="leaf"
        ),
    ]


def _corn() -> list[Part]:
    cob = twin("0,-.94 .22,-.86 .40,-.60 .50,-.20 .50,.30 .40,.70 0,.86")
    grains = [
        Mark(ellipse(x, y, 0.045), "c98f1c", 0.0, 0.02, 0.02)
        for y in [-0.8 + 0.11 * i for i in range(15)]
        for x in [-0.44 + 0.11 * j for j in range(9)]
    ]
    husk = blob(".12,.90 .50,.80 .66,.40 .62,-.10 .50,.20 .34,.52")
    return [
        main(cob, 0.52, *grains, made="fruit"),
        over(*pair(husk), tint="8fae4a", depth=0.10, made="leaf"),
    ]


BODIES = (
    produce("pumpkin", _pumpkin, "fruit", ("e8842a",), (0, -0.08, 0.46), -0.56),
    produce("tomato", _tomato, "fruit", ("d83a2a",), (0, -0.06, 0.46), -0.56),
    produce("carrot", _carrot, "fruit", ("ee8030",), (0, -0.22, 0.38), -0.54),
    produce("potato", _potato, "peel", ("c9a26a", "b98f5a"), (0, -0.14, 0.42), -0.70),
    produce("aubergine", _aubergine, "fruit", ("6a4880",), (0, -0.04, 0.40), -0.56),
    produce("onion", _onion, "fruit", ("c98a4a", "a8486a", "eee2cc"), (0, 0.0, 0.42), -0.56),
    produce("pepper", _pepper, "fruit", ("d0342a", "6aa83a", "f0b428"), (0, -0.12, 0.42), -0.56),
    produce("corn", _corn, "fruit", ("f2cc46",), (0, -0.24, 0.36), -0.78),
)
