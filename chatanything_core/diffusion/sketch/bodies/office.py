"""Things on and around a desk."""

from ..surface.outlines import blob, box, ellipse, ridge, rounded, stroke, twin
from .base import Mark, Part, back, main, over, pair
from .making import desk_thing

WOOD = "e6c08a"

STEEL = "b8bec6"

INK = "3a3d44"


def _line(
    *points: tuple[float, float], width: float = 0.02, tint: str = "dark", amount: float = 0.6
) -> Mark:
    return Mark(stroke(list(points), width), tint, amount, 0.006)


def _mug() -> list[Part]:
    handle = stroke(".56,-.30 .86,-.28 .94,.06 .84,.40 .56,.44", 0.15)
    cup = ridge(".62,-.66 .58,.84", 0.16)
    return [
        back(handle, depth=0.14),
        main(cup, 0.62),
        over(ellipse(0, -0.64, 0.615, 0.10), depth=0.05, shadow=0.1),
        over(ellipse(0, -0.625, 0.55, 0.075), tint="5a3420", depth=0.02, made="jelly", shadow=0),
    ]


def _pencil() -> list[Part]:
    tip = ridge("0,-.98 .10,-.82", 0.03)
    cone = ridge("0,-.94 .50,-.42 .50,-.36", 0.04)
    shaft = ridge(".50,-.44 .50,.66", 0.03)
    band, rubber = ridge(".53,.58 .53,.74", 0.02), ridge(".50,.72 .48,.96", 0.10)
    edges = [
        Mark(side, "dark", 0.5, 0.008, -0.02) for side in pair(stroke(".40,-.42 .40,.60", 0.02))
    ]
    return [
        back(rubber, tint="e88a98", depth=0.3, made="wax"),
        back(cone, tint=WOOD, depth=0.3, made="wood"),
        main(shaft, 0.42, *edges),
        over(tip, tint=INK, depth=0.08, made="stone", shadow=0),
        over(band, tint="c9ccd2", depth=0.20, made="metal"),
    ]


def _pen() -> list[Part]:
    nib = ridge("0,.98 .10,.80 .24,.58", 0.04)
    shaft = twin("0,-.94 .30,-.90 .46,-.70 .48,-.20 .46,.36 .32,.62 0,.66")
    clip = stroke(".40,-.74 .56,-.70 .56,-.10", 0.09, 0.07)
    ring_ = ridge(".44,.42 .42,.50", 0.02)
    return [
        back(nib, tint="d9b04a", depth=0.1, made="metal"),
        main(shaft, 0.46),
        over(clip, tint="d9b04a", depth=0.06, made="metal"),
        over(ring_, tint="d9b04a", depth=0.1, made="metal"),
    ]


def _stapler() -> list[Part]:
    base = rounded([(-0.92, 0.66), (0.92, 0.66), (0.92, 0.84), (-0.92, 0.84)], 0.08)
    jaw = rounded([(-0.86, 0.44), (0.80, 0.48), (0.80, 0.64), (-0.86, 0.60)], 0.05)
    top = blob("-.90,.40 -.88,-.10 -.66,-.52 -.10,-.62 .44,-.48 .80,-.10 .88,.30 .80,.50 0,.50")
    return [
        back(base, tint="dark", depth=0.12),
        back(jaw, tint=STEEL, depth=0.10, made="metal"),
        main(top, 0.55),
    ]


def _book() -> list[Part]:
    pages = rounded([(-0.56, -0.80), (0.70, -0.80), (0.70, 0.80), (-0.56, 0.80)], 0.03)
    cover = rounded([(-0.66, -0.86), (0.62, -0.86), (0.62, 0.84), (-0.66, 0.84)], 0.05)
    sheets = [
        Mark(stroke(f".64,{-0.78} .64,.78", 0.012), "c9bfa8", 0.9, 0.0),
        Mark(stroke(".68,-.78 .68,.78", 0.01), "c9bfa8", 0.9, 0.0),
    ]
    spine = Mark(stroke("-.54,-.90 -.54,.90", 0.035), "dark", 0.8, 0.012, -0.04)
    frame = [Mark(stroke(f"-.44,{y} .54,{y}", 0.02), "accent", 0.9, 0.004) for y in (-0.74, 0.72)]
    return [
        Part((pages,), "f3ead4", 0.10, "paper", marks=tuple(sheets)),
        main(cover, 0.16, spine, *frame),
        over(
            rounded([(0.30, 0.80), (0.42, 0.80), (0.42, 0.98), (0.36, 0.92), (0.30, 0.98)], 0.01),
            tint="accent",
            depth=0.02,
            made="cloth",
        ),
    ]


