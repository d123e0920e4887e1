"""What the nodes that bring portraits to life share: their inputs, and how they show a video."""

from pathlib import Path
from typing import Any, Literal

from comfy_api.v0_0_2 import InputImpl, io, ui

from ...chatanything_core.persona import EMOTIONS, Emotion, EmotionName, Persona
from ...chatanything_core.talking_head import Amounts, heads
from ...chatanything_core.talking_head.plan_motion import FPS
from ...chatanything_core.video import PRESETS, Coding
from ...chatanything_core.video.animate import SIDES
from . import types
from .widgets import field_input, number_input, seed_input


def portrait_inputs() -> list[io.Input]:
    """The picture, and where its face is."""
    return [
        io.Image.Input("image", tooltip=f"The portrait; both sides {SIDES}."),
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
        number_input("fps", 25.0, FPS, "Frames per second.", step=None),
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
        field_input("crf", Coding, "Quality: lower looks better and makes larger files."),
        io.Combo.Input(
            "preset",
            options=list(PRESETS),
            default=Coding.preset,
            tooltip="Slower presets make smaller files.",
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


def video_preview(path: Path) -> io.NodeOutput:
    """A video in ComfyUI's temp folder, with a preview on the node."""
    preview = ui.SavedResult(path.name, "", io.FolderType.temp)
    return io.NodeOutput(InputImpl.VideoFromFile(str(path)), ui=ui.PreviewVideo([preview]))
