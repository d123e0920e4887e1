"""Fish, reptiles and the small crawling kind."""

from ..surface.outlines import blob, curve, ellipse, move, ring, rounded, stroke, twin
from .animal import muzzle
from .base import Mark, Part, back, main, over, pair
from .making import creature


def _fish() -> list[Part]:
    tail = blob(".60,.0 .92,-.40 .98,-.10 .86,.08 .98,.30 .92,.58 .60,.16")
    top = blob("-.30,-.56 -.10,-.86 .26,-.90 .46,-.60 .20,-.50")
    side = blob("-.56,.26 -.86,.34 -.92,.60 -.70,.62 -.50,.48")
    body = twin("0,-.66 .36,-.60 .66,-.34 .76,.06 .66,.46 .36,.72 0,.78")
    scales = [
        Mark(
            stroke(curve([(x, y), (x + 0.07, y + 0.06), (x + 0.14, y)]), 0.016), "dark", 0.6, 0.006
        )
        for x, y in (
            (0.50, 0.20),
            (0.46, 0.34),
            (0.54, 0.06),
            (-0.64, 0.12),
            (-0.62, -0.02),
            (-0.10, -0.56),
            (0.06, -0.58),
        )
    ]
    return [
        back(tail, depth=0.10, tint="dark"),
        back(top, tint="dark", depth=0.10),
        main(body, 0.62, *scales),
        over(side, tint="dark", depth=0.06),
    ]


def _octopus() -> list[Part]:
    arms = (
        "0.40,.46 .66,.56 .80,.80 .96,.70",
        "0.28,.56 .46,.74 .52,.96 .72,.98",
        "0.10,.60 .16,.84 .10,1.1",
    )
    legs = [side for arm in arms for side in pair(stroke(arm, 0.24, 0.10))]
    head = twin("0,-.86 .36,-.80 .64,-.52 .70,-.14 .60,.22 .54,.52 .34,.66 0,.68")
    dots = [
        Mark(ellipse(x, y, r), "light", 0.55, 0.012)
        for x, y, r in (
            (0.34, -0.62, 0.07),
            (-0.40, -0.56, 0.09),
            (0.06, -0.74, 0.06),
            (0.52, -0.44, 0.05),
        )
    ]
    return [back(*legs, depth=0.14), main(head, 0.62, *dots)]


def _turtle() -> list[Part]:
    shell = ellipse(0, 0.52, 0.92, 0.62)
    rim = ellipse(0, 0.54, 0.97, 0.62)
    plates = [
        Mark(ellipse(x, y, 0.15, 0.13), "4f6b34", 0.7, 0.02, 0.03)
        for x, y in ((0.74, 0.36), (-0.74, 0.36), (0.78, 0.70), (-0.78, 0.70))
    ]
    head = twin("0,-.66 .32,-.60 .54,-.36 .60,0 .56,.32 .40,.58 .20,.68 0,.70")
    return [
        back(rim, tint="d9c27a", depth=0.10),
        Part((shell,), "7a8f45", 0.30, "leather", marks=tuple(plates)),
        main(head, 0.55),
    ]


def _frog() -> list[Part]:
    bump = ellipse(0.36, -0.50, 0.24, 0.24)
    chest = twin("0,.46 .40,.54 .66,.80 .78,1.2 0,1.3")
    head = twin("0,-.52 .30,-.54 .60,-.40 .82,-.02 .84,.30 .62,.56 .30,.68 0,.70")
    spots = [
        Mark(ellipse(x, y, 0.06), "dark", 0.6, 0.015)
        for x, y in ((0.66, 0.02), (-0.70, 0.08), (0.0, -0.44), (-0.14, -0.48))
    ]
    return [
        back(chest, depth=0.4),
        back(twin("0,.60 .24,.66 .34,.90 .30,1.2 0,1.3"), tint="e6e8b8", depth=0.2, shadow=0.1),
        main(head, 0.60, muzzle("e6e8b8", 0.5), *spots, also=pair(bump)),
    ]


def _snake() -> list[Part]:
    coils = [ellipse(0, y, w, 0.18) for y, w in ((0.84, 0.92), (0.66, 0.74))]
    head = twin("0,-.76 .30,-.70 .56,-.44 .66,-.06 .60,.26 .42,.54 .22,.66 0,.68")
    rows = [
        Mark(
            rounded([(0, y - 0.06), (0.10, y), (0, y + 0.06), (-0.10, y)], 0.02), "dark", 0.75, 0.01
        )
        for y in (-0.64, -0.50)
    ]
    return [back(coils[0], depth=0.2), back(coils[1], depth=0.2), main(head, 0.58, *rows)]


