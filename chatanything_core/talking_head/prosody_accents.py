"""What stressed sounds do to brows and head.

Heads nod and brows rise on accents; both begin a little before the stressed vowel and come to
rest after it (Graf et al. 2002, "Visual prosody"; Cave et al. 1996).
"""

import numpy as np

from ..voice import Timeline
from .curves import Array, glide

LEAD = 0.28
"""Seconds from the beginning of a movement to its accent: heads and brows are not twitched."""
PEAK = 0.08
"""Seconds from an accent to the height of its movement."""
SPACING = 0.45
"""Seconds between accents at least: not every stressed syllable is one."""


def accents(timeline: Timeline) -> list[float]:
    """Times of the stressed sounds that a speaker would underline, in seconds."""
    stressed = [phone.start for phone in timeline.phones if phone.stress == 2]
    if not stressed:
        stressed = [word.start for word in timeline.words if len(word.text) > 4]
    chosen: list[float] = []
    for time in stressed:
        if not chosen or time - chosen[-1] >= SPACING:
            chosen.append(time)
    return chosen


def pulses(times: list[float], heights: Array, frames: int, fps: float, fall: float) -> Array:
    """One soft rise and slower `fall` (seconds) for every accent, shape (frames,)."""
    track = np.zeros(frames)
    for time, height in zip(times, heights, strict=True):
        first = max(0, int((time - LEAD) * fps))
        last = min(frames, int((time + PEAK + fall) * fps) + 2)
        t = np.arange(first, last) / fps - time
        rise, sink = glide(-LEAD, PEAK, t), glide(PEAK + fall, PEAK, t)
        track[first:last] += height * np.minimum(rise, sink)
    return track
