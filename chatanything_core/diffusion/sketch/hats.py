"""What is worn on the head.

Hat frame: the origin is the middle of the brim on the forehead, the head there reaches from
x = -0.5 to 0.5, y points down.
"""

from collections.abc import Callable

from .bodies.base import Part, over, pair
from .headgear import HEADGEAR
from .surface.outlines import blob, box, ellipse, ridge, rounded, star, stroke, twin

GOLD = "e0b040"


def _crown() -> list[Part]:
    corners = [
        (-0.44, 0.08),
        (-0.54, -0.36),
        (-0.26, -0.16),
        (0, -0.46),
        (0.26, -0.16),
        (0.54, -0.36),
        (0.44, 0.08),
    ]
    gems = [ellipse(x, 0.0, 0.045, 0.05) for x in (-0.26, 0.26)]
    tips = [ellipse(x, y, 0.05) for x, y in ((-0.54, -0.38), (0, -0.48), (0.54, -0.38))]
    return [
        over(rounded(corners, 0.03), tint=GOLD, depth=0.16, made="metal", shadow=0.45),
        over(*tips, tint=GOLD, depth=0.05, made="metal"),
        over(*gems, tint="3f7fc8", depth=0.05, made="ceramic"),
        over(ellipse(0, -0.01, 0.055, 0.06), tint="c9243a", depth=0.05, made="ceramic"),
    ]


def _top_hat() -> list[Part]:
    return [
        over(ridge(".42,-.56 .38,.02", 0.05), tint="3a3c46", depth=0.30, made="cloth"),
        over(
            stroke("-.38,-.06 0,.0 .38,-.06", 0.12),
            tint="a8243a",
            depth=0.04,
            made="plastic",
            shadow=0.1,
        ),
        over(
            twin("0,-.04 .40,-.06 .70,-.02 .60,.08 .30,.10 0,.10"),
            tint="3a3c46",
            depth=0.08,
            made="cloth",
            shadow=0.45,
        ),
    ]


def _fedora() -> list[Part]:
    crown = twin("0,-.34 .14,-.42 .34,-.38 .42,-.14 .44,.06 0,.10")
    return [
        over(crown, tint="6b5644", depth=0.30, made="cloth"),
        over(
            stroke("-.44,-.04 0,.04 .44,-.04", 0.12),
            tint="33302e",
            depth=0.03,
            made="cloth",
            shadow=0,
        ),
        over(
            twin("0,0 .40,-.02 .74,.0 .62,.10 .30,.12 0,.13"),
            tint="6b5644",
            depth=0.07,
            made="cloth",
            shadow=0.45,
        ),
    ]


def _cowboy() -> list[Part]:
    crown = twin("0,-.36 .12,-.44 .32,-.40 .38,-.10 .42,.06 0,.10")
    brim = blob(
        "-.90,-.24 -.60,-.04 -.30,.04 0,.06 .30,.04 .60,-.04 .90,-.24 .84,.0 .50,.14 0,.17 -.50,.14 -.84,.0"
    )
    return [
        over(crown, tint="a8743e", depth=0.28, made="leather"),
        over(
            stroke("-.41,-.04 0,.03 .41,-.04", 0.09),
            tint="5a3a20",
            depth=0.03,
            made="leather",
            shadow=0,
        ),
        over(brim, tint="a8743e", depth=0.08, made="leather", shadow=0.45),
    ]


def _sheriff() -> list[Part]:
    return [*_cowboy(), over(star(0, -0.18, 0.12, 0.055), tint=GOLD, depth=0.03, made="metal")]


def _chef() -> list[Part]:
    puffs = [
        ellipse(x, y, 0.24, 0.22)
        for x, y in ((-0.34, -0.34), (0.34, -0.34), (-0.12, -0.46), (0.14, -0.46), (0, -0.30))
    ]
    return [
        over(*puffs, tint="f7f5ef", depth=0.18, made="cloth"),
        over(ridge(".42,-.22 .42,.08", 0.04), tint="f7f5ef", depth=0.14, made="cloth", shadow=0.4),
    ]


