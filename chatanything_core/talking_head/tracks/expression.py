"""How a mood shows in brows, lids and lips from moment to moment.

A held face is a mask. Felt smiles come and go within half a second to four seconds (Ekman &
Friesen 1982, "Felt, false, and miserable smiles"): an expression rises with a phrase, is at its
height on the words that are stressed, and sinks after the last one.
"""

from dataclasses import fields

import numpy as np

from ..curves import Array, glide
from ..emotion_look import EXPRESSIONS, EmotionLook
from .manner import Moods
from .phrases import Said, pulses
from .smooth_noise import wander
from .streams import Streams

HELD = 0.55
"""Share of an emotion that shows while nothing is said."""
PHRASE = 0.25
"""What a phrase adds."""
ACCENT = 0.25
"""What a stressed word adds at most."""
ONSET = 0.5
"""Seconds in which an expression rises."""
OFFSET = 0.65
"""Seconds in which it sinks."""


def looks(moments: Array, moods: Moods) -> dict[str, Array]:
    """What the mood would show at its height, (F,) for every field of `EmotionLook`."""
    names = [field.name for field in fields(EmotionLook)]
    return {name: moods.track(EXPRESSIONS, name, moments, EmotionLook()) for name in names}


def held(moments: Array, streams: Streams) -> Array:
    """Share of the look that shows while nothing is said, shape (F,); it comes and goes a little."""
    return HELD + 0.07 * wander(moments, 2.7, streams, "expression")


def spoken(said: Said, times: Array, streams: Streams) -> Array:
    """Share that speech adds, shape (F,): onset, apex and offset of every phrase."""
    rng = streams.draw("expression", said.text)
    count = len(said.accents)
    heights = rng.uniform(0.4, 1.0, count) * (rng.random(count) < 0.7)
    track = ACCENT * np.minimum(pulses(said.accents, heights, times, fall=0.5), 1)
    for number, (start, end) in enumerate(said.phrases):
        after = said.phrases[number + 1][0] if number + 1 < len(said.phrases) else np.inf
        first, last = np.searchsorted(times, (start - 0.3, end + OFFSET))
        t = times[first:last]
        shown = np.minimum(glide(start - 0.3, start - 0.3 + ONSET, t), glide(end + OFFSET, end, t))
        if np.isfinite(after):
            shown = np.minimum(shown, 1 - glide(after - 0.3, after - 0.3 + ONSET, t))
        track[first:last] += PHRASE * shown
    return track


def brow_sway(moments: Array, streams: Streams) -> Array:
    """Little movements of the left and the right brow by themselves, shape (F, 2)."""
    sides = [wander(moments, 1.7, streams, "brow", side) for side in ("left", "right")]
    return 0.06 * np.stack(sides, -1)


def brow_lifts(said: Said, times: Array, moods: Moods, streams: Streams) -> Array:
    """Rise of both brows on accents, shape (F,)."""
    rng = streams.draw("brow", said.text)
    count = len(said.accents)
    heights = rng.uniform(0.1, 0.75, count) * (rng.random(count) < 0.55)
    lifts = [moods.at(said.start + at).lifts for at in said.accents]
    return pulses(said.accents, heights * lifts, times, fall=0.45)
