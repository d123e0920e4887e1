"""What is worn on the face or grows there: glasses, monocle, moustache, beard, bow tie.

Drawn in the face frame (see `landmarks.placement`), so it turns with the face. Nothing here
hides an eye or the lips: what is hidden cannot be animated.
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
    "monocle": _monocle,
    "moustache": _moustache,
    "walrus moustache": _walrus,
    "goatee": _goatee,
    "beard": _beard,
    "bow tie": _bow_tie,
    "scar": _scar,
}
"""Things on the face by name."""
