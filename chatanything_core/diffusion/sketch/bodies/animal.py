"""Animals with fur."""

from functools import partial

from ....landmarks.face_model.placement import Polygon
from ..surface.outlines import blob, ellipse, ring, stroke, twin
from .base import Body, Mark, Part, back, main, over, pair

ROUND = "0,-.70 .30,-.64 .58,-.42 .76,-.04 .78,.28 .62,.52 .34,.68 0,.72"
PINK = "e8a9a0"


def _chest(bib: str = "light") -> list[Part]:
    """What is seen of the body below the head."""
    chest = twin("0,.50 .34,.56 .58,.80 .70,1.2 0,1.3")
    front = twin("0,.60 .18,.66 .28,.90 .24,1.2 0,1.3")
    return [back(chest, depth=0.4), back(front, tint=bib, depth=0.2, shadow=0.1)]


def muzzle(tint: str = "light", amount: float = 0.85) -> Mark:
    """A lighter patch round the mouth."""
    outline = twin("0,.06 .12,.12 .30,.26 .36,.42 .26,.58 0,.64")
    return Mark(outline, tint, amount, 0.05, 0.05)


def nose(tint: str = "33282a", wide: float = 0.085, low: float = 0.0) -> Mark:
    """The bare tip of a nose, just over where the face has its own."""
    y = 0.185 + low
    outline = blob(
        [
            (0, y - 0.05),
            (wide, y - 0.04),
            (wide * 0.8, y + 0.02),
            (0, y + 0.055),
            (-wide * 0.8, y + 0.02),
            (-wide, y - 0.04),
        ]
    )
    return Mark(outline, tint, 0.88, 0.012)


def _whiskers() -> list[Part]:
    rows = ("0.42,.24 .64,.20 .94,.12", "0.42,.30 .66,.30 .95,.29", "0.42,.36 .64,.40 .92,.46")
    lines = [line for row in rows for line in pair(stroke(row, 0.014, 0.006))]
    return [over(*lines, tint="f4efe6", depth=0.01, made="plastic", shadow=0)]


def _ears(outer: Polygon, inner: Polygon, tint: str = PINK) -> list[Part]:
    return [
        back(*pair(outer), depth=0.16),
        back(*pair(inner), tint=tint, depth=0.05, made="skin", shadow=0.1),
    ]


def _cat() -> list[Part]:
    ear = blob(".20,-.50 .36,-.72 .60,-.92 .72,-.62 .70,-.22 .45,-.30")
    inner = blob(".36,-.52 .47,-.66 .58,-.78 .63,-.54 .60,-.34 .45,-.40")
    cheeks = twin("0,-.66 .30,-.60 .58,-.40 .76,-.04 .84,.28 .66,.50 .36,.66 0,.72")
    stripes = [
        Mark(stroke(f"{x},-.60 {x * 0.9},-.38", 0.05, 0.01), "dark", 0.7, 0.01)
        for x in (-0.14, 0, 0.14)
    ]
    return [
        *_chest(),
        *_ears(ear, inner),
        main(cheeks, 0.62, muzzle(), *stripes, nose("c98078")),
        *_whiskers(),
    ]


def _dog() -> list[Part]:
    head = twin("0,-.66 .30,-.62 .54,-.42 .64,-.06 .62,.30 .48,.56 .24,.72 0,.75")
    ear = blob(".30,-.62 .58,-.62 .80,-.36 .88,.06 .84,.38 .72,.46 .62,.30 .58,-.04 .46,-.36")
    patch = Mark(ellipse(0.30, -0.12, 0.24, 0.28), "dark", 0.75, 0.03)
    return [
        *_chest(),
        main(head, 0.60, muzzle(), patch, nose()),
        over(*pair(ear), tint="dark", depth=0.14, shadow=0.4),
    ]


def _fox() -> list[Part]:
    ear = blob(".14,-.48 .30,-.70 .60,-.96 .72,-.56 .70,-.24 .44,-.30")
    inner = blob(".34,-.54 .46,-.68 .58,-.80 .63,-.52 .60,-.36 .44,-.40")
    head = twin("0,-.64 .30,-.58 .58,-.38 .80,.06 .84,.30 .56,.52 .26,.72 0,.78")
    cheek = blob(".88,.20 .62,.16 .40,.22 .20,.34 .06,.52 0,.80 .30,.74 .60,.54 .86,.34")
    marks = [Mark(side, "fbf3e6", 0.95, 0.03) for side in pair(cheek)]
    return [
        *_chest("fbf3e6"),
        *_ears(ear, inner, "3a2b28"),
        main(head, 0.55, *marks, nose(low=0.02)),
    ]


