"""What this project makes of a prompt, in one of a study's runs."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ...character.check_request import expert_pool
from ...character.request import Request
from ...diffusion import (
    FAMILIES,
    PaintJob,
    Portrait,
    choose_expert,
    find_family,
    invert,
    paint,
)
from ...diffusion.sketch import SketchPainter
from ...landmarks import FaceGuide, make_guide
from ...persona import Persona, VoiceTraits, write_persona
from ...progress import no_progress
from ...seeding import MAX_SEED, generator
from ...talking_head import with_lead_in
from ...video import animate
from ...voice import Speech, choose_voice, speak
from ...voice.mixture.targets import targets_of
from ...voice.signal.measure import measure
from ..records import Prompt, Run, Study, VoiceLook
from .sample import Sample

FILM = "film.mp4"


def make_sample(study: Study, run: Run, prompt: Prompt, folder: Path) -> Sample:
    """Write the persona, paint it, and let it say the study's sentence in `folder`.

    A prompt has one seed in every run, so that runs differ by what they are about alone.

    Raises:
        ChatAnythingError: the prompt is refused, or an engine failed.
    """
    seconds: dict[str, float] = {}
    seed = int(generator(study.seed, "evaluate", prompt.text).integers(MAX_SEED))
    with _timed(seconds, "persona"):
        who = write_persona(prompt.text, seed=seed)
    guide = make_guide(size=(study.size, study.size)) if run.guided else None
    with _timed(seconds, "portrait"):
        made = _painted(study, run, who, guide, seed)
    film, heard = None, None
    if study.sentence:
        with _timed(seconds, "speech"):
            voice = choose_voice(who.voice, engine=study.voice, seed=seed)
            said = speak(voice, study.sentence)
        heard = _voice_look(who.voice, said)
        with _timed(seconds, "film"):
            speech = with_lead_in(said, seed)
            film = folder / FILM
            animate(made.image, made.face, speech, film, head=study.head, seed=seed, who=who.name)
    drawn = made.recipe.get("engine") == FAMILIES["sketch"].painter
    asked = not made.notes if drawn else None
    return Sample(made.image, made.face, guide, film, asked, heard, seconds, made.source_type)


def _painted(study: Study, run: Run, who: Persona, guide: FaceGuide | None, seed: int) -> Portrait:
    wish = Request(who, painter=run.painter, expert=run.expert)
    mixture = choose_expert(
        who, engine=run.painter, seed=seed, override=run.expert, pool=expert_pool(wish)
    )
    size = (study.size, study.size)
    start = None
    if run.inverted:
        start = invert(
            mixture, _reference(who, seed, size), strength=study.strength, seed=seed, size=size
        )
    job = PaintJob(who, mixture, guide, start, *size, seed)
    if run.abstract and find_family(mixture.family).painter == FAMILIES["sketch"].painter:
        return SketchPainter(face="abstract").paint(job, no_progress)
    return paint(job)


def _reference(who: Persona, seed: int, size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """The picture that an inverted run starts from: a sketch of the same persona, with a face."""
    return paint(PaintJob(who, choose_expert(who, seed=seed), None, None, *size, seed)).image


def _voice_look(traits: VoiceTraits, said: Speech) -> VoiceLook | None:
    """How far the voice is from what the traits ask for; None when nothing in it is voiced."""
    heard, wanted = measure(said, size=False), targets_of(traits)
    if not heard.f0 or not heard.rate:
        return None
    return VoiceLook(abs(12 * math.log2(heard.f0 / wanted.f0)), abs(heard.rate / wanted.rate - 1))


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    seconds[stage] = time.perf_counter() - begun
