"""What stands in a kitchen: dishes, machines and food."""

from ..surface.outlines import blob, box, ellipse, ridge, stroke, twin
from .base import Part, back, main, over, pair
from .making import dish


def _teapot() -> list[Part]:
    handle = stroke(".58,-.34 .84,-.46 .95,-.14 .86,.24 .62,.44", 0.12, 0.13)
    spout = stroke("-.52,.36 -.72,.22 -.79,-.12 -.91,-.32", 0.34, 0.15)
    lip = ellipse(-0.915, -0.335, 0.09, 0.04, -24)
    belly = twin("0,-.56 .30,-.54 .58,-.36 .74,.02 .72,.40 .50,.70 .30,.76 0,.77")
    lid = twin("0,-.74 .20,-.72 .38,-.60 .42,-.50 .22,-.46 0,-.45")
    return [
        back(handle, depth=0.12),
        back(spout, depth=0.22),
        back(lip, tint="dark", depth=0.02, shadow=0),
        back(ridge(".36,.70 .42,.84", 0.05), depth=0.12),
        main(belly, 0.62),
        over(lid, depth=0.16),
        over(ellipse(0, -0.80, 0.10, 0.09), tint="accent", depth=0.10),
    ]


def _kettle() -> list[Part]:
    handle = stroke("-.46,-.40 -.44,-.80 0,-.94 .44,-.80 .46,-.40", 0.11)
    spout = stroke("-.50,.30 -.76,.06 -.88,-.22", 0.26, 0.14)
    belly = twin("0,-.58 .28,-.54 .58,-.22 .74,.28 .76,.68 .60,.80 0,.82")
    return [
        back(handle, tint="3a3d44", depth=0.1, made="plastic"),
        back(spout, depth=0.2),
        main(belly, 0.60),
        over(ellipse(0, -0.56, 0.26, 0.07), tint="dark", depth=0.04),
        over(ellipse(0, -0.66, 0.08, 0.07), tint="3a3d44", depth=0.07, made="plastic"),
    ]


def _bottle() -> list[Part]:
    neck = ridge(".17,-.90 .17,-.50", 0.02)
    cork = ridge(".13,-.98 .14,-.84", 0.03)
    glass = twin("0,-.62 .20,-.60 .42,-.48 .52,-.24 .53,.40 .50,.82 .30,.88 0,.88")
    return [
        back(cork, tint="c99a62", depth=0.06, made="wood"),
        back(neck, depth=0.14),
        main(glass, 0.52),
    ]


def _jar() -> list[Part]:
    lid = ridge(".50,-.86 .52,-.62", 0.05)
    glass = twin("0,-.66 .44,-.64 .62,-.46 .68,0 .66,.60 .54,.84 0,.88")
    return [main(glass, 0.58), over(lid, tint="accent", depth=0.16, made="metal")]


def _pot() -> list[Part]:
    ear = stroke(".64,-.20 .90,-.20 .90,.06 .64,.06", 0.10)
    lid = twin("0,-.70 .30,-.66 .62,-.50 .70,-.42 .40,-.38 0,-.37")
    belly = ridge(".70,-.46 .66,.84", 0.20)
    steam = [stroke(f"{x},-.76 {x + 0.05},-.84 {x},-.92", 0.04, 0.02) for x in (-0.34, 0.36)]
    return [
        back(*steam, tint="f4f4f4", depth=0.02, shadow=0),
        back(*pair(ear), tint="3a3d44", depth=0.07, made="plastic"),
        main(belly, 0.60),
        over(lid, depth=0.14),
        over(ellipse(0, -0.74, 0.09, 0.07), tint="3a3d44", depth=0.07, made="plastic"),
    ]


