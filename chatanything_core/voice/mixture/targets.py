"""What a character's traits mean in Hz, semitones, decibels and syllables per second.

The figures of ordinary speakers are from Titze (1989) and Hillenbrand et al. (1995): men speak
around 110 Hz with a third formant near 2.5 kHz, women around 205 Hz with one near 2.9 kHz,
children higher in both.
"""

import math
from dataclasses import dataclass, replace

from ...persona import VoiceTraits
from ...ranges import check_ranges, limited

_MAN, _WOMAN = 108.0, 205.0
_MAN_F3, _WOMAN_F3 = 2500.0, 2880.0
LOWEST_PITCH, HIGHEST_PITCH = 58.0, 400.0


@dataclass(frozen=True)
class Targets:
    """How the voice is to measure."""

    f0: float
    """Median fundamental frequency in Hz, 58 to 400."""
    f0_range: float
    """Span from the 5th to the 95th percentile of f0 in semitones, 2 to 14."""
    rate: float
    """Syllables per second without pauses, 2.4 to 7.5."""
    tilt: float
    """Level above 1 kHz minus below in dB, -18 to 4."""
    hnr: float
    """Harmonics-to-noise ratio in dB, 2 to 18."""
    f3: float
    """Third formant in Hz, 1900 to 3700; stands for the size of the body."""
    whisper: float
    """Share of breath that replaces the voice, 0 to 1."""
    tremor: float
    """Depth of the waver of old age, 0 to 1."""
    rough: float
    """Irregularity of a hoarse voice, 0 to 1."""
    loudness: float
    """Factor on level, 0.5 to 1.4."""


def targets_of(traits: VoiceTraits) -> Targets:
    """The mapping from traits to figures.

    >>> round(targets_of(VoiceTraits()).f0), round(targets_of(VoiceTraits(presentation=1)).f0)
    (149, 205)
    >>> targets_of(VoiceTraits(size=1)).f0 < targets_of(VoiceTraits(size=-1)).f0
    True

    Raises:
        InputError: a trait outside its range.
    """
    check_traits(traits)
    child, old = max(0.0, -traits.age), max(0.0, traits.age)
    womanly = (traits.presentation + 1) / 2
    semitones = 9 * traits.pitch + 7 * child - 4 * traits.size
    f0 = _between(_MAN, _WOMAN, womanly) * 2 ** (semitones / 12)
    length = 0.28 * traits.size - 0.2 * child
    return Targets(
        f0=_clamp(f0, LOWEST_PITCH, HIGHEST_PITCH),
        f0_range=_clamp(5.5 * 2 ** (1.1 * traits.pitch_range + 0.3 * traits.energy), 2.0, 14.0),
        rate=_clamp(
            4.5 * 2 ** (0.55 * traits.pace + 0.1 * child - 0.18 * old - 0.12 * traits.size),
            *(2.4, 7.5),
        ),
        tilt=_clamp(
            -6.0 + 6 * traits.brightness + 2 * traits.energy - 2 * traits.warmth, -18.0, 4.0
        ),
        hnr=_clamp(11.0 - 5 * traits.breathiness - 4 * traits.roughness - 1.5 * old, 2.0, 18.0),
        f3=_clamp(_between(_MAN_F3, _WOMAN_F3, womanly) * math.exp(-length), 1900.0, 3700.0),
        whisper=_clamp((traits.breathiness - 0.4) / 0.6, 0.0, 1.0),
        tremor=_clamp((old - 0.4) / 0.6, 0.0, 1.0) * 0.6,
        rough=_clamp((traits.roughness - 0.15) / 0.85, 0.0, 1.0) * 0.8,
        loudness=_clamp(1 + 0.25 * traits.energy, 0.5, 1.4),
    )


def check_traits(traits: VoiceTraits) -> None:
    """Raise InputError unless every trait is in its range."""
    check_ranges(traits, "The voice trait")


def with_adjustments(traits: VoiceTraits, *, language: str = "", **offsets: float) -> VoiceTraits:
    """Traits with offsets added and kept in their ranges; an empty language changes nothing.

    >>> with_adjustments(VoiceTraits(pitch=0.5), pitch=1.0).pitch
    1.0
    """
    moved = {name: getattr(traits, name) + offset for name, offset in offsets.items()}
    return limited(replace(traits, language=language.strip() or traits.language, **moved))


def _between(low: float, high: float, share: float) -> float:
    return float(low * (high / low) ** share)


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
