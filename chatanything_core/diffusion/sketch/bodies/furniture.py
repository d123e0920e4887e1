"""Furniture, machines of the house, and lights."""

from ..surface.outlines import blob, box, ellipse, ridge, rounded, stroke, twin
from .base import Mark, Part, back, main, over, pair
from .making import thing


def _candle() -> list[Part]:
    dish = ellipse(0, 0.82, 0.66, 0.12)
    fire, core = (
        twin("0,-1.0 .08,-.88 .14,-.74 .08,-.64 0,-.62"),
        twin("0,-.84 .05,-.74 .06,-.68 0,-.64"),
    )
    body = ridge(".44,-.50 .46,.82", 0.08)
    drips = [
        stroke([(x, -0.48), (x, y)], 0.12, 0.10)
        for x, y in ((-0.36, -0.20), (0.38, -0.28), (0.26, -0.36))
    ]
    return [
        back(dish, tint="c9a24a", depth=0.08, made="metal"),
        main(body, 0.42),
        over(*drips, depth=0.05, shadow=0.15),
        over(ellipse(0, -0.50, 0.44, 0.08), tint="light", depth=0.03, shadow=0),
        over(stroke("0,-.52 0,-.64", 0.03), tint="3a302a", depth=0.01),
        over(fire, tint="f7a62a", depth=0.08, made="jelly", shadow=0),
        over(core, tint="fff0b0", depth=0.03, made="wax", shadow=0),
    ]


def _light_bulb() -> list[Part]:
    base = [ridge(f".26,{y} .25,{y + 0.10}", 0.04) for y in (0.58, 0.68, 0.78)]
    glass = twin("0,-.88 .36,-.80 .62,-.50 .66,-.14 .50,.22 .32,.46 .28,.60 0,.62")
    return [
        *(back(coil, tint="b8bec6", depth=0.10, made="metal") for coil in base),
        back(ellipse(0, 0.90, 0.12, 0.05), tint="3a3d44", depth=0.04),
        main(glass, 0.60),
    ]


def _bell() -> list[Part]:
    clapper, loop = ellipse(0, 0.80, 0.14, 0.12), ellipse(0, -0.80, 0.14, 0.13)
    body = twin("0,-.72 .26,-.66 .46,-.40 .54,.0 .62,.36 .86,.60 .80,.72 .40,.76 0,.77")
    return [back(loop, depth=0.08), back(clapper, tint="dark", depth=0.12), main(body, 0.58)]


def _chair() -> list[Part]:
    leg = stroke(".52,.60 .58,.94", 0.12, 0.09)
    side = blob(".60,-.06 .84,-.10 .92,.10 .88,.70 .66,.76 .56,.40")
    rest = twin("0,-.86 .40,-.84 .66,-.66 .70,-.20 .66,.40 .50,.56 0,.58")
    seat = ridge(".62,.48 .64,.76", 0.10)
    return [
        back(*pair(leg), tint="6b4a2b", depth=0.08, made="wood"),
        main(rest, 0.30),
        over(seat, depth=0.16),
        over(*pair(side), depth=0.20),
    ]


def _television() -> list[Part]:
    aerial = stroke("0,-.56 .26,-.96", 0.03)
    shell = rounded([(-0.90, -0.62), (0.90, -0.62), (0.90, 0.70), (-0.90, 0.70)], 0.16)
    screen = rounded([(-0.78, -0.50), (0.52, -0.50), (0.52, 0.58), (-0.78, 0.58)], 0.16)
    knobs, feet = (
        [ellipse(0.71, y, 0.09) for y in (-0.32, -0.06)],
        pair(stroke(".50,.66 .60,.90", 0.09)),
    )
    slots = [stroke([(0.62, y), (0.80, y)], 0.025) for y in (0.26, 0.34, 0.42)]
    return [
        back(*pair(aerial), tint="b8bec6", depth=0.02, made="metal"),
        back(*feet, tint="6b4a2b", depth=0.06, made="wood"),
        back(shell, tint="accent", depth=0.20, made="wood"),
        main(screen, 0.16),
        over(*knobs, tint="e8dcc0", depth=0.06, made="plastic"),
        over(*slots, tint="4a3020", depth=0.01, shadow=0),
    ]