def _wolf() -> list[Part]:
    ear = blob(".20,-.50 .34,-.78 .56,-.96 .68,-.62 .66,-.26 .44,-.32")
    inner = blob(".36,-.54 .45,-.70 .55,-.82 .60,-.56 .58,-.36 .44,-.42")
    head = twin("0,-.68 .32,-.60 .60,-.36 .74,0 .86,.24 .70,.34 .74,.48 .50,.56 .28,.70 0,.76")
    mask = twin("0,.02 .20,.0 .50,.10 .70,.22 .50,.50 .24,.66 0,.72")
    return [
        *_chest(),
        *_ears(ear, inner, "6b5a55"),
        main(head, 0.55, Mark(mask, "light", 0.85, 0.05), nose(low=0.02)),
    ]


def _rabbit() -> list[Part]:
    ear = blob(".06,-.44 .10,-.74 .22,-.98 .38,-1.0 .42,-.74 .36,-.46")
    inner = blob(".16,-.50 .19,-.74 .26,-.90 .33,-.90 .34,-.72 .30,-.50")
    head = twin("0,-.63 .28,-.58 .56,-.36 .70,.02 .74,.32 .58,.54 .32,.68 0,.72")
    return [
        *_chest(),
        *_ears(ear, inner),
        main(head, 0.60, muzzle(), nose("d98a88", low=0.02)),
        *_whiskers(),
    ]


def _mouse() -> list[Part]:
    ear, inner = ellipse(0.58, -0.52, 0.34, 0.35), ellipse(0.58, -0.50, 0.23, 0.24)
    head = twin("0,-.63 .28,-.58 .54,-.36 .66,0 .64,.30 .46,.56 .22,.70 0,.74")
    return [*_chest(), *_ears(ear, inner), main(head, 0.60, muzzle(), nose("d98a88")), *_whiskers()]


def _bear() -> list[Part]:
    ear, inner = ellipse(0.52, -0.56, 0.22, 0.22), ellipse(0.52, -0.54, 0.12, 0.12)
    return [*_chest(), *_ears(ear, inner, "b98a63"), main(twin(ROUND), 0.64, muzzle(), nose())]


def _panda() -> list[Part]:
    ear = ellipse(0.54, -0.56, 0.21, 0.21)
    patch = ellipse(0.24, -0.05, 0.19, 0.24, 28)
    marks = [Mark(side, "5a5a62", 0.85, 0.03) for side in pair(patch)]
    chest = twin("0,.50 .34,.56 .58,.80 .70,1.2 0,1.3")
    return [
        back(chest, tint="3c3c44", depth=0.4),
        back(*pair(ear), tint="3c3c44", depth=0.16),
        main(twin(ROUND), 0.64, *marks, nose()),
    ]


def _pig() -> list[Part]:
    ear = blob(".26,-.52 .46,-.80 .70,-.80 .72,-.56 .64,-.28 .46,-.36")
    inner = blob(".42,-.52 .53,-.68 .64,-.68 .64,-.52 .58,-.38 .48,-.42")
    snout = Mark(ellipse(0, 0.20, 0.21, 0.15), "e88f96", 0.75, 0.02, 0.09)
    return [*_chest(), *_ears(ear, inner, "e88f96"), main(twin(ROUND), 0.64, snout, made="skin")]


def _cow() -> list[Part]:
    horn = stroke(".34,-.56 .50,-.68 .54,-.90", 0.15, 0.04)
    ear = blob(".50,-.40 .74,-.52 .96,-.44 .92,-.26 .72,-.20 .54,-.22")
    head = twin("0,-.62 .28,-.60 .52,-.44 .60,-.10 .56,.30 .54,.56 .30,.76 0,.79")
    nose = Mark(twin("0,.18 .24,.20 .48,.34 .52,.56 .30,.76 0,.80"), "efb8ae", 0.85, 0.04, 0.05)
    patch = Mark(blob(".10,-.64 .40,-.60 .62,-.30 .58,.10 .36,.16 .12,-.04"), "4a3a34", 0.92, 0.02)
    return [
        *_chest(),
        back(*pair(horn), tint="eadfc4", depth=0.08, made="wax"),
        back(*pair(ear), depth=0.10),
        main(head, 0.58, patch, nose),
    ]


