"""Smooth curves through a few points."""

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
