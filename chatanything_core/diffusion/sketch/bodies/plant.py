"""Plants; the small ones live in a pot."""

from ..surface.outlines import blob, ellipse, move, ridge, ring, rotate, stroke, twin
from .base import Mark, Part, back, main, over, pair
from .making import plant

POT = "c2714a"


def _pot(top: float = 0.54) -> list[Part]:
    """A terracotta pot at the foot of the picture."""
    bowl = ridge(f".42,{top + 0.08} .33,.94", 0.06)
    rim = ridge(f".48,{top} .46,{top + 0.14}", 0.04)
    return [
        over(bowl, tint=POT, depth=0.30, made="stone"),
        over(rim, tint=POT, depth=0.10, made="stone"),
    ]


def _cactus() -> list[Part]:
    body = twin("0,-.90 .30,-.84 .50,-.58 .55,-.10 .53,.36 .42,.66 0,.72")
    right = stroke(".46,.22 .72,.20 .80,.02 .80,-.22", 0.24, 0.22)
    left = stroke("-.46,.08 -.70,.08 -.79,-.10 -.79,-.30", 0.22, 0.20)
    ribs = [
        Mark(side, "dark", 0.6, 0.02, -0.04)
        for x in (0.34, 0.50)
        for side in pair(stroke([(x * 0.7, -0.86), (x, -0.20), (x * 0.9, 0.66)], 0.03))
    ]
    spots = ((0.10, -0.76), (0.28, -0.66), (0.40, 0.40), (0.46, 0.06), (0.44, -0.36), (0.20, 0.48))
    spines = [side for x, y in spots for side in pair(ellipse(x, y, 0.010, 0.032, 30 * x))]
    petals = [ellipse(0.10 * c, -0.90 + 0.08 * s, 0.075) for c, s in ring(6)]
    return [
        back(right),
        back(left),
        main(body, 0.52, *ribs),
        over(*spines, tint="f3ecd2", depth=0.01, made="plastic", shadow=0.1),
        over(*petals, tint="ee7fa5", depth=0.06, made="leaf"),
        over(ellipse(0, -0.90, 0.05), tint="f7d14c", depth=0.03, made="leaf", shadow=0.1),
        *_pot(),
    ]


def _petals(count: int, inner: float, outer: float, width: float, y: float) -> list[Part]:
    """A wreath of petals round (0, y), as single pieces so that each throws its shadow."""
    parts = []
    for c, s in ring(count):
        middle = (inner + outer) / 2
        line = [
            (inner * c, y + inner * s),
            (middle * c, y + middle * s),
            (outer * c, y + outer * s),
        ]
        parts.append(back(stroke(line, width, width * 0.62), depth=0.08, shadow=0.25))
    return parts


def _stalk(y: float) -> list[Part]:
    blade = blob(".02,.92 .12,.74 .40,.58 .62,.60 .46,.82 .20,.94")
    return [
        back(stroke([(0, y), (0.02, 1.1)], 0.10), tint="5b8f3c", depth=0.08, made="leaf"),
        back(*pair(blade), tint="6aa346", depth=0.08, made="leaf"),
    ]


def _sunflower() -> list[Part]:
    seeds = [
        Mark(ellipse(0.50 * c, -0.10 + 0.50 * s, 0.03), "5a3820", 0.7, 0.006, 0.015)
        for c, s in ring(28)
    ]
    return [
        *_stalk(0.4),
        *_petals(18, 0.46, 0.84, 0.24, -0.10),
        main(ellipse(0, -0.10, 0.58), 0.40, *seeds, tint="a8703c", made="leaf"),
    ]


def _daisy() -> list[Part]:
    return [
        *_stalk(0.4),
        *_petals(13, 0.40, 0.84, 0.30, -0.10),
        main(ellipse(0, -0.10, 0.56), 0.42, tint="f0c23a", made="wax"),
    ]


