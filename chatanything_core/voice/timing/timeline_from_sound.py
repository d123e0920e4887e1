"""Mouth shapes from the sound alone, when the text is not known.

Loudness and the first formant open the jaw, the second tells front from back vowels, high
frequencies mark sibilants and short dips with a murmur mark closed lips. An approximation: it
cannot tell p from t.
"""

import itertools
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from ..records import Timeline, Viseme
from ..signal.formants import formant_track
from ..signal.short_time import frame_blocks

Samples = npt.NDArray[np.float32]
_HOP = 0.02
_PAUSE_DB = -32.0
"""Frames this far below the loud ones are silence."""
_VOWELS = {
    "aa": (750, 1250),
    "E": (530, 1750),
    "ih": (330, 2150),
    "oh": (520, 950),
    "ou": (340, 850),
}
"""First and second formants of an adult in Hz; scaled to the speaker before use."""
_MIDDLE_F2 = 1500.0
_SHORTEST = 0.04


def timeline_from_sound(samples: Samples, rate: int, language: str = "") -> Timeline:
    """A timeline with visemes only; `source` is "energy"."""
    duration = len(samples) / rate
    levels, hiss, murmur = _bands(samples, rate)
    names, opening = _classified(samples, rate, levels, hiss, murmur)
    visemes = tuple(_runs(names, opening, duration))
    return Timeline(duration, visemes=visemes, source="energy", language=language)


def _bands(samples: Samples, rate: int) -> tuple[npt.NDArray[np.float64], ...]:
    """Level in dB below the loud frames, share above 4 kHz, share below 300 Hz; one a hop."""
    size = round(0.025 * rate)
    hertz, shape = np.fft.rfftfreq(size, 1 / rate), np.hanning(size)
    sums: list[npt.NDArray[np.float64]] = []
    for frames in frame_blocks(samples, rate, 0.025, _HOP):
        power = np.abs(np.fft.rfft(frames * shape, axis=1)) ** 2
        bands = (power, power[:, hertz > 4000], power[:, hertz < 300])
        sums.append(np.stack([band.sum(1) for band in bands]))
    total, high, low = np.concatenate(sums, axis=1)
    total = total + 1e-12
    levels = 10 * np.log10(total / (np.percentile(total, 95) + 1e-12) + 1e-9)
    # Digital silence has no loud frames to compare with.
    levels = np.where(total > 1e-6, levels, -90.0)
    return levels, high / total, low / total


def _classified(
    samples: Samples,
    rate: int,
    levels: npt.NDArray[np.float64],
    hiss: npt.NDArray[np.float64],
    murmur: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.str_], npt.NDArray[np.float64]]:
    """Viseme name and opening in [0, 1] of each hop."""
    formants = formant_track(samples, rate, _HOP)[: len(levels), :2]
    sounding = levels > _PAUSE_DB
    vowel = sounding & (levels > -18) & (hiss < 0.35) & (formants[:, 1] > 0)
    middle = np.median(formants[vowel, 1]) if vowel.any() else _MIDDLE_F2
    anchors = np.log(np.array(list(_VOWELS.values())) * middle / _MIDDLE_F2)
    logs = np.log(np.maximum(formants, 100.0))
    nearest = ((logs[:, None, :] - anchors[None]) ** 2).sum(2).argmin(1)
    names = np.where(vowel, np.array(list(_VOWELS))[nearest], "DD")
    names = np.where(sounding & (hiss > 0.5), "SS", names)
    names = np.where(sounding & ~vowel & (hiss < 0.1) & (murmur > 0.8), "PP", names)
    names = np.where(sounding, names, "sil")
    loud = np.clip((levels + 22) / 20, 0.0, 1.0)
    return names, np.where(vowel, 0.35 + 0.65 * loud, 1.0)


def _runs(
    names: npt.NDArray[np.str_], opening: npt.NDArray[np.float64], duration: float
) -> Iterator[Viseme]:
    """Equal neighbours as one viseme; runs too short to see join the one before."""
    edges = [0, *(np.flatnonzero(names[1:] != names[:-1]) + 1).tolist(), len(names)]
    kept = [0]
    for first, last in itertools.pairwise(edges[1:]):
        if (last - first) * _HOP >= _SHORTEST and names[first] != names[kept[-1]]:
            kept.append(first)
    for first, last in itertools.pairwise([*kept, len(names)]):
        # Frame k is centred on k hops.
        start = max(0.0, (first - 0.5) * _HOP)
        end = duration if last == len(names) else (last - 0.5) * _HOP
        if start < end <= duration:
            weight = float(np.clip(opening[first:last].mean(), 0.0, 1.0))
            yield Viseme(str(names[first]), start, end, round(weight, 3))
