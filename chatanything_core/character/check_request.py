"""Refuse a request that cannot be met before any work is done for it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .. import diffusion, landmarks, persona, talking_head, video, voice
from ..diffusion import drawings
from ..diffusion.icon_sets import named_drawing
from ..errors import InputError
from ..inversion import Start
from ..ranges import ranges_of
from ..runtime import default_runtime
from ..seeding import MAX_SEED
from .request import NO_GUIDE, Picture, Request


def check_request(request: Request) -> Request:
    """The request itself, with its pictures read, when everything in it can be used.

    Raises:
        InputError: names the value and what is allowed.
        MissingDependencyError, MissingModelError: an engine lacks something; says what to do.
    """
    _check_persona(request)
    _check_voice(request)
    _check_portrait(request)
    talking_head.heads.require(request.head)
    if not 0 <= request.seed <= MAX_SEED:
        raise InputError(f"Seed {request.seed} is out of range. Choose 0 to {MAX_SEED}.")
    reference = request.reference
    return replace(
        request,
        guide=_read_guide(request.guide),
        drawing=_read_drawing(request),
        reference=None if reference is None else read_picture(reference, "reference"),
    )


def _check_persona(request: Request) -> None:
    if isinstance(request.concept, persona.Persona):
        _check_idle(request, "persona", "written", ("source", "language"))
        voice.check_spoken_text(request.text or request.concept.greeting)
        return
    persona.check_concept(request.concept)
    persona.check_language(request.language)
    persona.writers.require(request.writer)
    if request.text:
        voice.check_spoken_text(request.text)


def _check_voice(request: Request) -> None:
    voice.check_preset(request.preset)
    if isinstance(request.voice, voice.Voice):
        voice.check_voice(request.voice)
        voice.voices.require(request.voice.engine)
    elif request.voice not in ("", voice.AUTO):
        voice.voices.require(request.voice)


def _check_portrait(request: Request) -> None:
    if request.portrait is not None:
        making = ("expert", "mix", "guide", "reference", "drawing", "face")
        _check_idle(request, "portrait", "painted", making)
        video.check_portrait(request.portrait.image, request.portrait.face)
        return
    diffusion.painters.require(request.painter)
    _check_experts(request)
    ranges_of(Start)["strength"].check("Inversion strength", request.strength)
    ranges = ranges_of(diffusion.PaintJob)
    ranges["tries"].check("The number of tries", request.tries)
    if request.size:
        ranges["width"].check("Portrait size", request.size)


def _check_experts(request: Request) -> None:
    if request.expert and request.mix:
        raise InputError("expert and mix both say who paints. Give one of them.")
    named = request.mix or request.expert
    if not named:
        return
    chosen = diffusion.named_experts(named, request.painter, expert_pool(request))
    if request.expert and len(chosen) > 1:
        raise InputError(f"expert names one expert, not {request.expert!r}. Give that as mix.")
    diffusion.painters.require(diffusion.find_family(chosen[0][0].family).painter)


def expert_pool(request: Request) -> tuple[diffusion.Expert, ...] | None:
    """The experts that may be chosen; None, the built-in pool, for a sketch that names none."""
    named = request.mix or request.expert
    drawn = diffusion.painters.resolve(request.painter) == diffusion.FAMILIES["sketch"].painter
    if drawn and not named:
        return None
    described = diffusion.find_experts()
    # Reading a hundred checkpoints takes a while, and nothing that is installed draws sketches.
    if drawn and (request.painter or _knows(described, named)):
        return described
    return diffusion.find_experts(default_runtime().folders)


def _knows(pool: tuple[diffusion.Expert, ...], named: str) -> bool:
    try:
        diffusion.named_experts(named, "", pool)
    except InputError:
        return False
    return True


def _check_idle(request: Request, thing: str, made: str, words: tuple[str, ...]) -> None:
    """Refuse arguments about the making of a thing that already exists."""
    idle = [word for word in words if _is_given(getattr(request, word))]
    if idle:
        raise InputError(
            f"The {thing} already exists and is not {made} again, so {' and '.join(idle)} would "
            f"have no effect. Leave {'them' if len(idle) > 1 else 'it'} out, or the {thing}."
        )


def _is_given(value: object) -> bool:
    return bool(value) if isinstance(value, str) else value is not None


def _read_drawing(request: Request) -> "drawings.Drawing | None":
    """The drawing that is to be the body, with the face's place.

    Raises:
        InputError: it cannot be read, or what was asked for has no use for it.
    """
    if request.drawing is None:
        if request.face:
            raise InputError(
                f"There is no drawing to put the face {request.face!r} on. Add --drawing."
            )
        return None
    drawn = diffusion.painters.resolve(request.painter)
    named = request.mix or request.expert
    if named and not request.painter:
        chosen = diffusion.named_experts(named, "", expert_pool(request))
        drawn = diffusion.find_family(chosen[0][0].family).painter
    if drawn != diffusion.FAMILIES["sketch"].painter:
        raise InputError(f"The painter {drawn!r} has no use for a drawing. Choose: sketch.")
    spot = drawings.spot_of(request.face)
    given = request.drawing
    if isinstance(given, str):
        return named_drawing(given, spot)
    return drawings.load_drawing(given, spot)


def _read_guide(
    guide: "landmarks.FaceGuide | Picture | None",
) -> "landmarks.FaceGuide | Picture | None":
    if guide is None or isinstance(guide, landmarks.FaceGuide):
        return guide
    if isinstance(guide, str) and guide in (NO_GUIDE, *landmarks.LIBRARY):
        return guide
    if isinstance(guide, str) and not Path(guide).exists():
        faces = ", ".join(f'"{name}"' for name in landmarks.LIBRARY)
        raise InputError(
            f"The guide {guide!r} is neither a picture nor a face of the library. Give the path of "
            f"a picture, or choose one of: {faces}."
        )
    return read_picture(guide, "guide")


def read_picture(picture: Picture, what: str) -> npt.NDArray[np.uint8]:
    """The pixels of a picture that is a file or pixels already.

    Raises:
        InputError: it cannot be read, or is not an RGB picture.
    """
    if isinstance(picture, str | Path):
        return landmarks.load_image(picture)
    if not isinstance(picture, np.ndarray):
        raise InputError(
            f"The {what} is a {type(picture).__name__}. Give the path of a picture, or its pixels "
            "as RGB uint8 of shape (height, width, 3)."
        )
    landmarks.check_image(picture)
    return picture
