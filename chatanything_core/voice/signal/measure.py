"""Measure how a voice sounds: pitch, brightness, noise, size and speed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..phoneme_shapes import phoneme_shapes_of
from ..records import Speech
from .formants import formant_track
from .short_time import frames_of

Samples = npt.NDArray[np.float32]
_HOP = 0.01
_WINDOW = 0.04
_LOWEST, _HIGHEST = 55.0, 520.0
_VOICED = 0.45
"""Autocorrelation above which a frame is voiced."""
_QUIET = 0.03
"""Frames below this share of the loud ones are pauses."""


@dataclass(frozen=True)
class Measures:
    """What the ear would call high, lively, bright, breathy, small and fast."""

    f0: float
    """Median fundamental frequency in Hz; 0 when nothing is voiced."""
    f0_range: float
    """Span from the 5th to the 95th percentile of f0 in semitones."""
    tilt: float
    """Level above 1 kHz minus below, in dB, over speech."""
    hnr: float
    """Median harmonics-to-noise ratio of voiced frames in dB."""
    f3: float
    """Mean third formant in Hz, as a measure of the vocal tract's length; 0 when unknown."""
    voiced: float
    """Share of the sounding time that has a pitch, in [0, 1]."""
    rate: float
    """Syllables per second of speech without its pauses; 0 without phones."""


def measure(speech: Speech, *, size: bool = True) -> Measures:
    """Measure finished speech. Its phones, when there are any, give the rate.

    The third formant takes most of the time; without `size` it is left at 0.
    """
    f0, harmonicity = pitch_track(speech.samples, speech.rate)
    voiced = _plausible(f0[f0 > 0])
    low, high = np.percentile(voiced, [5, 95]) if len(voiced) else (1.0, 1.0)
    return Measures(
        f0=float(np.median(voiced)) if len(voiced) else 0.0,
        f0_range=float(12 * np.log2(high / low)),
        tilt=tilt(speech.samples, speech.rate),
        hnr=_hnr(harmonicity[f0 > 0]),
        f3=third_formant(speech.samples, speech.rate, f0) if size else 0.0,
        voiced=_voiced_share(f0, speech),
        rate=syllable_rate(speech),
    )


def pitch_track(
    samples: Samples, rate: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """f0 in Hz every 10 ms (0 where unvoiced), and the periodicity in [0, 1] that decided it.

    Autocorrelation corrected for the window (Boersma 1993) with parabolic interpolation, a slight
    preference for short periods, and a median over five frames against octave jumps.
    """
    frames = frames_of(samples, rate, _WINDOW, _HOP)
    frames = frames - frames.mean(1, keepdims=True)
    window = np.hanning(frames.shape[1])
    size = 1 << (2 * frames.shape[1] - 1).bit_length()
    shape = np.fft.irfft(np.abs(np.fft.rfft(window, size)) ** 2)
    power = np.fft.irfft(np.abs(np.fft.rfft(frames * window, size)) ** 2, axis=1)
    first, last = int(rate / _HIGHEST), int(rate / _LOWEST)
    likeness = power / (power[:, :1] + 1e-9) / (shape / shape[0] + 1e-6)
    lags = np.arange(first, last)
    best = (likeness[:, first:last] - 0.02 * np.log2(lags / first)).argmax(1) + first
    rows = np.arange(len(frames))
    before, here, after = (likeness[rows, best + step] for step in (-1, 0, 1))
    curve = before - 2 * here + after
    shift = np.where(curve < -1e-9, 0.5 * (before - after) / np.minimum(curve, -1e-9), 0.0)
    loudness = np.sqrt((frames**2).mean(1))
    voiced = (here > _VOICED) & (loudness > _QUIET * np.percentile(loudness, 95))
    return _steady(np.where(voiced, rate / (best + np.clip(shift, -1, 1)), 0.0)), here


def tilt(samples: Samples, rate: int) -> float:
    """Level between 1 and 8 kHz minus that between 50 Hz and 1 kHz, in dB."""
    frames = frames_of(samples, rate, 0.032, 0.016)
    power = np.abs(np.fft.rfft(frames * np.hanning(frames.shape[1]), axis=1)) ** 2
    loud = power.sum(1)
    mean = power[loud > _QUIET**2 * np.percentile(loud, 95)].mean(0)
    hertz = np.fft.rfftfreq(frames.shape[1], 1 / rate)
    above = mean[(hertz >= 1000) & (hertz < 8000)].sum()
    below = mean[(hertz >= 50) & (hertz < 1000)].sum()
    return float(10 * np.log10((above + 1e-12) / (below + 1e-12)))


def third_formant(samples: Samples, rate: int, f0: npt.NDArray[np.float64]) -> float:
    """Mean frequency of the third resonance of voiced frames in Hz; 0 when there is none."""
    third = formant_track(samples, rate, _HOP)[: len(f0), 2]
    found = third[(f0[: len(third)] > 0) & (third > 0)]
    return float(found.mean()) if len(found) else 0.0


def syllable_rate(speech: Speech) -> float:
    """Vowels per second that sounds: the closures of some voices are silent, those of others not."""
    phones = speech.timeline.phones
    vowels = sum(phoneme_shapes_of(phone.symbol)[0].vowel for phone in phones)
    seconds = _sounding(speech)
    return vowels / seconds if seconds > 0 else 0.0


def _sounding(speech: Speech) -> float:
    """Seconds that are not quiet."""
    frames = frames_of(speech.samples, speech.rate, _WINDOW, _HOP)
    loudness = np.sqrt((frames**2).mean(1))
    return _HOP * float((loudness > _QUIET * np.percentile(loudness, 95)).sum())


def _plausible(voiced: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Values within most of an octave of the median; farther off, the tracker has slipped."""
    if not len(voiced):
        return voiced
    return voiced[np.abs(np.log2(voiced / np.median(voiced))) < 0.8]


def _voiced_share(f0: npt.NDArray[np.float64], speech: Speech) -> float:
    seconds = _sounding(speech)
    return min(1.0, float((f0 > 0).sum()) * _HOP / seconds) if seconds else 0.0


def _hnr(harmonicity: npt.NDArray[np.float64]) -> float:
    r = np.clip(harmonicity, 1e-3, 0.9995)
    return float(np.median(10 * np.log10(r / (1 - r)))) if len(r) else 0.0


def _steady(f0: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Median of the voiced among five neighbours; lone voiced frames are dropped."""
    around = np.lib.stride_tricks.sliding_window_view(np.pad(f0, 2), 5)
    voiced = np.where(around > 0, around, np.nan)
    count = (around > 0).sum(1)
    keep = (f0 > 0) & (count >= 2)
    median = np.zeros_like(f0)
    median[keep] = np.nanmedian(voiced[keep], axis=1)
    return median
