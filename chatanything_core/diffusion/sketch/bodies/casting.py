"""Which body a concept gets."""

import numpy as np

from ....persona import Reading
from . import animal, bag, cartoon, clothing, creature, fruit, human, kitchen, office, plant
from .base import Body

MODULES = (human, animal, creature, fruit, plant, office, kitchen, bag, clothing, cartoon)
BODIES: dict[str, Body] = {body.name: body for module in MODULES for body in module.BODIES}

BY_KIND: dict[str, tuple[str, ...]] = {
    "human": ("man", "woman"),
    "animal": ("cat",),
    "fruit": ("apple",),
    "plant": ("cactus",),
    "office": ("mug",),
    "bag": ("backpack",),
    "clothing": ("shirt",),
    "robot": ("robot",),
    "kitchen": ("teapot",),
}
BY_NOUN: dict[str, str] = {"teapot": "teapot"}


def body_for(reading: Reading, rng: np.random.Generator) -> str:
    """Name of the body: by noun, by profession, else by kind; any concept gets one."""
    if reading.noun in BODIES:
        return reading.noun
    if reading.noun in BY_NOUN:
        return BY_NOUN[reading.noun]
    return str(rng.choice(BY_KIND.get(reading.kind, ("robot",))))