def _fridge() -> list[Part]:
    shell = rounded([(-0.60, -0.92), (0.60, -0.92), (0.60, 0.88), (-0.60, 0.88)], 0.14)
    gap = Mark(stroke("-.62,.46 .62,.46", 0.018), "dark", 0.9, 0.003, -0.03)
    handles = [stroke(f".46,{a} .46,{b}", 0.055) for a, b in ((0.10, 0.36), (0.54, 0.70))]
    note = rounded([(-0.48, 0.56), (-0.20, 0.54), (-0.18, 0.78), (-0.46, 0.80)], 0.01)
    return [
        main(shell, 0.26, gap),
        over(*handles, tint="c9ccd2", depth=0.05, made="metal"),
        over(note, tint="f7e27a", depth=0.01, made="paper"),
        over(ellipse(-0.33, 0.57, 0.03), tint="d0382e", depth=0.03),
    ]


def _washing_machine() -> list[Part]:
    shell = rounded([(-0.80, -0.86), (0.80, -0.86), (0.80, 0.88), (-0.80, 0.88)], 0.10)
    rim, glass = ellipse(0, 0.14, 0.66), ellipse(0, 0.14, 0.58)
    knob, drawer = ellipse(0.58, -0.70, 0.09), box(-0.50, -0.70, 0.44, 0.14, 0.03)
    return [
        back(shell, depth=0.16),
        back(drawer, tint="dark", depth=0.03),
        back(knob, tint="b8bec6", depth=0.07, made="metal"),
        back(rim, tint="c9ccd2", depth=0.10, made="metal"),
        main(glass, 0.26, tint="accent", made="ceramic"),
    ]


def _barrel() -> list[Part]:
    body = twin("0,-.84 .50,-.82 .64,-.50 .72,0 .66,.50 .52,.86 0,.88")
    staves = [
        Mark(side, "dark", 0.6, 0.01, -0.03)
        for x in (0.36, 0.56)
        for side in pair(stroke([(x * 0.8, -0.84), (x * 1.12, 0), (x * 0.8, 0.86)], 0.02))
    ]
    hoops = [
        stroke([(-w, y), (0, y + 0.06), (w, y)], 0.09) for y, w in ((-0.62, 0.60), (0.62, 0.61))
    ]
    return [
        main(body, 0.60, *staves),
        over(ellipse(0, -0.82, 0.49, 0.07), tint="light", depth=0.02, shadow=0),
        over(*hoops, tint="74777c", depth=0.03, made="metal", shadow=0.2),
    ]


def _hourglass() -> list[Part]:
    plates = [ridge(f".66,{y} .66,{y + 0.12}", 0.04) for y in (-0.94, 0.82)]
    posts = pair(box(0.56, 0, 0.08, 1.70, 0.02))
    low = twin("0,.36 .12,.40 .42,.56 .50,.84 0,.86")
    top = twin("0,-.84 .50,-.82 .54,-.30 .44,.16 .14,.42 0,.44")
    return [
        back(*posts, tint="accent", depth=0.06, made="wood"),
        back(low, tint="light", depth=0.2),
        main(top, 0.50),
        over(*plates, tint="accent", depth=0.08, made="wood"),
    ]


BODIES = (
    thing("candle", _candle, "wax", ("f2e4c4", "e8a8a0", "c8d8b8"), (0, -0.12, 0.36), -0.56),
    thing("light bulb", _light_bulb, "ceramic", ("fbe48a", "f8ecc0"), (0, -0.26, 0.42), -0.76),
    thing("bell", _bell, "metal", ("dba832", "c98a4a"), (0, -0.04, 0.38), -0.64),
    thing("chair", _chair, "cloth", ("6a8aa8", "b0605a", "8a9a5a"), (0, -0.34, 0.40), -0.78),
    thing(
        "television",
        _television,
        "plastic",
        ("8ac0d0", "a8c8a0"),
        (-0.13, -0.14, 0.36),
        -0.60,
        accent="a8703c",
    ),
    thing("fridge", _fridge, "plastic", ("a8d8d0", "f0e6d0", "e8a8a0"), (0, -0.40, 0.40), -0.88),
    thing(
        "washing machine",
        _washing_machine,
        "plastic",
        ("eceef0",),
        (0, -0.06, 0.36),
        -0.82,
        accent="a8d0e8",
    ),
    thing("barrel", _barrel, "wood", ("b07a48",), (0, -0.14, 0.42), -0.80),
    thing(
        "hourglass",
        _hourglass,
        "wax",
        ("e8c88a", "d8b8c8"),
        (0, -0.46, 0.36),
        -0.90,
        accent="8a5a34",
    ),
)
