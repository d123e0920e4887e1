"""Names for characters whose concept contains none."""

from functools import cache

import numpy as np

from .english import noun_texts
from .lexicon import split


def draw_name(presentation: float, random: np.random.Generator) -> str:
    """A first name by presentation (beyond 0.2 gendered) and a made-up surname."""
    side = "feminine" if presentation > 0.2 else "masculine" if presentation < -0.2 else "neutral"
    first, start, end = (
        names[int(random.integers(len(names)))] for names in map(_names, (side, "starts", "ends"))
    )
    return f"{first} {start}{end}"


@cache
def _names(kind: str) -> list[str]:
    return split(str(noun_texts()["names"][kind]))
