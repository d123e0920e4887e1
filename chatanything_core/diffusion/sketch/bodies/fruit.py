"""Fruit."""

from ..surface.outlines import blob, ellipse, move, ring, stroke, twin
from .base import Mark, Part, back, main, over, pair
from .making import produce

LEAF = "5b9b3c"

STEM = "6b4a2b"


def stem(top: float, lean: float = 0.08) -> Part:
    line = stroke([(0.0, top + 0.14), (lean * 0.3, top - 0.02), (lean, top - 0.16)], 0.06, 0.085)
    return over(line, tint=STEM, depth=0.05, made="wood")


def leaf(top: float, size: float = 1.0) -> list[Part]:
    outline = blob(".04,-.02 .16,-.20 .40,-.24 .54,-.18 .42,-.02 .20,.06")
    vein = stroke(".08,-.02 .28,-.11 .48,-.17", 0.012)
    return [
        over(move(outline, 0.02, top, size), tint=LEAF, depth=0.08, made="leaf"),
        over(move(vein, 0.02, top, size), tint="47802c", depth=0.01, made="leaf", shadow=0),
    ]


def crown(top: float, spread: float = 0.34, tint: str = LEAF, count: int = 5) -> Part:
    """A little star of sepals."""
    tips = [(spread * (2 * i / (count - 1) - 1)) for i in range(count)]
    blades = [
        stroke(
            [
                (x * 0.2, top - 0.04),
                (x * 0.7, top - 0.05),
                (x, top + 0.10 + 0.1 * (1 - abs(x) / spread)),
            ],
            0.16,
            0.03,
        )
        for x in tips
    ]
    return over(*blades, tint=tint, depth=0.05, made="leaf")


def ribs(*bends: float, top: float, bottom: float, tint: str = "dark") -> list[Mark]:
    middle = (top + bottom) / 2
    return [
        Mark(
            stroke([(b * 0.35, top), (b, middle), (b * 0.45, bottom)], 0.05),
            tint,
            0.55,
            0.03,
            -0.05,
        )
        for b in bends
    ]


def _apple() -> list[Part]:
    flesh = twin("0,-.60 .16,-.68 .44,-.70 .70,-.50 .80,-.12 .72,.34 .48,.72 .20,.82 0,.76")
    dimple = ellipse(0, -0.60, 0.17, 0.045)
    return [
        main(flesh, 0.72),
        over(dimple, tint="dark", depth=0.03, shadow=0),
        stem(-0.76),
        *leaf(-0.72),
    ]


def _pear() -> list[Part]:
    flesh = twin("0,-.80 .20,-.76 .38,-.56 .46,-.28 .60,.04 .74,.36 .66,.70 .36,.86 0,.86")
    return [main(flesh, 0.66), stem(-0.86), *leaf(-0.82, 0.9)]


def _orange() -> list[Part]:
    return [
        main(ellipse(0, 0.06, 0.80, 0.78), 0.76),
        over(ellipse(0, -0.68, 0.10, 0.04), tint=LEAF, depth=0.03),
        *leaf(-0.70),
    ]


def _lemon() -> list[Part]:
    flesh = twin("0,-.92 .10,-.86 .20,-.72 .52,-.52 .70,-.10 .68,.34 .44,.68 .18,.82 .08,.92 0,.94")
    return [main(flesh, 0.66), *leaf(-0.82, 0.9)]


def _banana() -> list[Part]:
    flesh = blob(
        "-.28,-.78 0,-.82 .28,-.66 .50,-.30 .56,.10 .46,.50 .22,.80 -.12,.92 -.42,.88 -.50,.78 -.34,.70 -.28,.50 -.44,.10 -.50,-.26 -.44,-.60"
    )
    stalk = stroke("-.16,-.70 -.26,-.86 -.30,-.96", 0.20, 0.13)
    tip = ellipse(-0.46, 0.82, 0.07, 0.05, 30)
    edge = Mark(
        stroke("-.10,-.74 .30,-.40 .42,.10 .30,.56 -.10,.86", 0.03), "b98a28", 0.35, 0.02, -0.03
    )
    return [
        back(stalk, tint="a8a03c", depth=0.10),
        main(flesh, 0.60, edge),
        over(tip, tint="5a4226", depth=0.03),
    ]


def _strawberry() -> list[Part]:
    flesh = twin("0,-.58 .34,-.64 .66,-.46 .74,-.12 .62,.30 .34,.72 .12,.90 0,.92")
    spots = [
        (0.52, -0.34),
        (0.60, 0.02),
        (0.48, 0.34),
        (0.30, 0.62),
        (0.10, 0.76),
        (0.30, -0.52),
        (0.66, -0.16),
        (0.40, 0.52),
        (0.0, 0.60),
    ]
    seeds = [
        Mark(side, "f2d680", 0.9, 0.004, -0.02)
        for x, y in spots
        for side in pair(ellipse(x, y, 0.018, 0.028))
    ]
    return [main(flesh, 0.68, *seeds), crown(-0.62, 0.46), stem(-0.74)]


def _cherry() -> list[Part]:
    line = stroke("0.0,-.46 .10,-.72 .34,-.96", 0.05, 0.07)
    flesh = twin("0,-.44 .20,-.52 .50,-.48 .74,-.20 .78,.20 .60,.62 .28,.84 0,.88")
    return [
        main(flesh, 0.74),
        over(line, tint="6f8a3a", depth=0.04, made="wood"),
        *leaf(-0.78, 0.9),
    ]


