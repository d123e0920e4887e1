"""What a node says and shows under itself of what it decided, in either canvas and over the API."""

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from comfy_api.v0_0_2 import io, ui

from ...chatanything_core.diffusion import Mixture
from ...chatanything_core.diffusion.recipe_text import HOW
from ...chatanything_core.landmarks import FIRM, SET_BY_USER, Face, draw_overlay
from ...chatanything_core.persona import Persona
from ...chatanything_core.voice import Voice
from .tensors import from_image

KEEPS = "has_intermediate_output"
_KNOWN = {field.name for field in dataclasses.fields(io.Schema)}


def later(*aliases: str, keeps: bool = False) -> dict[str, Any]:
    """What only newer versions of `io.Schema` take.

    Args:
        aliases: Other words that the search of nodes finds this one by.
        keeps: Whether what the node shows stays when the page is opened anew.
    """
    wanted = {"search_aliases": list(aliases), KEEPS: keeps}
    return {name: value for name, value in wanted.items() if name in _KNOWN}


def preview(*aliases: str) -> dict[str, Any]:
    """`later` for a node that was a root only for its preview: it is none where previews stay."""
    return {"is_output_node": KEEPS not in _KNOWN, **later(*aliases, keeps=True)}


def inner() -> dict[str, Any]:
    """For a node that another one adds to a running graph: menus and search leave it out."""
    return {"is_dev_only": True} if "is_dev_only" in _KNOWN else {"is_deprecated": True}


def shown(
    cls: type[io.ComfyNode], *lines: str, picture: npt.NDArray[np.uint8] | None = None
) -> dict[str, Any]:
    """The `ui` of a node that shows sentences and perhaps a picture, RGB uint8 (H, W, 3)."""
    if picture is None:
        return text_of(*lines)
    return {**ui.PreviewImage(from_image(picture), cls=cls).as_dict(), **text_of(*lines)}


def text_of(*lines: str) -> dict[str, Any]:
    """The part of a node's `ui` that is sentences, as `ui.PreviewText` gives one.

    It is there without any, too: of a node that runs for a list, ComfyUI joins what each run has.
    """
    return {"text": tuple(line for line in lines if line)}


def with_landmarks(
    cls: type[io.ComfyNode], picture: npt.NDArray[np.uint8], face: Face, *lines: str
) -> dict[str, Any]:
    """The `ui` of a node that shows a picture with the landmarks of its face, and sentences."""
    return shown(cls, *lines, face_line(face), picture=draw_overlay(picture, face))


def persona_lines(persona: Persona) -> tuple[str, ...]:
    """Who it is."""
    mood = f" ({persona.emotion.name})" if persona.emotion.strength else ""
    return f"{persona.name}{mood}", persona.personality, f"“{persona.greeting}”"


def voice_line(voice: Voice) -> str:
    """The voices of a blend; `reasons` says why."""
    return "Voice: " + _weighted([(name, weight) for name, weight in voice.mix])


def mixture_lines(mixture: Mixture) -> tuple[str, ...]:
    """The experts of a mixture, and why."""
    names = _weighted([(expert.name, weight) for expert, weight in mixture.experts])
    return f"Painted by {names}", *mixture.reasons


def face_line(face: Face) -> str:
    """How a face was found and how well it can be animated; a warning when nobody found it."""
    how = SET_BY_USER if SET_BY_USER in face.notes else HOW[face.origin]
    how = f"{how[0].upper()}{how[1:]}; animatability {face.score:.2f}."
    return "\n".join(warnings_of(face) or [how])


def warnings_of(face: Face) -> list[str]:
    """What is to be said on a node when nobody found the face."""
    unsure = face.origin == "placed" or (face.origin == "guide" and face.guided < FIRM)
    return [f"⚠ {note}" for note in face.notes] if unsure else []


def _weighted(parts: Sequence[tuple[str, float]]) -> str:
    if len(parts) == 1:
        return parts[0][0]
    return " + ".join(f"{name} {weight:.0%}" for name, weight in parts)
