"""What is worn on the face or grows there: glasses, monocle, moustache, beard, bow tie.

Drawn in the face frame (see `landmarks.placement`), so it turns with the face. Nothing here but
the eye patch hides an eye, and nothing the lips: what is hidden cannot be animated.
"""

from collections.abc import Callable

import numpy as np

from ....landmarks.face_model.placement import Polygon
from ..bodies.base import Part, over, pair
from ..surface.outlines import blob, ellipse, mirror, ring, rounded, stroke


def _hoop(x: float, radius: float, width: float) -> Polygon:
    """A thin ring as one outline: out along its outer edge, back along its inner one."""
    rim = np.array([(x + radius * c, 0.01 + radius * s) for c, s in ring(60)])
    rim = np.concatenate([rim, rim[:1]])
    middle = np.array([x, 0.01])
    return np.concatenate([middle + (rim - middle) * (1 + width / radius), rim[::-1]])


def _glasses() -> list[Part]:
    bridge = stroke("-.17,-.02 0,-.07 .17,-.02", 0.035)
    arm = stroke(".82,-.06 1.02,-.10", 0.04)
    return [
        over(
            _hoop(-0.5, 0.33, 0.035),
            _hoop(0.5, 0.33, 0.035),
            bridge,
            *pair(arm),
            tint="3a2f2c",
            depth=0.04,
            made="plastic",
            shadow=0.25,
        )
    ]


def _square_glasses() -> list[Part]:
    frames = [_frame(x, 0.36, 0.29, 0.06) for x in (-0.51, 0.51)]
    arm = stroke(".86,-.08 1.04,-.12", 0.05)
    bridge = stroke("-.16,-.08 0,-.10 .16,-.08", 0.05)
    return [over(*frames, bridge, *pair(arm), tint="1f1c20", depth=0.05, made="plastic")]


def _frame(x: float, wide: float, high: float, width: float) -> Polygon:
    """A rounded rectangle about an eye as one thin outline."""
    outer = rounded(
        [(x - wide, -high), (x + wide, -high), (x + wide, high), (x - wide, high)], 0.12
    )
    outer = np.concatenate([outer, outer[:1]])
    middle = np.array([x, 0.0])
    return np.concatenate([outer, (middle + (outer - middle) * (1 - width / high))[::-1]])


def _sunglasses() -> list[Part]:
    lens = blob(".20,-.20 .52,-.27 .86,-.20 .88,.06 .72,.28 .46,.30 .24,.16")
    frame = np.concatenate(
        [lens, lens[:1], (np.array([0.53, 0.0]) + (lens - (0.53, 0)) * 1.13)[::-1]]
    )
    bridge = stroke("-.18,-.13 0,-.18 .18,-.13", 0.05)
    arm = stroke(".88,-.12 1.06,-.14", 0.05)
    return [
        over(*pair(lens), tint="2a2830", depth=0, made="smoked glass"),
        over(*pair(frame), bridge, *pair(arm), tint="1a181c", depth=0.05, made="plastic"),
    ]


def _eye_patch() -> list[Part]:
    strap = stroke("-1.02,-.72 -.4,-.60 .2,-.36 .8,-.02 1.08,.22", 0.05)
    patch = blob(".14,-.28 .5,-.43 .88,-.26 .90,.10 .72,.34 .50,.40 .28,.30 .12,.06")
    return [over(patch, strap, tint="1c1a1e", depth=0.08, made="leather", shadow=0.35)]


def _monocle() -> list[Part]:
    chain = stroke(".78,.18 .92,.6 .86,1.1", 0.018)
    return [
        over(_hoop(0.5, 0.33, 0.03), chain, tint="e0b040", depth=0.04, made="metal", shadow=0.25)
    ]


def _moustache() -> list[Part]:
    half = blob("0,.76 .12,.73 .30,.75 .46,.81 .64,.74 .60,.85 .46,.89 .24,.86 .08,.84 0,.86")
    return [over(half, mirror(half), tint="hair", depth=0.08, made="hair", shadow=0.3)]


def _walrus() -> list[Part]:
    half = blob("0,.74 .16,.72 .38,.77 .57,.95 .62,1.18 .51,1.12 .46,.96 .30,.88 .10,.86 0,.87")
    return [over(half, mirror(half), tint="hair", depth=0.09, made="hair", shadow=0.3)]


def _goatee() -> list[Part]:
    tuft = blob("-.16,1.30 0,1.26 .16,1.30 .18,1.48 .08,1.70 0,1.84 -.08,1.70 -.18,1.48")
    return [over(tuft, tint="hair", depth=0.10, made="hair", shadow=0.3)]


