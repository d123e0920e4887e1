"""Birds."""

from ..surface.outlines import blob, ellipse, stroke, twin
from .base import Mark, Part, back, main, pair
from .making import creature


def _owl() -> list[Part]:
    wing = blob(".60,-.10 .84,.10 .86,.50 .70,.80 .58,.60")
    tuft = blob(".26,-.62 .46,-.74 .66,-.92 .66,-.60 .54,-.40")
    disc = ellipse(0.25, -0.12, 0.33, 0.36)
    body = twin("0,-.72 .34,-.68 .60,-.46 .68,-.10 .70,.40 .54,.76 .26,.88 0,.90")
    chest = twin("0,.38 .26,.42 .42,.56 .36,.78 0,.88")
    feet = [ellipse(x, 0.88, 0.05, 0.06) for x in (0.12, 0.20, 0.28)]
    both = [toe for foot in feet for toe in pair(foot)]
    marks = [Mark(side, "light", 0.85, 0.02, 0.02) for side in pair(disc)]
    return [
        back(*pair(wing), tint="dark", depth=0.14),
        back(*pair(tuft), tint="dark", depth=0.10),
        back(*both, tint="eda53a", depth=0.05, made="plastic"),
        main(body, 0.58, *marks, Mark(chest, "light", 0.7, 0.04), _beak(0.0)),
    ]


def _parrot() -> list[Part]:
    crest = [stroke(f"{x * 0.4},-.60 {x},-.96", 0.14, 0.05) for x in (-0.20, 0.0, 0.22)]
    wing = blob(".56,-.02 .82,.20 .88,.62 .74,.96 .60,.70")
    tips = blob(".70,.30 .86,.50 .84,.80 .74,.96 .66,.70")
    body = twin("0,-.70 .32,-.66 .56,-.44 .64,-.06 .68,.46 .60,1.2 0,1.2")
    mask = [Mark(side, "f6efe0", 0.9, 0.02) for side in pair(ellipse(0.27, -0.08, 0.23, 0.25))]
    return [
        back(*crest, tint="f2c230", depth=0.06, made="leaf"),
        back(*pair(wing), tint="3b6fb5", depth=0.14),
        back(*pair(tips), tint="f2c230", depth=0.06),
        main(body, 0.55, *mask, _beak(0.02, "3a3438", 0.17)),
    ]


def _penguin() -> list[Part]:
    wing = blob(".60,.0 .84,.26 .90,.66 .76,.70 .62,.44")
    body = twin("0,-.76 .32,-.70 .56,-.48 .66,-.10 .72,.40 .60,.76 .30,.88 0,.90")
    heart = blob(
        "0,-.36 .16,-.46 .40,-.38 .48,-.12 .44,.14 .52,.40 .44,.70 .22,.86 0,.88 "
        "-.22,.86 -.44,.70 -.52,.40 -.44,.14 -.48,-.12 -.40,-.38 -.16,-.46"
    )
    foot = ellipse(0.24, 0.90, 0.18, 0.07)
    return [
        back(*pair(wing), depth=0.10),
        back(*pair(foot), tint="eda53a", depth=0.06),
        main(body, 0.58, Mark(heart, "f7f3ea", 0.97, 0.015), _beak(-0.01)),
    ]


def _chick() -> list[Part]:
    tuft = [stroke(f"0,-.66 {x},-.92", 0.07, 0.03) for x in (-0.10, 0.02, 0.13)]
    wing = blob(".62,.10 .86,.16 .92,.36 .76,.50 .60,.44")
    foot = [stroke(f"{x},.86 {x + d},.95", 0.06, 0.05) for x in (0.2,) for d in (-0.08, 0.0, 0.08)]
    both = [toe for part in foot for toe in pair(part)]
    body = twin("0,-.70 .34,-.66 .62,-.40 .70,0 .76,.36 .62,.74 .30,.88 0,.90")
    return [
        back(*tuft, depth=0.04),
        back(*both, tint="eda53a", depth=0.04, made="plastic"),
        back(*pair(wing), tint="dark", depth=0.10),
        main(body, 0.64, _beak(-0.01)),
    ]


def _duck() -> list[Part]:
    chest = twin("0,.50 .40,.56 .66,.80 .76,1.2 0,1.3")
    collar = stroke("-.40,.62 0,.72 .40,.62", 0.10)
    head = twin("0,-.72 .32,-.66 .56,-.42 .64,-.04 .60,.30 .46,.56 .24,.70 0,.73")
    tuft = blob("-.06,-.68 -.04,-.88 .06,-.78 .14,-.92 .14,-.66")
    return [
        back(tuft, depth=0.06),
        back(chest, tint="dark", depth=0.4),
        back(collar, tint="f6efe0", depth=0.05),
        main(head, 0.60, _beak(0.0, "eda53a", 0.24)),
    ]


def _beak(low: float = 0.0, tint: str = "eda53a", wide: float = 0.15) -> Mark:
    """A small beak where a nose would be, so that the lips below stay free to speak."""
    y = 0.06 + low
    outline = blob(
        [
            (0, y - 0.06),
            (wide, y + 0.04),
            (wide * 0.5, y + 0.11),
            (0, y + 0.16),
            (-wide * 0.5, y + 0.11),
            (-wide, y + 0.04),
        ]
    )
    return Mark(outline, tint, 0.95, 0.008, 0.07)


BODIES = (
    creature("owl", _owl, "fur", ("9a7048", "8a6a50", "a89078"), (0, -0.10 - 0.02, 0.40), -0.60),
    creature(
        "parrot", _parrot, "fur", ("d0392f", "4f9e46", "2f86c0"), (0, -0.10, 0.40), -0.58, "bust"
    ),
    creature("penguin", _penguin, "fur", ("4a5260", "56606c"), (0, -0.13, 0.40), -0.62),
    creature("chick", _chick, "fur", ("f2cc3e", "f0c050"), (0, -0.10, 0.40), -0.60),
    creature("duck", _duck, "fur", ("f0e8d8", "3f8a5a", "f2cc3e"), (0, -0.10, 0.40), -0.58, "bust"),
)
