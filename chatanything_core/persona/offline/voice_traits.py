"""How a concept sounds: VoiceTraits from its noun, its profession and its adjectives."""

from dataclasses import fields

import numpy as np

from ...ranges import limited
from ..records import Reading, VoiceTraits
from . import lexicon

_NAMES = tuple(field.name for field in fields(VoiceTraits) if field.name != "language")
_NOUN_WEIGHT = 0.7
"""Less than an adjective's 1, so that a tiny elephant sounds tiny."""
_JITTER = 0.08
"""Half width of the seeded difference between two teapots."""


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
    if abs(total["presentation"]) < 0.1:
        # A thing has no gender, but an audible person needs one side or the other.
        total["presentation"] = random.choice((-1.0, 1.0)) * random.uniform(0.3, 0.7)
    values = {
        name: round(float(value + random.uniform(-_JITTER, _JITTER)), 3)
        for name, value in total.items()
    }
    return limited(VoiceTraits(language=language, **values))


def _effects(
    reading: Reading, extra: lexicon.NounFamily | None
) -> list[tuple[dict[str, float], float]]:
    effects = [(_noun_voice(reading), _NOUN_WEIGHT)]
    if reading.profession:
        effects.append((lexicon.jobs().get(reading.profession, {}), _NOUN_WEIGHT))
    for word in reading.adjectives:
        if word in lexicon.traits():
            family, factor = lexicon.traits()[word]
            effects.append((family.voice, factor))
    if extra:
        effects.append((extra.voice, 0.6))
    return effects


def _noun_voice(reading: Reading) -> dict[str, float]:
    """The noun's own, or that of the first group of its kind."""
    if reading.noun in lexicon.nouns():
        return lexicon.nouns()[reading.noun].voice
    same = (noun.voice for noun in lexicon.nouns().values() if noun.kind == reading.kind)
    return next(same, {})
