"""How a concept sounds: VoiceTraits from its noun, its profession, its adjectives, sex and age."""

from collections.abc import Iterator
from dataclasses import fields

import numpy as np

from ...ranges import limited
from ..records import Reading, VoiceTraits
from . import lexicon
from .concept.person_facts import voice_age

_NAMES = tuple(field.name for field in fields(VoiceTraits) if field.name != "language")
_NOUN_WEIGHT = 0.7
"""Less than an adjective's 1, so that a tiny elephant sounds tiny."""
_JITTER = 0.08
"""Half width of the seeded difference between two teapots."""
_HEARD = 0.5
"""Presentation of who is said to be a woman or a man, at least."""
_OF_AGE = frozenset({"young", "ancient"})
"""Traits whose effect on people is told by their years."""
_CHILD = {"pitch": 0.5, "size": -0.6, "energy": 0.2}
_TEEN = {"pitch": 0.15, "size": -0.2, "energy": 0.1}
_OLD = {"pace": -0.25, "roughness": 0.3, "energy": -0.1}


def voice_traits(
    reading: Reading, extra: lexicon.NounFamily | None, language: str, random: np.random.Generator
) -> VoiceTraits:
    """Add up what the words of the concept say of its voice, kept in its range.

    `extra` is a trait that the concept did not name; it counts a little more than half.
    """
    total = dict.fromkeys(_NAMES, 0.0)
    for effect, weight in _effects(reading, extra):
        for name, value in effect.items():
            total[name] += weight * value
    total["presentation"] = _presentation(reading, total["presentation"], random)
    if reading.person:
        total["age"] = total["age"] if reading.age is None else voice_age(reading.age)
    values = {
        name: round(float(value + random.uniform(-_JITTER, _JITTER)), 3)
        for name, value in total.items()
    }
    return limited(VoiceTraits(language=language, **values))


def _presentation(reading: Reading, told: float, random: np.random.Generator) -> float:
    """On the side of the sex that is told; without one, a seed takes a side."""
    drawn = float(random.choice((-1.0, 1.0)) * random.uniform(0.3, 0.7))
    if reading.sex == "female":
        return max(told, _HEARD)
    if reading.sex == "male":
        return min(told, -_HEARD)
    least = 0.3 if reading.person else 0.1
    return told if abs(told) >= least else drawn


def _effects(
    reading: Reading, extra: lexicon.NounFamily | None
) -> Iterator[tuple[dict[str, float], float]]:
    yield _noun_voice(reading), _NOUN_WEIGHT
    if reading.profession:
        yield lexicon.jobs().get(reading.profession, {}), _NOUN_WEIGHT
    for word in reading.adjectives:
        family, factor = lexicon.traits().get(word, (None, 0.0))
        if family and not (reading.person and family.name in _OF_AGE):
            yield family.voice, factor
    if reading.person and reading.age is not None:
        yield _years(reading.age, reading), 1.0
    if extra:
        yield extra.voice, 0.6


def _years(age: float, reading: Reading) -> dict[str, float]:
    """What years do to a voice, where the noun does not say so itself."""
    own = _noun_voice(reading)
    effect = _CHILD if age < 13 else _TEEN if age < 20 else _OLD if age >= 65 else {}
    return {name: value for name, value in effect.items() if name not in own}


def _noun_voice(reading: Reading) -> dict[str, float]:
    """The noun's own, or that of the first group of its kind."""
    if reading.noun in lexicon.nouns():
        return lexicon.nouns()[reading.noun].voice
    same = (noun.voice for noun in lexicon.nouns().values() if noun.kind == reading.kind)
    return next(same, {})
