"""Machines and instruments of an office."""

from ..surface.outlines import blob, box, ellipse, ridge, ring, rounded, star, stroke, twin
from .base import Mark, Part, back, main, over, pair
from .making import desk_thing

WOOD = "e6c08a"

STEEL = "b8bec6"

INK = "3a3d44"


def _lamp() -> list[Part]:
    foot = ellipse(0, 0.86, 0.46, 0.09)
    pole = stroke("0,.84 0,.30", 0.09)
    shade = twin("0,-.84 .30,-.84 .40,-.78 .62,-.20 .78,.34 .70,.44 .30,.50 0,.51")
    bulb = ellipse(0, 0.50, 0.20, 0.16)
    return [
        back(foot, tint="dark", depth=0.10, made="metal"),
        back(pole, tint="dark", depth=0.06, made="metal"),
        back(bulb, tint="fff3c4", depth=0.14, made="wax"),
        main(shade, 0.56),
        over(stroke("-.36,-.78 0,-.74 .36,-.78", 0.03), tint="light", depth=0.01, shadow=0),
    ]


def _computer() -> list[Part]:
    foot = ridge(".20,.56 .24,.78 .44,.88", 0.04)
    shell = rounded([(-0.90, -0.72), (0.90, -0.72), (0.90, 0.58), (-0.90, 0.58)], 0.10)
    screen = rounded([(-0.80, -0.63), (0.80, -0.63), (0.80, 0.46), (-0.80, 0.46)], 0.05)
    light = ellipse(0.72, 0.53, 0.02)
    return [
        back(foot, tint="c9ccd2", depth=0.12, made="metal"),
        back(shell, tint="d2d4d8", depth=0.12, made="plastic"),
        main(screen, 0.10, tint="base", made="plastic"),
        over(light, tint="6ad07a", depth=0.01, shadow=0),
    ]


def _phone() -> list[Part]:
    shell = rounded([(-0.52, -0.92), (0.52, -0.92), (0.52, 0.90), (-0.52, 0.90)], 0.16)
    screen = rounded([(-0.46, -0.84), (0.46, -0.84), (0.46, 0.82), (-0.46, 0.82)], 0.10)
    key = box(0.535, -0.30, 0.04, 0.26, 0.02)
    return [
        back(key, tint="dark", depth=0.02, made="metal"),
        back(shell, tint="4a4e58", depth=0.14, made="metal"),
        main(screen, 0.08),
        over(box(0, -0.80, 0.26, 0.055, 0.027), tint="2c2e34", depth=0.01, shadow=0),
        over(box(0, 0.77, 0.32, 0.022, 0.01), tint="light", depth=0.005, shadow=0),
    ]


def _printer() -> list[Part]:
    sheet = rounded([(-0.44, -0.94), (0.44, -0.94), (0.48, -0.40), (-0.48, -0.40)], 0.02)
    shell = ridge(".74,-.56 .88,-.40 .88,.70 .80,.80", 0.08)
    slot = rounded([(-0.56, 0.58), (0.56, 0.58), (0.56, 0.68), (-0.56, 0.68)], 0.03)
    out = rounded([(-0.46, 0.62), (0.46, 0.62), (0.54, 0.92), (-0.54, 0.92)], 0.02)
    lights = [ellipse(x, -0.42, 0.03) for x in (0.62, 0.72)]
    return [
        back(sheet, tint="f7f4ec", depth=0.02, made="paper"),
        main(shell, 0.30),
        over(slot, tint=INK, depth=0.02, shadow=0),
        over(out, tint="f7f4ec", depth=0.02, made="paper"),
        over(*lights, tint="6ad07a", depth=0.01, shadow=0),
    ]


def _calculator() -> list[Part]:
    shell = rounded([(-0.62, -0.88), (0.62, -0.88), (0.62, 0.90), (-0.62, 0.90)], 0.12)
    screen = rounded([(-0.50, -0.78), (0.50, -0.78), (0.50, -0.56), (-0.50, -0.56)], 0.04)
    keys = [box(x, y, 0.20, 0.13, 0.04) for y in (0.56, 0.74) for x in (-0.40, -0.14, 0.12, 0.38)]
    return [
        main(shell, 0.24),
        over(screen, tint="b9c9a8", depth=0.02, shadow=0.1),
        over(*keys[:7], tint="light", depth=0.05),
        over(keys[7], tint="e8833a", depth=0.05),
    ]


