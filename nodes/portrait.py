"""The Portrait node."""

from typing import Any

from comfy_api.v0_0_2 import io

from ..chatanything_core.diffusion import Mixture, PaintJob, describe_portrait, paint
from ..chatanything_core.persona import Persona
from ..chatanything_core.provenance import mark_picture
from ..chatanything_core.ranges import WHOLE
from .comfy import types
from .comfy.runtime import comfy_runtime
from .comfy.shown import later, with_landmarks
from .comfy.tensors import from_image
from .comfy.widgets import RARE, field_input, mark_input, number_input, seed_input


class PortraitNode(io.ComfyNode):
    """Paints a persona with a face that can be animated."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingPortrait",
            display_name="Portrait",
            category="ChatAnything/portrait",
            description="Paints the persona and says where its face is.",
            inputs=_inputs(),
            outputs=[
                io.Image.Output("IMAGE", tooltip="The portrait."),
                types.Face.Output("face", tooltip="Where its face is, for Talking Head."),
                io.String.Output("report", tooltip="How it was painted, for your records."),
            ],
            **later("character", "avatar", "paint", keeps=True),
        )

    @classmethod
    def execute(
        cls,
        persona: Persona,
        expert: Mixture,
        tries: int = 4,
        guide_end: float = 0.8,
        mark: bool = False,
        **options: Any,
    ) -> io.NodeOutput:
        runtime, tick = comfy_runtime()
        limits: dict[str, Any] = {"tries": tries, "window": (0.0, guide_end), "runtime": runtime}
        portrait = paint(PaintJob(persona, expert, **limits, **options), tick=tick)
        image, face = portrait.image, portrait.face
        image = mark_picture(image) if mark else image
        told = with_landmarks(cls, image, face, *portrait.notes)
        return io.NodeOutput(from_image(image), face, describe_portrait(portrait), ui=told)


def _inputs() -> list[io.Input]:
    return [
        types.Persona.Input("persona", tooltip="The persona to paint."),
        types.Mixture.Input("expert", tooltip="Who paints, from Diffuser Mixer."),
        field_input("width", PaintJob, "Width of the portrait in pixels, a multiple of 8."),
        field_input("height", PaintJob, "Height of the portrait in pixels, a multiple of 8."),
        seed_input("The same seed paints the same picture again."),
        field_input(
            "tries",
            PaintJob,
            "How often a diffusion model may paint again, guided more firmly each "
            "time, until a face is found. A sketch needs one try.",
            default=4,
            optional=True,
            **RARE,
        ),
        number_input(
            "guide_end",
            0.8,
            WHOLE,
            "Share of the steps in which a ControlNet follows the guide; the rest "
            "is free for the character of the thing.",
            optional=True,
            **RARE,
        ),
        io.Boolean.Input(
            "strict",
            optional=True,
            default=False,
            tooltip="Fail when no try shows a face, instead of keeping the best with a face "
            "placed on it.",
            **RARE,
        ),
        *_sources(),
    ]


def _sources() -> list[io.Input]:
    """What the picture may start from."""
    return [
        types.Guide.Input(
            "guide", optional=True, tooltip="Where the face should be; else the painter chooses."
        ),
        types.Start.Input(
            "start", optional=True, tooltip="A reference to start from; without it, from nothing."
        ),
        types.Drawing.Input(
            "drawing",
            optional=True,
            tooltip="What the body is made of, from Drawing; for sketch experts.",
        ),
        io.Boolean.Input(
            "default_guide",
            optional=True,
            default=True,
            tooltip="Show the expert's ControlNet the reference's face, or an average one, when no "
            "guide is wired.",
            **RARE,
        ),
        mark_input("the picture; Talking Head does the same in a film, where it stays still"),
    ]
