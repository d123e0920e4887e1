"""Food that is made, not grown."""

from ..surface.outlines import blob, ellipse, ridge, ring, stroke, twin
from .base import Mark, Part, back, main, over, pair
from .making import dish


def _egg() -> list[Part]:
    shell = twin("0,-.88 .26,-.82 .50,-.54 .64,-.10 .64,.34 .46,.72 .20,.86 0,.88")
    return [main(shell, 0.68)]


def _bread() -> list[Part]:
    crust = twin("0,-.72 .36,-.78 .70,-.66 .80,-.36 .68,-.12 .68,.66 .58,.80 0,.82")
    crumb = twin("0,-.62 .32,-.68 .60,-.58 .68,-.36 .57,-.12 .57,.60 .48,.70 0,.71")
    return [back(crust, tint="b8733a", depth=0.20, made="peel"), main(crumb, 0.14)]


def _burger() -> list[Part]:
    bottom = ridge(".78,.56 .74,.84", 0.12)
    leaf = blob(
        "-.90,.44 -.60,.36 0,.40 .60,.36 .90,.44 .80,.56 .62,.50 .44,.58 .22,.50 0,.58 -.22,.50 -.44,.58 -.62,.50 -.80,.56"
    )
    patty = ridge(".84,.44 .84,.62", 0.09)
    bun = twin("0,-.82 .40,-.76 .74,-.46 .88,0 .86,.34 .70,.42 0,.43")
    seeds = [
        ellipse(x, y, 0.03, 0.018, 40 * x)
        for x, y in (
            (0.0, -0.72),
            (0.30, -0.62),
            (-0.32, -0.62),
            (0.56, -0.40),
            (-0.56, -0.40),
            (0.14, -0.58),
            (-0.16, -0.60),
        )
    ]
    return [
        back(bottom, depth=0.2),
        back(patty, tint="6b3f28", depth=0.12, made="stone"),
        back(leaf, tint="7fae44", depth=0.06, made="leaf"),
        main(bun, 0.62),
        over(*seeds, tint="f4e6c0", depth=0.02, made="wax"),
    ]


def _cupcake() -> list[Part]:
    cup = ridge(".62,-.12 .46,.86", 0.05)
    pleats = [
        Mark(stroke([(x, -0.10), (x * 0.75, 0.84)], 0.02), "dark", 0.5, 0.008, -0.03)
        for x in (-0.5, -0.36, 0.36, 0.5)
    ]
    icing = [ellipse(0, y, w, 0.19) for y, w in ((-0.24, 0.70), (-0.46, 0.52), (-0.66, 0.32))]
    return [
        main(cup, 0.5, *pleats, tint="accent", made="paper"),
        *(over(ring_, depth=0.18, made="wax") for ring_ in icing),
        over(ellipse(0, -0.86, 0.11), tint="c9243a", depth=0.1, made="fruit"),
    ]


def _donut() -> list[Part]:
    dough = ellipse(0, 0.06, 0.84, 0.80)
    wavy = blob(
        [
            ((0.74 + 0.05 * (i % 2)) * c, 0.02 + (0.70 + 0.05 * (i % 2)) * s)
            for i, (c, s) in enumerate(ring(18))
        ]
    )
    tints = ("f2e04a", "6ac0e0", "f7f7f2", "8ad06a")
    sprinkles = [
        Mark(
            stroke([(0.62 * c, 0.02 + 0.60 * s), (0.62 * c + 0.05, 0.02 + 0.60 * s + 0.03)], 0.03),
            tints[i % 4],
            0.95,
            0.003,
            0.015,
        )
        for i, (c, s) in enumerate(ring(22))
    ]
    return [
        back(dough, tint="d09a58", depth=0.30, made="peel"),
        main(wavy, 0.34, *sprinkles, made="wax"),
    ]