def _dragon() -> list[Part]:
    wing = blob(".50,.30 .70,-.16 .98,-.50 .96,-.08 .98,.24 .86,.30 .80,.58 .62,.62")
    horn = stroke(".28,-.52 .42,-.74 .38,-.96", 0.15, 0.03)
    spikes = [
        blob([(x - 0.08, -0.58), (x, -0.58 - h), (x + 0.08, -0.58)])
        for x, h in ((0.0, 0.22), (-0.15, 0.15), (0.15, 0.15))
    ]
    ear = blob(".50,-.30 .80,-.46 .74,-.22 .86,-.10 .60,-.04")
    chest = twin("0,.50 .32,.56 .54,.80 .64,1.2 0,1.3")
    belly = twin("0,.60 .20,.66 .30,.90 .26,1.2 0,1.3")
    head = twin("0,-.60 .30,-.56 .54,-.36 .60,-.02 .56,.28 .48,.54 .24,.70 0,.74")
    return [
        back(*pair(wing), tint="accent", depth=0.08, made="leather"),
        back(chest, depth=0.4),
        back(belly, tint="f2dfa0", depth=0.2, shadow=0.1),
        back(*pair(horn), tint="eadfc4", depth=0.07, made="wax"),
        back(*spikes, tint="accent", depth=0.06),
        back(*pair(ear), depth=0.08),
        main(head, 0.58, muzzle("f2dfa0", 0.4)),
    ]


def _bee() -> list[Part]:
    wing = blob(".50,-.10 .72,-.60 .98,-.62 .98,-.26 .76,.10")
    feeler = stroke(".16,-.60 .22,-.80 .36,-.90", 0.05, 0.04)
    tip = ellipse(0.38, -0.90, 0.07)
    body = twin("0,-.68 .34,-.62 .60,-.38 .70,.02 .68,.42 .48,.76 .20,.90 0,.93")
    bands = [
        Mark(stroke(f"-.80,{y} 0,{y + 0.10} .80,{y}", 0.13), "3a302a", 0.9, 0.012)
        for y in (0.58, 0.84)
    ]
    bands.append(Mark(stroke("-.70,-.52 0,-.60 .70,-.52", 0.10), "3a302a", 0.9, 0.012))
    return [
        back(*pair(wing), tint="dfeef4", depth=0.05, made="glass", shadow=0.1),
        back(*pair(feeler), tint="3a302a", depth=0.03, made="plastic"),
        back(*pair(tip), tint="3a302a", depth=0.05, made="plastic"),
        main(body, 0.60, *bands),
    ]


def _ladybird() -> list[Part]:
    shell = ellipse(0, 0.30, 0.94, 0.72)
    spots = [
        Mark(ellipse(x, y, 0.12), "2c2a2c", 0.95, 0.01)
        for x, y in (
            (0.76, 0.16),
            (-0.76, 0.16),
            (0.72, 0.60),
            (-0.72, 0.60),
            (0.40, 0.90),
            (-0.40, 0.90),
        )
    ]
    feeler = stroke(".18,-.62 .28,-.82 .44,-.88", 0.05, 0.04)
    head = twin("0,-.66 .32,-.60 .54,-.36 .60,.02 .56,.36 .40,.60 .20,.70 0,.72")
    return [
        Part((shell,), "c8302a", 0.36, "plastic", marks=tuple(spots)),
        back(*pair(feeler), tint="3a302a", depth=0.03, made="plastic"),
        main(head, 0.55),
    ]


def _snail() -> list[Part]:
    shell = ellipse(0.46, -0.02, 0.52, 0.52)
    turns = [
        (0.46 + 0.44 * (1 - i / 26) * c, -0.02 + 0.44 * (1 - i / 26) * s)
        for i, (c, s) in enumerate(ring(13) * 2)
    ]
    foot = twin("0,.56 .70,.60 .96,.78 .90,.90 0,.92")
    stalk = stroke(".12,-.50 .18,-.72 .20,-.86", 0.09, 0.08)
    head = twin("0,-.62 .30,-.56 .50,-.32 .56,.02 .52,.36 .44,.70 0,.80")
    return [
        Part(
            (shell,),
            "accent",
            0.34,
            "ceramic",
            marks=(Mark(stroke(turns, 0.05, 0.03), "7a4a2a", 0.8, 0.01, -0.02),),
        ),
        back(foot, depth=0.14),
        back(*(move(side, -0.16, 0.0) for side in pair(stalk)), depth=0.05),
        main(move(head, -0.16, 0.0), 0.52),
    ]


BODIES = (
    creature("fish", _fish, "fruit", ("ef8a3a", "4f9fc8", "d9b23a"), (0, -0.10, 0.40), -0.60),
    creature("octopus", _octopus, "jelly", ("c9607a", "8a60b8", "e08050"), (0, -0.10, 0.40), -0.76),
    creature("turtle", _turtle, "skin", ("8fae5a", "a0b878"), (0, -0.10, 0.40), -0.54),
    creature("frog", _frog, "fruit", ("6fae44", "5a9e5a"), (0, -0.10, 0.40), -0.50, "bust"),
    creature("snake", _snake, "leather", ("7fa83e", "c9a03a", "4f9080"), (0, -0.10, 0.40), -0.64),
    creature(
        "dragon",
        _dragon,
        "leather",
        ("4f9a5a", "c0503c", "5a78b0", "8a5ab0"),
        (0, -0.10, 0.40),
        -0.52,
        "bust",
    ),
    creature("bee", _bee, "fur", ("f0bc36",), (0, -0.10, 0.40), -0.58),
    creature("ladybird", _ladybird, "plastic", ("6b5a58",), (0, -0.10, 0.40), -0.56),
    creature("snail", _snail, "skin", ("d9b890", "c9c08a"), (0, -0.10, 0.40), -0.52),
)