def _clock() -> list[Part]:
    bell = ellipse(0.40, -0.74, 0.24, 0.20, 30)
    foot = stroke(".46,.66 .60,.90", 0.12)
    rim, dial = ellipse(0, 0.04, 0.82), ellipse(0, 0.04, 0.70)
    ticks = [
        Mark(
            stroke([(0.60 * c, 0.04 + 0.60 * s), (0.66 * c, 0.04 + 0.66 * s)], 0.03), INK, 0.9, 0.0
        )
        for c, s in ring(12)
    ]
    return [
        back(*pair(foot), tint="accent", depth=0.08, made="metal"),
        back(*pair(bell), tint="accent", depth=0.18, made="metal"),
        back(rim, depth=0.20),
        main(dial, 0.14, *ticks, tint="f7f1e0", made="paper"),
    ]


def _globe() -> list[Part]:
    stand = stroke("-.30,.92 0,.86 .30,.92", 0.10)
    arc = stroke([(0.84 * c, -0.02 + 0.84 * s) for c, s in ring(24)[-7:] + ring(24)[:8]], 0.07)
    ball = ellipse(0, -0.04, 0.76)
    land = [
        "-.62,-.42 -.36,-.62 -.10,-.66 -.16,-.52 -.34,-.40 -.50,-.14 -.66,-.10",
        ".30,-.60 .56,-.48 .70,-.20 .72,.10 .58,.02 .52,-.24 .36,-.40",
        ".46,.30 .66,.24 .58,.50 .36,.64 .34,.46",
        "-.60,.20 -.48,.30 -.40,.54 -.56,.48 -.70,.22",
    ]
    marks = [Mark(blob(shape), "7fae5a", 0.95, 0.006, 0.01) for shape in land]
    return [
        back(stand, tint="a87a48", depth=0.06, made="wood"),
        back(arc, tint="d9b04a", depth=0.04, made="metal"),
        main(ball, 0.72, *marks),
    ]


def _trophy() -> list[Part]:
    foot, stem = ridge(".44,.74 .50,.92", 0.03), stroke("0,.50 0,.80", 0.20)
    ear = stroke(".54,-.50 .86,-.46 .84,-.10 .50,.16", 0.10)
    cup = twin("0,-.74 .40,-.74 .64,-.70 .64,-.30 .54,.16 .30,.48 0,.58")
    return [
        back(foot, tint="6b4a34", depth=0.1, made="wood"), back(stem, depth=0.1), back(*pair(ear), depth=0.08),
        main(cup, 0.56), over(star(0, -0.60, 0.09, 0.04), tint="light", depth=0.02, shadow=0.1),
    ]  # fmt: skip


def _camera() -> list[Part]:
    bump, button = ridge(".30,-.78 .38,-.50", 0.06), box(0.62, -0.60, 0.22, 0.14, 0.04)
    body = rounded([(-0.92, -0.56), (0.92, -0.56), (0.92, 0.76), (-0.92, 0.76)], 0.16)
    ring_, glass = ellipse(0, 0.10, 0.68), ellipse(0, 0.10, 0.60)
    return [
        back(button, tint="c9503c", depth=0.06), back(bump, tint="dark", depth=0.12), back(body, depth=0.20),
        back(ring_, tint=STEEL, depth=0.12, made="metal"), main(glass, 0.24, tint="light", made="plastic"),
    ]  # fmt: skip


BODIES = (
    desk_thing("lamp", _lamp, "cloth", ("e8c890", "7fb0a8", "d98a6a"), (0, -0.34, 0.36), -0.80),
    desk_thing(
        "computer", _computer, "plastic", ("7fc0d8", "9ad0b0", "a8b8e8"), (0, -0.30, 0.38), -0.68
    ),
    desk_thing("phone", _phone, "plastic", ("8fc0e8", "f0b8a0", "b0d8a8"), (0, -0.26, 0.36), -0.88),
    desk_thing("printer", _printer, "plastic", ("dcdcd8", "a8b8c4"), (0, -0.20, 0.40), -0.52),
    desk_thing(
        "calculator",
        _calculator,
        "plastic",
        ("6a7484", "8a9ab0", "d0c8b8"),
        (0, -0.32, 0.36),
        -0.84,
    ),
    desk_thing("clock", _clock, "metal", ("c9503c", "5a9ab0", "6a9a6a"), (0, -0.14, 0.38), -0.62),
    desk_thing("globe", _globe, "plastic", ("5a9ed0",), (0, -0.20, 0.40), -0.70),
    desk_thing("trophy", _trophy, "metal", ("e0b040",), (0, -0.30, 0.37), -0.70),
    desk_thing("camera", _camera, "leather", ("4a4e58", "8a5a40"), (0, -0.06, 0.35), -0.62),
)