def _ice_cream() -> list[Part]:
    cone = ridge(".46,.30 .0,.98", 0.05)
    net = [
        Mark(side, "a8682e", 0.6, 0.006, -0.02)
        for x in (-0.2, 0.1, 0.4)
        for side in pair(stroke([(x, 0.28), (x - 0.45, 0.98)], 0.02))
    ]
    drips = [
        ellipse(x, y, 0.13, 0.16)
        for x, y in ((-0.44, 0.34), (-0.16, 0.42), (0.14, 0.36), (0.42, 0.40))
    ]
    scoop = twin("0,-.84 .36,-.78 .62,-.48 .68,-.08 .60,.28 .30,.38 0,.40")
    return [
        Part((cone,), "d9a05a", 0.2, "paper", marks=tuple(net)),
        main(scoop, 0.62, also=tuple(drips)),
        over(ellipse(0.10, -0.86, 0.10), tint="c9243a", depth=0.1, made="fruit"),
    ]


def _pizza() -> list[Part]:
    slice_ = ridge(".80,-.56 .0,.92", 0.08)
    crust = stroke("-.84,-.56 0,-.72 .84,-.56", 0.22)
    rounds = [
        Mark(ellipse(x, y, 0.13), "b8382a", 0.95, 0.006, 0.02)
        for x, y in ((0.56, -0.34), (-0.58, -0.36), (0.06, 0.66))
    ]
    return [
        main(slice_, 0.24, *rounds, made="wax"),
        over(crust, tint="c98a44", depth=0.14, made="peel"),
    ]


def _cheese() -> list[Part]:
    wedge = ridge(".84,-.50 .84,.80", 0.06)
    top = blob("-.84,-.48 -.40,-.76 .30,-.84 .84,-.48 0,-.44")
    holes = [
        Mark(ellipse(x, y, r), "dark", 0.8, 0.01, -0.06)
        for x, y, r in (
            (0.66, 0.60, 0.11),
            (-0.68, 0.50, 0.13),
            (0.70, -0.20, 0.08),
            (-0.66, -0.26, 0.07),
            (0.0, 0.72, 0.06),
        )
    ]
    return [back(top, tint="light", depth=0.06), main(wedge, 0.26, *holes)]


def _cookie() -> list[Part]:
    disc = blob(
        [
            ((0.80 + 0.02 * (i % 3)) * c, 0.04 + (0.78 + 0.02 * (i % 2)) * s)
            for i, (c, s) in enumerate(ring(17))
        ]
    )
    chips = [
        Mark(ellipse(x, y, 0.075, 0.06), "4a2c1c", 0.95, 0.006, 0.03)
        for x, y in (
            (0.56, -0.36),
            (-0.58, -0.30),
            (0.62, 0.30),
            (-0.60, 0.36),
            (0.10, -0.62),
            (-0.26, -0.58),
            (0.26, 0.66),
            (-0.20, 0.68),
        )
    ]
    return [main(disc, 0.40, *chips)]


BODIES = (
    dish("egg", _egg, "wax", ("f2e2c8", "e8c8a0", "f7f2ea"), (0, -0.12, 0.42), -0.70, rigid=False),
    dish("bread", _bread, "paper", ("f0d8a8",), (0, -0.24, 0.42), -0.66, rigid=False),
    dish("burger", _burger, "peel", ("d0934a",), (0, -0.34, 0.40), -0.70, rigid=False),
    dish(
        "cupcake",
        _cupcake,
        "wax",
        ("f0a8c0", "f2e6d0", "a8d8c8"),
        (0, 0.10, 0.34),
        -0.74,
        accent="d9b27a",
        rigid=False,
    ),
    dish(
        "donut", _donut, "wax", ("f08ab0", "7a4a30", "a8d0e8"), (0, -0.14, 0.40), -0.66, rigid=False
    ),
    dish(
        "ice cream",
        _ice_cream,
        "wax",
        ("f2c0c8", "f4ead0", "a8d8b8", "7a5038"),
        (0, -0.34, 0.40),
        -0.76,
        rigid=False,
    ),
    dish("pizza", _pizza, "wax", ("f0c04a",), (0, -0.30, 0.36), -0.62, rigid=False),
    dish("cheese", _cheese, "wax", ("f2c84a",), (0, -0.16, 0.40), -0.60, rigid=False),
    dish("cookie", _cookie, "peel", ("d09a5a",), (0, -0.16, 0.42), -0.64, rigid=False),
)
