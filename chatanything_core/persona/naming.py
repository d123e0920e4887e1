"""Names for characters whose concept gives none."""

import numpy as np

from .english import texts
from .lexicon import split


def draw_name(presentation: float, random: np.random.Generator) -> str:
    """A first name by presentation (beyond 0.2 gendered) and a made-up surname."""
    side = "feminine" if presentation > 0.2 else "masculine" if presentation < -0.2 else "neutral"
    lists = {key: split(str(words)) for key, words in texts()["names"].items()}
    first, start, end = (random.choice(lists[key]) for key in (side, "starts", "ends"))
    return f"{first} {start}{end}"
