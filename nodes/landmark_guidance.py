"""The Landmark Guidance node."""

from typing import Any, Final, Literal

import torch
from comfy_api.v0_0_2 import io

from ..chatanything_core.diffusion import SIDE
from ..chatanything_core.landmarks import (
    LIBRARY,
    MAPS,
    FaceGuide,
    annotators,
    find_faces,
    guide_of_points,
    make_guide,
    read_points,
)
from ..chatanything_core.landmarks.make_guide import POSE, SCALE, SHIFT
from ..chatanything_core.persona import EMOTIONS, Emotion, EmotionName, Persona
from .comfy import types
from .comfy.face_inputs import cut_to, points_input, shown_face
from .comfy.shown import preview
from .comfy.tensors import from_image, to_image
from .comfy.widgets import RARE, field_input, number_input

PERSONA: Final = "the persona's own"


class LandmarkGuidance(io.ComfyNode):
    """Says where the face of a portrait should be, and which way it looks."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingLandmarkGuidance",
            display_name="Landmark Guidance",
            category="ChatAnything/portrait",
            description="Places a face where the portrait should have one, so that it can talk.",
            inputs=[*_face(), *_use()],
            outputs=[
                types.Guide.Output("guide", tooltip="For Portrait and Inversion."),
                io.Image.Output("map", tooltip="The control map, for ControlNets of your own."),
            ],
            **preview("face landmarks", "controlnet", "pose"),
        )

    @classmethod
    def execute(
        cls, face: str, expression: EmotionName | Literal["the persona's own"], yaw: float,
        pitch: float, roll: float, scale: float, x: float, y: float, map_style: str,
        strength: float, persona: Persona | None = None, reference: torch.Tensor | None = None,
        points: str = "", width: int = 512, height: int = 512,
    ) -> io.NodeOutput:  # fmt: skip
        emotion = _emotion(persona, expression)
        picture, size = None if reference is None else to_image(reference), (width, height)
        drawn: Any = {"style": map_style, "strength": strength, "size": size}
        if points.strip():
            guide = guide_of_points(read_points(points, size), picture, **drawn)
        else:
            guide = make_guide(
                picture, library=face, pose=(yaw, pitch, roll), expression=emotion.name,
                amount=emotion.strength, scale=scale, position=(x, y), **drawn,
            )  # fmt: skip
        under = guide.control if guide.reference is None else cut_to(guide.reference, size)
        others = () if guide.reference is None else find_faces(under)
        told = shown_face(cls, under, guide.points, others)
        return io.NodeOutput(guide, from_image(guide.control), ui=told)


def _emotion(
    persona: Persona | None, expression: EmotionName | Literal["the persona's own"]
) -> Emotion:
    """What is chosen, fully; or what the persona rests in."""
    if expression != PERSONA:
        return Emotion(expression, 1.0)
    return persona.emotion if persona else Emotion()


def _face() -> list[io.Input]:
    """Whose face it is, and where and how it looks."""
    return [
        io.Combo.Input(
            "face",
            options=list(LIBRARY),
            default=next(iter(LIBRARY)),
            tooltip="Face to start from; a wired reference picture overrides it.",
        ),
        io.Combo.Input(
            "expression",
            options=[PERSONA, *EMOTIONS],
            default=PERSONA,
            tooltip="Expression of the face.",
        ),
        number_input(
            "yaw",
            0.0,
            POSE,
            "Turns the face to the picture's right (positive) or left.",
            step=1.0,
        ),
        number_input("pitch", 0.0, POSE, "Makes it look up (positive) or down.", step=1.0),
        number_input(
            "roll",
            0.0,
            POSE,
            "Tilts it clockwise (positive) or counter-clockwise.",
            step=1.0,
        ),
        number_input("scale", 1.0, SCALE, "Size of the face; 1 leaves it as it is."),
        number_input("x", 0.0, SHIFT, "Shift to the right, as a fraction of the width."),
        number_input("y", 0.0, SHIFT, "Shift down, as a fraction of the height."),
    ]


def _use() -> list[io.Input]:
    """What painters get of it, and where it comes from."""
    return [
        io.Combo.Input(
            "map_style",
            options=[*MAPS, *annotators.names()],
            default=next(iter(MAPS)),
            tooltip="How the control map is drawn: what your ControlNet was trained on.",
        ),
        field_input("strength", FaceGuide, "How firmly painters follow the guide."),
        types.Persona.Input("persona", optional=True, tooltip="Whose mood sets the expression."),
        io.Image.Input(
            "reference",
            optional=True,
            tooltip="A picture whose face is used; if it has none, one is placed on it.",
        ),
        points_input(
            "Where the face is, as you dragged it on the node; it overrides the face, pose, size "
            "and place above."
        ),
        number_input("width", 512, SIDE, "Width of the map in pixels.", optional=True, **RARE),
        number_input("height", 512, SIDE, "Height of the map in pixels.", optional=True, **RARE),
    ]
