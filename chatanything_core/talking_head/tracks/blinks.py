"""When and how eyes blink.

About 17 blinks a minute at rest and 26 in conversation (Bentivoglio et al. 1997), with gaps of a
gamma distribution; those that talk adds fall on the ends of phrases. A lid falls within 0.1 s and
rises in twice that (Evinger et al. 1991).
"""

import numpy as np

from ..curves import Array, smoothstep
from .manner import Moods
from .phrases import Said
from .streams import BLOCK, Streams, blocks

RATE = 17.0
"""Blinks a minute of a calm face at amount 1."""
FALL = 0.09
"""Seconds from open to closed."""
REST = 0.05
"""Seconds closed; longer than a frame at 25 a second, so that one shows it."""
RISE = 0.17
"""Seconds from closed to open."""
LENGTH = FALL + REST + RISE
APART = 0.2
"""Least seconds between two blinks."""
SHAPE = 3.0
"""Of the gamma distribution; 1 would be pure chance, large a metronome."""
AT_PAUSE = 0.45
"""Chance that the end of a phrase brings a blink."""


def blink_times(
    start: float, end: float, amount: float, moods: Moods, streams: Streams
) -> list[float]:
    """Start of each blink that shows between `start` and `end`, in seconds of life."""
    if amount <= 0:
        return []
    usual = 60.0 / (RATE * amount * streams.habit("blink", 0.8, 1.25))
    times: list[float] = []
    for block in blocks(start - LENGTH, end):
        rng = streams.draw("blink", str(block))
        at = block * BLOCK + 0.1
        gap = rng.exponential(usual / moods.at(at).blinks)
        while at + gap < (block + 1) * BLOCK - LENGTH - APART:
            at += gap
            times.append(at)
            mean = usual / moods.at(at).blinks
            gap = max(rng.gamma(SHAPE, mean / SHAPE), LENGTH + APART)
    return [at for at in times if start - LENGTH < at < end]


def within_loop(
    times: list[float], start: float, end: float, amount: float, streams: Streams
) -> list[float]:
    """Those of a loop from `start` to `end` that end in it; at least one where blinks are as
    frequent as that, for a loop without would stare for ever."""
    whole = [at for at in times if start <= at < end - LENGTH]
    if whole or RATE * amount * (end - start) < 30.0:
        return whole
    return [start + float(streams.draw("loop blink").uniform(0.3, 0.7)) * (end - start - LENGTH)]


def phrase_blinks(
    said: Said, idle: list[float], amount: float, mood: Moods, streams: Streams
) -> list[float]:
    """Start of the blinks that the ends of phrases bring, where none is near in `idle`."""
    rng = streams.draw("phrase blink", said.text)
    times = []
    for _, end in said.phrases:
        at, chance = end + rng.uniform(-0.1, 0.1), rng.random()
        wanted = AT_PAUSE * min(amount, 1.0) * mood.at(at).blinks
        if chance < wanted and all(abs(at - other) > LENGTH + APART for other in idle):
            times.append(at)
    return times


def closure(starts: list[float], moments: Array, fps: float) -> Array:
    """Lid closure in [0, 1] at every moment; every blink is fully closed on at least one."""
    track = np.zeros(len(moments))
    # Where frames are long, one is fully closed and the lid rises the faster.
    rise = FALL + max(REST, 1.01 / fps)
    for start in starts:
        first, last = np.searchsorted(moments, (start, start + LENGTH))
        t = moments[first:last] - start
        lid = np.minimum(smoothstep(0, FALL, t), smoothstep(LENGTH, rise, t))
        track[first:last] = np.maximum(track[first:last], lid)
    return track
