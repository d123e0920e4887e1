"""What is done to audio after any engine: brightness and level."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from .records import Shaping, Speech

Samples = npt.NDArray[np.float32]
_LEVEL = 0.11
"""Root mean square of speech (pauses aside) at volume 1, about -19 dBFS."""
_PEAK = 0.97
_SHELF_HZ = 1000.0


def shaped(speech: Speech, shaping: Shaping, *, volume: float = 1.0) -> Speech:
    """Apply `shaping`, then bring the speech to a common level times `volume`."""
    samples = speech.samples
    if shaping.tilt:
        samples = shelved(samples, speech.rate, shaping.tilt)
    return replace(speech, samples=levelled(samples, speech.rate, volume))


def shelved(samples: Samples, rate: int, gain: float) -> Samples:
    """High shelf of `gain` dB around 1 kHz, linear phase, without delay."""
    size = 129
    hertz = np.fft.rfftfreq(size, 1 / rate)
    octaves = np.log2(np.maximum(hertz, 1.0) / _SHELF_HZ)
    decibels = gain / (1 + np.exp(-4 * octaves))
    kernel = np.fft.fftshift(np.fft.irfft(10 ** (decibels / 20), size)) * np.hanning(size)
    return np.convolve(samples, kernel, "same").astype(np.float32)


def levelled(samples: Samples, rate: int, volume: float) -> Samples:
    """Scale speech to a common loudness without letting any peak clip."""
    block = max(1, rate // 50)
    blocks = samples[: len(samples) // block * block].reshape(-1, block)
    power = (blocks.astype(np.float64) ** 2).mean(1) if len(blocks) else np.zeros(1)
    loud = power[power > 0.003 * power.max()]
    if not len(loud):
        return samples
    peak = float(np.abs(samples).max())
    gain = min(_LEVEL * volume / float(np.sqrt(loud.mean())), _PEAK / peak)
    return (samples * np.float32(gain)).astype(np.float32)