def _notebook() -> list[Part]:
    cover = rounded([(-0.60, -0.82), (0.66, -0.82), (0.66, 0.84), (-0.60, 0.84)], 0.07)
    loops = [
        stroke([(-0.70, y), (-0.62, y - 0.05), (-0.50, y)], 0.045)
        for y in [-0.72 + 0.16 * i for i in range(10)]
    ]
    band = stroke(".50,-.84 .50,.84", 0.06)
    return [
        main(cover, 0.16),
        over(*loops, tint=STEEL, depth=0.03, made="metal"),
        over(band, tint="dark", depth=0.02, made="cloth", shadow=0.2),
    ]


def _envelope() -> list[Part]:
    sheet = rounded([(-0.92, -0.58), (0.92, -0.58), (0.92, 0.72), (-0.92, 0.72)], 0.05)
    folds = [
        Mark(stroke("-.90,-.54 0,-.40 .90,-.54", 0.02), "dark", 0.5, 0.01, -0.02),
        *(Mark(side, "dark", 0.3, 0.01, -0.01) for side in pair(stroke(".90,.70 .56,.34", 0.02))),
    ]
    flap = rounded([(-0.90, -0.58), (0.90, -0.58), (0.0, -0.42)], 0.05)
    stamp = box(0.70, 0.52, 0.22, 0.26, 0.02)
    return [
        main(sheet, 0.14, *folds),
        over(flap, depth=0.04, shadow=0.3),
        over(stamp, tint="c9503c", depth=0.01, made="paper", shadow=0.2),
    ]


def _tape() -> list[Part]:
    roll, hole = ellipse(-0.04, -0.02, 0.82), ellipse(-0.04, -0.02, 0.62)
    end = rounded([(0.60, 0.10), (0.80, 0.04), (0.96, 0.60), (0.76, 0.64)], 0.02)
    return [
        back(end, depth=0.03),
        back(roll, depth=0.16),
        main(hole, 0.20, tint="light", made="paper"),
    ]


def _eraser() -> list[Part]:
    body = rounded([(-0.80, -0.60), (0.80, -0.60), (0.86, 0.72), (-0.86, 0.72)], 0.18)
    sleeve = rounded([(-0.90, 0.34), (0.90, 0.34), (0.92, 0.80), (-0.92, 0.80)], 0.06)
    return [main(body, 0.40), over(sleeve, tint="accent", depth=0.20, made="paper")]


def _clipboard() -> list[Part]:
    board = rounded([(-0.68, -0.78), (0.68, -0.78), (0.68, 0.92), (-0.68, 0.92)], 0.08)
    sheet = rounded([(-0.58, -0.64), (0.58, -0.64), (0.58, 0.84), (-0.58, 0.84)], 0.02)
    lines = [
        _line((-0.46, y), (0.46, y), width=0.016, tint="9aa8b8", amount=0.5) for y in (0.62, 0.72)
    ]
    clip = ridge(".16,-.96 .20,-.84 .34,-.80 .34,-.66", 0.05)
    return [
        back(board, tint="b07a48", depth=0.10, made="wood"),
        main(sheet, 0.05, *lines, tint="f7f3e8", made="paper"),
        over(clip, tint=STEEL, depth=0.08, made="metal"),
    ]


BODIES = (
    desk_thing(
        "mug",
        _mug,
        "ceramic",
        ("e9e6df", "4f86a8", "c9553f", "6f9a78", "e0b04a"),
        (0, -0.14, 0.42),
        -0.62,
    ),
    desk_thing(
        "pencil", _pencil, "plastic", ("f0b83a", "e0663a", "5a9ec0"), (0, -0.18, 0.37), -0.60
    ),
    desk_thing("pen", _pen, "plastic", ("4a6ab0", "8a3a4a", "3f7a68"), (0, -0.34, 0.36), -0.78),
    desk_thing(
        "stapler", _stapler, "plastic", ("c9403a", "4a7fb0", "6a9a5a"), (0, -0.18, 0.38), -0.52
    ),
    desk_thing(
        "book",
        _book,
        "leather",
        ("8a3a3a", "3f6a8a", "5a7a4a", "7a5a9a"),
        (0.02, -0.20, 0.40),
        -0.80,
    ),
    desk_thing(
        "notebook", _notebook, "leather", ("5aa0a8", "e0885a", "7a88c0"), (0.02, -0.22, 0.40), -0.78
    ),
    desk_thing("envelope", _envelope, "paper", ("f2e6c8", "e8d0d0"), (0, -0.16, 0.38), -0.56),
    desk_thing("tape", _tape, "plastic", ("e8c85a", "8ab8d8"), (-0.04, -0.20, 0.36), -0.72),
    desk_thing("eraser", _eraser, "wax", ("f0a8b0", "f2ece0"), (0, -0.28, 0.38), -0.58),
    desk_thing("clipboard", _clipboard, "wood", ("b07a48",), (0, -0.24, 0.37), -0.62),
)
