"""What the voice stage returns."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt

from ..persona import VoiceTraits
from ..ranges import Range, Share

TimelineSource = Literal["engine", "aligned", "energy"]
VISEMES = (
    *("sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR"),
    *("aa", "E", "ih", "oh", "ou"),
)
"""The 15 Oculus visemes, the common interchange set."""
PITCH = Range(40.0, 500.0, "Hz")
"""Median f0 that a voice can be asked for."""


@dataclass(frozen=True)
class Word:
    """One spoken word."""

    text: str
    start: float
    """Seconds from the start of the speech."""
    end: float
    """Seconds from the start of the speech."""


@dataclass(frozen=True)
class Phone:
    """One spoken sound."""

    symbol: str
    """IPA without stress marks; empty for a pause."""
    start: float
    """Seconds from the start of the speech."""
    end: float
    """Seconds from the start of the speech."""
    stress: int = 0
    """2 primary, 1 secondary, 0 none."""


STRESS_MARKS = {"ˈ": 2, "ˌ": 1}
"""What IPA's marks of stress mean as `Phone.stress`."""


@dataclass(frozen=True)
class Viseme:
    """One mouth shape of the Oculus set."""

    name: str
    """One of VISEMES."""
    start: float
    """Seconds from the start of the speech."""
    end: float
    """Seconds from the start of the speech."""
    weight: Share = 1.0
    """How fully the shape is reached."""


@dataclass(frozen=True)
class Timeline:
    """Words and sounds with their times. Events are in order, do not overlap, and are in [0, duration]."""

    duration: float
    """Seconds; that of the audio."""
    words: tuple[Word, ...] = ()
    phones: tuple[Phone, ...] = ()
    visemes: tuple[Viseme, ...] = ()
    source: TimelineSource = "engine"
    """Where the times come from: the engine itself, alignment to a rendering, or loudness."""
    language: str = "en-US"
    """BCP-47 tag."""
    text: str = ""
    """What is said; empty when unknown."""


@dataclass(frozen=True)
class MouthTrack:
    """Continuous mouth targets, one row a video frame. What the talking head is driven by."""

    fps: float
    """Frames per second; row i belongs to the time i / fps seconds."""
    jaw: npt.NDArray[np.float32]
    """Shape (F,), opening in [0, 1]; 0 closed, 1 the widest "ah"."""
    wide: npt.NDArray[np.float32]
    """Shape (F,), corner spread in [-1, 1]; -1 narrow as in "oo", +1 wide as in "ee"."""
    round: npt.NDArray[np.float32]
    """Shape (F,), lip rounding and protrusion in [0, 1]."""
    closed: npt.NDArray[np.float32]
    """Shape (F,), lip contact in [0, 1]; 1 forces the lips together (p b m, silence)."""
    tongue: npt.NDArray[np.float32]
    """Shape (F,), tongue tip raised towards the teeth in [0, 1] (th, t, d, n, l)."""
    teeth: npt.NDArray[np.float32]
    """Shape (F,), lower lip tucked under or teeth together in [0, 1] (f, v, s, z, sh)."""


@dataclass(frozen=True, eq=False)
class Speech:
    """Spoken audio with its timeline."""

    samples: npt.NDArray[np.float32]
    """Mono audio, shape (N,), float32 in [-1, 1]."""
    rate: int
    """Samples per second."""
    timeline: Timeline
    notes: tuple[str, ...] = ()
    """What was not said as it is written, and why."""

    @property
    def seconds(self) -> float:
        """Length of the audio."""
        return len(self.samples) / self.rate


@dataclass(frozen=True)
class VoiceCard:
    """What was measured (or documented) of one voice of one engine."""

    engine: str
    name: str
    language: str
    """BCP-47 tag; empty when the voice speaks many."""
    gender: Literal["female", "male", "neutral"] = "neutral"
    f0: float = 0.0
    """Median fundamental frequency in Hz; 0 when unknown."""
    f0_range: float = 0.0
    """Span from the 5th to the 95th percentile of f0 in semitones."""
    tilt: float = 0.0
    """Level above 1 kHz minus below, in dB; higher is brighter."""
    hnr: float = 0.0
    """Harmonics-to-noise ratio in dB; lower is breathier."""
    f3: float = 0.0
    """Mean third formant in Hz; lower sounds bigger; 0 when unknown."""
    voiced: float = 1.0
    """Share of the speech that has a pitch, in [0, 1]; near 0 it whispers."""
    rate: float = 0.0
    """Syllables per second at the engine's normal speed."""
    effect: bool = False
    """It sounds like an effect (echo, a synthesiser, a whisper) and suits few characters."""
    licence: str = ""
    source: str = ""
    """`measured`, or where the figures are documented."""


@dataclass(frozen=True)
class Shaping:
    """What is done to the audio after any engine. The defaults change nothing."""

    pitch: Annotated[float, Range(0.4, 2.5)] = 1.0
    """Factor on f0; beyond these, finished audio falls apart."""
    formant: Annotated[float, Range(0.6, 1.6)] = 1.0
    """Factor on the spectral envelope; below 1 sounds bigger."""
    tempo: Annotated[float, Range(0.5, 2.0)] = 1.0
    """Factor on speed."""
    breath: Share = 0.0
    """Added aspiration noise."""
    flatness: Share = 0.0
    """1 makes the pitch constant (robot), 0 leaves it."""
    tremor: Share = 0.0
    """Depth of a 5 Hz waver of pitch and level."""
    tilt: Annotated[float, Range(-18.0, 18.0, "dB")] = 0.0
    """High-shelf gain above 1 kHz in dB."""
    rough: Share = 0.0
    """Hoarseness: irregular pulses."""
    comb: Share = 0.0
    """Depth of a metallic comb filter."""
    echo: Share = 0.0
    """Level of a hall's echoes."""


@dataclass(frozen=True)
class Voice:
    """A chosen voice: which engine speaks, with what blend and how it is shaped."""

    engine: str
    """Registered name of the engine."""
    mix: tuple[tuple[str, float], ...]
    """Voices of that engine with weights that sum to 1."""
    traits: VoiceTraits
    """What was asked for."""
    pitch: float = 0.0
    """Target median f0 in Hz, in PITCH; 0 leaves the engine's own."""
    pitch_range: Annotated[float, Range(0.0, 2.0)] = 1.0
    """Factor on the engine's own intonation span."""
    rate: Annotated[float, Range(0.5, 2.0)] = 1.0
    """Factor on the engine's own speed."""
    volume: Annotated[float, Range(0.0, 2.0)] = 1.0
    """Factor on level, applied before limiting."""
    shaping: Shaping = field(default_factory=Shaping)
    reasons: tuple[str, ...] = ()
    """Why these voices, in words and numbers."""
    card: VoiceCard | None = None
    """What the blend is expected to measure."""
