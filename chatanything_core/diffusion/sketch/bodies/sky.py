"""Things of the sky and of nature, and a few plain shapes."""

from ..surface.outlines import blob, ellipse, move, ridge, ring, rounded, star, stroke, twin
from .base import Mark, Part, back, main, over, pair
from .making import figure


def _star() -> list[Part]:
    corners = [(x * 0.98, y) for x, y in star(0, 0.04, 0.96, 0.56).tolist()]
    return [main(rounded(corners, 0.24), 0.56)]


def _cloud() -> list[Part]:
    puffs = tuple(
        ellipse(x, y, r)
        for x, y, r in (
            (-0.60, 0.22, 0.34),
            (0.60, 0.22, 0.34),
            (-0.36, -0.24, 0.38),
            (0.34, -0.26, 0.40),
            (0.0, -0.40, 0.36),
            (-0.20, 0.34, 0.36),
            (0.24, 0.34, 0.36),
        )
    )
    return [main(ellipse(0, 0.04, 0.66, 0.56), 0.60, also=puffs)]


def _sun() -> list[Part]:
    rays = [
        blob(
            [
                (0.62 * c - 0.14 * s, 0.62 * s + 0.14 * c),
                (0.96 * c, 0.96 * s),
                (0.62 * c + 0.14 * s, 0.62 * s - 0.14 * c),
                (0.5 * c, 0.5 * s),
            ]
        )
        for c, s in ring(14)
    ]
    return [back(*rays, tint="f2a02a", depth=0.10), main(ellipse(0, 0, 0.68), 0.62)]


def _moon() -> list[Part]:
    disc = ellipse(0, 0.02, 0.84)
    craters = [
        Mark(ellipse(x, y, r), "dark", 0.45, 0.015, -0.05)
        for x, y, r in (
            (0.58, -0.42, 0.13),
            (-0.64, -0.20, 0.10),
            (0.62, 0.36, 0.10),
            (-0.50, 0.52, 0.14),
            (0.06, -0.68, 0.09),
            (0.24, 0.72, 0.07),
        )
    ]
    return [main(disc, 0.80, *craters)]


def _heart() -> list[Part]:
    return [main(twin("0,-.44 .20,-.70 .54,-.76 .84,-.48 .86,-.08 .62,.34 .26,.70 0,.90"), 0.66)]


def _drop() -> list[Part]:
    return [main(twin("0,-.96 .10,-.74 .32,-.36 .58,0 .68,.36 .54,.70 .26,.86 0,.88"), 0.64)]


def _flame() -> list[Part]:
    outer = blob(
        "-.10,-.98 .10,-.66 .44,-.44 .52,-.66 .72,-.20 .78,.30 .60,.72 .20,.90 -.26,.90 -.62,.70 -.80,.26 -.66,-.16 -.50,-.40 -.44,-.14 -.24,-.46"
    )
    inner = twin("0,-.46 .24,-.34 .50,.02 .54,.40 .40,.72 0,.84")
    return [back(outer, tint="e8502a", depth=0.5), main(inner, 0.46)]


def _rock() -> list[Part]:
    return [
        main(
            rounded(
                [
                    (-0.50, -0.64),
                    (0.06, -0.80),
                    (0.60, -0.56),
                    (0.84, -0.02),
                    (0.80, 0.62),
                    (0.40, 0.86),
                    (-0.44, 0.86),
                    (-0.84, 0.56),
                    (-0.80, -0.10),
                ],
                0.20,
            ),
            0.60,
        )
    ]


def _mountain() -> list[Part]:
    far, peak = ridge("0,-.30 .98,.86", 0.10), ridge("0,-.92 .30,-.50 .80,.88", 0.14)
    snow = twin("0,-.94 .16,-.72 .30,-.46 .18,-.52 .10,-.42 0,-.54")
    return [
        back(move(far, 0.1, 0.0), tint="dark", depth=0.3),
        main(peak, 0.50),
        over(snow, tint="f7f8fa", depth=0.08, made="paper", shadow=0.15),
    ]