def _beard() -> list[Part]:
    shape = blob(
        "-.98,.30 -.84,.72 -.60,.86 -.50,1.10 -.34,1.24 0,1.30 .34,1.24 .50,1.10 .60,.86 .84,.72 .98,.30 "
        "1.0,.80 .84,1.36 .52,1.80 .20,2.06 0,2.12 -.20,2.06 -.52,1.80 -.84,1.36 -1.0,.80"
    )
    return [over(shape, tint="hair", depth=0.16, made="hair", shadow=0.35)]


def _long_beard() -> list[Part]:
    shape = blob(
        "-.98,.30 -.84,.72 -.60,.86 -.50,1.10 -.34,1.24 0,1.30 .34,1.24 .50,1.10 .60,.86 .84,.72 .98,.30 "
        "1.02,.80 .96,1.40 .84,2.0 .62,2.6 .30,3.0 .06,3.3 -.2,3.05 -.56,2.66 -.82,2.0 -.96,1.40 -1.02,.80"
    )
    half = blob("0,.74 .16,.72 .38,.77 .57,.95 .62,1.18 .51,1.12 .46,.96 .30,.88 .10,.86 0,.87")
    return [
        over(shape, tint="hair", depth=0.18, made="hair", shadow=0.4),
        over(half, mirror(half), tint="hair", depth=0.09, made="hair"),
    ]


def _handlebar() -> list[Part]:
    half = blob(
        "0,.75 .12,.72 .30,.76 .48,.84 .66,.82 .76,.70 .72,.58 .80,.60 .86,.72 .76,.88 .58,.94 .38,.90 "
        ".14,.86 0,.87"
    )
    return [over(half, mirror(half), tint="hair", depth=0.08, made="hair", shadow=0.3)]


def _sideburns() -> list[Part]:
    side = blob(".90,-.30 1.06,-.26 1.06,.3 1.02,.75 .88,1.02 .66,1.02 .70,.86 .84,.62 .92,.2")
    return [over(*pair(side), tint="hair", depth=0.08, made="hair", shadow=0.25)]


def _beauty_mark() -> list[Part]:
    return [over(ellipse(0.44, 0.74, 0.028), tint="3a2420", depth=0.01, shadow=0)]


def _nose_ring() -> list[Part]:
    ring_ = stroke(".10,.66 .07,.76 .15,.80 .21,.74 .19,.66", 0.022)
    return [over(ring_, tint="e0b040", depth=0.02, made="metal", shadow=0.2)]


def _pipe() -> list[Part]:
    stem = stroke(".42,1.02 .66,1.16 .86,1.22", 0.07, 0.09)
    bowl = blob(".80,1.28 .76,1.02 .80,.92 1.02,.92 1.06,1.02 1.02,1.26 .92,1.34")
    smoke = stroke("0.92,.86 1.0,.66 .9,.5 1.02,.3", 0.05, 0.12)
    return [
        over(stem, tint="2a2220", depth=0.06, made="plastic"),
        over(bowl, tint="6a3a22", depth=0.12, made="wood"),
        over(smoke, tint="e8eaee", depth=0, made="glass"),
    ]


def _bow_tie() -> list[Part]:
    wing = rounded([(0.05, 1.80), (0.46, 1.64), (0.46, 2.06), (0.05, 1.90)], 0.06)
    return [
        over(*pair(wing), tint="c0283a", depth=0.08, made="plastic"),
        over(ellipse(0, 1.85, 0.10, 0.11), tint="c0283a", depth=0.08, made="plastic"),
    ]


def _scar() -> list[Part]:
    line = stroke(".66,.26 .78,.60", 0.03, 0.015)
    ticks = [
        stroke([(x - 0.06, y + 0.02), (x + 0.06, y - 0.02)], 0.016)
        for x, y in ((0.68, 0.34), (0.72, 0.43), (0.76, 0.52))
    ]
    return [over(line, *ticks, tint="dark", depth=0.01, shadow=0)]


FACEWEAR: dict[str, Callable[[], list[Part]]] = {
    "glasses": _glasses,
    "square glasses": _square_glasses,
    "sunglasses": _sunglasses,
    "monocle": _monocle,
    "eye patch": _eye_patch,
    "moustache": _moustache,
    "walrus moustache": _walrus,
    "goatee": _goatee,
    "handlebar moustache": _handlebar,
    "sideburns": _sideburns,
    "beard": _beard,
    "long beard": _long_beard,
    "bow tie": _bow_tie,
    "scar": _scar,
    "pipe": _pipe,
    "beauty mark": _beauty_mark,
    "nose ring": _nose_ring,
}
"""Things on the face by name."""
