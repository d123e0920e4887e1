"""Houses, vehicles, instruments and tools."""

from ..surface.outlines import blob, box, ellipse, ridge, ring, rounded, stroke, twin
from .base import Mark, Part, back, main, over, pair
from .making import thing


def _house() -> list[Part]:
    chimney = box(0.46, -0.62, 0.20, 0.40, 0.02)
    wall = ridge(".66,-.30 .66,.86", 0.03)
    roof = ridge("0,-.94 .90,-.26 .86,-.18", 0.06)
    door = ridge(".15,.62 .15,.87", 0.06)
    window = [
        Mark(pane, "bfe0f0", 0.9, 0.004, -0.02) for pane in pair(box(0.50, 0.56, 0.18, 0.20, 0.02))
    ]
    return [
        back(chimney, tint="b0563c", depth=0.08, made="stone"),
        main(wall, 0.24, *window),
        over(roof, tint="accent", depth=0.18),
        over(door, tint="7a4a2c", depth=0.05, made="wood"),
    ]


def _car() -> list[Part]:
    wheel = ellipse(0.58, 0.70, 0.22, 0.24)
    cabin = ridge(".48,-.82 .64,-.30 .66,-.16", 0.10)
    glass = ridge(".42,-.76 .56,-.34", 0.06)
    body = ridge(".78,-.34 .90,-.10 .92,.56 .80,.70", 0.16)
    lamps, plate = pair(ellipse(0.72, 0.04, 0.13, 0.13)), box(0, 0.60, 0.40, 0.12, 0.02)
    return [
        back(*pair(wheel), tint="33353c", depth=0.12, made="leather"),
        back(cabin, depth=0.3),
        back(glass, tint="bfe0f0", depth=0.10, made="ceramic", shadow=0),
        main(body, 0.44),
        over(*lamps, tint="fff3c4", depth=0.09, made="ceramic"),
        over(plate, tint="f4f2ea", depth=0.02, made="plastic"),
    ]


def _rocket() -> list[Part]:
    fin = blob(".38,.20 .70,.44 .80,.86 .58,.78 .38,.66")
    fire = blob("-.20,.70 .20,.70 .16,.90 0,1.02 -.16,.90")
    hull = twin("0,-.96 .22,-.74 .44,-.36 .50,.10 .44,.56 .34,.76 0,.78")
    nose = twin("0,-.97 .14,-.84 .28,-.62 .14,-.56 0,-.54")
    return [
        back(fire, tint="f2a02a", depth=0.1, made="jelly"),
        back(*pair(fin), tint="accent", depth=0.10),
        main(hull, 0.48),
        over(nose, tint="accent", depth=0.20, shadow=0.1),
    ]


def _boat() -> list[Part]:
    mast = stroke("0,-.98 0,-.20", 0.06)
    sails = (
        rounded([(0.06, -0.92), (0.62, -0.24), (0.06, -0.24)], 0.04),
        rounded([(-0.06, -0.80), (-0.06, -0.24), (-0.48, -0.24)], 0.04),
    )
    hull = ridge(".92,-.18 .66,.80", 0.14)
    water = blob("-1.1,.70 -.7,.62 -.3,.72 .1,.62 .5,.72 .8,.62 1.1,.70 1.1,1.2 -1.1,1.2")
    return [
        back(mast, tint="7a5234", depth=0.05, made="wood"),
        back(*sails, tint="f7f2e6", depth=0.08, made="cloth"),
        main(hull, 0.46, Mark(stroke("-.9,-.12 .9,-.12", 0.06), "light", 0.9, 0.004)),
        over(water, tint="5aa0c8", depth=0.10, made="jelly"),
    ]


def _guitar() -> list[Part]:
    neck, head = box(0, -0.66, 0.16, 0.60, 0.02), ridge(".14,-1.0 .11,-.84", 0.03)
    body = twin("0,-.50 .34,-.50 .50,-.28 .46,-.02 .60,.24 .66,.54 .50,.84 0,.90")
    return [
        back(head, tint="4a3020", depth=0.06, made="wood"),
        back(neck, tint="5a3a26", depth=0.06, made="wood"),
        main(body, 0.36),
        over(
            *(stroke([(x, -0.98), (x, -0.36)], 0.008) for x in (-0.04, 0, 0.04)),
            tint="f0e6c8",
            depth=0.004,
            shadow=0,
        ),
        over(box(0, 0.80, 0.34, 0.06, 0.02), tint="4a3020", depth=0.04, made="wood"),
    ]


def _drum() -> list[Part]:
    sticks = [stroke(f"{x},-.98 {-x * 0.3},-.50", 0.05, 0.06) for x in (-0.66, 0.66)]
    shell = ridge(".74,-.44 .72,.76", 0.06)
    hoop, low = ellipse(0, -0.44, 0.80, 0.16), stroke("-.74,.74 0,.82 .74,.74", 0.11)
    cords = [
        Mark(stroke([(x, -0.34), (x + d, 0.70)], 0.022), "f0dfae", 0.9, 0.003, 0.01)
        for x, d in ((-0.70, 0.14), (-0.50, -0.10), (0.50, 0.10), (0.70, -0.14))
    ]
    return [
        main(shell, 0.54, *cords),
        over(low, tint="accent", depth=0.08),
        over(hoop, tint="accent", depth=0.08),
        over(ellipse(0, -0.46, 0.72, 0.12), tint="f4ecd8", depth=0.03, made="paper", shadow=0),
        over(*sticks, tint="c99a62", depth=0.04, made="wood"),
    ]


