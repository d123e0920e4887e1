"""Resonances of the vocal tract by linear prediction."""

import numpy as np
import numpy.typing as npt

from .frames import frames_of

Samples = npt.NDArray[np.float32]
_RATE = 10_000
"""Hz to which speech is reduced: the first formants lie below 5 kHz."""
_ORDER = 11
_LOWEST, _BROADEST = 180.0, 600.0
"""Hz: poles below or broader than this are no formants."""
_BLOCK = 2000
"""Frames that are solved at once, which bounds the memory."""


def formant_track(samples: Samples, rate: int, hop: float) -> npt.NDArray[np.float64]:
    """First three resonances every `hop` seconds in Hz, shape (K, 3); 0 where there are none.

    Autocorrelation method (Makhoul 1975); the poles are the eigenvalues of companion matrices.
    """
    at = np.arange(0, len(samples), rate / _RATE)
    # A mean of two is enough of a low-pass for what is looked for.
    low = np.interp(at, np.arange(len(samples)), np.convolve(samples, np.ones(2) / 2, "same"))
    low = np.append(low[:1], low[1:] - 0.9 * low[:-1]).astype(np.float32)
    frames = frames_of(low, _RATE, 0.03, hop)
    blocks = [_resonances(frames[k : k + _BLOCK]) for k in range(0, len(frames), _BLOCK)]
    return np.concatenate(blocks)


def _resonances(frames: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    windowed = frames * np.hamming(frames.shape[1])
    spectrum = np.abs(np.fft.rfft(windowed, 1024)) ** 2
    correlation = np.fft.irfft(spectrum, axis=1)[:, : _ORDER + 1]
    lag = np.abs(np.subtract.outer(np.arange(_ORDER), np.arange(_ORDER)))
    matrices = correlation[:, lag] + np.eye(_ORDER) * (correlation[:, :1, None] * 1e-5 + 1e-9)
    companion = np.tile(np.eye(_ORDER, k=-1), (len(frames), 1, 1))
    companion[:, 0, :] = np.linalg.solve(matrices, correlation[:, 1:, None])[..., 0]
    roots = np.linalg.eigvals(companion)
    hertz = np.angle(roots) * _RATE / (2 * np.pi)
    width = -np.log(np.abs(roots) + 1e-12) * _RATE / np.pi
    lowest = np.sort(np.where((hertz > _LOWEST) & (width < _BROADEST), hertz, np.inf), axis=1)
    found: npt.NDArray[np.float64] = np.where(np.isfinite(lowest[:, :3]), lowest[:, :3], 0.0)
    return found
