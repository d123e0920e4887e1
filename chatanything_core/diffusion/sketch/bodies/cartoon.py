"""Cartoon characters, robots and spirits."""

from ..surface.outlines import blob, box, ellipse, ridge, ring, rounded, stroke, twin
from .base import Mark, Part, back, main, over, pair
from .making import figure


def _robot() -> list[Part]:
    bulb, ear = ellipse(0, -0.90, 0.08), box(0.74, -0.06, 0.20, 0.36, 0.06)
    chest = twin("0,.72 .40,.74 .66,.90 .70,1.2 0,1.2")
    bolts = [side for x, y in ((0.56, -0.56), (0.56, 0.46)) for side in pair(ellipse(x, y, 0.04))]
    return [
        back(stroke("0,-.66 0,-.86", 0.05), tint="9aa0a8", depth=0.04, made="metal"),
        back(bulb, tint="e8503a", depth=0.08, made="plastic"),
        back(box(0, 0.66, 0.30, 0.24, 0.04), tint="6f7680", depth=0.10, made="metal"),
        back(chest, tint="dark", depth=0.30),
        back(*pair(ear), tint="accent", depth=0.12),
        main(box(0, -0.04, 1.38, 1.30, 0.30), 0.50),
        over(*bolts, tint="dark", depth=0.03, made="metal", shadow=0.2),
    ]


def _ghost() -> list[Part]:
    arm = blob(".56,.10 .84,-.06 .92,.10 .80,.26 .60,.36")
    sheet = blob(
        "0,-.90 .36,-.82 .60,-.52 .66,-.10 .68,.40 .72,.90 .50,.76 .30,.94 .10,.76 -.12,.94 -.34,.76 -.54,.94 -.72,.84 -.68,.40 -.66,-.10 -.60,-.52 -.36,-.82"
    )
    return [back(*pair(arm), depth=0.14), main(sheet, 0.58)]


def _monster() -> list[Part]:
    horn = stroke(".34,-.60 .48,-.78 .46,-.96", 0.18, 0.04)
    arm = stroke(".62,.20 .84,.30 .92,.56", 0.22, 0.20)
    body = twin("0,-.78 .36,-.74 .62,-.48 .70,0 .74,.50 .62,.82 .34,.90 0,.88")
    spots = [
        Mark(ellipse(x, y, r), "dark", 0.7, 0.015)
        for x, y, r in (
            (0.54, -0.36, 0.10),
            (0.60, 0.30, 0.08),
            (-0.58, -0.26, 0.08),
            (-0.60, 0.44, 0.11),
            (0.10, -0.66, 0.07),
        )
    ]
    return [
        back(*pair(horn), tint="f0e2c0", depth=0.09, made="wax"),
        back(*pair(arm), depth=0.16),
        main(body, 0.60, *spots),
    ]


def _alien() -> list[Part]:
    feeler = stroke(".20,-.68 .30,-.86 .44,-.92", 0.05)
    tip, chest = ellipse(0.48, -0.92, 0.07), twin("0,.56 .26,.62 .50,.86 .56,1.2 0,1.2")
    head = twin("0,-.78 .40,-.72 .70,-.44 .76,-.06 .62,.28 .38,.56 .16,.68 0,.70")
    return [
        back(chest, tint="accent", depth=0.3, made="cloth"),
        back(*pair(feeler), depth=0.04),
        back(*pair(tip), tint="e8e05a", depth=0.07, made="plastic"),
        main(head, 0.60),
    ]


def _snowman() -> list[Part]:
    low, scarf = ellipse(0, 0.84, 0.80, 0.52), stroke("-.46,.46 0,.60 .46,.46", 0.17)
    tail = rounded([(0.20, 0.50), (0.40, 0.48), (0.46, 0.86), (0.24, 0.88)], 0.04)
    arm = stroke(".62,.66 .84,.50 .96,.36", 0.05, 0.03)
    return [
        back(*pair(arm), tint="6b4a2b", depth=0.03, made="wood"),
        back(low, depth=0.5),
        main(ellipse(0, -0.12, 0.66), 0.62),
        over(tail, tint="c9343a", depth=0.06, made="fur"),
        over(scarf, tint="c9343a", depth=0.10, made="fur"),
    ]


