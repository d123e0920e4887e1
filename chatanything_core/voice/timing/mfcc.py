"""What two recordings of the same words have in common."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from ..signal.short_time import block_power, frame_places

Samples = npt.NDArray[np.float32]
SpeechFeatures = npt.NDArray[np.float32]
HOP = 0.01
"""Seconds between frames."""
_WINDOW = 0.025
_BANDS = 40
_COEFFICIENTS = 13
_LOW, _HIGH = 80.0, 7600.0
_BLOCK = 2000
"""Frames that are transformed at once, which bounds the memory."""
_FLOOR = 9.0
"""Log levels this far below the loud frames count as silence."""


def mfcc_features(samples: Samples, rate: int, top: float) -> SpeechFeatures:
    """Normalised mel cepstra with their slopes, shape (frames, 26), one every 10 ms.

    Args:
        top: highest frequency to look at in Hz, the same for both recordings.
    """
    cepstra = np.concatenate(list(_cepstra(samples, rate, min(top, _HIGH))))
    level = cepstra[:, 0] - np.percentile(cepstra[:, 0], 98)
    speech = level > -0.6 * _FLOOR
    mean, spread = cepstra[speech].mean(0), cepstra[speech].std(0) + 1e-3
    normal = (cepstra - mean) / spread
    normal[:, 0] = np.clip(level, -_FLOOR, 0.0) / 2
    slope = np.gradient(normal, axis=0) * 1.4
    return np.hstack([normal, slope]).astype(np.float32)


def speech_span(samples: Samples, rate: int, floor: float = -38.0) -> tuple[int, int]:
    """First and last sample of what is not silence."""
    power = block_power(samples, rate, HOP)
    loud = np.flatnonzero(power > power.max() * 10 ** (floor / 10))
    first, last = (loud[0] - 3) * HOP * rate, (loud[-1] + 4) * HOP * rate
    return round(max(0.0, first)), round(min(float(len(samples)), last))


def silences(samples: Samples, rate: int, floor: float = -38.0) -> npt.NDArray[np.bool_]:
    """Whether each 10 ms block is silent, shape (blocks,)."""
    power = block_power(samples, rate, HOP)
    quiet: npt.NDArray[np.bool_] = power < np.percentile(power, 98) * 10 ** (floor / 10)
    return quiet


def _cepstra(samples: Samples, rate: int, top: float) -> Iterator[npt.NDArray[np.float64]]:
    width = round(_WINDOW * rate)
    size = 1 << (width - 1).bit_length()
    bands = _mel(rate, size, top)
    rows, columns = np.arange(_COEFFICIENTS)[:, None], np.arange(_BANDS)[None]
    cosine = np.cos(np.pi * rows * (2 * columns + 1) / (2 * _BANDS)) * np.sqrt(2 / _BANDS)
    emphasised = np.empty(len(samples) + width // 2 + width, np.float32)
    emphasised[:] = 0.0
    body = emphasised[width // 2 : width // 2 + len(samples)]
    body[0], body[1:] = samples[0], samples[1:] - np.float32(0.97) * samples[:-1]
    frames = np.lib.stride_tricks.sliding_window_view(emphasised, width)
    places = frame_places(len(samples), rate, HOP)
    window = np.hamming(width)
    for first in range(0, len(places), _BLOCK):
        block = frames[places[first : first + _BLOCK]] * window
        power = np.abs(np.fft.rfft(block, size)) ** 2
        yield np.log(power @ bands.T + 1e-8) @ cosine.T


def _mel(rate: int, size: int, top: float) -> npt.NDArray[np.float64]:
    """Triangular filters, evenly spaced in mel, shape (bands, size // 2 + 1)."""
    edges = np.linspace(2595 * np.log10(1 + _LOW / 700), 2595 * np.log10(1 + top / 700), _BANDS + 2)
    hertz = 700 * (10 ** (edges / 2595) - 1)
    bins = np.fft.rfftfreq(size, 1 / rate)
    rise = (bins - hertz[:-2, None]) / (hertz[1:-1] - hertz[:-2])[:, None]
    fall = (hertz[2:, None] - bins) / (hertz[2:] - hertz[1:-1])[:, None]
    filters = np.clip(np.minimum(rise, fall), 0.0, None)
    # The lowest filters are narrower than a bin; each gets at least its nearest one.
    nearest = np.abs(bins[None] - hertz[1:-1, None]).argmin(1)
    filters[np.arange(_BANDS), nearest] = np.maximum(filters[np.arange(_BANDS), nearest], 0.1)
    normal: npt.NDArray[np.float64] = filters / filters.sum(1, keepdims=True)
    return normal