def _rose() -> list[Part]:
    outer = [
        twin("0,-.80 .40,-.78 .74,-.48 .82,0 .62,.46 .24,.66 0,.68"),
        blob("-.86,-.30 -.60,-.66 -.20,-.70 0,-.40 -.20,.40 -.50,.50 -.80,.16"),
    ]
    swirl = [
        Mark(stroke("-.40,-.58 -.10,-.74 .24,-.70 .44,-.52", 0.05), "dark", 0.7, 0.02, -0.03),
        Mark(stroke("-.22,-.62 0,-.68 .20,-.60", 0.04), "dark", 0.7, 0.02, -0.03),
    ]
    inner = twin("0,-.74 .30,-.70 .56,-.44 .62,0 .54,.36 .26,.60 0,.64")
    return [
        *_stalk(0.4),
        back(outer[0], depth=0.3),
        back(*pair(outer[1]), depth=0.2),
        main(inner, 0.5, *swirl),
    ]


def _tulip() -> list[Part]:
    cup = twin("0,-.62 .10,-.66 .22,-.52 .52,-.62 .64,-.30 .60,.16 .40,.46 0,.54")
    side = blob(".30,-.60 .60,-.84 .78,-.40 .72,.10 .44,.46 .26,.20")
    middle = blob("-.26,-.40 0,-.90 .26,-.40 .20,.20 -.20,.20")
    return [*_stalk(0.4), back(middle, depth=0.16), back(*pair(side), depth=0.2), main(cup, 0.52)]


def _tree() -> list[Part]:
    trunk = twin("0,.30 .16,.40 .18,.70 .34,.90 0,.92")
    crown = [ellipse(0.52 * c, -0.16 + 0.44 * s, 0.38, 0.36) for c, s in ring(9)]
    middle = ellipse(0, -0.14, 0.62, 0.56)
    apples = [
        ellipse(x, y, 0.065)
        for x, y in ((0.62, -0.40), (-0.66, 0.02), (0.58, 0.22), (-0.42, -0.58))
    ]
    return [
        back(trunk, tint="7a5234", depth=0.2, made="wood"),
        back(*crown, depth=0.30, made="fur"),
        main(middle, 0.40),
        over(*apples, tint="d0382e", depth=0.06, made="fruit"),
    ]


def _pine() -> list[Part]:
    trunk = ridge(".12,.7 .12,.94", 0.02)
    tiers = [
        ridge(f"0,{top} {w},{low}", 0.10)
        for top, w, low in ((0.0, 0.86, 0.78), (-0.94, 0.42, -0.40))
    ]
    middle = ridge("0,-.92 .74,.46", 0.16)
    return [
        back(trunk, tint="7a5234", depth=0.1, made="wood"),
        back(tiers[0], depth=0.3),
        main(middle, 0.46),
        over(
            stroke("-.30,-.44 -.10,-.38 .10,-.44 .30,-.38", 0.03), tint="dark", depth=0.01, shadow=0
        ),
    ]


def _palm() -> list[Part]:
    fronds = (
        "0,-.52 .40,-.84 .86,-.62 .98,-.30",
        "0,-.50 .36,-.64 .70,-.40 .80,-.06",
        "0,-.54 .18,-.86 .40,-.96",
    )
    leaves = [side for frond in fronds for side in pair(stroke(frond, 0.20, 0.04))]
    trunk = twin("0,-.56 .30,-.50 .42,-.20 .46,.30 .50,.70 .62,.90 0,.93")
    rings = [
        Mark(stroke(f"-.60,{y} 0,{y + 0.06} .60,{y}", 0.025), "dark", 0.5, 0.01, -0.02)
        for y in (-0.42, 0.62, 0.76)
    ]
    nuts = [ellipse(x, -0.50, 0.10) for x in (-0.16, 0.06, 0.22)]
    return [
        back(*leaves, tint="5a9a44", depth=0.08, made="leaf"),
        main(trunk, 0.50, *rings, tint="b58a58", made="wood"),
        over(*nuts, tint="7a5230", depth=0.09, made="fur"),
    ]


def _mushroom() -> list[Part]:
    stem = twin("0,-.30 .40,-.26 .46,.10 .48,.50 .58,.80 .40,.90 0,.91")
    cap = twin("0,-.92 .34,-.88 .70,-.64 .90,-.30 .92,-.14 .60,-.20 .30,-.24 0,-.25")
    dots = [
        Mark(ellipse(x, y, r, r * 0.85), "f7f0e2", 0.95, 0.008, 0.02)
        for x, y, r in (
            (0.0, -0.68, 0.15),
            (0.46, -0.56, 0.11),
            (-0.48, -0.54, 0.12),
            (0.74, -0.28, 0.08),
            (-0.74, -0.30, 0.08),
            (0.20, -0.38, 0.06),
            (-0.22, -0.40, 0.07),
        )
    ]
    return [
        main(stem, 0.48, tint="f0e4cc", made="wax"),
        Part((cap,), "base", 0.40, "fruit", "front", 0.5, tuple(dots)),
    ]