def _piano() -> list[Part]:
    case = ridge(".86,-.74 .86,.88", 0.04)
    keys = rounded([(-0.92, 0.56), (0.92, 0.56), (0.94, 0.74), (-0.94, 0.74)], 0.02)
    blacks = [
        box(x, 0.61, 0.05, 0.10, 0.01)
        for x in (-0.78, -0.64, -0.36, -0.22, -0.08, 0.20, 0.34, 0.62, 0.76)
    ]
    lines = [
        Mark(
            stroke([(-0.92 + 0.14 * i, 0.56), (-0.92 + 0.14 * i, 0.74)], 0.008), "8a857c", 0.9, 0.0
        )
        for i in range(1, 14)
    ]
    return [
        main(case, 0.16),
        over(ridge(".92,-.82 .92,-.72", 0.03), depth=0.08),
        Part((keys,), "f7f4ea", 0.06, "plastic", "front", 0.4, tuple(lines)),
        over(*blacks, tint="2c2c30", depth=0.03, made="plastic"),
    ]


def _hammer() -> list[Part]:
    shaft = ridge(".15,.40 .19,.98", 0.07)
    claw = blob("-.56,-.60 -.80,-.62 -.96,-.40 -.94,-.16 -.84,-.34 -.70,-.36 -.56,-.20")
    face_ = rounded([(0.60, -0.56), (0.92, -0.62), (0.92, 0.06), (0.60, 0.0)], 0.06)
    head = rounded([(-0.64, -0.76), (0.64, -0.76), (0.64, 0.54), (-0.64, 0.54)], 0.22)
    return [
        back(shaft, tint="b07a48", depth=0.14, made="wood"),
        back(claw, depth=0.12),
        back(face_, depth=0.16),
        main(head, 0.50),
    ]


def _wheel() -> list[Part]:
    tyre, rim, hub = ellipse(0, 0, 0.92), ellipse(0, 0, 0.80), ellipse(0, 0, 0.58)
    spokes = [stroke([(0.5 * c, 0.5 * s), (0.82 * c, 0.82 * s)], 0.03) for c, s in ring(16)]
    return [
        back(tyre, tint="3a3c44", depth=0.16, made="leather"),
        back(rim, tint="c9ccd2", depth=0.06, made="metal"),
        back(*spokes, tint="8a9098", depth=0.02, made="metal", shadow=0.1),
        main(hub, 0.40),
    ]


def _broom() -> list[Part]:
    stick = stroke("0,-1.0 0,-.40", 0.13)
    band = stroke("-.40,-.38 0,-.32 .40,-.38", 0.13)
    head = twin("0,-.50 .30,-.48 .42,-.38 .56,.10 .76,.70 .78,.88 .40,.92 0,.90")
    straws = [
        Mark(stroke([(x * 0.6, -0.3), (x, 0.9)], 0.012), "dark", 0.5, 0.006, -0.02)
        for x in (-0.66, -0.54, 0.54, 0.66)
    ]
    return [
        back(stick, tint="8a5a34", depth=0.08, made="wood"),
        main(head, 0.44, *straws),
        over(band, tint="accent", depth=0.06, made="cloth"),
    ]


def _pawn() -> list[Part]:
    foot = ridge(".60,.72 .66,.92", 0.05)
    waist = twin("0,.30 .26,.34 .30,.52 .52,.74 0,.76")
    collar = ellipse(0, 0.38, 0.46, 0.09)
    return [
        back(foot, depth=0.16),
        back(waist, depth=0.2),
        back(collar, depth=0.06),
        main(ellipse(0, -0.22, 0.62), 0.60),
    ]


BODIES = (
    thing("wheel", _wheel, "plastic", ("d9483a", "4a8ac0", "e8b83a"), (0, -0.18, 0.34), -0.50),
    thing("broom", _broom, "wood", ("dcb45a", "c99a4a"), (0, 0.02, 0.36), -0.40),
    thing("pawn", _pawn, "ceramic", ("f0e6d0", "6a5a50"), (0, -0.38, 0.40), -0.72),
    thing(
        "house",
        _house,
        "stone",
        ("e8d4b0", "b8c8d0", "e0b0a0"),
        (0, -0.02, 0.34),
        -0.80,
        backdrop="garden",
    ),
    thing(
        "car",
        _car,
        "plastic",
        ("d0392f", "4a8ac0", "f0c03a", "6aa86a"),
        (0, 0.04, 0.34),
        -0.76,
        backdrop="garden",
    ),
    thing(
        "rocket", _rocket, "metal", ("d8dce0", "e8d8c8"), (0, -0.24, 0.36), -0.80, backdrop="night"
    ),
    thing("boat", _boat, "wood", ("a8683a", "c0503c"), (0, 0.04, 0.34), -0.30, backdrop="sky"),
    thing("guitar", _guitar, "wood", ("c9813a", "a8502a"), (0, 0.06, 0.37), -0.46),
    thing(
        "drum",
        _drum,
        "plastic",
        ("c9343a", "3f6fa8", "4a9a6a"),
        (0, -0.08, 0.38),
        -0.56,
        accent="e0b040",
    ),
    thing("piano", _piano, "ceramic", ("5a4038", "484c56", "8a5a3a"), (0, -0.34, 0.38), -0.80),
    thing("hammer", _hammer, "metal", ("a9b0b8",), (0, -0.32, 0.38), -0.72),
)