def _skull() -> list[Part]:
    jaw = ridge(".36,.30 .34,.84", 0.12)
    teeth = [
        Mark(stroke([(x, 0.68), (x, 0.84)], 0.014), "8a7a60", 0.8, 0.004, -0.02)
        for x in (-0.18, -0.06, 0.06, 0.18)
    ]
    head = twin("0,-.84 .40,-.76 .68,-.42 .70,-.04 .56,.26 .42,.42 .38,.62 .22,.70 0,.71")
    sockets = [
        Mark(side, "7a6a58", 0.55, 0.04, -0.05) for side in pair(ellipse(0.22, -0.14, 0.21, 0.19))
    ]
    return [Part((jaw,), "base", 0.2, marks=tuple(teeth)), main(head, 0.60, *sockets)]


def _slime() -> list[Part]:
    drops = (ellipse(0.72, 0.80, 0.12, 0.08), ellipse(-0.86, 0.82, 0.09, 0.06))
    body = blob(
        "0,-.76 .30,-.70 .56,-.42 .68,0 .74,.44 .92,.74 .80,.88 .40,.84 .10,.90 -.30,.84 -.70,.90 -.90,.76 -.74,.44 -.70,0 -.56,-.44 -.28,-.70"
    )
    bubbles = [
        Mark(ellipse(x, y, r), "light", 0.55, 0.006, 0.01)
        for x, y, r in (
            (0.52, 0.50, 0.07),
            (-0.56, 0.30, 0.05),
            (-0.42, 0.62, 0.08),
            (0.40, -0.46, 0.05),
        )
    ]
    return [back(*drops, depth=0.05), main(body, 0.62, *bubbles)]


def _gingerbread() -> list[Part]:
    arm, body = stroke(".20,.60 .60,.56 .86,.50", 0.30), twin("0,.40 .34,.50 .44,.80 .40,1.2 0,1.2")
    head = ellipse(0, -0.16, 0.70, 0.68)
    icing = Mark(
        stroke([(0.60 * c, -0.16 + 0.58 * s) for c, s in ring(40)][21:40], 0.035),
        "fbf6ec",
        0.95,
        0.004,
        0.02,
    )
    buttons = [ellipse(0, y, 0.05) for y in (0.72, 0.88)]
    return [
        back(*pair(arm), depth=0.14),
        back(body, depth=0.16),
        main(head, 0.34, icing),
        over(*buttons, tint="c9343a", depth=0.04, made="fruit"),
        over(*pair(stroke(".72,.40 .74,.66", 0.035)), tint="fbf6ec", depth=0.02, made="wax"),
    ]


BODIES = (
    figure(
        "robot",
        _robot,
        "plastic",
        ("8fb8c9", "d8d4c8", "e0a84a", "8a9a78"),
        (0, -0.16, 0.46),
        -0.62,
        "bust",
        backdrop="lab",
        rigid=True,
    ),
    figure(
        "ghost",
        _ghost,
        "wax",
        ("eef0f4", "d8e0f0"),
        (0, -0.24, 0.42),
        -0.72,
        "float",
        backdrop="night",
    ),
    figure(
        "monster",
        _monster,
        "fur",
        ("8a6ac0", "5aa88a", "d0708a"),
        (0, -0.16, 0.44),
        -0.66,
        backdrop="night",
    ),
    figure(
        "alien",
        _alien,
        "jelly",
        ("8ac06a", "7ab0b8"),
        (0, -0.12, 0.44),
        -0.66,
        "bust",
        accent="6a70a8",
        backdrop="night",
    ),
    figure(
        "snowman",
        _snowman,
        "paper",
        ("f4f6f8",),
        (0, -0.24, 0.40),
        -0.62,
        "bust",
        backdrop="winter",
    ),
    figure(
        "skull", _skull, "wax", ("efe6d2",), (0, -0.16, 0.42), -0.70, backdrop="night", rigid=True
    ),
    figure(
        "slime",
        _slime,
        "jelly",
        ("7ad06a", "6ab8d8", "d07ac0"),
        (0, -0.10, 0.42),
        -0.64,
        backdrop="night",
    ),
    figure(
        "gingerbread",
        _gingerbread,
        "peel",
        ("c98a4a",),
        (0, -0.28, 0.40),
        -0.74,
        "bust",
        backdrop="winter",
    ),
)
