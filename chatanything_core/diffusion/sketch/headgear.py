"""Helmets, party hats, and what is no hat: bands, halos, flowers. See `hats` for the frame."""

from collections.abc import Callable

from .bodies.base import Part, over, pair
from .surface.outlines import blob, ellipse, ridge, ring, stroke, twin

GOLD, STEEL = "e0b040", "b8bec6"


def _helmet() -> list[Part]:
    plume = blob("-.06,-.38 .0,-.66 .26,-.80 .56,-.70 .66,-.40 .46,-.50 .26,-.44 .10,-.34")
    dome = twin("0,-.48 .30,-.42 .50,-.16 .54,.10 0,.12")
    rivets = [ellipse(x, 0.04, 0.025) for x in (-0.42, -0.21, 0, 0.21, 0.42)]
    return [
        over(plume, tint="c0283a", depth=0.10, made="hair"),
        over(dome, tint=STEEL, depth=0.40, made="metal", shadow=0.45),
        over(ridge(".56,-.02 .55,.12", 0.03), tint="8a9098", depth=0.06, made="metal", shadow=0.2),
        over(*rivets, tint="d8dce0", depth=0.03, made="metal", shadow=0.1),
    ]


def _viking() -> list[Part]:
    horn = blob(".44,-.12 .62,-.12 .74,-.30 .76,-.62 .92,-.34 .84,-.02 .62,.06 .48,.06")
    dome = twin("0,-.44 .30,-.38 .48,-.14 .52,.08 0,.10")
    return [
        over(*pair(horn), tint="efe2c4", depth=0.10, made="wax"),
        over(dome, tint="a8763e", depth=0.38, made="metal", shadow=0.45),
        over(
            ridge(".54,-.04 .53,.10", 0.03), tint="6b4a2b", depth=0.06, made="leather", shadow=0.2
        ),
        over(stroke("0,-.44 0,.02", 0.10), tint="6b4a2b", depth=0.05, made="leather", shadow=0.1),
    ]


def _hard_hat(tint: str = "f2c230") -> list[Part]:
    dome = twin("0,-.42 .28,-.38 .46,-.16 .48,.04 0,.08")
    return [
        over(dome, tint=tint, depth=0.36, made="plastic"),
        over(stroke("0,-.42 0,-.02", 0.12), tint=tint, depth=0.06, made="plastic", shadow=0.2),
        over(
            twin("0,.0 .40,-.02 .62,.04 .40,.12 0,.14"),
            tint=tint,
            depth=0.08,
            made="plastic",
            shadow=0.45,
        ),
    ]


def _fire_hat() -> list[Part]:
    return [
        *_hard_hat("c9302c"),
        over(ellipse(0, -0.14, 0.12, 0.14), tint=GOLD, depth=0.04, made="metal"),
    ]


def _miner() -> list[Part]:
    return [
        *_hard_hat(),
        over(ellipse(0, -0.16, 0.14), tint="6f7680", depth=0.08, made="metal"),
        over(ellipse(0, -0.16, 0.10), tint="fff6cc", depth=0.05, made="ceramic", shadow=0),
    ]


def _headband() -> list[Part]:
    tails = (
        stroke(".50,-.02 .70,-.12 .86,-.06", 0.10, 0.05),
        stroke(".50,.02 .66,.06 .80,.20", 0.10, 0.05),
    )
    return [
        over(*tails, tint="c9282e", depth=0.04, made="cloth"),
        over(
            stroke("-.56,-.02 0,.06 .56,-.02", 0.16),
            tint="c9282e",
            depth=0.06,
            made="cloth",
            shadow=0.35,
        ),
        over(ellipse(0, 0.05, 0.055), tint="f7f5f0", depth=0.01, shadow=0),
    ]


def _halo() -> list[Part]:
    outer = [(0.46 * c, -0.42 + 0.12 * s) for c, s in ring(40)]
    return [
        over(stroke([*outer, outer[0]], 0.06), tint="fbe27a", depth=0.05, made="wax", shadow=0.1)
    ]


def _horns() -> list[Part]:
    horn = blob(".22,.02 .26,-.22 .40,-.40 .60,-.44 .50,-.28 .46,-.08 .42,.06")
    return [over(*pair(horn), tint="a82a30", depth=0.10, made="plastic", shadow=0.3)]


def _flower() -> list[Part]:
    petals = [ellipse(0.34 + 0.11 * c, -0.02 + 0.11 * s, 0.085) for c, s in ring(6)]
    return [
        over(*petals, tint="f08aa8", depth=0.06, made="leaf", shadow=0.3),
        over(ellipse(0.34, -0.02, 0.07), tint="f7d14c", depth=0.05, made="wax", shadow=0.1),
    ]


def _bow() -> list[Part]:
    loop = blob(".04,-.06 .18,-.24 .40,-.26 .42,-.02 .36,.14 .16,.06")
    return [
        over(*pair(loop), tint="e05a7a", depth=0.10, made="plastic", shadow=0.3),
        over(ellipse(0, -0.04, 0.09, 0.10), tint="e05a7a", depth=0.08, made="plastic"),
    ]


def _headphones() -> list[Part]:
    arc = stroke("-.60,.36 -.62,-.06 -.40,-.40 0,-.52 .40,-.40 .62,-.06 .60,.36", 0.10)
    cup = ellipse(0.60, 0.40, 0.14, 0.22)
    return [
        over(arc, tint="3a3d48", depth=0.06, made="plastic"),
        over(*pair(cup), tint="d9483a", depth=0.12, made="plastic", shadow=0.4),
    ]


def _party() -> list[Part]:
    stripes = [
        stroke(f"{-x},{y} 0,{y + 0.05} {x},{y}", 0.06)
        for x, y in ((0.27, -0.06), (0.19, -0.28), (0.10, -0.50))
    ]
    return [
        over(ridge("0,-.76 .38,.06", 0.04), tint="e05a8a", depth=0.20, made="paper"),
        over(*stripes, tint="f7d75a", depth=0.01, made="paper", shadow=0),
        over(ellipse(0, -0.78, 0.10), tint="6ac0e0", depth=0.1, made="fur"),
    ]


HEADGEAR: dict[str, Callable[[], list[Part]]] = {
    "party hat": _party,
    "helmet": _helmet,
    "horned helmet": _viking,
    "hard hat": _hard_hat,
    "fire hat": _fire_hat,
    "miner hat": _miner,
    "headband": _headband,
    "halo": _halo,
    "horns": _horns,
    "flower": _flower,
    "bow": _bow,
    "headphones": _headphones,
}
"""By name."""
