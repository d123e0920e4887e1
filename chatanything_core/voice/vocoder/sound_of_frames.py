"""From frames to sound: pulses at the pitch and noise, each through its filter.

The model of hibari: exp(harmonic) * STFT(pulses(f0)) + exp(noise) * STFT(noise), and one inverse
transform. Breath and hoarseness are made here, where pulses and noise are still apart.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .change_frames import DECIBEL, HOP, RATE, WINDOW, Voiced
from .hibari_network import Frames

Samples = npt.NDArray[np.float32]
Spectrum = npt.NDArray[np.complex64]
_LOUDEST = np.float32(7.0)
"""Natural logarithm of the highest level, as hibari limits it."""
_BLOCK = 64
"""Frames that are filtered at once, so that a long sentence takes little memory."""
_HIGHEST = 11000.0
"""Hz of the highest harmonic."""
_NOISE = np.float32(-4.5) * DECIBEL
"""The network's own phases cancel a little where frames overlap; white noise does not."""


@dataclass(frozen=True)
class Glottis:
    """How the voice is made. The defaults are a clear voice."""

    breath: float = 0.0
    """Share of the power that is noise formed by the same mouth, in [0, 1]; 1 is a whisper."""
    rough: float = 0.0
    """Irregularity of length and strength of the pulses, in [0, 1]."""


def sound_of(found: Voiced, glottis: Glottis, random: np.random.Generator) -> Samples:
    """Mono samples at RATE, HOP for each frame."""
    from hibari import dsp

    frames = found.frames
    count = len(frames.f0)
    spectrum = dsp.stft(_pulses(frames.f0, found.voiced, glottis.rough, random), count)
    white = np.empty(0, np.complex64)
    if glottis.breath or not found.keeps_phases:
        white = dsp.stft(random.standard_normal(count * HOP).astype(np.float32), count)
        white /= np.sqrt(np.mean(np.abs(white) ** 2))
    for first in range(0, count, _BLOCK):
        part = slice(first, first + _BLOCK)
        level = np.minimum(frames.harmonic[:, part], _LOUDEST)
        turn = np.pi * np.tanh(frames.phase[:, part])
        spectrum[:, part] *= np.exp(level + 1j * turn)
        spectrum[:, part] *= np.float32(np.sqrt(1 - glottis.breath))
        noise = np.minimum(frames.noise[:, part], _LOUDEST)
        if len(white):
            power = np.exp(2 * (noise + _NOISE))
            if glottis.breath:
                periods = np.asarray(found.voiced[part] / frames.f0[part], np.float32)
                power = power + _breath(level, periods, glottis.breath)
            spectrum[:, part] += white[:, part] * np.sqrt(power)
        else:
            spectrum[:, part] += np.exp(noise + 1j * frames.noise_phase[:, part])
    del white
    return np.asarray(dsp.ola(spectrum), np.float32)


def own_sound(frames: Frames) -> Samples:
    """hibari's own sound of frames that nothing was done to."""
    from hibari import dsp

    spectrum = dsp.stft(dsp.pulses(frames.f0), len(frames.f0))
    turn = np.pi * np.tanh(frames.phase)
    spectrum *= np.exp(np.minimum(frames.harmonic, _LOUDEST) + 1j * turn)
    spectrum += np.exp(np.minimum(frames.noise, _LOUDEST) + 1j * frames.noise_phase)
    return np.asarray(dsp.ola(spectrum), np.float32)


def _breath(
    level: npt.NDArray[np.float32], periods: npt.NDArray[np.float32], share: float
) -> npt.NDArray[np.float32]:
    """Power of aspiration: the voice's own envelope, smoothed, without the glottis's low tones.

    `periods` are seconds, 0 where nothing is voiced.
    """
    hertz = np.arange(len(level)) * RATE / WINDOW
    passed = 1 / (1 + (500 / np.maximum(hertz, 1)) ** 4)
    power = np.exp(2 * level) * (15 * periods) * passed[:, None]
    padded = np.pad(power, ((2, 2), (0, 0)), mode="edge")
    smooth = sum(padded[shift : shift + len(power)] for shift in range(5)) / 5
    return np.asarray(2.0 * share * smooth, np.float32)


def _pulses(
    f0: npt.NDArray[np.float32],
    voiced: npt.NDArray[np.bool_],
    rough: float,
    random: np.random.Generator,
) -> Samples:
    """Band-limited pulses: every harmonic below _HIGHEST at unit amplitude, 0 in what is unvoiced.

    The closed form of the sum of cosines (Dirichlet kernel): sin((n + 1/2) t) / (2 sin(t/2)) - 1/2.
    """
    count = len(f0)
    at = (np.arange(count * HOP) + 0.5) / HOP - 0.5
    hertz = np.interp(at, np.arange(count), f0)
    cycles = np.cumsum(hertz) / RATE
    if rough:
        jitter = 0.035 * rough * random.standard_normal(int(cycles[-1]) + 2)
        hertz = hertz * (1 + jitter[np.floor(cycles).astype(int)])
        cycles = np.cumsum(hertz) / RATE
    number = np.floor(cycles).astype(int)
    turn = 2 * np.pi * (cycles - number)
    order = np.floor(_HIGHEST / hertz) + 0.5
    sine = 2 * np.sin(turn / 2)
    near = np.abs(sine) <= 2e-3
    wave = np.where(near, order, np.sin(order * turn) / np.where(near, 1, sine)) - 0.5
    if rough:
        strength = 1 + 0.35 * rough * random.standard_normal(number[-1] + 2)
        strength[::2] *= 1 - 0.25 * rough  # every other cycle weaker: a creak below the pitch
        wave *= np.clip(strength, 0.1, 2.0)[number]
    return np.asarray(wave * np.interp(at, np.arange(count), voiced), np.float32)
