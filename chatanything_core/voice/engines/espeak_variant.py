"""espeak-ng's voice variants as numbers: read, blended, and written back.

The format is documented in espeak-ng's docs/voices.md; the defaults are those of `VoiceReset` in
its voices.c. Files of espeak-ng itself are only read, at run time, on the user's machine.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Formant = tuple[float, float, float, float]
"""Frequency, height and width in percent of the language's, and Hz to add."""

_FORMANTS: tuple[Formant, ...] = tuple(
    (100.0, height / 1.28, width / 1.28, 0.0)
    for height, width in zip(
        (130, 128, 120, 116, 100, 100, 128, 128, 128),
        (140, 128, 128, 160, 171, 171, 128, 128, 128),
        strict=True,
    )
)
_BREATH_WIDTHS = (200.0, 200.0, 400.0, 400.0, 400.0, 600.0, 600.0, 600.0)
_TONE = ((600.0, 170.0), (1200.0, 135.0), (2000.0, 110.0), (3000.0, 110.0))
_MAX_TONE_POINTS = 5


@dataclass(frozen=True)
class Variant:
    """The parameters of one voice."""

    pitch: tuple[float, float] = (80.0, 118.0)
    """Lowest and highest f0 of ordinary speech, in Hz."""
    formants: tuple[Formant, ...] = _FORMANTS
    flutter: float = 2.0
    """Slow waver of the pitch."""
    roughness: float = 2.0
    """Alternation of glottal pulses, 0 to 7."""
    voicing: float = 100.0
    """Strength of the voiced sound in percent."""
    consonants: tuple[float, float] = (90.0, 100.0)
    """Strength of unvoiced and voiced consonants in percent."""
    breath: tuple[float, ...] = (0.0,) * 8
    """Noise at each formant."""
    breath_widths: tuple[float, ...] = _BREATH_WIDTHS
    """Hz."""
    tone: tuple[tuple[float, float], ...] = _TONE
    """(Hz, gain with 128 as unity), a spectral envelope."""
    echo: tuple[float, float] = (0.0, 0.0)
    """Delay in ms, and level."""
    speed: float = 100.0
    """Percent."""
    discrete: tuple[str, ...] = ()
    """Lines that cannot be interpolated: klatt, intonation, clarity, stress tables."""

    def pitched(self, hertz: float, span: float = 1.0) -> "Variant":
        """With its median f0 moved to `hertz`, and its excursions in semitones scaled by `span`."""
        low, high = self.pitch
        reach = (high - low) * hertz / self.median_pitch * span
        start = hertz + _OFFSET - _MEDIAN * reach
        return replace(self, pitch=(start, start + reach))

    def resized(self, factor: float) -> "Variant":
        """With all formants multiplied by `factor`; below 1 is a longer vocal tract."""
        return replace(
            self, formants=tuple((f * factor, h, w, add * factor) for f, h, w, add in self.formants)
        )

    @property
    def whispers(self) -> bool:
        """Whether breath is louder than the voice."""
        return max(self.breath) > self.voicing

    @property
    def median_pitch(self) -> float:
        """The f0 around which it speaks, in Hz."""
        return self.pitch[0] - _OFFSET + _MEDIAN * (self.pitch[1] - self.pitch[0])

    def text(self) -> str:
        """As a variant file."""
        lines = [
            "language variant",
            "name blend",
            f"pitch {round(self.pitch[0])} {round(self.pitch[1])}",
            *(f"formant {n} {_line(values)}" for n, values in enumerate(self.formants)),
            f"flutter {round(self.flutter)}",
            f"roughness {round(self.roughness)}",
            f"voicing {round(self.voicing)}",
            f"consonants {_line(self.consonants)}",
            f"breath {_line(self.breath)}",
            f"breathw {_line(self.breath_widths)}",
            f"tone {_line([value for point in self.tone for value in point])}",
            f"echo {_line(self.echo)}",
            f"speed {round(self.speed)}",
            *self.discrete,
        ]
        return "\n".join(lines) + "\n"


_OFFSET = 9.0
"""What `VoiceReset` and its reader take off the lower pitch value, in Hz."""
_MEDIAN = 0.76
"""Where the median f0 of English lies between the two pitch values; measured."""
_DISCRETE = ("klatt", "intonation", "clarity", "stressAdd", "stressAmp", "stressLength")


