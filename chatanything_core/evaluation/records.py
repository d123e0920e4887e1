"""What a study asks for, and what was measured of each prompt."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from ..ranges import Range

SIDE = Range(256, 1024, "pixels", multiple_of=8)


@dataclass(frozen=True)
class Prompt:
    """One concept of the evaluation set."""

    number: int
    """Its place in the whole set, from 0."""
    category: str
    text: str


@dataclass(frozen=True)
class Run:
    """One way to make portraits; every prompt is painted once in each."""

    name: str
    """Such as "prompt only" or "guided"; unique in the study."""
    painter: str = ""
    """A painter's name; empty means the first, `sketch`."""
    expert: str = ""
    """An expert of it; empty means the one that suits each persona best."""
    guided: bool = False
    """Whether the average face of the library is its guide."""
    inverted: bool = False
    """Whether it starts from a sketch of the same persona."""
    abstract: bool = False
    """For the sketch painter: without a guide it paints two dots and a line, as a generator does
    that was not told where a face should be."""


@dataclass(frozen=True)
class Study:
    """Everything that decides the figures; two studies that are equal give equal figures."""

    prompts: tuple[Prompt, ...]
    runs: tuple[Run, ...]
    judges: tuple[str, ...]
    """Face detectors; the first also looks at the films."""
    seed: int = 0
    size: Annotated[int, SIDE] = 512
    """Width and height of the portraits in pixels."""
    sentence: str = ""
    """What is said in every film; empty makes no films."""
    voice: str = ""
    """Engine of the voices; empty means the best for the language."""
    head: str = ""
    """Engine of the talking head; empty means the first, `warp`."""
    strength: float = 0.85
    """Of the inversion: 0 gives the reference back, 1 ignores it."""


@dataclass(frozen=True)
class Trial:
    """One prompt in one run: what a worker measures at a time."""

    run: Run
    prompt: Prompt

    @property
    def name(self) -> str:
        """Unique in the study."""
        return f"{self.run.name} {self.prompt.number}"


@dataclass(frozen=True)
class Job:
    """A trial with all that it depends on."""

    study: Study
    """Without its prompts, which are many."""
    trial: Trial
    folder: Path | None = None
    """Of another system; None makes the sample."""
    keep: bool = False
    """Whether the portrait and the film are given back as well."""


@dataclass(frozen=True)
class Look:
    """What one judge saw on a portrait."""

    found: bool
    corner_error: float | None = None
    """Mean distance of six corners of eyes and mouth from where the painter says they are, in eye
    distances; None without a face or without exact landmarks."""
    guide_error: float | None = None
    """The same from where the guide wanted them; None without a guide."""


@dataclass(frozen=True)
class FilmLook:
    """What was seen of a film."""

    seconds: float
    moves: bool
    """Whether the mouth's place changes while there is sound."""
    found: float | None = None
    """Share of frames with a face, in [0, 1]; None where the portrait has none."""
    sync: float | None = None
    """Correlation of the seen opening of the mouth with the loudness, at its best lag."""
    lag_ms: float | None = None
    """That lag; positive when the mouth is late."""
    identity: float | None = None
    """Mean correlation of the aligned face with the portrait's, in [-1, 1]."""
    drift: float | None = None
    """Identity in the first quarter less that in the last."""


@dataclass(frozen=True)
class VoiceLook:
    """How far the voice is from what the persona's traits ask for."""

    pitch_error: float
    """Semitones between the median pitch and the target; absolute."""
    rate_error: float
    """Share by which the syllables a second miss the target; absolute."""


@dataclass(frozen=True)
class Result:
    """One prompt in one run. `cost` alone depends on the machine."""

    run: str
    number: int
    category: str
    prompt: str
    error: str = ""
    """Why nothing was made; empty when it was."""
    looks: dict[str, Look] = field(default_factory=dict)
    """By judge."""
    animatability: float | None = None
    """In [0, 1]."""
    as_asked: bool | None = None
    """False when the painter itself says that something of the prompt is not drawn; None when it
    cannot know."""
    film: FilmLook | None = None
    voice: VoiceLook | None = None
    cost: dict[str, float] = field(default_factory=dict)
    """Seconds of each stage, and `peak_mb`, the most memory that the worker has had so far."""


Plain = dict[str, Any]
"""A record as plain JSON data."""
