"""Names for characters whose concept contains none."""

from functools import cache

import numpy as np

from ..records import Reading
from .english import noun_texts
from .lexicon import read_data, split

_GENDERED = 0.2
"""A presentation nearer to 0 gets a name that fits both."""


def draw_name(reading: Reading, presentation: float, random: np.random.Generator) -> str:
    """A first name and a surname by where someone comes from, else one that is made up.

    `presentation` is that of the voice: positive is feminine.
    """
    origins = [each.words[0] for each in reading.attributes if each.part == "origin"]
    group = next((_by_origin()[word] for word in origins if word in _by_origin()), None)
    if group is not None:
        side = "feminine" if presentation > 0 else "masculine"
        surnames = group.get(f"surnames-{side}", group["surnames"])
        return f"{random.choice(split(group[side]))} {random.choice(split(surnames))}"
    gendered = "feminine" if presentation > 0 else "masculine"
    side = gendered if reading.person or abs(presentation) > _GENDERED else "neutral"
    first, start, end = (
        names[int(random.integers(len(names)))] for names in map(_names, (side, "starts", "ends"))
    )
    return f"{first} {start}{end}"


@cache
def _names(kind: str) -> list[str]:
    return split(str(noun_texts()["names"][kind]))


@cache
def _by_origin() -> dict[str, dict[str, str]]:
    groups = read_data("names_by_origin.json")["groups"]
    return {origin: group for group in groups for origin in split(group["origins"])}
