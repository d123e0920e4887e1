"""Meters of speech that the voice matcher does not use, to judge it by."""

import numpy as np
import numpy.typing as npt
from scipy.signal import welch

Samples = npt.NDArray[np.float32]
_HOP = 0.01
_YIN_THRESHOLD = 0.15


def yin_median(samples: Samples, rate: int, low: float = 50.0, high: float = 500.0) -> float:
    """Median f0 in Hz by YIN (de Cheveigne & Kawahara 2002), over frames that it trusts."""
    longest = int(rate / low)
    size = 2 * longest
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64), 2 * size)
    frames = frames[:: int(_HOP * rate)]
    power = (frames**2).mean(1)
    found = [_yin(f, size, longest, rate, high) for f in frames[power > 0.02 * power.max()]]
    trusted = [hertz for hertz in found if hertz > 0]
    return float(np.median(trusted)) if trusted else 0.0


def welch_tilt(samples: Samples, rate: int) -> float:
    """Power above 1 kHz over power below, in dB, from Welch's estimate (Welch 1967)."""
    hertz, power = welch(samples, rate, nperseg=1024)
    above = power[(hertz >= 1000) & (hertz < 8000)].sum()
    below = power[(hertz >= 50) & (hertz < 1000)].sum()
    return float(10 * np.log10(above / below))


def sounding_seconds(samples: Samples, rate: int) -> float:
    """Time that is not pause: 20 ms blocks within 35 dB of the loudest."""
    block = round(0.02 * rate)
    blocks = samples[: len(samples) // block * block].reshape(-1, block)
    power = (blocks.astype(np.float64) ** 2).mean(1)
    return float((power > power.max() * 10**-3.5).sum() * 0.02)


def _yin(frame: npt.NDArray[np.float64], size: int, longest: int, rate: int, high: float) -> float:
    """f0 of one frame; 0 when it is not periodic."""
    spectrum = np.fft.rfft(frame, 4 * size)
    head = np.fft.rfft(frame[:size], 4 * size)
    likeness = np.fft.irfft(spectrum * head.conj())[:longest]
    energy = np.concatenate(([0.0], np.cumsum(frame**2)))
    difference = energy[size] + energy[size : size + longest] - energy[:longest] - 2 * likeness
    running = np.cumsum(difference[1:]) / np.arange(1, longest)
    normal = np.append(1.0, difference[1:] / np.maximum(running, 1e-12))
    lag = int(rate / high)
    while lag < longest - 1:
        if normal[lag] < _YIN_THRESHOLD:
            while lag + 1 < longest and normal[lag + 1] < normal[lag]:
                lag += 1
            return rate / lag
        lag += 1
    return 0.0