def _lion() -> list[Part]:
    mane = [ellipse(0, 0.02, 0.86, 0.86)]
    mane += [ellipse(0.80 * c, 0.02 + 0.80 * s, 0.20) for c, s in ring(16)]
    ear, inner = ellipse(0.46, -0.54, 0.17), ellipse(0.46, -0.53, 0.09)
    head = twin("0,-.52 .28,-.50 .52,-.32 .62,0 .60,.30 .48,.54 .24,.66 0,.70")
    return [
        back(*mane, tint="a8622a", depth=0.34, made="hair"),
        *_ears(ear, inner, "c98f5a"),
        main(head, 0.52, muzzle(), nose("7a4a3c")),
    ]


def _monkey() -> list[Part]:
    ear, inner = ellipse(0.72, -0.06, 0.20, 0.22), ellipse(0.72, -0.05, 0.12, 0.14)
    heart = blob(
        "0,-.32 .16,-.42 .40,-.36 .50,-.10 .44,.10 .52,.32 .40,.56 .18,.66 0,.68 "
        "-.18,.66 -.40,.56 -.52,.32 -.44,.10 -.50,-.10 -.40,-.36 -.16,-.42"
    )
    head = twin("0,-.66 .34,-.62 .60,-.40 .68,-.04 .64,.32 .46,.60 .22,.72 0,.75")
    tuft = blob("-.10,-.62 -.06,-.82 .04,-.74 .10,-.88 .14,-.70 .14,-.60")
    return [
        *_chest("e2b68c"),
        *_ears(ear, inner, "d9a27a"),
        back(tuft, depth=0.05),
        main(head, 0.60, Mark(heart, "e2b68c", 0.95, 0.02, 0.02)),
    ]


def _elephant() -> list[Part]:
    ear = blob(".40,-.52 .66,-.70 .94,-.56 .98,-.12 .88,.26 .70,.34 .52,.10")
    inner = blob(".56,-.44 .70,-.54 .86,-.44 .88,-.12 .80,.14 .68,.20 .58,0")
    tusk = stroke(".44,.50 .56,.66 .70,.70", 0.11, 0.03)
    head = twin("0,-.66 .30,-.62 .52,-.40 .56,-.06 .54,.30 .44,.60 .30,.80 .20,1.1 0,1.1")
    return [
        back(*pair(ear), depth=0.16),
        back(*pair(inner), tint="d8a8a8", depth=0.05, shadow=0),
        main(head, 0.55, made="leather"),
        over(*pair(tusk), tint="f3ead2", depth=0.07, made="wax"),
    ]


def _sheep() -> list[Part]:
    wool = [ellipse(0.62 * c, 0.02 + 0.66 * s, 0.26) for c, s in ring(13)]
    ear = blob(".52,-.14 .76,-.24 .94,-.10 .90,.06 .70,.10 .54,.04")
    head = twin("0,-.46 .28,-.44 .46,-.26 .52,.04 .48,.34 .36,.60 .18,.74 0,.76")
    curls = [
        ellipse(x, y, 0.17)
        for x, y in ((0, -0.56), (0.22, -0.52), (-0.22, -0.52), (0.38, -0.40), (-0.38, -0.40))
    ]
    return [
        back(ellipse(0, 0.1, 0.7, 0.8), *wool, tint="f2ead8", depth=0.3, made="fur"),
        back(*pair(ear), depth=0.08),
        main(head, 0.50, nose(low=0.06)),
        over(*curls, tint="f2ead8", depth=0.16, made="fur"),
    ]


