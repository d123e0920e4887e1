"""What is worn on head, hands and feet."""

from ..surface.outlines import blob, ellipse, ridge, rounded, stroke, twin
from .base import Mark, Part, back, main, over, pair
from .making import garment


def _sock() -> list[Part]:
    tube = blob(
        "-.50,-.70 .42,-.70 .46,-.20 .52,.14 .84,.36 .92,.66 .70,.84 .20,.82 -.30,.70 -.52,.40 -.54,-.20"
    )
    cuff = rounded([(-0.56, -0.90), (0.48, -0.90), (0.46, -0.62), (-0.54, -0.62)], 0.08)
    heel, toe = (
        Mark(ellipse(-0.44, 0.56, 0.26, 0.26), "accent", 0.95, 0.01),
        Mark(ellipse(0.84, 0.62, 0.26, 0.30), "accent", 0.95, 0.01),
    )
    return [main(tube, 0.50, heel, toe), over(cuff, tint="accent", depth=0.14)]


def _shoe() -> list[Part]:
    upper = blob(
        "-.86,.60 -.90,.10 -.80,-.40 -.50,-.56 -.10,-.60 .20,-.40 .40,-.10 .80,.10 .94,.40 .90,.66 0,.68"
    )
    sole = rounded([(-0.94, 0.58), (0.98, 0.58), (0.96, 0.82), (-0.92, 0.82)], 0.09)
    collar = ellipse(-0.34, -0.54, 0.44, 0.10, -4)
    laces = [
        stroke([(0.26 + d, -0.42 + d), (0.44 + d * 0.9, -0.34 + d * 0.7)], 0.05)
        for d in (0.0, 0.12, 0.24)
    ]
    cap = Mark(blob(".60,.02 .84,.10 .96,.40 .92,.68 .66,.68 .60,.40"), "light", 0.9, 0.01)
    return [
        main(upper, 0.50, cap),
        over(collar, tint="dark", depth=0.03, shadow=0.1),
        over(sole, tint="f2efe8", depth=0.12, made="plastic"),
        over(*laces, tint="f7f4ee", depth=0.04),
    ]


def _boot() -> list[Part]:
    shaft = blob("-.56,-.80 .40,-.80 .44,-.10 .50,.30 .80,.40 .94,.62 .90,.80 -.52,.80 -.56,.20")
    sole = rounded([(-0.62, 0.74), (0.98, 0.74), (0.96, 0.92), (-0.60, 0.92)], 0.06)
    cuff = rounded([(-0.60, -0.92), (0.46, -0.92), (0.44, -0.72), (-0.58, -0.72)], 0.07)
    return [
        main(shaft, 0.46),
        over(sole, tint="dark", depth=0.12),
        over(cuff, tint="accent", depth=0.12),
    ]


def _hat() -> list[Part]:
    brim = ellipse(0, 0.66, 0.96, 0.22)
    crown = ridge(".56,-.80 .60,.62 .40,.74", 0.12)
    band = stroke("-.60,.46 0,.54 .60,.46", 0.14)
    return [
        back(brim, depth=0.10),
        main(crown, 0.54),
        over(ellipse(0, -0.76, 0.55, 0.09), tint="light", depth=0.02, shadow=0),
        over(band, tint="accent", depth=0.03),
    ]


def _beanie() -> list[Part]:
    dome = twin("0,-.66 .34,-.60 .62,-.30 .72,.10 .72,.46 .60,.54 0,.56")
    fold = ridge(".78,.40 .76,.80", 0.10)
    ribs = [
        Mark(side, "dark", 0.35, 0.015, -0.03)
        for x in (0.45, 0.62)
        for side in pair(stroke([(x * 0.4, -0.6), (x, -0.1), (x * 1.02, 0.5)], 0.03))
    ]
    return [
        main(dome, 0.56, *ribs),
        over(fold, tint="accent", depth=0.16),
        over(ellipse(0, -0.76, 0.19), tint="light", depth=0.18, made="fur"),
    ]


def _glove() -> list[Part]:
    fingers = [
        stroke([(x, -0.20), (x * 1.15, y)], 0.27, 0.24)
        for x, y in ((-0.40, -0.72), (-0.13, -0.86), (0.15, -0.84), (0.42, -0.66))
    ]
    thumb = stroke(".50,.40 .76,.12 .84,-.10", 0.28, 0.24)
    palm = twin("0,-.44 .40,-.42 .60,-.20 .62,.30 .50,.70 0,.74")
    cuff = ridge(".54,.64 .58,.92", 0.08)
    return [
        back(*fingers, depth=0.2),
        back(thumb, depth=0.2),
        main(palm, 0.44),
        over(cuff, tint="accent", depth=0.14),
    ]