def _planet() -> list[Part]:
    ring_back = blob([(0.98 * c, 0.10 + 0.26 * s - 0.12 * c) for c, s in ring(24)])
    bands = [
        Mark(stroke(f"-.70,{y} 0,{y + 0.06} .70,{y - 0.04}", w), "light", 0.4, 0.02)
        for y, w in ((-0.40, 0.10), (0.60, 0.08), (-0.56, 0.05))
    ]
    return [back(ring_back, tint="accent", depth=0.05), main(ellipse(0, 0, 0.70), 0.68, *bands)]


def _box() -> list[Part]:
    lid = ridge(".82,-.62 .80,-.36", 0.04)
    bow = blob(".04,-.66 .24,-.94 .50,-.90 .46,-.70 .24,-.62")
    band = rounded([(0.52, -0.40), (0.68, -0.40), (0.68, 0.84), (0.52, 0.84)], 0.01)
    return [
        main(ridge(".74,-.50 .74,.84", 0.05), 0.26, Mark(band, "accent", 1.0, 0.003, 0.01)),
        over(lid, tint="base", depth=0.14),
        over(*pair(bow), tint="accent", depth=0.10, made="plastic"),
        over(ellipse(0, -0.66, 0.10, 0.08), tint="accent", depth=0.08, made="plastic"),
    ]


def _ball() -> list[Part]:
    seams = [
        Mark(side, "dark", 0.8, 0.004, -0.02)
        for side in pair(stroke(".36,-.72 .62,-.30 .66,.16 .40,.66", 0.02))
    ]
    return [main(ellipse(0, 0.04, 0.82), 0.80, *seams)]


def _balloon() -> list[Part]:
    string = stroke("0,.60 .06,.76 -.04,.88 .02,1.0", 0.016)
    knot = rounded([(-0.08, 0.68), (0.08, 0.68), (0.0, 0.54)], 0.02)
    return [
        back(string, tint="f4efe6", depth=0.01, shadow=0),
        back(knot, depth=0.05),
        main(twin("0,-.88 .38,-.80 .64,-.48 .68,-.10 .52,.28 .24,.56 0,.62"), 0.66),
    ]


BODIES = (
    figure("star", _star, "wax", ("f7cf3e",), (0, -0.12, 0.38), -0.50, "float", backdrop="night"),
    figure("cloud", _cloud, "wax", ("eef2f8", "b0bccc"), (0, -0.18, 0.40), -0.62, "float"),
    figure("sun", _sun, "wax", ("f8c83a",), (0, -0.16, 0.42), -0.60, "float"),
    figure(
        "moon",
        _moon,
        "stone",
        ("e8dfc0", "c8ccd8"),
        (0, -0.14, 0.44),
        -0.70,
        "float",
        backdrop="night",
    ),
    figure("heart", _heart, "plastic", ("d9304a", "e87a9a"), (0, -0.22, 0.42), -0.62, "float"),
    figure("drop", _drop, "jelly", ("6ab8e8", "5aa0d8"), (0, 0.06, 0.38), -0.66, "float"),
    figure(
        "flame", _flame, "jelly", ("f7b83a",), (0, 0.06, 0.37), -0.50, "float", backdrop="night"
    ),
    figure(
        "rock", _rock, "stone", ("98958c", "8a8078"), (0, -0.10, 0.44), -0.62, backdrop="garden"
    ),
    figure("mountain", _mountain, "stone", ("8a90a0", "9a8878"), (0, 0.04, 0.38), -0.80),
    figure(
        "planet",
        _planet,
        "ceramic",
        ("d9a86a", "6a9ac8", "b07ac0"),
        (0, -0.18, 0.40),
        -0.62,
        "float",
        accent="e8d8a8",
        backdrop="night",
    ),
    figure(
        "box",
        _box,
        "paper",
        ("e0685a", "6aa0c0", "c49a66"),
        (-0.06, -0.06, 0.40),
        -0.64,
        accent="f2d06a",
        backdrop="room",
        rigid=True,
    ),
    figure(
        "ball", _ball, "leather", ("d9783a", "e8e4dc"), (0, -0.12, 0.44), -0.70, backdrop="garden"
    ),
    figure(
        "balloon",
        _balloon,
        "plastic",
        ("e0404a", "4a90d0", "f0b83a"),
        (0, -0.30, 0.42),
        -0.80,
        "float",
    ),
)
