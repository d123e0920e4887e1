"""Clothes."""

from ..surface.outlines import blob, box, ellipse, ridge, rounded, stroke, twin
from .base import Mark, Part, back, main, over, pair
from .making import garment


def _shirt() -> list[Part]:
    body = twin("0,-.70 .24,-.82 .44,-.78 .60,-.56 .62,-.10 .60,.40 .62,.82 .30,.87 0,.87")
    sleeve = blob(".42,-.78 .66,-.66 .92,-.24 .94,-.10 .70,.02 .60,-.10 .52,-.40")
    neck = twin("0,-.86 .14,-.86 .24,-.80 .14,-.70 0,-.66")
    collar = rounded(
        [(0.02, -0.60), (0.22, -0.88), (0.40, -0.80), (0.26, -0.52), (0.14, -0.46)], 0.04
    )
    buttons = [ellipse(0, y, 0.028) for y in (0.56, 0.74)]
    return [
        back(*pair(sleeve), depth=0.20),
        main(body, 0.42, Mark(stroke("0,.46 0,.86", 0.012), "dark", 0.5, 0.004, -0.01)),
        over(neck, tint="dark", depth=0.02, shadow=0),
        over(*pair(collar), tint="light", depth=0.06),
        over(*buttons, tint="f4efe2", depth=0.02, made="plastic"),
    ]


def _sweater() -> list[Part]:
    body = twin("0,-.74 .24,-.78 .46,-.74 .62,-.50 .66,0 .66,.50 .62,.78 0,.80")
    sleeve = blob(".44,-.74 .70,-.60 .92,-.10 .98,.50 .80,.56 .66,.20 .54,-.30")
    hem, neck = ridge(".60,.72 .58,.88", 0.04), stroke("-.28,-.76 0,-.66 .28,-.76", 0.13)
    knit = [Mark(stroke([(-0.66, y), (0.66, y)], 0.07), "light", 0.35, 0.012) for y in (0.60,)]
    return [
        back(*pair(sleeve), depth=0.22),
        main(body, 0.44, *knit),
        over(hem, tint="dark", depth=0.08),
        over(neck, tint="dark", depth=0.08),
    ]


def _dress() -> list[Part]:
    strap = stroke(".22,-.66 .26,-.96", 0.08)
    top = twin("0,-.70 .22,-.74 .42,-.66 .42,-.30 .50,0 .74,.50 .90,.84 .40,.92 0,.92")
    dots = [
        Mark(ellipse(x, y, 0.04), "light", 0.85, 0.004)
        for x, y in (
            (0.60, 0.66),
            (-0.60, 0.66),
            (0.30, 0.80),
            (-0.30, 0.80),
            (0.0, 0.70),
            (0.52, 0.40),
            (-0.52, 0.40),
        )
    ]
    return [
        back(*pair(strap), depth=0.05),
        main(top, 0.44, *dots),
        over(stroke("-.20,-.70 0,-.62 .20,-.70", 0.05), tint="light", depth=0.03),
    ]


def _jacket() -> list[Part]:
    body = twin("0,-.72 .26,-.80 .50,-.74 .66,-.48 .68,.10 .68,.80 .40,.88 0,.88")
    sleeve = blob(".48,-.74 .74,-.58 .92,-.10 .98,.56 .80,.60 .68,.20 .58,-.30")
    lapel = rounded(
        [(0.03, -0.52), (0.24, -0.86), (0.48, -0.76), (0.44, -0.56), (0.30, -0.50), (0.10, -0.40)],
        0.03,
    )
    tie = rounded([(-0.05, -0.62), (0.05, -0.62), (0.09, -0.50), (0, -0.44), (-0.09, -0.50)], 0.02)
    pocket = box(0.44, 0.66, 0.28, 0.08, 0.02)
    return [
        back(*pair(sleeve), depth=0.22),
        main(body, 0.44),
        over(ellipse(0, -0.74, 0.22, 0.10), tint="f4efe2", depth=0.02, shadow=0),
        over(*pair(lapel), tint="dark", depth=0.05),
        over(tie, tint="accent", depth=0.04),
        over(*pair(pocket), tint="dark", depth=0.03),
    ]


def _jeans() -> list[Part]:
    legs = blob(
        "-.60,-.40 -.66,.30 -.62,.94 -.20,.94 -.12,.50 0,.34 .12,.50 .20,.94 .62,.94 .66,.30 .60,-.40 .50,-.70 -.50,-.70"
    )
    band = rounded([(-0.56, -0.84), (0.56, -0.84), (0.60, -0.66), (-0.60, -0.66)], 0.04)
    loops = [box(x, -0.75, 0.05, 0.22, 0.01) for x in (-0.36, 0.36)]
    seams = [
        Mark(side, "d9a04a", 0.8, 0.003) for side in pair(stroke(".56,-.40 .60,.30 .56,.92", 0.012))
    ]
    pockets = [
        Mark(side, "d9a04a", 0.8, 0.003)
        for side in pair(stroke(".28,-.64 .34,-.46 .58,-.40", 0.012))
    ]
    return [
        main(legs, 0.34, *seams, *pockets),
        over(band, depth=0.08),
        over(*loops, tint="dark", depth=0.03),
        over(ellipse(0, -0.75, 0.045), tint="c9a24a", depth=0.03, made="metal"),
    ]


BODIES = (
    garment(
        "shirt",
        _shirt,
        "cloth",
        ("6f9fc8", "c76a6a", "7aa684", "d9c39a"),
        (0, -0.20, 0.38),
        -0.80,
        "float",
    ),
    garment(
        "sweater",
        _sweater,
        "fur",
        ("b8484a", "5a7f9a", "d9a860", "6a8a5a"),
        (0, -0.22, 0.40),
        -0.74,
        "float",
    ),
    garment(
        "dress", _dress, "cloth", ("d06a8a", "6a8ac9", "e0b04a"), (0, -0.14, 0.34), -0.74, "float"
    ),
    garment(
        "jacket",
        _jacket,
        "cloth",
        ("4a5a78", "6b6a4a", "8a4a4a"),
        (0, -0.12, 0.38),
        -0.78,
        "float",
        accent="c9503c",
    ),
    garment("jeans", _jeans, "cloth", ("4a6a98", "5a7fb0"), (0, -0.26, 0.36), -0.80, "float"),
)
