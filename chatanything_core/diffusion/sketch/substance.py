"""What somebody or something is made of: the material, and its colour."""

import re

import numpy as np

from ...persona import Reading
from .bodies import colour_of, noun_drawn
from .costume import Costume
from .palette import COLOURS, SUBSTANCES
from .surface.canvas import linear
from .surface.relief import Array

SOLID = frozenset({"ceramic", "glass", "metal", "paper", "stone", "wax", "wood"})
"""Substances that whole people are made of in tales, not only their clothes."""
WORKER = re.compile("(er|or|ist|smith)$")
FIGURINES = frozenset({"emperor", "soldier", "warrior"})
"""Called as workers are, yet made of tin and clay."""


def substance_of(reading: Reading, costume: Costume, rng: np.random.Generator) -> tuple[str, Array]:
    """How what is painted takes light, and its colour, linear RGB (3,)."""
    body = costume.body
    if costume.person:
        return _flesh(reading, costume.person.skin, body.material)
    named = colour_of(reading.noun) or colour_of(noun_drawn(reading))
    material, colour = body.material, named or str(rng.choice(body.colours))
    for word in reading.materials:
        if word in SUBSTANCES:
            material, own = SUBSTANCES[word]
            colour = own or colour
    for word in reading.colours:
        if word in COLOURS:
            colour = COLOURS[word]
    return material, linear(colour)


def _flesh(reading: Reading, skin: str, material: str) -> tuple[str, Array]:
    """What a person is made of: skin, or what a stone giant and a boy of wood are made of.

    A glass blower and an iron worker are of skin: they work with it.
    """
    if not WORKER.search(reading.noun) or reading.noun in FIGURINES:
        for word in reading.materials:
            own, colour = SUBSTANCES.get(word, ("", ""))
            if own in SOLID and colour:
                return own, linear(colour)
    return material, linear(skin)
