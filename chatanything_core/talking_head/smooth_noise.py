"""Slow random movement."""

import numpy as np

from .curves import Array, through


def wander(frames: int, fps: float, every: float, rng: np.random.Generator, loop: bool) -> Array:
    """A smooth walk through random heights of unit variance, one about every `every` seconds.

    Shape (frames,). A longer walk begins like a shorter one. With `loop` its end flows into
    its beginning.
    """
    seconds = frames / fps
    if loop:
        count = max(3, round(seconds / every))
        heights = _heights(count, rng)
        knots = (np.arange(-2, count + 3)) * (seconds / count)
        return through(
            knots, np.take(heights, np.arange(-2, count + 3), mode="wrap"), _times(frames, fps)
        )
    count = int(np.ceil(seconds / every)) + 4
    return through((np.arange(count) - 1) * every, _heights(count, rng), _times(frames, fps))


def _heights(count: int, rng: np.random.Generator) -> Array:
    """Normal, but never far out."""
    return np.clip(rng.standard_normal(count), -1.8, 1.8)


def _times(frames: int, fps: float) -> Array:
    return np.arange(frames) / fps
