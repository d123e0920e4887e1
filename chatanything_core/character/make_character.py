"""A persona with its voice and its face: made once, it can speak any number of times."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import diffusion, persona, video, voice
from ..diffusion import drawings
from ..landmarks import LIBRARY, FaceGuide, make_guide
from ..persona import NEUTRAL, Emotion, Persona
from ..progress import Watch, no_stages
from ..provenance import COMPOSITE, TRAINED, SourceType
from ..runtime import default_runtime
from ..talking_head import with_lead_in
from .check_request import check_request, expert_pool, read_picture
from .request import NO_GUIDE, Request

LEAST_SIDE = 512
"""Side in pixels of a portrait of nobody's choice, of a painter that knows smaller ones only."""


@dataclass(frozen=True, eq=False)
class Character:
    """Who speaks: everything of a persona that no sentence changes."""

    persona: Persona
    voice: voice.Voice
    portrait: diffusion.Portrait
    head: str = Request.head
    """Engine of the talking head."""
    seed: int = Request.seed
    mark: bool = Request.mark
    """Whether its films say visibly that a machine made them."""

    @property
    def film_source(self) -> SourceType:
        """How its films are made: a picture, a voice and motion are put together."""
        return TRAINED if self.portrait.source_type == TRAINED else COMPOSITE


def make_character(request: Request, *, watch: Watch = no_stages) -> Character:
    """Write the persona, mix its voice and paint its face, as far as they are not given.

    `text` and `out` of the request are for later.

    Raises:
        InputError: something in the request cannot be used; nothing has been made then.
        MissingDependencyError, MissingModelError: an engine lacks something; says what to do.
        EngineError: an engine failed.
    """
    request = check_request(request)
    who = _written(request, watch)
    chosen = _voiced(request, who, watch)
    portrait = request.portrait or _painted(request, who, watch)
    return Character(who, chosen, portrait, request.head, request.seed, request.mark)


def perform(
    character: Character,
    text: str,
    path: Path,
    *,
    emotion: Emotion | None = None,
    watch: Watch = no_stages,
) -> tuple[voice.Speech, video.Video]:
    """Have the character breathe in and say `text`, in a video that appears at `path` when it is
    complete.

    Args:
        emotion: what it feels for this once, seen and heard, such as a chat reply's. None is how
            the persona is by nature, which its voice has already.

    Raises:
        InputError: a text or a path that cannot be used.
        EngineError: an engine failed.
    """
    felt = emotion or NEUTRAL
    said = voice.speak(character.voice, text, emotion=felt, tick=watch("speech"))
    speech = with_lead_in(said, character.seed)
    made = video.animate(
        character.portrait.image,
        character.portrait.face,
        speech,
        path,
        head=character.head,
        emotion=emotion or character.persona.emotion,
        seed=character.seed,
        who=character.persona.name,
        source=character.film_source,
        mark=character.mark,
        tick=watch("video"),
    )
    return speech, made


def _written(request: Request, watch: Watch) -> Persona:
    if isinstance(request.concept, Persona):
        return request.concept
    return persona.write_persona(
        request.concept,
        engine=request.writer,
        source=request.source,
        language=request.language,
        seed=request.seed,
        tick=watch("persona"),
    )


def _voiced(request: Request, who: Persona, watch: Watch) -> voice.Voice:
    if isinstance(request.voice, voice.Voice):
        return voice.with_preset(request.voice, request.preset)
    watch("voice")
    return voice.choose_voice(
        who.voice, engine=request.voice, seed=request.seed, preset=request.preset
    )


def _painted(request: Request, who: Persona, watch: Watch) -> diffusion.Portrait:
    tick = watch("portrait")
    mixture = diffusion.choose_expert(
        who,
        engine=request.painter,
        seed=request.seed,
        override=request.mix or request.expert,
        pool=expert_pool(request),
        folders=default_runtime().folders,
    )
    size = _size(request, mixture)
    guide = _guide(request, who.emotion, size)
    start = None
    if request.reference is not None:
        start = diffusion.invert(
            mixture,
            read_picture(request.reference, "reference"),
            strength=request.strength,
            seed=request.seed,
            size=size,
            tick=tick,
        )
    given = request.drawing
    drawing = given if isinstance(given, drawings.Drawing) else None  # `check_request` read it
    wanted: dict[str, Any] = {"drawing": drawing, "strict": request.strict, "tries": request.tries}
    wanted["default_guide"] = request.guide != NO_GUIDE
    job = diffusion.PaintJob(who, mixture, guide, start, *size, request.seed, **wanted)
    return diffusion.paint(job, tick=tick)


def _size(request: Request, mixture: diffusion.Mixture) -> tuple[int, int]:
    side = request.size or min(max(mixture.lead.size, LEAST_SIDE), diffusion.SIDE.high)
    return side, side


def _guide(request: Request, emotion: Emotion, size: tuple[int, int]) -> FaceGuide | None:
    """Where the face should be; a face of the library that looks neutral shows the emotion."""
    guide = request.guide
    if guide is None or isinstance(guide, FaceGuide):
        return guide
    if isinstance(guide, str) and guide == NO_GUIDE:
        return None
    if isinstance(guide, str) and guide in LIBRARY:
        shown = emotion if LIBRARY[guide].expression == NEUTRAL.name else NEUTRAL
        return make_guide(library=guide, expression=shown.name, amount=shown.strength, size=size)
    return make_guide(read_picture(guide, "guide"), size=size)
