"""Bags."""

from ..surface.outlines import blob, box, ellipse, ridge, rounded, stroke, twin
from .base import Mark, Part, back, main, over, pair
from .making import bag

BRASS = "d9b25a"


def _stitch(*lines: str, tint: str = "dark") -> list[Mark]:
    return [Mark(stroke(line, 0.014), tint, 0.6, 0.004, -0.01) for line in lines]


def _backpack() -> list[Part]:
    loop = stroke("-.20,-.74 -.14,-.94 .14,-.94 .20,-.74", 0.08)
    strap = stroke(".58,-.42 .80,-.10 .80,.36 .62,.66", 0.16, 0.13)
    body = twin("0,-.80 .34,-.78 .58,-.58 .66,-.10 .68,.50 .60,.78 .30,.84 0,.84")
    zip_ = stroke("-.58,-.34 -.46,-.60 0,-.70 .46,-.60 .58,-.34", 0.025)
    return [
        back(loop, tint="dark", depth=0.06),
        back(*pair(strap), tint="dark", depth=0.12),
        main(body, 0.50),
        over(zip_, tint="f0d9a0", depth=0.02, made="metal", shadow=0.2),
        over(box(0, 0.68, 0.90, 0.28, 0.10), depth=0.14, shadow=0.4),
        over(stroke("-.38,.60 0,.58 .38,.60", 0.022), tint="dark", depth=0.01, shadow=0),
        over(box(0, 0.70, 0.12, 0.10, 0.03), tint=BRASS, depth=0.04, made="metal"),
    ]


def _handbag() -> list[Part]:
    handle = stroke("-.38,-.46 -.34,-.84 0,-.96 .34,-.84 .38,-.46", 0.09)
    body = twin("0,-.50 .46,-.52 .62,-.40 .74,.10 .84,.62 .72,.80 0,.82")
    rings = [ellipse(x, -0.46, 0.06) for x in (-0.38, 0.38)]
    clasp = ellipse(0, -0.50, 0.09, 0.07)
    seams = _stitch("-.58,-.30 -.70,.30 -.76,.66", ".58,-.30 .70,.30 .76,.66")
    return [
        back(handle, depth=0.08),
        main(body, 0.48, *seams),
        over(*rings, tint=BRASS, depth=0.05, made="metal"),
        over(clasp, tint=BRASS, depth=0.07, made="metal"),
    ]


def _suitcase() -> list[Part]:
    handle = stroke("-.24,-.56 -.20,-.82 .20,-.82 .24,-.56", 0.09)
    shell = rounded([(-0.86, -0.60), (0.86, -0.60), (0.86, 0.76), (-0.86, 0.76)], 0.18)
    corner = [
        rounded([(0.56, y), (0.88, y), (0.88, y + 0.3 * d)], 0.06)
        for y, d in ((-0.62, 1), (0.78, -1))
    ]
    bands = pair(box(0.64, 0.08, 0.12, 1.36, 0.02))
    locks = pair(box(0.64, -0.44, 0.15, 0.12, 0.03))
    return [
        back(handle, tint="dark", depth=0.08),
        back(*pair(box(0.60, 0.80, 0.22, 0.10, 0.04)), tint="3a3d44", depth=0.05, made="plastic"),
        main(shell, 0.28, *(Mark(band, "dark", 0.75, 0.006, 0.015) for band in bands)),
        over(*[side for c in corner for side in pair(c)], tint="dark", depth=0.06),
        over(*locks, tint=BRASS, depth=0.05, made="metal"),
    ]


def _tote() -> list[Part]:
    handle = stroke("-.34,-.50 -.32,-.86 -.10,-.98 .10,-.98 .32,-.86 .34,-.50", 0.08)
    body = ridge(".66,-.52 .74,.84", 0.05)
    hem = [Mark(stroke("-.66,-.42 .66,-.42", 0.014), "dark", 0.5, 0.004, -0.01)]
    folds = [
        Mark(side, "dark", 0.35, 0.03, -0.04)
        for side in pair(stroke(".60,-.30 .66,.20 .58,.70", 0.03))
    ]
    return [back(handle, tint="dark", depth=0.05), main(body, 0.30, *hem, *folds)]


def _purse() -> list[Part]:
    chain = stroke("-.60,-.30 -.50,-.80 0,-.96 .50,-.80 .60,-.30", 0.035)
    body = twin("0,-.46 .50,-.44 .66,-.20 .84,.26 .74,.68 .40,.82 0,.84")
    frame = stroke("-.62,-.26 -.44,-.46 0,-.52 .44,-.46 .62,-.26", 0.08)
    return [
        back(chain, tint=BRASS, depth=0.03, made="metal"),
        main(body, 0.54),
        over(frame, tint=BRASS, depth=0.06, made="metal"),
        over(
            ellipse(-0.06, -0.58, 0.07),
            ellipse(0.07, -0.60, 0.07),
            tint=BRASS,
            depth=0.06,
            made="metal",
        ),
    ]


