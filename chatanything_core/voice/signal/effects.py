"""Effects on finished speech: brightness, breath, metal, a hall, and an even level."""

import numpy as np
import numpy.typing as npt

from ...seeding import generator

Samples = npt.NDArray[np.float32]
_LEVEL = 0.11
"""Root mean square of speech (pauses aside) at volume 1, about -19 dBFS."""
_PEAK = 0.97
_SHELF_HZ = 1000.0
_WHISPER_HZ = 400.0
_COMB = ((0.0045, 0.9), (0.0073, 0.7))
"""Seconds and gains of the metallic reflections."""
_HALL = ((0.09, 0.6), (0.17, 0.42), (0.27, 0.28), (0.39, 0.17), (0.52, 0.1))
"""Seconds and gains of the echoes."""
_BLOCK = 1 << 16
"""Samples that are worked on at once, so that a long sound is not in memory twice more."""
TAIL = 0.6
"""Seconds that an echo adds."""


def shelved(samples: Samples, rate: int, gain: float) -> Samples:
    """High shelf of `gain` dB above 1 kHz, linear phase, without delay."""
    size = 129
    hertz = np.fft.rfftfreq(size, 1 / rate)
    octaves = np.log2(np.maximum(hertz, 1.0) / _SHELF_HZ)
    decibels = gain / (1 + np.exp(-4 * octaves))
    kernel = np.fft.fftshift(np.fft.irfft(10 ** (decibels / 20), size)) * np.hanning(size)
    return np.convolve(samples, kernel, "same").astype(np.float32)


def breathed(samples: Samples, rate: int, amount: float) -> Samples:
    """Replace a share of the voice by breath that is formed by the same mouth.

    The breath is noise with the smoothed short-time spectrum of the speech, so that a share of 1
    is a whisper of the same words.
    """
    size = 1 << round(np.log2(0.032 * rate))
    hop = size // 2
    window = np.sin(np.pi * (np.arange(size) + 0.5) / size)
    padded = np.pad(samples, (hop, size))
    noise = generator(0, "breath").standard_normal(len(padded)).astype(np.float32)
    whisper = np.zeros(len(padded), np.float64)
    lifter = round(0.0015 * rate)
    # Without a voice there is little below the first formant.
    open_glottis = 1 / (1 + (_WHISPER_HZ / np.maximum(np.fft.rfftfreq(size, 1 / rate), 1.0)) ** 4)
    block = 2048 * hop
    for first in range(0, len(padded) - size + 1, block):
        cut = slice(first, first + block + hop)
        frames = np.lib.stride_tricks.sliding_window_view(padded[cut], size)[::hop]
        grains = np.lib.stride_tricks.sliding_window_view(noise[cut], size)[::hop]
        shape = _envelope(frames * window, lifter)
        formed = np.fft.irfft(np.fft.rfft(grains * window) * shape * open_glottis, size) * window
        for row, grain in enumerate(formed):
            start = first + row * hop
            whisper[start : start + size] += grain
    whisper = whisper[hop : hop + len(samples)] * np.sqrt(size)
    loud, soft = np.sqrt((samples.astype(np.float64) ** 2).mean()), np.sqrt((whisper**2).mean())
    if soft > 0:
        whisper *= 0.7 * loud / soft
    mixed = np.sqrt(1 - amount) * samples + np.sqrt(amount) * whisper
    return np.asarray(mixed, np.float32)


def combed(samples: Samples, rate: int, depth: float) -> Samples:
    """Close reflections, as inside a metal can."""
    return _reflected(samples, rate, depth, _COMB)


def echoed(samples: Samples, rate: int, level: float) -> Samples:
    """A hall; the result is `TAIL` seconds longer."""
    return _reflected(samples, rate, level, _HALL, round(TAIL * rate))


def wavered(samples: Samples, rate: int, depth: float) -> Samples:
    """The level's share of a tremor."""
    waver = 1 + 0.25 * depth * np.sin(2 * np.pi * 5.0 * np.arange(len(samples)) / rate)
    return (samples * waver).astype(np.float32)


def levelled(samples: Samples, rate: int, volume: float) -> Samples:
    """Scale speech, in place, to a common loudness without letting any peak clip."""
    block = max(1, rate // 50)
    blocks = samples[: len(samples) // block * block].reshape(-1, block)
    power = np.einsum("ij,ij->i", blocks, blocks).astype(np.float64) / block
    loud = power[power > 0.003 * power.max(initial=0.0)]
    if len(loud):
        peak = float(max(samples.max(), -samples.min()))
        samples *= np.float32(min(_LEVEL * volume / float(np.sqrt(loud.mean())), _PEAK / peak))
    return samples


def _envelope(frames: npt.NDArray[np.float64], lifter: int) -> npt.NDArray[np.float64]:
    """Magnitude spectrum without the harmonics, by the low part of the cepstrum."""
    power = np.log(np.abs(np.fft.rfft(frames, axis=1)) + 1e-7)
    cepstrum = np.fft.irfft(power, axis=1)
    cepstrum[:, lifter:-lifter] = 0.0
    smooth: npt.NDArray[np.float64] = np.exp(np.fft.rfft(cepstrum, axis=1).real)
    return smooth


def _reflected(
    samples: Samples,
    rate: int,
    depth: float,
    taps: tuple[tuple[float, float], ...],
    tail: int = 0,
) -> Samples:
    """The sound with delayed copies of itself, `tail` samples longer."""
    mixed = np.pad(samples, (0, tail))
    for seconds, gain in taps:
        delay = round(seconds * rate)
        heard = mixed[delay : delay + len(samples)]
        for first in range(0, len(heard), _BLOCK):
            part = heard[first : first + _BLOCK]
            part += np.float32(depth * gain) * samples[first : first + len(part)]
    return mixed