def _koala() -> list[Part]:
    puffs = (ellipse(0.68, -0.38, 0.28), ellipse(0.80, -0.24, 0.17), ellipse(0.62, -0.58, 0.16))
    both = [side for puff in puffs for side in pair(puff)]
    inner = ellipse(0.68, -0.36, 0.16)
    head = twin("0,-.69 .30,-.62 .56,-.40 .68,-.02 .66,.30 .50,.56 .28,.70 0,.74")
    return [
        *_chest(),
        back(*both, depth=0.2),
        back(*pair(inner), tint="e8d8d4", depth=0.06, shadow=0.1),
        main(head, 0.60, muzzle(), nose(wide=0.11)),
    ]


def _horse() -> list[Part]:
    ear = blob(".16,-.56 .26,-.80 .38,-.96 .46,-.72 .42,-.50 .28,-.48")
    head = twin("0,-.68 .26,-.64 .46,-.46 .52,-.10 .48,.30 .44,.60 .28,.84 0,.88")
    blaze = Mark(twin("0,-.60 .06,-.50 .07,-.20 .10,.20 .16,.50 0,.70"), "f6efe2", 0.9, 0.02)
    mane = blob("-.10,-.98 .12,-.94 .20,-.70 .14,-.48 .02,-.34 -.04,-.50 -.18,-.42 -.16,-.70")
    neck = twin("0,.2 .50,.30 .72,.80 .80,1.2 0,1.3")
    return [
        back(neck, depth=0.4),
        back(*pair(ear), depth=0.10),
        main(head, 0.55, blaze),
        over(mane, tint="hair", depth=0.10, made="hair"),
    ]


def _hedgehog() -> list[Part]:
    spikes = [
        stroke(f"{0.60 * c},{0.02 + 0.62 * s} {0.94 * c},{0.02 + 0.94 * s}", 0.20, 0.02)
        for c, s in ring(22)
        if s < 0.75
    ]
    coat = ellipse(0, 0.04, 0.80, 0.80)
    head = twin("0,-.44 .28,-.42 .50,-.26 .60,.04 .58,.34 .42,.60 .20,.74 0,.77")
    return [
        back(coat, *spikes, tint="6b4f3a", depth=0.3, made="hair"),
        main(head, 0.50, nose(low=0.08)),
    ]


LOWER = (0, -0.04, 0.42)
"""Where a face with a long muzzle sits."""

_beast = partial(
    Body,
    material="fur",
    face=(0, -0.06, 0.42),
    brim=-0.52,
    stand="bust",
    kind="animal",
    accent="c9503c",
    backdrop="garden",
    head=1.1,
)

BODIES = (
    _beast("cat", _cat, colours=("d98f4a", "9a9896", "8a6a52", "e6d5b8", "6c6a70")),
    _beast("dog", _dog, colours=("c9965c", "b57a48", "d9c2a0", "8d6a4e")),
    _beast("fox", _fox, colours=("d9702e", "c9602a"), brim=-0.48, face=LOWER),
    _beast("wolf", _wolf, colours=("8a8e96", "75706c"), face=LOWER),
    _beast("rabbit", _rabbit, colours=("d8cfc4", "b89a80", "efe8de"), brim=-0.44, face=LOWER),
    _beast("mouse", _mouse, colours=("a8a4a6", "c4a98c", "d8d2cc"), brim=-0.48),
    _beast("bear", _bear, colours=("8a5a38", "a8734a", "6e4a34")),
    _beast("panda", _panda, colours=("f2eee6",)),
    _beast("pig", _pig, colours=("f0aeb0", "eab0a0")),
    _beast("cow", _cow, colours=("f2ece0", "c99a6a")),
    _beast("lion", _lion, colours=("e0a850", "d99a48"), brim=-0.50),
    _beast("monkey", _monkey, colours=("7a5238", "8f6444"), brim=-0.60),
    _beast("elephant", _elephant, colours=("9aa4b0", "a8a4b4"), brim=-0.60),
    _beast("sheep", _sheep, colours=("d8b89a", "5f5652"), brim=-0.66, face=(0, 0.0, 0.42)),
    _beast("koala", _koala, colours=("a4a8b0", "989ca4")),
    _beast("horse", _horse, colours=("a06a40", "7d5236", "c9a070"), brim=-0.60),
    _beast("hedgehog", _hedgehog, colours=("e2bd92", "d9ae80"), brim=-0.62, face=(0, 0.02, 0.42)),
)
