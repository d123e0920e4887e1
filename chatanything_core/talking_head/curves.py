"""Smooth curves through a few points."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def through(knots: npt.ArrayLike, values: npt.ArrayLike, x: npt.ArrayLike) -> Array:
    """Cubic Hermite curve through (knots, values) at `x`, level beyond both ends.

    Slopes are those of Catmull and Rom for uneven knots (1974). `knots` must rise.

    >>> through([0, 1, 2], [0, 1, 0], [0, 1, 2]).tolist()
    [0.0, 1.0, 0.0]
    """
    k, v = np.asarray(knots, np.float64), np.asarray(values, np.float64)
    slope = np.gradient(v, k, edge_order=2 if len(k) > 2 else 1)
    at = np.clip(np.asarray(x, np.float64), k[0], k[-1])
    i = np.clip(np.searchsorted(k, at, side="right") - 1, 0, len(k) - 2)
    h = k[i + 1] - k[i]
    t = (at - k[i]) / h
    a, b = v[i], v[i + 1]
    bend = (1 - t) * (slope[i] * h - (b - a)) + t * ((b - a) - slope[i + 1] * h)
    return np.asarray(a + (b - a) * t + t * (1 - t) * bend)


def glide(low: float, high: float, x: npt.ArrayLike) -> Array:
    """0 below `low`, 1 above `high`, 10t^3 - 15t^4 + 6t^5 between; falls when `low` > `high`.

    The way of least jerk from rest to rest, which limbs and heads take (Flash & Hogan 1985).
    """
    t = np.clip((np.asarray(x, np.float64) - low) / (high - low), 0, 1)
    return np.asarray(t**3 * (10 - 15 * t + 6 * t * t))


def smoothstep(low: float, high: float, x: npt.ArrayLike) -> Array:
    """0 below `low`, 1 above `high`, 3t^2 - 2t^3 between; falls when `low` > `high`."""
    t = np.clip((np.asarray(x, np.float64) - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def moves(
    x: Array,
    starts: Array,
    spans: Array,
    ends: Array,
    ease: Callable[[float, float, npt.ArrayLike], Array] = smoothstep,
) -> Array:
    """From rest (zeros) to each of `ends` (N, C) in turn, shape (F, C) at the rising `x` (F,).

    Move `i` begins at `starts[i]` and takes `spans[i]`, or less when the next one begins before.
    Time grows with F and log N.

    >>> at = np.array([0.0, 1.0, 3.0, 9.0])
    >>> moves(at, np.array([1.0]), np.array([4.0]), np.array([[2.0]])).ravel().tolist()
    [0.0, 0.0, 1.0, 2.0]
    """
    spans = np.minimum(spans, np.diff(starts, append=np.inf))
    here = np.searchsorted(starts, x, side="right") - 1
    places = np.concatenate([np.zeros((1, ends.shape[1])), ends])
    move = np.maximum(here, 0)
    way = ease(0.0, 1.0, (x - starts[move]) / spans[move])[:, None]
    return np.asarray(places[move] + (places[move + 1] - places[move]) * way)