def _cauldron() -> list[Part]:
    foot = stroke(".40,.70 .50,.92", 0.14, 0.10)
    brew = ellipse(0, -0.48, 0.62, 0.11)
    bubbles = [
        ellipse(x, y, r)
        for x, y, r in (
            (-0.30, -0.56, 0.10),
            (0.10, -0.62, 0.13),
            (0.40, -0.55, 0.08),
            (-0.08, -0.78, 0.06),
        )
    ]
    belly = twin("0,-.50 .58,-.46 .70,-.20 .84,.20 .72,.62 .40,.82 0,.86")
    rim = ellipse(0, -0.46, 0.70, 0.14)
    return [
        back(*pair(foot), depth=0.1),
        main(belly, 0.66),
        over(rim, tint="dark", depth=0.06),
        over(brew, tint="8ad05a", depth=0.02, made="jelly", shadow=0),
        over(*bubbles, tint="a8e070", depth=0.08, made="jelly", shadow=0.1),
    ]


def _toaster() -> list[Part]:
    slices = [
        blob(
            [(x - 0.22, -0.40), (x - 0.24, -0.76), (x, -0.86), (x + 0.24, -0.76), (x + 0.22, -0.40)]
        )
        for x in (-0.30, 0.30)
    ]
    shell = ridge(".70,-.52 .84,-.36 .88,.80", 0.20)
    lever, foot = box(0.93, 0.0, 0.10, 0.16, 0.04), ridge(".74,.76 .74,.88", 0.03)
    return [
        back(*slices, tint="d9a05a", depth=0.10, made="paper"),
        back(lever, tint="3a3d44", depth=0.05, made="plastic"),
        back(foot, tint="3a3d44", depth=0.05, made="plastic"),
        main(shell, 0.44),
        over(stroke("-.60,-.46 .60,-.46", 0.04), tint="4a4e58", depth=0.01, shadow=0),
    ]


def _glass() -> list[Part]:
    glass = ridge(".62,-.74 .48,.86", 0.08)
    straw = stroke(".20,-.60 .40,-.98", 0.08)
    ice = [box(x, -0.58, 0.22, 0.20, 0.05) for x in (-0.28, 0.12)]
    return [
        back(straw, tint="e0503c", depth=0.04),
        main(glass, 0.5),
        over(ellipse(0, -0.72, 0.61, 0.08), tint="light", depth=0.02, shadow=0),
        over(*ice, tint="dcecf4", depth=0.05, made="glass", shadow=0),
    ]


def _spoon() -> list[Part]:
    stick = stroke("0,.40 0,.98", 0.16, 0.22)
    bowl = twin("0,-.86 .34,-.80 .58,-.48 .62,-.06 .50,.34 .24,.58 0,.64")
    return [back(stick, depth=0.10), main(bowl, 0.40)]


BODIES = (
    dish(
        "teapot",
        _teapot,
        "ceramic",
        ("7fb0c4", "e8ddc8", "c96a5a", "8fae7a", "d9a441"),
        (0, -0.12, 0.42),
        -0.68,
    ),
    dish("kettle", _kettle, "metal", ("b8bec6", "c77f55"), (0, 0.04, 0.40), -0.58),
    dish("bottle", _bottle, "glass", ("5a9a6a", "8a6a3a", "6aa0b8"), (0, -0.12, 0.36), -0.88),
    dish(
        "jar", _jar, "wax", ("d98a2a", "b0304a", "e8dcc0"), (0, -0.14, 0.42), -0.84, accent="c9b04a"
    ),
    dish("pot", _pot, "metal", ("a8b0b8", "c0503c", "5a8a9a"), (0, -0.04, 0.40), -0.66),
    dish("cauldron", _cauldron, "metal", ("6a6e76",), (0, 0.0, 0.42), -0.50),
    dish("toaster", _toaster, "metal", ("c0c6cc", "d98a7a", "8ab8b0"), (0, -0.12, 0.40), -0.56),
    dish("glass", _glass, "jelly", ("e8a84a", "d06a7a", "8ac0d8"), (0, -0.10, 0.38), -0.74),
    dish("spoon", _spoon, "metal", ("c0c6cc", "c99a5a"), (0, -0.30, 0.38), -0.72),
)
