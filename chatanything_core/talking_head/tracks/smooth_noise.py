"""Slow random movement."""

import numpy as np

from ..curves import Array
from .streams import Streams

TOGETHER = 32
"""Heights that are drawn together."""


def wander(moments: Array, every: float, streams: Streams, *purpose: str) -> Array:
    """A smooth walk through random heights of unit variance, one every `every` seconds.

    Shape (F,), at the rising `moments` (F,) in seconds, which may be below 0. The curve is that
    of Catmull and Rom (1974), so a value depends on four heights and not on the window.
    """
    at = moments / every
    knot = np.floor(at).astype(int)
    first = int(knot[0]) - 1
    heights = _heights(first, int(knot[-1]) + 2, streams, *purpose)
    before, here, there, after = (heights[knot - first + step] for step in (-1, 0, 1, 2))
    t = at - knot
    leave, arrive = (there - before) / 2, (after - here) / 2
    way = there - here
    bend = (1 - t) * (leave - way) + t * (way - arrive)
    return np.asarray(here + way * t + t * (1 - t) * bend)


def _heights(first: int, last: int, streams: Streams, *purpose: str) -> Array:
    """Heights number `first` to `last`: normal, but never far out."""
    parts = range(first // TOGETHER, last // TOGETHER + 1)
    drawn = [streams.draw(*purpose, str(part)).standard_normal(TOGETHER) for part in parts]
    start = first - parts[0] * TOGETHER
    return np.clip(np.concatenate(drawn)[start : start + last - first + 1], -1.8, 1.8)
