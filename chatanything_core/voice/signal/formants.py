"""Resonances of the vocal tract by linear prediction."""

import math

import numpy as np
import numpy.typing as npt

from .short_time import frame_blocks

Samples = npt.NDArray[np.float32]
_RATE = 10_000
"""Hz to which speech is reduced: the first formants lie below 5 kHz."""
_ORDER = 11
_LOWEST, _BROADEST = 180.0, 600.0
"""Hz: poles below or broader than this are not formants."""


def formant_track(samples: Samples, rate: int, hop: float) -> npt.NDArray[np.float64]:
    """First three resonances every `hop` seconds in Hz, shape (K, 3); 0 where there are none.

    Autocorrelation method (Makhoul 1975); the poles are the eigenvalues of companion matrices.
    """
    blocks = frame_blocks(_Reduced(samples, rate), _RATE, 0.03, hop)
    return np.concatenate([_resonances(frames) for frames in blocks])


class _Reduced:
    """A sound at 10 kHz with its highs lifted, made where it is looked at."""

    def __init__(self, samples: Samples, rate: int) -> None:
        self._samples, self._step = samples, rate / _RATE
        self._count = math.ceil(len(samples) / self._step)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: slice) -> Samples:
        start, stop, _ = part.indices(self._count)
        if stop <= start:
            return np.zeros(0, np.float32)
        # One place earlier, too: each is what it adds to nine tenths of the one before.
        at = np.arange(max(start - 1, 0), stop) * self._step
        first, last = int(at[0]), min(int(at[-1]) + 2, len(self._samples))
        piece = self._samples[max(first - 1, 0) : last]
        # A mean of two is enough of a low-pass for what is looked for.
        soft = np.convolve(piece, np.ones(2) / 2)[min(first, 1) : len(piece)]
        low = np.interp(at, np.arange(first, last), soft)
        lifted = np.append(low[:1], low[1:] - 0.9 * low[:-1])
        return lifted[start - max(start - 1, 0) :].astype(np.float32)


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