def _wizard(tint: str = "4a4a9c", buckle: str = "") -> list[Part]:
    cone = blob("-.46,.04 -.26,-.40 -.12,-.72 .16,-.94 .08,-.66 .20,-.40 .46,.04 0,.12")
    stars = [
        star(x, y, r, r * 0.45)
        for x, y, r in ((-0.12, -0.20, 0.08), (0.16, -0.10, 0.06), (0.02, -0.48, 0.06))
    ]
    mark = [] if buckle else [over(*stars, tint="f7d75a", depth=0.01, made="plastic", shadow=0)]
    belt = (
        [
            over(
                stroke("-.43,-.02 0,.05 .43,-.02", 0.12),
                tint=buckle,
                depth=0.03,
                made="leather",
                shadow=0,
            )
        ]
        if buckle
        else []
    )
    clasp = (
        [over(box(0, 0.04, 0.18, 0.14, 0.02), tint=GOLD, depth=0.03, made="metal")]
        if buckle
        else []
    )
    brim = over(
        twin("0,-.02 .44,-.04 .84,.02 .66,.13 .30,.15 0,.15"),
        tint=tint,
        depth=0.08,
        made="cloth",
        shadow=0.45,
    )
    return [over(cone, tint=tint, depth=0.30, made="cloth"), *mark, *belt, *clasp, brim]


def _witch() -> list[Part]:
    return _wizard("3c3648", "7a4a9a")


def _pirate() -> list[Part]:
    hat = blob("-.86,.0 -.66,-.24 -.36,-.44 0,-.54 .36,-.44 .66,-.24 .86,.0 .50,.04 0,.12 -.50,.04")
    trim = stroke("-.84,.0 -.50,.04 0,.11 .50,.04 .84,.0", 0.05)
    skull = twin("0,-.36 .10,-.33 .14,-.24 .09,-.17 .07,-.10 0,-.09")
    eyes = pair(ellipse(0.055, -0.24, 0.035, 0.04))
    bones = [stroke("-.20,-.10 .20,.0", 0.04), stroke(".20,-.10 -.20,.0", 0.04)]
    return [
        over(hat, tint="34323a", depth=0.16, made="cloth", shadow=0.45),
        over(trim, tint=GOLD, depth=0.03, made="metal", shadow=0),
        over(*bones, tint="f4efe2", depth=0.02, made="wax", shadow=0),
        over(skull, tint="f4efe2", depth=0.05, made="wax", shadow=0),
        over(*eyes, tint="34323a", depth=0.005, shadow=0),
    ]


def _cap(tint: str, badge: str = GOLD) -> list[Part]:
    dome = twin("0,-.40 .34,-.38 .60,-.24 .52,-.04 .44,.02 0,.04")
    peak = twin("0,.02 .34,.0 .48,.04 .34,.14 0,.18")
    return [
        over(dome, tint=tint, depth=0.20, made="cloth"),
        over(ridge(".45,-.10 .44,.06", 0.03), tint="3a3a44", depth=0.06, made="cloth", shadow=0.1),
        over(peak, tint="2f2f38", depth=0.06, made="plastic", shadow=0.45),
        over(star(0, -0.14, 0.10, 0.055, 6), tint=badge, depth=0.03, made="metal"),
    ]


def _police() -> list[Part]:
    return _cap("3a5288")


def _captain() -> list[Part]:
    return _cap("f4f2ec")


def _straw() -> list[Part]:
    return [
        over(
            twin("0,-.36 .28,-.34 .42,-.16 .44,.06 0,.10"), tint="e2c070", depth=0.28, made="wood"
        ),
        over(
            stroke("-.44,-.02 0,.05 .44,-.02", 0.10),
            tint="b8484a",
            depth=0.03,
            made="cloth",
            shadow=0,
        ),
        over(
            twin("0,0 .44,-.04 .88,.0 .70,.12 .34,.15 0,.16"),
            tint="e2c070",
            depth=0.07,
            made="wood",
            shadow=0.45,
        ),
    ]


def _beret() -> list[Part]:
    felt = blob("-.44,.06 -.70,-.10 -.62,-.34 -.20,-.46 .30,-.40 .56,-.16 .46,.04 0,.08")
    return [
        over(stroke("-.06,-.40 -.02,-.52", 0.05), tint="8a2a34", depth=0.03, made="cloth"),
        over(felt, tint="a8343e", depth=0.22, made="cloth", shadow=0.45),
    ]


