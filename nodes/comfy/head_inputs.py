"""What the nodes that bring portraits to life share: their inputs, and how they show a video."""

from pathlib import Path
from typing import Any, Literal

import folder_paths
import numpy as np
import numpy.typing as npt
import torch
from comfy_api.v0_0_2 import InputImpl, io, ui

from ...chatanything_core.diffusion.drawings.give_face import give_face
from ...chatanything_core.landmarks import Face, find_face, opaque, ready_detectors
from ...chatanything_core.persona import EMOTIONS, Emotion, EmotionName, Persona
from ...chatanything_core.talking_head import Amounts, heads
from ...chatanything_core.talking_head.plan_motion import FPS
from ...chatanything_core.video import PRESETS, Coding, fit_portrait
from . import types
from .shown import text_of
from .widgets import RARE, field_input, number_input, seed_input

PAINTED = (
    "No face was found, so one was painted into the picture. Face Check moves it, or leaves the "
    "picture as it is."
)


def detectors_now() -> str:
    """The detectors that can be used; a node runs anew when one has been added since."""
    return ", ".join(ready_detectors())


def portrait_inputs() -> list[io.Input]:
    """The picture, and where its face is."""
    return [
        io.Image.Input("image", tooltip="The portrait, of any size; the first of a batch."),
        types.Face.Input(
            "face",
            optional=True,
            tooltip="Where its face is, from Portrait or Face Check; without it, the face is searched for.",
        ),
    ]


def persona_input() -> io.Input:
    """The persona whose emotion the face shows."""
    return types.Persona.Input(
        "persona", optional=True, tooltip="Whose own emotion the face shows."
    )


def manner_inputs() -> list[io.Input]:
    """What moves the face, how often, and what it shows."""
    return [
        io.Combo.Input(
            "engine",
            options=heads.names(),
            default=heads.names()[0],
            tooltip="What moves the face.",
        ),
        number_input("fps", 25.0, FPS, "Frames per second.", step=None, **RARE),
        io.Combo.Input(
            "emotion",
            options=["persona", *EMOTIONS],
            default="persona",
            tooltip="What the face shows; `persona` shows the persona's own.",
        ),
        amount("strength", "How strongly the emotion shows.", Emotion, default=1.0),
    ]


def amount(name: str, tooltip: str, record: type = Amounts, **more: Any) -> io.Input:
    """A slider of a record's field, from 0 (off) by 1 (natural)."""
    return field_input(
        name,
        record,
        f"{tooltip} 0 is off, 1 is natural.",
        display_mode=io.NumberDisplay.slider,
        **more,
    )


def making_inputs() -> list[io.Input]:
    """The seed of all random movement, and the quality of the picture."""
    return [
        seed_input("Fixes blinks, glances and drift."),
        field_input("crf", Coding, "Quality: lower looks better and makes larger files.", **RARE),
        io.Combo.Input(
            "preset",
            options=list(PRESETS),
            default=Coding.preset,
            tooltip="Slower presets make smaller files.",
            **RARE,
        ),
    ]


def chosen_emotion(
    emotion: EmotionName | Literal["persona"], strength: float, persona: Persona | None
) -> Emotion:
    """The emotion that is asked for, or the persona's own."""
    if emotion != "persona":
        return Emotion(emotion, strength)
    return (
        Emotion(persona.emotion.name, persona.emotion.strength * strength) if persona else Emotion()
    )


def fitted(
    image: torch.Tensor, picture: npt.NDArray[np.uint8], face: Face | None
) -> tuple[npt.NDArray[np.uint8], Face, list[str]]:
    """A picture at the size that is animated, its face, and what was done to them.

    `picture` is the first of the IMAGE batch `image`.
    """
    notes = []
    if len(image) > 1:
        notes.append(
            f"The first of {len(image)} pictures talks. For a video of each, put Rebatch Images "
            "with batch size 1 before this node."
        )
    fit = fit_portrait(picture)
    if fit.shape != picture.shape:
        was, now = (f"{p.shape[1]}x{p.shape[0]}" for p in (picture, fit))
        notes.append(f"The picture was scaled from {was} to {now} pixels.")
    face = face or find_face(opaque(fit))
    fit, given = give_face(fit, face, "no face")
    return fit, given, notes if given is face else [*notes, f"⚠ {PAINTED}"]


def video_preview(path: Path, *lines: str, outputs: tuple[str, ...] = ()) -> io.NodeOutput:
    """A video in ComfyUI's temp or output folder, with a preview and sentences on the node.

    `outputs` come after the VIDEO.
    """
    kind, place = io.FolderType.temp, Path(folder_paths.get_temp_directory())
    if not path.is_relative_to(place):
        kind, place = io.FolderType.output, Path(folder_paths.get_output_directory())
    folder = path.parent.relative_to(place).as_posix().removeprefix(".")
    shown = ui.PreviewVideo([ui.SavedResult(path.name, folder, kind)]).as_dict()
    if path.suffix == ".gif":
        shown["animated"] = (False,)  # the page takes what moves and is no WebP for a video
    video = InputImpl.VideoFromFile(str(path))
    return io.NodeOutput(video, *outputs, ui={**shown, **text_of(*lines)})