def read_variant(text: str) -> Variant:
    """Parse a variant file; attributes that do not change the sound of a voice are skipped."""
    variant = Variant()
    for line in text.splitlines():
        name, *words = line.partition("//")[0].split() or [""]
        if name in _DISCRETE:
            variant = replace(variant, discrete=(*variant.discrete, f"{name} {' '.join(words)}"))
        elif reader := _READERS.get(name):
            variant = reader(variant, _numbers(words))
    return variant


def blend_variants(parts: Sequence[tuple[Variant, float]]) -> Variant:
    """Interpolate voices by weights that sum to 1.

    Pitch and formant frequencies are blended geometrically, as they are heard; the rest linearly.
    What cannot be interpolated comes from the heaviest voice.
    """
    heaviest = max(parts, key=lambda part: part[1])[0]
    variants = [variant for variant, _ in parts]
    weights = np.array([weight for _, weight in parts])

    def mean(values: list[tuple[float, ...]]) -> tuple[float, ...]:
        return tuple((weights @ np.array(values)).tolist())

    def geometric(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
        return np.exp(np.tensordot(weights, np.log(np.maximum(values, 1.0)), 1))

    formants = np.array([variant.formants for variant in variants])  # (voices, 9, 4)
    mixed = np.tensordot(weights, formants, 1)
    mixed[:, 0] = geometric(formants[:, :, 0])
    low, high = geometric([variant.pitch for variant in variants]).tolist()
    singles = mean([(v.flutter, v.roughness, v.voicing, v.speed, *v.consonants) for v in variants])
    hertz = [point[0] for point in heaviest.tone]
    gains = mean([tuple(np.interp(hertz, *np.transpose(v.tone))) for v in variants])
    return Variant(
        pitch=(low, high),
        formants=tuple((f, h, w, add) for f, h, w, add in mixed.tolist()),
        flutter=singles[0],
        roughness=singles[1],
        voicing=singles[2],
        speed=singles[3],
        consonants=(singles[4], singles[5]),
        breath=mean([v.breath for v in variants]),
        breath_widths=mean([v.breath_widths for v in variants]),
        tone=tuple(zip(hertz, gains, strict=True)),
        echo=heaviest.echo,
        discrete=heaviest.discrete,
    )


def _numbers(words: Sequence[str]) -> list[float]:
    numbers: list[float] = []
    for word in words:
        try:
            numbers.append(float(int(word)))
        except ValueError:
            break  # sscanf stops here too
    return numbers


def _line(values: Sequence[float]) -> str:
    return " ".join(str(round(value)) for value in values)


def _padded(values: list[float], default: Sequence[float]) -> tuple[float, ...]:
    return (*values[: len(default)], *default[len(values) :])


def _read_formant(variant: Variant, values: list[float]) -> Variant:
    if len(values) < 2 or not 0 <= values[0] < len(variant.formants):
        return variant
    freq, height, width, add = _padded(values[1:], (100.0, 100.0, 100.0, 0.0))
    formants = list(variant.formants)
    formants[int(values[0])] = (freq, height, width, add)
    return replace(variant, formants=tuple(formants))


def _read_pitch(variant: Variant, values: list[float]) -> Variant:
    return replace(variant, pitch=(values[0], values[1])) if len(values) == 2 else variant


def _read_tone(variant: Variant, values: list[float]) -> Variant:
    points = list(zip(values[::2], values[1::2], strict=False))[:_MAX_TONE_POINTS]
    rising = [p for i, p in enumerate(points) if i == 0 or p[0] > points[i - 1][0]]
    return replace(variant, tone=tuple(rising)) if rising else variant


_READERS: dict[str, Callable[[Variant, list[float]], Variant]] = {
    "pitch": _read_pitch,
    "formant": _read_formant,
    "tone": _read_tone,
    "flutter": lambda v, n: replace(v, flutter=n[0]) if n else v,
    "roughness": lambda v, n: replace(v, roughness=n[0]) if n else v,
    "voicing": lambda v, n: replace(v, voicing=n[0]) if n else v,
    "speed": lambda v, n: replace(v, speed=n[0]) if n else v,
    "consonants": lambda v, n: replace(v, consonants=(*n, *v.consonants[len(n) :])[:2]),  # type: ignore[arg-type]
    "breath": lambda v, n: replace(v, breath=_padded(n, (0.0,) * 8)),
    "breathw": lambda v, n: replace(v, breath_widths=_padded(n, _BREATH_WIDTHS)),
    "echo": lambda v, n: replace(v, echo=(n[0], n[1])) if len(n) > 1 else v,
}
