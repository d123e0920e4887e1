"""The rise and fall of breathing.

At rest about 15 breaths a minute. Speech is breathed out: a quick breath comes before it, and the
lungs empty slowly while it lasts (Winkworth et al. 1995, "Breathing patterns during spontaneous
speech").
"""

import numpy as np

from ..curves import Array, glide, smoothstep
from .phrases import Said
from .smooth_noise import wander
from .streams import Streams

PERIOD = 4.0
"""Seconds of a breath at rest."""
INHALE = 0.5
"""Seconds of the breath before a phrase."""
SETTLE = 0.65
"""Seconds after a phrase in which breathing becomes that of rest."""
FULL = 0.7
"""Fill of the lungs at the beginning of a phrase."""
EMPTY = -0.7
"""Fill of the lungs at the end of a phrase."""
SHORTEST = 0.35
"""Seconds of pause in which there is time to breathe in."""


def resting_breath(moments: Array, period: float, streams: Streams) -> Array:
    """Fill of the lungs in [-1, 1], shape (F,), no breath quite like the other."""
    sway = wander(moments, 5.0, streams, "breath")
    return np.asarray(-np.cos(2 * np.pi * moments / period + 0.25 * sway))


def spoken_breath(said: Said, rest: Array, times: Array) -> Array:
    """What speech adds to the breath `rest` (F,), shape (F,)."""
    added = np.zeros(len(times))
    groups = _groups(said)
    for number, (start, end) in enumerate(groups):
        after = groups[number + 1][0] if number + 1 < len(groups) else np.inf
        first, last = np.searchsorted(times, (start - INHALE, end + SETTLE))
        t = times[first:last]
        held = np.minimum(_inhaled(start, t), glide(end + SETTLE, end, t))
        if np.isfinite(after):
            held = np.minimum(held, 1 - _inhaled(after, t))
        fill = FULL + (EMPTY - FULL) * smoothstep(start, end, t)
        added[first:last] += held * (fill - rest[first:last])
    return added


def _inhaled(start: float, times: Array) -> Array:
    return glide(start - INHALE, start - 0.04, times)


def _groups(said: Said) -> list[tuple[float, float]]:
    """Phrases between which there is time to breathe in."""
    found: list[tuple[float, float]] = []
    for start, end in said.phrases:
        if found and start - found[-1][1] < SHORTEST:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
