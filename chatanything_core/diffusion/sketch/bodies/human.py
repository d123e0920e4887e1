"""People: heads, hair and shoulders."""

from functools import partial

from ....landmarks.face_model.placement import Polygon
from ..surface.outlines import blob, ellipse, mirror, twin
from .base import Body, Part, back, main, over, pair

SKINS = ("f0c8a8", "e3b08a", "c98d63", "a86f48", "8a5838", "6d452e", "f5d5bd", "d9a27a")
HAIRS = ("3a281c", "4a2f1d", "7a4a26", "a8703a", "c99a50", "8e3b1c", "2c2a30")
HEAD = "0,-.70 .28,-.64 .46,-.42 .50,-.10 .46,.18 .34,.42 .16,.56 0,.59"


def _head(shape: str = HEAD, ear: float = 0.505) -> list[Part]:
    shoulders = twin("0,.62 .2,.66 .52,.76 .80,.90 .9,1.2 0,1.3")
    collar = blob("-.24,.69 -.15,.78 0,.82 .15,.78 .24,.69 .23,.80 0,.90 -.23,.80")
    neck = twin("0,.3 .2,.34 .21,.62 .26,.74 0,.86")
    lobe = ellipse(ear, -0.02, 0.075, 0.13, 8)
    inner = ellipse(ear + 0.005, -0.02, 0.035, 0.075, 8)
    return [
        back(shoulders, tint="accent", depth=0.30, made="cloth"),
        back(neck, tint="dark", depth=0.20),
        back(collar, tint="accent", depth=0.06, made="cloth"),
        back(*pair(lobe), depth=0.06),
        back(*pair(inner), tint="dark", depth=0.02, shadow=0),
        main(twin(shape), 0.44),
    ]


def _with_hair(behind: Part | None, *before: Part, shape: str = HEAD) -> list[Part]:
    head = _head(shape)
    return [head[0], *([behind] if behind else []), *head[1:], *before]


def _short_hair() -> list[Part]:
    behind = twin("0,-.86 .34,-.80 .56,-.52 .58,-.16 .50,.05 0,.1")
    fringe = blob(
        "-.52,-.10 -.50,-.44 -.36,-.60 -.05,-.56 .22,-.46 .42,-.42 .49,-.28 .53,-.06 "
        ".59,-.42 .44,-.76 .1,-.92 -.34,-.84 -.60,-.44"
    )
    return _with_hair(_hair(behind, 0.3), _lock(fringe))


def _side_hair() -> list[Part]:
    behind = twin("0,-.84 .34,-.78 .55,-.52 .57,-.16 .50,.10 0,.1")
    sweep = blob(
        "-.52,-.08 -.50,-.40 -.42,-.56 -.30,-.50 0,-.62 .30,-.60 .46,-.40 .52,-.10 "
        ".58,-.40 .46,-.74 .1,-.88 -.30,-.92 -.52,-.74 -.60,-.40"
    )
    tuft = blob("-.46,-.56 -.30,-.84 .02,-.96 .30,-.88 .10,-.74 -.16,-.62")
    return _with_hair(_hair(behind, 0.3), _lock(sweep), _lock(tuft))


def _long_hair() -> list[Part]:
    behind = twin("0,-.88 .38,-.80 .62,-.48 .66,0 .70,.5 .60,.80 .34,.72 0,.7")
    left = blob(
        ".10,-.86 -.06,-.62 -.30,-.44 -.46,-.14 -.50,.22 -.54,.60 -.66,.72 -.70,.3 -.66,-.1 -.60,-.46 -.34,-.82"
    )
    right = blob(
        "-.02,-.88 .16,-.62 .36,-.40 .47,-.12 .51,.22 .54,.60 .66,.72 .70,.3 .66,-.1 .60,-.46 .34,-.82"
    )
    return _with_hair(_hair(behind, 0.3), _lock(right), _lock(left))


def _bob() -> list[Part]:
    behind = twin("0,-.86 .40,-.78 .62,-.44 .66,.04 .62,.36 .40,.38 0,.3")
    fringe = twin(
        "0,-.88 .38,-.80 .61,-.46 .64,-.02 .62,.32 .50,.36 .49,-.02 .46,-.30 .24,-.34 0,-.35"
    )
    return _with_hair(_hair(behind, 0.3), _lock(fringe))


def _bun() -> list[Part]:
    knot = ellipse(0, -0.80, 0.24, 0.17)
    behind = twin("0,-.74 .36,-.68 .55,-.42 .56,-.12 .48,.06 0,.1")
    cap = twin("0,-.74 .36,-.68 .56,-.40 .55,-.06 .50,-.10 .46,-.34 .28,-.52 0,-.46")
    return _with_hair(_hair(behind, 0.2), _hair(knot, 0.14), _lock(cap))


