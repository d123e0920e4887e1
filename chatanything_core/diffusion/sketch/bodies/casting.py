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
MEN = frozenset(["count", "cowboy", "father", "duke", "emperor", "fireman", "fisherman", "king", "lord", "monk", "policeman", "pope", "postman", "prince", "salesman", "samurai", "warlock", "wizard"])  # fmt: skip
BEARDED = frozenset(["santa", "santa claus", "father christmas", "wizard", "viking", "lumberjack", "blacksmith", "druid", "philosopher", "warlock", "alchemist", "pirate", "miner", "sailor", "fisherman", "shaman", "guru", "dwarf"])  # fmt: skip
OLD = frozenset(["old", "elderly", "ancient", "aged", "retired", "wise", "venerable", "wrinkled", "santa", "santa claus", "father christmas"])  # fmt: skip
YOUNG = frozenset(["young", "little", "baby", "tiny", "small", "childish"])


@cache
def _data() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = json.loads(
        (Path(__file__).parent / "nouns.json").read_text("utf-8")
    )
    return data


@cache
def _by_noun() -> dict[str, tuple[str, ...]]:
    rows = _data()["nouns"].items()
    return {noun: tuple(names.split("|")) for names, nouns in rows for noun in nouns.split(", ")}


@cache
def _colours() -> dict[str, str]:
    rows = _data()["colours"].items()
    return {noun: colour for colour, nouns in rows for noun in nouns.split(", ")}


def known_nouns() -> tuple[str, ...]:
    """Every noun that has a body of its own choosing, sorted."""
    return tuple(sorted({*_by_noun(), *BODIES}))


def words_of(reading: Reading) -> frozenset[str]:
    """Every word that may say something about looks; traits in English in any language."""
    return frozenset((*reading.words, *reading.adjectives, reading.noun, reading.profession))


def body_for(reading: Reading, rng: np.random.Generator) -> str:
    """Name of the body; any concept gets one, and `rng` chooses among those that fit."""
    if reading.noun in _by_noun():
        return str(rng.choice(_by_noun()[reading.noun]))
    if reading.noun in BODIES:
        return reading.noun
    if reading.kind == "human":
        return str(rng.choice(_people(reading)))
    kinds = _data()["kinds"]
    return str(rng.choice(kinds.get(reading.kind, kinds["thing"]).split("|")))


def colour_of(noun: str) -> str:
    """Natural colour of a noun, rrggbb, where it is not the body's own; else empty."""
    return _colours().get(noun, "")


def _people(reading: Reading) -> tuple[str, ...]:
    words = words_of(reading)
    woman = bool(words & WOMEN or words & {"woman", "female", "lady", "feminine"})
    man = bool(words & MEN or words & {"man", "male", "masculine", "bearded"})
    if words & OLD and words & BEARDED:
        return ("bearded man",)
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