def _scarf() -> list[Part]:
    loop = ellipse(0, -0.06, 0.86, 0.76)
    tail = rounded([(0.30, 0.40), (0.66, 0.36), (0.76, 0.96), (0.40, 0.98)], 0.05)
    stripes = [
        Mark(stroke(line, 0.09), "light", 0.7, 0.012)
        for line in (
            "-.84,-.46 -.62,-.30",
            "-.90,.30 -.66,.24",
            ".84,-.46 .62,-.30",
            ".90,.30 .66,.24",
        )
    ]
    fringe = [stroke(f"{x},.94 {x + 0.02},1.0", 0.03) for x in (0.44, 0.52, 0.60, 0.68)]
    return [
        back(tail, *fringe, tint="dark", depth=0.12),
        main(loop, 0.60, *stripes),
        over(stroke(".16,.56 .44,.50 .70,.30", 0.20), tint="base", depth=0.12),
    ]


def _umbrella() -> list[Part]:
    pole = stroke("0,.20 0,.76 .06,.92 .20,.94 .26,.82", 0.06)
    canopy = blob(
        "0,-.86 .40,-.78 .74,-.48 .92,-.02 .94,.28 .78,.18 .62,.24 .47,.34 .32,.22 .16,.26 0,.40 -.16,.26 -.32,.22 -.47,.34 -.62,.24 -.78,.18 -.94,.28 -.92,-.02 -.74,-.48 -.40,-.78"
    )
    ribs = [
        Mark(side, "dark", 0.5, 0.012, -0.03)
        for side in pair(stroke("0,-.84 .44,-.44 .62,.22", 0.02))
    ]
    return [
        back(pole, tint="7a5234", depth=0.05, made="wood"),
        back(stroke("0,-.84 0,-.98", 0.06), tint="7a5234", depth=0.04, made="wood"),
        main(canopy, 0.50, *ribs),
    ]


def _crown() -> list[Part]:
    shape = rounded(
        [
            (-0.78, 0.76),
            (-0.92, -0.50),
            (-0.46, -0.20),
            (0, -0.84),
            (0.46, -0.20),
            (0.92, -0.50),
            (0.78, 0.76),
        ],
        0.06,
    )
    tips = [ellipse(x, y, 0.09) for x, y in ((-0.92, -0.56), (0, -0.90), (0.92, -0.56))]
    gems = [ellipse(x, 0.72, 0.07, 0.06) for x in (-0.56, 0, 0.56)]
    band = rounded([(-0.80, 0.60), (0.80, 0.60), (0.79, 0.84), (-0.79, 0.84)], 0.04)
    return [
        main(shape, 0.40),
        over(*tips, tint="d0344a", depth=0.09, made="glass"),
        over(band, tint="dark", depth=0.08),
        over(*gems, tint="4a8ad0", depth=0.06, made="plastic"),
    ]


def _diamond() -> list[Part]:
    shape = rounded([(-0.56, -0.66), (0.56, -0.66), (0.94, -0.16), (0, 0.90), (-0.94, -0.16)], 0.05)
    facets = [
        Mark(stroke(line, 0.012), "light", 0.7, 0.004, 0.01)
        for line in (
            "-.92,-.16 -.60,-.20 -.56,-.64",
            ".92,-.16 .60,-.20 .56,-.64",
            "-.60,-.20 -.30,-.62",
            ".60,-.20 .30,-.62",
            "-.60,-.20 -.40,.40",
            ".60,-.20 .40,.40",
        )
    ]
    return [main(shape, 0.34, *facets)]


BODIES = (
    garment("sock", _sock, "fur", ("e88a7a", "8ab0c8", "d9c860"), (-0.04, -0.28, 0.38), -0.84),
    garment("shoe", _shoe, "cloth", ("c9403a", "4a7fb0", "5a9a7a"), (-0.30, -0.12, 0.36), -0.54),
    garment("boot", _boot, "leather", ("8a5632", "e8c03a", "5a5e68"), (-0.06, -0.28, 0.36), -0.86),
    garment(
        "hat",
        _hat,
        "cloth",
        ("5a5e6e", "7a4a5a", "6b5a44"),
        (0, -0.24, 0.40),
        -0.78,
        accent="b8383a",
    ),
    garment("beanie", _beanie, "fur", ("d9603c", "5a8aa8", "6a9a5a"), (0, -0.14, 0.38), -0.60),
    garment("glove", _glove, "cloth", ("c9503c", "6a8ab0", "7a9a5a"), (0, -0.06, 0.36), -0.50),
    garment(
        "scarf", _scarf, "fur", ("b83a4a", "4f7f9a", "d9a04a"), (0, -0.20, 0.40), -0.70, "float"
    ),
    garment(
        "umbrella", _umbrella, "cloth", ("c9403c", "4a7fb0", "e0b040"), (0, -0.30, 0.34), -0.76
    ),
    garment("crown", _crown, "metal", ("e0b040",), (0, 0.06, 0.38), -0.50),
    garment("diamond", _diamond, "glass", ("a8d8f0", "e08aa8", "8ad0a8"), (0, -0.26, 0.38), -0.60),
)
