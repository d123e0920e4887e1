"""Which tempers a character has: those of its words, else what its noun suggests, else a seed's."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from ..records import Reading
from . import lexicon
from .english import noun_texts

_FAINT = 0.5
"""A word that means its family less than this says nothing about the temper."""
_AGES = frozenset({"young", "ancient"})
_MILD = ("calm", "kind", "clever", "curious")
"""What is drawn beside a word that the lexicon does not know, so as not to contradict it."""


@dataclass(frozen=True)
class Tempers:
    """The tempers that texts are written in."""

    families: tuple[lexicon.NounFamily, ...]
    drawn: lexicon.NounFamily | None = None
    """The temper that the concept did not name."""
    notes: tuple[str, ...] = ()


def tempers_of(reading: Reading, random: np.random.Generator) -> Tempers:
    """The tempers of a concept, with a note on what was not in it."""
    unknown = _unknown(reading)
    notes = [f"The lexicon does not know {word!r}; it shows in no temper." for word in unknown]
    named = _named(reading)
    if named:
        return Tempers(named, notes=tuple(notes))
    suits = _natures().get(reading.noun) or _natures().get(reading.profession)
    if suits:
        family = lexicon.families()[str(random.choice(suits))]
        notes.append(f"The concept names no trait; {reading.noun!r} suggests {family.name!r}.")
    else:
        names = _MILD if unknown else lexicon.split(str(noun_texts()["default_traits"]))
        family = lexicon.families()[str(random.choice(names))]
        notes.append(f"The concept names no trait; the seed chose {family.name!r}.")
    return Tempers((family,), family, tuple(notes))


def _named(reading: Reading) -> tuple[lexicon.NounFamily, ...]:
    """Families of its adjectives, each once; how old people are is no temper of theirs."""
    found: dict[str, lexicon.NounFamily] = {}
    for word in reading.adjectives:
        family, factor = lexicon.traits().get(word, (None, 0.0))
        child = reading.age is not None and reading.age < 13
        aged = family and reading.person and family.name in _AGES
        if family and factor >= _FAINT and (not aged or (child and family.name == "young")):
            found.setdefault(family.name, family)
    return tuple(found.values())


def _unknown(reading: Reading) -> list[str]:
    """Adjectives that neither tell a temper nor are seen."""
    shown = {word for each in reading.attributes for word in each.words}
    return [w for w in reading.adjectives if w not in lexicon.traits() and w not in shown]


@cache
def _natures() -> dict[str, list[str]]:
    """Families that a noun or a job suggests."""
    table: dict[str, list[str]] = {}
    rows = noun_texts()["nature"].items()
    for family, nouns in rows:
        for noun in lexicon.split(str(nouns)):
            table.setdefault(noun, []).append(family)
    return table