def _sailor() -> list[Part]:
    dome, brim = twin("0,-.34 .26,-.32 .40,-.16 .40,.0 0,.02"), ridge(".50,-.16 .46,.08", 0.06)
    return [
        over(dome, tint="f4f4f2", depth=0.22, made="cloth"),
        over(brim, tint="f4f4f2", depth=0.10, made="cloth", shadow=0.4),
        over(stroke("-.47,.0 0,.04 .47,.0", 0.03), tint="3a5a9a", depth=0.01, shadow=0),
    ]


def _jester() -> list[Part]:
    left = blob("-.46,.06 -.52,-.20 -.40,-.44 -.74,-.52 -.94,-.26 -.72,-.30 -.60,-.16")
    right = left[::-1] * (-1.0, 1.0)
    bells = [ellipse(x, y, 0.07) for x, y in ((-0.94, -0.24), (0.94, -0.24), (0.10, -0.72))]
    middle = blob("-.42,.06 -.36,-.30 -.06,-.50 .10,-.68 .16,-.44 .40,-.26 .42,.06")
    return [
        over(left, tint="c9303c", depth=0.14, made="cloth"),
        over(right, tint="3f7fc0", depth=0.14, made="cloth"),
        over(middle, tint="f0c03a", depth=0.20, made="cloth"),
        over(*bells, tint=GOLD, depth=0.06, made="metal"),
        over(
            stroke("-.48,.04 0,.10 .48,.04", 0.12),
            tint="7a4a9a",
            depth=0.05,
            made="cloth",
            shadow=0.4,
        ),
    ]


def _mortarboard() -> list[Part]:
    board = rounded([(0, -0.46), (0.78, -0.24), (0, -0.04), (-0.78, -0.24)], 0.02)
    return [
        over(ridge(".42,-.22 .40,.08", 0.05), tint="33363f", depth=0.14, made="cloth", shadow=0.4),
        over(board, tint="3d414c", depth=0.05, made="cloth"),
        over(
            stroke("0,-.25 .40,-.20 .52,-.12 .52,.10", 0.025), tint=GOLD, depth=0.02, made="plastic"
        ),
        over(stroke(".52,.08 .52,.24", 0.07, 0.10), tint=GOLD, depth=0.03, made="hair"),
    ]


def _nurse() -> list[Part]:
    cross = (box(0, -0.10, 0.06, 0.18, 0.005), box(0, -0.10, 0.18, 0.06, 0.005))
    return [
        over(
            blob("-.44,.06 -.52,-.22 -.24,-.30 0,-.34 .24,-.30 .52,-.22 .44,.06 0,.10"),
            tint="f7f6f2",
            depth=0.12,
            made="cloth",
            shadow=0.4,
        ),
        over(*cross, tint="d0303a", depth=0.01, shadow=0),
    ]


def _santa() -> list[Part]:
    cap = blob("-.46,.02 -.40,-.34 -.06,-.56 .36,-.54 .66,-.24 .70,.02 .54,-.10 .46,.0")
    return [
        over(cap, tint="c9282e", depth=0.24, made="cloth"),
        over(ellipse(0.70, 0.06, 0.13), tint="f7f5f0", depth=0.12, made="fur"),
        over(ridge(".54,-.04 .54,.12", 0.07), tint="f7f5f0", depth=0.12, made="fur", shadow=0.4),
    ]


HATS: dict[str, Callable[[], list[Part]]] = {
    "crown": _crown,
    "top hat": _top_hat,
    "fedora": _fedora,
    "cowboy hat": _cowboy,
    "sheriff hat": _sheriff,
    "toque": _chef,
    "wizard hat": _wizard,
    "witch hat": _witch,
    "tricorn": _pirate,
    "police cap": _police,
    "captain cap": _captain,
    "straw hat": _straw,
    "beret": _beret,
    "sailor cap": _sailor,
    "jester cap": _jester,
    "mortarboard": _mortarboard,
    "nurse cap": _nurse,
    "santa hat": _santa,
    **HEADGEAR,
}
"""Head wear by name."""
