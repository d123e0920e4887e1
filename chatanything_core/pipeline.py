"""The whole chain in one call: concept -> persona -> voice -> portrait -> speech -> video."""

import json
import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from . import dialogue, diffusion, landmarks, llm, persona, talking_head, video, voice
from .atomic_write import atomic_write
from .character import Character, make_character, perform
from .errors import InputError, OutputError
from .progress import Tick, Watch, no_stages
from .registry import EngineStatus, Registry, plugins
from .seeding import MAX_SEED

STAGES = ("persona", "voice", "portrait", "speech", "video")
FILES = ("persona.json", "portrait.png", "speech.wav", "timeline.json", "video.mp4")
SIZES = (256, 1024)


@dataclass(frozen=True)
class Order:
    """What a user asks for."""

    concept: str
    seed: int = 0
    """0 to 2**63 - 1."""
    writer: str = "offline"
    voice: str = "espeak"
    portrait: str = "sketch"
    head: str = "warp"
    language: str = ""
    """BCP-47 tag; empty means the concept's own."""
    text: str = ""
    """What it says; empty means its greeting."""
    size: int = 512
    """Width and height of the portrait in pixels."""
    source: str = ""
    """What the writer runs on: a profile's name or a model folder; empty means the only one."""


@dataclass(frozen=True)
class Creation:
    """What came of it."""

    folder: Path
    files: tuple[Path, ...]
    persona: persona.Persona
    video: video.Video
    seconds: dict[str, float] = field(default_factory=dict)
    """Wall time of each stage."""


def create(order: Order, folder: Path, watch: Watch = no_stages) -> Creation:
    """Make a talking persona and leave its five files in `folder`.

    The files are made beside `folder` and moved in together at the end, so a folder never holds
    the face of one run and the voice of another.

    Raises:
        InputError: something in the order cannot be used, or the folder cannot be written.
    """
    check(order)
    clock = _Clock(watch)
    with _staging(folder) as staging:
        clock("persona")
        who = _persona(order)
        actor = make_character(
            who,
            voice_engine=order.voice,
            portrait=order.portrait,
            head=order.head,
            size=order.size,
            seed=order.seed,
            watch=clock,
        )
        text = order.text or who.greeting
        speech, made = perform(actor, text, staging / "video.mp4", watch=clock)
        clock.stop()
        _write_records(staging, actor, speech)
        files = _move_in(staging, folder)
    return Creation(folder, files, who, _at(made, folder / "video.mp4"), clock.seconds)


def check(order: Order) -> None:
    """Refuse what cannot be used before any work is done.

    Raises:
        InputError: names the value and what is allowed.
        MissingDependencyError, MissingModelError: an engine lacks something; says what to do.
    """
    persona.check_concept(order.concept)
    persona.writers.require(order.writer)
    voice.voices.require(order.voice)
    diffusion.painters.require(order.portrait)
    talking_head.heads.require(order.head)
    if not 0 <= order.seed <= MAX_SEED:
        raise InputError(f"Seed {order.seed} is out of range. Choose 0 to {MAX_SEED}.")
    low, high = SIZES
    if not low <= order.size <= high or order.size % 8:
        raise InputError(
            f"Size {order.size} cannot be painted. Choose {low} to {high}, a multiple of 8."
        )


def registries() -> tuple[Registry[Any], ...]:
    """Every registry of engines, in the order of the chain."""
    return (
        llm.models,
        persona.writers,
        dialogue.talkers,
        voice.voices,
        diffusion.matchers,
        diffusion.painters,
        talking_head.heads,
        landmarks.detectors,
        landmarks.annotators,
    )


def engines() -> tuple[EngineStatus, ...]:
    """Whether each engine and plug-in can be used now, and if not, why and what to do."""
    offered = [registry.status(name) for registry in registries() for name in registry.names()]
    return (*offered, *plugins())


def slug(concept: str) -> str:
    """A folder name for a concept, safe on Linux, Windows and macOS.

    >>> slug("Grumpy  Teapot!")
    'grumpy-teapot'
    >>> slug("Größe / ..")
    'grösse'
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFC", concept).casefold())
    name = "-".join(words)[:60].strip("-_")
    reserved = re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", name)
    return f"{name}-" if reserved or not name else name


def _persona(order: Order) -> persona.Persona:
    return persona.write_persona(
        order.concept,
        engine=order.writer,
        source=order.source,
        language=order.language,
        seed=order.seed,
    )


class _Clock:
    """A `Watch` that keeps the wall time of each stage, until the next one begins or `stop`."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._begun: tuple[str, float] | None = None
        self.seconds: dict[str, float] = {}

    def __call__(self, stage: str) -> Tick:
        self.stop()
        self._begun = (stage, time.perf_counter())
        return self._watch(stage)

    def stop(self) -> None:
        if self._begun:
            stage, start = self._begun
            self.seconds[stage] = time.perf_counter() - start


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A hidden folder beside `folder` that is gone afterwards, whatever happens."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    except OSError as error:
        raise OutputError(
            f"Cannot write to {folder.parent}: {error.strerror}. Choose another folder with --out."
        ) from error
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write_records(staging: Path, actor: Character, speech: voice.Speech) -> None:
    _write_json(
        staging / "persona.json",
        {
            "persona": persona.persona_to_json(actor.persona),
            "voice": asdict(actor.voice),
            "portrait": actor.portrait.recipe,
            "face": landmarks.face_to_json(actor.portrait.face),
        },
    )
    _write_json(staging / "timeline.json", voice.timeline_to_json(speech.timeline))
    voice.save_wav(staging / "speech.wav", speech.samples, speech.rate)
    with atomic_write(staging / "portrait.png") as part:
        Image.fromarray(actor.portrait.image).save(part)


def _write_json(path: Path, record: dict[str, Any]) -> None:
    with atomic_write(path) as part:
        part.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _move_in(staging: Path, folder: Path) -> tuple[Path, ...]:
    try:
        folder.mkdir(exist_ok=True)
        return tuple((staging / name).replace(folder / name) for name in FILES)
    except OSError as error:
        raise OutputError(
            f"Cannot write to {folder}: {error.strerror}. Choose another folder with --out."
        ) from error


def _at(made: video.Video, path: Path) -> video.Video:
    """The same video under the name it was moved to."""
    return video.Video(path, made.width, made.height, made.fps, made.seconds)