def _grapes() -> list[Part]:
    balls = [
        (x, y)
        for y, row in ((-0.40, 4), (-0.10, 5), (0.20, 4), (0.48, 3), (0.74, 2))
        for x in [0.30 * (i - (row - 1) / 2) for i in range(row)]
    ]
    middle = twin("0,-.56 .40,-.50 .58,-.16 .54,.20 .40,.50 .18,.72 0,.76")
    return [
        *(back(ellipse(x, y, 0.23), depth=0.2) for x, y in balls),
        main(middle, 0.50),
        stem(-0.66),
        *leaf(-0.62),
    ]


def _pineapple() -> list[Part]:
    blades = (
        "0,-.46 -.04,-.74 0,-1.0",
        "0.06,-.46 .14,-.74 .30,-.92",
        "0.12,-.44 .28,-.62 .50,-.72",
    )
    leaves = [side for blade in blades for side in pair(stroke(blade, 0.20, 0.03))]
    flesh = twin("0,-.56 .36,-.52 .58,-.26 .64,.14 .58,.56 .36,.84 0,.88")
    net = []
    for k in range(-5, 6):
        x = 0.24 * k
        net += [
            stroke([(x - 0.6, -0.60), (x + 0.6, 0.90)], 0.022),
            stroke([(x + 0.6, -0.60), (x - 0.6, 0.90)], 0.022),
        ]
    marks = [Mark(line, "a8681e", 0.45, 0.008, -0.02) for line in net]
    calm = Mark(ellipse(0, 0.08, 0.46, 0.54), "base", 0.65, 0.10)
    return [back(*leaves, tint="4f8f46", depth=0.08, made="leaf"), main(flesh, 0.60, *marks, calm)]


def _watermelon() -> list[Part]:
    stripes = [
        Mark(
            stroke([(b * 0.3, -0.74), (b * 1.0, 0.06), (b * 0.3, 0.86)], 0.11), "24602e", 0.8, 0.03
        )
        for b in (-0.74, -0.46, 0.46, 0.74, 0.0)
    ]
    calm = Mark(ellipse(0, 0.10, 0.36, 0.56), "base", 0.85, 0.12)
    curl = stroke("0,-.70 .06,-.84 .20,-.86 .18,-.76", 0.05, 0.03)
    return [
        main(ellipse(0, 0.06, 0.84, 0.78), 0.76, *stripes, calm),
        over(curl, tint="6f8a3a", depth=0.03),
    ]


def _avocado() -> list[Part]:
    skin = twin("0,-.86 .22,-.80 .42,-.54 .54,-.20 .70,.14 .74,.46 .56,.78 .26,.90 0,.91")
    flesh = twin("0,-.78 .18,-.72 .34,-.50 .46,-.18 .60,.14 .63,.44 .48,.70 .22,.80 0,.81")
    rim = Mark(
        twin("0,-.70 .14,-.64 .28,-.44 .40,-.14 .52,.14 .54,.42 .42,.62 .20,.70 0,.71"),
        "eef0b4",
        0.9,
        0.07,
    )
    return [back(skin, tint="4a5a2c", depth=0.3, made="leather"), main(flesh, 0.20, rim)]


def _berry() -> list[Part]:
    ball = ellipse(0, 0.10, 0.78, 0.76)
    points = [(0.20 * c, -0.60 + 0.07 * s) for c, s in ring(5)]
    star = [stroke([(0, -0.60), p], 0.09, 0.02) for p in points]
    return [
        main(ball, 0.74),
        over(ellipse(0, -0.60, 0.18, 0.06), tint="dark", depth=0.03),
        over(*star, tint="dark", depth=0.03),
    ]


def _coconut() -> list[Part]:
    shell = ellipse(0, 0.08, 0.80, 0.78)
    dots = [ellipse(x, y, 0.07, 0.05) for x, y in ((-0.14, -0.60), (0.14, -0.60), (0.0, -0.48))]
    return [main(shell, 0.74, *(Mark(dot, "3a2416", 0.9, 0.01, -0.04) for dot in dots), made="fur")]


BODIES = (
    produce("apple", _apple, "fruit", ("c62828", "d2372b", "7fae3a"), (0, -0.10, 0.44), -0.56),
    produce("pear", _pear, "fruit", ("b8c24a", "a8b83e", "d9b24a"), (0, 0.0, 0.40), -0.64),
    produce("orange", _orange, "peel", ("ee8a22",), (0, -0.10, 0.44), -0.62),
    produce("lemon", _lemon, "peel", ("f2d33a",), (0, -0.16, 0.42), -0.74),
    produce("banana", _banana, "fruit", ("f0cf46",), (0.02, -0.22, 0.36), -0.70),
    produce("strawberry", _strawberry, "fruit", ("d92b3a",), (0, -0.20, 0.42), -0.56),
    produce("cherry", _cherry, "fruit", ("a8152e", "c21f38"), (0, -0.04, 0.44), -0.42),
    produce("grapes", _grapes, "fruit", ("7a4a98", "8fae4a"), (0, -0.12, 0.38), -0.50),
    produce("pineapple", _pineapple, "peel", ("e0a634",), (0, -0.10, 0.40), -0.46),
    produce("watermelon", _watermelon, "fruit", ("5fa04e",), (0, -0.10, 0.44), -0.62),
    produce("avocado", _avocado, "wax", ("b9c86a",), (0, 0.02, 0.40), -0.66),
    produce("berry", _berry, "peel", ("5a6ab0", "b0304a"), (0, -0.04, 0.44), -0.58),
    produce("coconut", _coconut, "fur", ("8a6040",), (0, -0.02, 0.44), -0.62),
)