def _bald() -> list[Part]:
    sides = blob(".48,-.36 .58,-.26 .60,.02 .54,.14 .50,-.02 .49,-.18")
    return _with_hair(None, _lock(sides), _lock(mirror(sides)))


def _beard() -> list[Part]:
    behind = twin("0,-.80 .34,-.76 .55,-.52 .58,-.16 .52,.10 0,.1")
    top = blob(
        "-.52,-.10 -.49,-.40 -.28,-.56 .05,-.54 .32,-.52 .48,-.34 .53,-.08 .58,-.40 .42,-.72 0,-.86 -.42,-.74 -.60,-.40"
    )
    side = "-.52,-.02 -.47,.14 -.38,.24 -.27,.27 -.24,.40"
    beard = blob(
        side
        + " -.14,.50 0,.52 .14,.50 .24,.40 .27,.27 .38,.24 .47,.14 .52,-.02 .54,.20 .46,.46 .26,.72 0,.80 -.26,.72 -.46,.46 -.54,.20"
    )
    return _with_hair(
        _hair(behind, 0.3), _lock(top), over(beard, tint="hair", depth=0.14, made="hair")
    )


def _pigtails() -> list[Part]:
    tail = blob(".54,-.36 .74,-.46 .90,-.20 .88,.16 .74,.36 .62,.22 .60,-.08")
    tie = ellipse(0.58, -0.34, 0.075, 0.06)
    behind = twin("0,-.84 .38,-.76 .57,-.46 .58,-.14 .50,.06 0,.1")
    cap = blob(
        "0,-.50 -.22,-.46 -.44,-.26 -.53,-.04 -.58,-.42 -.40,-.76 0,-.86 .40,-.76 .58,-.42 .53,-.04 .44,-.26 .22,-.46"
    )
    hair = _hair(tail, 0.2)
    twins = Part(pair(tail), hair.tint, hair.depth, hair.material)
    return [
        twins,
        *_with_hair(
            _hair(behind, 0.2), _lock(cap), over(*pair(tie), tint="e8503a", depth=0.05), shape=YOUNG
        ),
    ]


YOUNG = "0,-.68 .30,-.62 .49,-.40 .53,-.06 .50,.22 .36,.44 .16,.55 0,.57"


def _boy() -> list[Part]:
    behind = twin("0,-.80 .38,-.74 .56,-.46 .58,-.12 .50,.06 0,.1")
    mop = blob(
        "-.54,-.10 -.48,-.34 -.36,-.40 -.26,-.36 -.12,-.44 0,-.38 .14,-.46 .26,-.38 .40,-.42 .50,-.30 .54,-.08 "
        ".60,-.40 .48,-.70 .28,-.80 .16,-.92 .06,-.84 -.14,-.90 -.22,-.82 -.46,-.74 -.60,-.42"
    )
    return _with_hair(_hair(behind, 0.3), _lock(mop), shape=YOUNG)


def _afro() -> list[Part]:
    curls = [
        (0.62, -0.10), (0.66, -0.36), (0.58, -0.60), (0.42, -0.78), (0.20, -0.90), (0.60, 0.14), (0, -0.93),
    ]  # fmt: skip
    puffs = [ellipse(x, y, 0.22) for x, y in curls]
    puffs += [mirror(puff) for puff in puffs[:-1]]
    middle = ellipse(0, -0.35, 0.62, 0.62)
    line = [ellipse(x, y, 0.11) for x, y in ((0.46, -0.40), (0.32, -0.55), (0.12, -0.62))]
    line += [mirror(curl) for curl in line]
    behind = Part((middle, *puffs), "hair", 0.3, "fur")
    return _with_hair(behind, Part(tuple(line), "hair", 0.12, "fur", "front", 0.2))


def _hair(outline: Polygon, depth: float) -> Part:
    return back(outline, tint="hair", depth=depth, made="hair")


def _lock(outline: Polygon) -> Part:
    return over(outline, tint="hair", depth=0.20, made="hair")


_person = partial(
    Body,
    material="skin",
    colours=SKINS,
    face=(0, -0.07, 0.40),
    stand="bust",
    kind="human",
    backdrop="room",
    head=1.12,
)

BODIES = (
    _person("man", _short_hair, brim=-0.58, accent="3d5a80"),
    _person("gentleman", _side_hair, brim=-0.58, accent="4a4f5c"),
    _person("bearded man", _beard, brim=-0.56, accent="5f6b4a"),
    _person("grandfather", _bald, brim=-0.60, accent="7a6650"),
    _person("woman", _long_hair, brim=-0.58, accent="9b5d73"),
    _person("lady", _bob, brim=-0.58, accent="4f7f78"),
    _person("curly woman", _afro, brim=-0.62, accent="c98a3a"),
    _person("grandmother", _bun, brim=-0.56, accent="7d6a94"),
    _person("girl", _pigtails, brim=-0.56, accent="d97a8a"),
    _person("boy", _boy, brim=-0.56, accent="4f86b8"),
)
