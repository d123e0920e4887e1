"""The moment before somebody speaks."""

from ..seeding import generator
from ..voice import Speech, delayed
from .tracks.phrases import phrases, text_of

WAIT = (0.15, 0.3)
"""Seconds from the first frame to the first sound, least and most: about the gap between two
speakers (Stivers et al. 2009, "Universals and cultural variation in turn-taking")."""


def with_lead_in(speech: Speech, seed: int = 0) -> Speech:
    """The speech after a silence in which one breathes in, before a first word that came sooner.

    The silence depends on the seed and the text. A speech in which nothing is said, or that
    waits by itself, stays as it is.
    """
    spoken = phrases(speech.timeline)
    if not spoken:
        return speech
    wait = float(generator(seed, "lead in", text_of(speech.timeline)).uniform(*WAIT))
    return delayed(speech, max(wait - spoken[0][0], 0.0))
