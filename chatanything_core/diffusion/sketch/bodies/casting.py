"""Which body a concept gets: by its noun, else by what kind of thing it is."""

import json
from functools import cache
from pathlib import Path

import numpy as np

from ....persona import Reading
from . import (
    animal,
    bag,
    bird,
    cartoon,
    clothing,
    creature,
    device,
    food,
    fruit,
    furniture,
    human,
    kitchen,
    office,
    plant,
    sky,
    thing,
    vegetable,
    wearable,
)
from .base import Body

MODULES = (
    *(human, animal, bird, creature, fruit, vegetable, plant, office, device, kitchen, food),
    *(bag, clothing, wearable, cartoon, sky, thing, furniture),
)
BODIES: dict[str, Body] = {body.name: body for module in MODULES for body in module.BODIES}
"""Every silhouette by its name."""

WOMEN = frozenset(["actress", "ballerina", "countess", "cowgirl", "duchess", "empress", "maid", "nun", "policewoman", "princess", "queen", "sorceress", "waitress", "witch"])  # fmt: skip
MEN = frozenset(["count", "duke", "emperor", "fireman", "fisherman", "king", "lord", "monk", "policeman", "pope", "postman", "prince", "salesman", "samurai", "warlock", "wizard"])  # fmt: skip
BEARDED = frozenset(["wizard", "viking", "lumberjack", "blacksmith", "druid", "philosopher", "warlock", "alchemist", "pirate", "miner", "sailor", "fisherman", "shaman", "guru", "dwarf"])  # fmt: skip
OLD = frozenset(["old", "elderly", "ancient", "aged", "retired", "wise", "venerable", "wrinkled"])
YOUNG = frozenset(["young", "little", "baby", "tiny", "small", "childish"])


@cache
def _table() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Bodies by noun and bodies by kind, from `nouns.json`."""
    data = json.loads((Path(__file__).parent / "nouns.json").read_text("utf-8"))
    by_noun: dict[str, tuple[str, ...]] = {}
    for bodies, nouns in data["nouns"].items():
        for noun in nouns.split(", "):
            by_noun[noun] = tuple(bodies.split("|"))
    by_kind = {kind: tuple(bodies.split("|")) for kind, bodies in data["kinds"].items()}
    return by_noun, by_kind


def known_nouns() -> tuple[str, ...]:
    """Every noun that has a body of its own choosing, sorted."""
    return tuple(sorted({*_table()[0], *BODIES}))


def body_for(reading: Reading, rng: np.random.Generator) -> str:
    """Name of the body; any concept gets one, and `rng` chooses among those that fit."""
    by_noun, by_kind = _table()
    if reading.noun in BODIES and reading.noun not in by_noun:
        return reading.noun
    if reading.noun in by_noun:
        return str(rng.choice(by_noun[reading.noun]))
    if reading.kind == "human":
        return str(rng.choice(_people(reading)))
    return str(rng.choice(by_kind.get(reading.kind, by_kind["thing"])))


def _people(reading: Reading) -> tuple[str, ...]:
    words = {*reading.words, reading.noun, reading.profession}
    woman = bool(words & WOMEN or words & {"woman", "female", "lady", "feminine"})
    man = bool(words & MEN or words & {"man", "male", "masculine", "bearded"})
    if words & OLD:
        return (
            ("grandmother",)
            if woman
            else ("grandfather", "bearded man")
            if man
            else ("grandmother", "grandfather")
        )
    if words & YOUNG:
        return ("girl",) if woman else ("boy",) if man else ("girl", "boy")
    if words & BEARDED:
        return ("bearded man",)
    if woman:
        return ("woman", "lady", "curly woman")
    if man:
        return ("man", "gentleman", "bearded man")
    return ("man", "gentleman", "woman", "lady", "curly woman", "bearded man")
