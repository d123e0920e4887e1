"""How the figures of a talking film are computed from what was seen and heard.

Points are the 68 of iBUG 300-W in pixels, arrays of shape (frames, 68, 2).
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

Array = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]
LAGS = 8
"""Frames of delay that are tried on both sides."""
_SIDE = 64
"""Side in pixels of an aligned face."""
_EYES = ((0.3, 0.35), (0.7, 0.35))
"""Where the middles of the eyes lie on it."""


def middles_of_eyes(points: Array) -> tuple[Array, Array]:
    """Middle of the left and of the right eye, each (..., 2)."""
    return points[..., 36:42, :].mean(-2), points[..., 42:48, :].mean(-2)


def eyes_apart(points: Array) -> Array:
    """Distance of the middles of the eyes."""
    left, right = middles_of_eyes(points)
    return np.asarray(np.linalg.norm(left - right, axis=-1))


def lips_apart(points: Array) -> Array:
    """Gap between the middles of the inner lips, in eye distances."""
    gap = np.linalg.norm(points[..., 62, :] - points[..., 66, :], axis=-1)
    return np.asarray(gap / eyes_apart(points))


def levels(samples: npt.NDArray[np.float32], rate: int, frames: int, fps: float) -> Array:
    """Level of 40 ms around every frame in dB, over that of the loudest twentieth of them."""
    half = int(0.02 * rate)
    centres = (np.arange(frames) / fps * rate).astype(int)
    padded = np.pad(samples.astype(np.float64), (half, half + int(frames / fps * rate)))
    power = [np.mean(padded[c : c + 2 * half] ** 2) for c in centres]
    level = 10 * np.log10(np.maximum(power, 1e-10))
    return np.asarray(level - np.percentile(level, 95))


def loudness_of_levels(level: Array) -> Array:
    """From 0 (32 dB under the loud parts) to 1 (2 dB), smoothed over three frames."""
    share = np.clip((level + 32) / 30, 0, 1)
    return np.convolve(np.pad(share, 1, "edge"), [0.25, 0.5, 0.25], "valid")


def best_lag(a: npt.ArrayLike, b: npt.ArrayLike) -> tuple[int, float]:
    """Frames that `a` is behind `b` and Pearson's r there, the best of LAGS on both sides."""
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    middle = b[LAGS : len(b) - LAGS]
    tries = [
        _correlation(a[LAGS + lag : len(a) - LAGS + lag], middle) for lag in range(-LAGS, LAGS + 1)
    ]
    best = int(np.argmax(tries))
    return best - LAGS, tries[best]


def aligned_face(image: Pixels, points: Array) -> Array:
    """The face in grey, 64 x 64, turned and scaled so that its eyes lie where they always do."""
    left, right = middles_of_eyes(points)
    wanted = np.array(_EYES) * _SIDE
    axis, seen = wanted[1] - wanted[0], right - left
    turn = complex(*seen) / complex(*axis)
    a, b = turn.real, turn.imag
    x = left[0] - a * wanted[0, 0] + b * wanted[0, 1]
    y = left[1] - b * wanted[0, 0] - a * wanted[0, 1]
    grey = Image.fromarray(image).convert("L")
    data = (a, -b, x, b, a, y)
    face = grey.transform((_SIDE, _SIDE), Image.Transform.AFFINE, data, Image.Resampling.BILINEAR)
    return np.asarray(face, np.float64)


def likeness(face: Array, other: Array) -> float:
    """Correlation of two aligned faces above the mouth, in [-1, 1]: 1 is the same face."""
    upper = slice(0, _SIDE * 6 // 10)
    return _correlation(face[upper].ravel(), other[upper].ravel())


def mouth_box(points: Array, size: tuple[int, int]) -> tuple[slice, slice]:
    """Rows and columns of the mouth, with room for the jaw to fall."""
    lips, apart = points[48:68], float(eyes_apart(points))
    low = np.maximum(lips.min(0) - 0.15 * apart, 0).astype(int)
    high = np.minimum(lips.max(0) + np.array([0.15, 0.35]) * apart, size).astype(int) + 1
    return slice(low[1], max(high[1], low[1] + 2)), slice(low[0], max(high[0], low[0] + 2))


def _correlation(a: Array, b: Array) -> float:
    a, b = a - a.mean(), b - b.mean()
    size = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum() / size) if size > 1e-9 else 0.0
