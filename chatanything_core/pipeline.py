"""The whole chain in one call: concept -> persona -> voice -> portrait -> speech -> video."""

import json
import re
import time
import unicodedata
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from PIL import Image

from . import (
    dialogue,
    diffusion,
    landmarks,
    llm,
    persona,
    talking_head,
    transcription,
    video,
    voice,
)
from .atomic_write import atomic_write, move_in, staging_folder
from .character.check_request import check_request
from .character.make_character import Character, make_character, perform
from .character.request import Request, with_words_of
from .progress import Tick, Watch, no_stages
from .provenance import mark_picture, png_texts
from .registry import EngineStatus, Registry, plugins

FILES = ("persona.json", "portrait.png", "speech.wav", "timeline.json", "video.mp4")


@dataclass(frozen=True, eq=False)
class Creation:
    """A character that was made, what it says, and where its files are."""

    folder: Path
    files: tuple[Path, ...]
    """persona.json, portrait.png, speech.wav, timeline.json and video.mp4, in `folder`."""
    character: Character
    """Its persona, voice and portrait; `perform` lets it say more."""
    speech: voice.Speech
    video: video.Video
    seconds: dict[str, float] = field(default_factory=dict)
    """Wall time of each stage."""

    @property
    def persona(self) -> persona.Persona:
        """Who it is."""
        return self.character.persona


@with_words_of(Request)
def create(request: Request) -> Creation:
    """Make any concept a character with a face and a voice, and film it talking.

    `create("grumpy teapot", text="Hmph.")` leaves persona.json, portrait.png, speech.wav,
    timeline.json and video.mp4 in out/grumpy-teapot, moved in together. What can be is checked before.

    Args:
        concept: Anything at all, such as "grumpy teapot"; or an existing Persona.
        seed: Same words and seed, same result.
        writer: Engine that writes the persona.
        source: What the writer runs on: a profile's name or a model folder.
        language: Language tag of what is written and spoken, such as "de"; else the concept's.
        voice: Engine whose voices are mixed for the persona; or an existing Voice.
        preset: "giant", "tiny", "robot", "ancient", "ghost" or "helium", laid over the voice.
        painter: Engine that paints the portrait.
        expert: Who of that engine's experts paints; else the one that suits the persona best.
        mix: Several of them at once, with weights: "dreamy: 0.7, crisp: 0.3".
        guide: Where the face should be: a FaceGuide, a picture, a built-in face by name, or "none".
        reference: A picture (a path, or RGB pixels) that the painting starts from.
        strength: How far the painting leaves the reference: 0 gives it back, 1 ignores it.
        portrait: An existing Portrait; then none is painted.
        size: Width and height of the portrait, 256 to 1024; 0 is the native size, at least 512.
        tries: How often a diffusion model may paint until a face is found.
        strict: True to fail when no try shows a face.
        head: Engine that moves the face.
        text: What is said; else the persona's greeting.
        drawing: What the body is made of: an SVG, a cut-out picture, or a drawing of your sets.
        face: Where the face goes on the drawing: "x,y,width", as shares of it.
        out: Folder of the files; else out/ and the concept.
        mark: True to write "Made by a machine" into a corner too, and not in the files alone.

    Returns:
        The files, and what they hold: `character`, `speech` and `video`.

    Raises:
        InputError: something cannot be used, or the folder cannot be written.
        MissingDependencyError, MissingModelError: an engine lacks something; says what to do.
        EngineError: an engine failed.
    """
    return make_creation(request)


def make_creation(request: Request, *, watch: Watch = no_stages) -> Creation:
    """Do what `create` does, and report every stage to `watch`; raises as `create` does."""
    request = check_request(request)
    folder = folder_of(request)
    clock = _Clock(watch)
    with staging_folder(folder) as staging:
        who = make_character(request, watch=clock)
        text = request.text or who.persona.greeting
        speech, made = perform(who, text, staging / "video.mp4", watch=clock)
        clock.stop()
        _write_records(staging, who, speech)
        move_in(staging, folder)
    film = replace(made, path=folder / "video.mp4")
    files = tuple(folder / name for name in FILES)
    return Creation(folder, files, who, speech, film, clock.seconds)


def registries() -> tuple[Registry[Any], ...]:
    """Every registry of engines, in the order of the chain."""
    return (
        llm.models,
        persona.writers,
        dialogue.talkers,
        voice.voices,
        transcription.listeners,
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


def folder_of(request: Request) -> Path:
    """Where the files go that come of a request."""
    if request.out is not None:
        return Path(request.out)
    who = request.concept
    return Path("out") / slug(who.concept if isinstance(who, persona.Persona) else who)


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


def _write_records(staging: Path, who: Character, speech: voice.Speech) -> None:
    _write_json(
        staging / "persona.json",
        {
            "persona": persona.persona_to_json(who.persona),
            "voice": asdict(who.voice),
            "portrait": who.portrait.recipe,
            "face": landmarks.face_to_json(who.portrait.face),
        },
    )
    _write_json(staging / "timeline.json", voice.timeline_to_json(speech.timeline))
    voice.save_wav(staging / "speech.wav", speech.samples, speech.rate)
    picture = mark_picture(who.portrait.image) if who.mark else who.portrait.image
    with atomic_write(staging / "portrait.png") as part:
        Image.fromarray(picture).save(part, pnginfo=png_texts(who.portrait.source_type))


def _write_json(path: Path, record: dict[str, Any]) -> None:
    with atomic_write(path) as part:
        part.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