def _houseplant() -> list[Part]:
    shape = blob("0,0 .16,-.16 .20,-.40 .10,-.62 0,-.70 -.10,-.62 -.20,-.40 -.16,-.16")
    leaves = [
        move(rotate(shape, angle), 0.005 * angle, -0.16) for angle in (-62, 62, -36, 36, -12, 14)
    ]
    pot = ridge(".66,-.24 .70,.0 .52,.88", 0.10)
    rim = ridge(".74,-.34 .72,-.16", 0.05)
    return [
        *(back(leaf, depth=0.08, made="leaf") for leaf in leaves),
        main(pot, 0.55, tint="accent", made="ceramic"),
        over(rim, tint="accent", depth=0.10, made="ceramic"),
    ]


def _leaf() -> list[Part]:
    blade = twin("0,-.92 .20,-.74 .52,-.42 .66,0 .54,.42 .26,.70 0,.80")
    veins = [
        Mark(side, "dark", 0.45, 0.012, -0.03)
        for y in (-0.5, 0.30, 0.52)
        for side in pair(stroke([(0, y + 0.16), (0.22, y + 0.02), (0.46, y - 0.06)], 0.02))
    ]
    return [
        back(stroke("0,.70 .02,.86 .10,.98", 0.09, 0.07), tint="dark", depth=0.05),
        main(blade, 0.42, *veins, Mark(stroke("0,-.86 0,-.54", 0.025), "dark", 0.4, 0.01, -0.02)),
    ]


def _bonsai() -> list[Part]:
    trunk = stroke(".10,.66 -.06,.44 .16,.20 .0,0", 0.22, 0.16)
    clouds = (ellipse(0.62, 0.06, 0.32, 0.20), ellipse(-0.66, 0.14, 0.28, 0.18))
    tray = ridge(".62,.66 .50,.90", 0.06)
    crown = twin("0,-.84 .36,-.80 .62,-.58 .70,-.20 .64,.14 .36,.30 0,.32")
    return [
        back(trunk, tint="7a5234", depth=0.12, made="wood"),
        back(tray, tint="4a6a8a", depth=0.12, made="ceramic"),
        *(back(cloud, depth=0.16, made="fur") for cloud in clouds),
        main(crown, 0.44, made="leaf"),
    ]


BODIES = (
    plant("cactus", _cactus, "leaf", ("6aa552", "4f9468", "7fae5a"), (0, -0.26, 0.37), -0.76),
    plant("sunflower", _sunflower, "leaf", ("f2c02e",), (0, -0.27, 0.34), -0.62),
    plant("daisy", _daisy, "leaf", ("f6f2ea", "f0b8c8"), (0, -0.27, 0.34), -0.62),
    plant("rose", _rose, "leaf", ("c9243a", "e88aa0", "f2e6d8"), (0, -0.24, 0.36), -0.66),
    plant("tulip", _tulip, "wax", ("e0506a", "f0b83a", "9a5ab0"), (0, -0.22, 0.36), -0.62),
    plant("tree", _tree, "leaf", ("6a9e48", "5a9048", "c98a3a"), (0, -0.34, 0.37), -0.62),
    plant("pine", _pine, "leaf", ("3f7a52", "4a8a58"), (0, -0.16, 0.34), -0.62),
    plant("palm", _palm, "wood", ("b58a58",), (0, -0.18, 0.36), -0.50),
    plant("mushroom", _mushroom, "leaf", ("c9322c", "a8703c", "b0485a"), (0, 0.04, 0.36), -0.86),
    plant(
        "houseplant",
        _houseplant,
        "leaf",
        ("5a9a50", "6aa84a"),
        (0, 0.10, 0.40),
        -0.36,
        accent="d9a05a",
    ),
    plant("leaf", _leaf, "leaf", ("6aa346", "d98a3a", "a8b83e"), (0, -0.22, 0.38), -0.66),
    plant("bonsai", _bonsai, "leaf", ("5f9048",), (0, -0.40, 0.36), -0.66),
)