def _sack() -> list[Part]:
    ruff = blob(
        "-.44,-.94 -.20,-.84 0,-.96 .22,-.84 .46,-.92 .28,-.66 .18,-.52 -.18,-.52 -.28,-.66"
    )
    body = twin("0,-.58 .22,-.56 .48,-.36 .72,.06 .82,.46 .66,.78 .30,.88 0,.88")
    rope = stroke("-.24,-.58 0,-.52 .24,-.58", 0.09)
    folds = [
        Mark(side, "dark", 0.45, 0.03, -0.05)
        for side in pair(stroke(".14,-.50 .34,-.30 .50,.0", 0.03))
    ]
    patch = Mark(
        rounded([(0.40, 0.46), (0.62, 0.42), (0.66, 0.66), (0.44, 0.68)], 0.02),
        "accent",
        0.9,
        0.004,
        0.01,
    )
    return [
        back(ruff, depth=0.16),
        main(body, 0.60, *folds, patch),
        over(rope, tint="a8763e", depth=0.06, made="hair"),
    ]


def _briefcase() -> list[Part]:
    handle = stroke("-.26,-.46 -.22,-.74 .22,-.74 .26,-.46", 0.10)
    body = rounded([(-0.92, -0.50), (0.92, -0.50), (0.92, 0.76), (-0.92, 0.76)], 0.10)
    flap = Mark(stroke("-.90,-.28 .90,-.28", 0.02), "dark", 0.8, 0.006, -0.03)
    seams = _stitch("-.84,-.44 -.84,.70", ".84,-.44 .84,.70", "-.84,.69 .84,.69")
    return [
        back(handle, tint="dark", depth=0.08),
        main(body, 0.24, flap, *seams),
        over(*pair(box(0.66, -0.28, 0.14, 0.16, 0.03)), tint=BRASS, depth=0.05, made="metal"),
    ]


def _wallet() -> list[Part]:
    cards = [
        rounded(
            [(-0.6 + d, -0.70 + d), (0.5 + d, -0.70 + d), (0.5 + d, 0.2), (-0.6 + d, 0.2)], 0.04
        )
        for d in (0.0, 0.10)
    ]
    body = rounded([(-0.86, -0.52), (0.86, -0.52), (0.86, 0.74), (-0.86, 0.74)], 0.12)
    seams = _stitch("-.78,-.44 .78,-.44", "-.78,.66 .78,.66", "-.78,-.44 -.78,.66")
    tab = rounded([(0.56, 0.0), (0.94, 0.0), (0.94, 0.22), (0.56, 0.22)], 0.06)
    return [
        back(cards[0], tint="6ab0c9", depth=0.02, made="plastic"),
        back(cards[1], tint="e8c85a", depth=0.02, made="plastic"),
        main(body, 0.24, *seams),
        over(tab, tint="dark", depth=0.06),
        over(ellipse(0.68, 0.11, 0.04), tint=BRASS, depth=0.04, made="metal"),
    ]


def _basket() -> list[Part]:
    handle = stroke("-.66,-.30 -.54,-.78 0,-.96 .54,-.78 .66,-.30", 0.10)
    body = ridge(".80,-.36 .62,.84", 0.14)
    weave = [
        Mark(stroke([(x, -0.40), (x * 0.8, 0.86)], 0.03), "dark", 0.4, 0.012, -0.03)
        for x in (-0.72, -0.6, 0.6, 0.72, -0.48, 0.48)
    ]
    weave += [
        Mark(stroke([(-0.8, y), (0.8, y)], 0.03), "dark", 0.35, 0.012, -0.03)
        for y in (-0.20, 0.62, 0.74)
    ]
    cloth = blob(
        "-.80,-.40 -.40,-.52 0,-.44 .40,-.54 .80,-.40 .62,-.24 .40,-.30 .20,-.20 0,-.30 -.20,-.20 -.40,-.30 -.62,-.24"
    )
    return [
        back(handle, tint="dark", depth=0.08),
        main(body, 0.44, *weave),
        over(cloth, tint="d9484a", depth=0.06, made="cloth"),
    ]


BODIES = (
    bag(
        "backpack",
        _backpack,
        "cloth",
        ("3f7f8c", "c9503c", "d9983a", "556b9a"),
        (0, -0.22, 0.40),
        -0.76,
    ),
    bag(
        "handbag",
        _handbag,
        "leather",
        ("b0485a", "c9853f", "4f7f78", "7a5a98"),
        (0, -0.04, 0.42),
        -0.52,
    ),
    bag("suitcase", _suitcase, "leather", ("a8683a", "4f7fa0", "c9a04a"), (0, -0.12, 0.42), -0.60),
    bag("tote", _tote, "cloth", ("ead9b8", "8ab0a0", "d98a7a"), (0, -0.12, 0.42), -0.52),
    bag("purse", _purse, "leather", ("c0486a", "5a8a6a", "8a5ab0"), (0, 0.02, 0.42), -0.50),
    bag("sack", _sack, "cloth", ("c9a873", "b89a68"), (0, -0.02, 0.40), -0.60),
    bag(
        "briefcase", _briefcase, "leather", ("7a4a2c", "5a5e68", "8a3a34"), (0, -0.08, 0.40), -0.48
    ),
    bag("wallet", _wallet, "leather", ("8a5632", "4a6a80"), (-0.04, -0.10, 0.40), -0.50),
    bag("basket", _basket, "wood", ("c99a5c",), (0, 0.02, 0.40), -0.46),
)
