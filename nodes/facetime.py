"""The Facetime node."""

import torch
from comfy_api.v0_0_2 import io

from ..chatanything_core.character.make_character import Character
from ..chatanything_core.dialogue import History
from ..chatanything_core.diffusion import Portrait
from ..chatanything_core.landmarks import Face
from ..chatanything_core.persona import Persona
from ..chatanything_core.talking_head import heads
from ..chatanything_core.voice import Voice, choose_voice
from .comfy import types
from .comfy.facetime_routes import lend, stage_address
from .comfy.head_inputs import detectors_now, fitted, portrait_inputs
from .comfy.shown import face_line, later
from .comfy.tensors import to_image
from .comfy.widgets import seed_input


class Facetime(io.ComfyNode):
    """Puts a character of the graph before the user, to talk with."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingFacetime",
            display_name="Facetime",
            category="ChatAnything",
            description="Puts the character into the Facetime tab of the side bar, alive and ready to talk.",
            inputs=_inputs(),
            outputs=[
                io.String.Output("character", tooltip="Its id, for the routes of the page."),
                io.String.Output(
                    "stage",
                    tooltip="Where it is alone on a transparent page, for streaming programs; after "
                    "the address of ComfyUI.",
                ),
            ],
            is_output_node=True,
            **later("chat", "live avatar", "talking avatar", "voice chat", "vtuber", "roleplay"),
        )

    @classmethod
    def fingerprint_inputs(cls, **inputs: object) -> str:
        return detectors_now()

    @classmethod
    def execute(
        cls, persona: Persona, image: torch.Tensor, engine: str, seed: int,
        voice: Voice | None = None, face: Face | None = None, history: History | None = None,
    ) -> io.NodeOutput:  # fmt: skip
        picture, found, notes = fitted(image, to_image(image), face)
        chosen = voice or choose_voice(persona.voice, seed=seed)
        character = Character(persona, chosen, Portrait(picture, found, {}), engine, seed)
        made = lend(character, history)
        told = (f"{persona.name} is in the Facetime tab.", *notes, face_line(found))
        return io.NodeOutput(made, stage_address(made), ui={"text": told, "facetime": (made,)})


def _inputs() -> list[io.Input]:
    image, face = portrait_inputs()
    return [
        types.Persona.Input("persona", tooltip="Who it is."),
        image,
        io.Combo.Input(
            "engine",
            options=heads.names(),
            default=heads.names()[0],
            tooltip="What moves the face. The first is drawn by the page itself; others are sent as "
            "films.",
        ),
        seed_input("Fixes blinks, glances and drift, and its answers."),
        types.Voice.Input(
            "voice", optional=True, tooltip="Its voice; without one, the persona's own is chosen."
        ),
        face,
        types.History.Input(
            "history",
            optional=True,
            tooltip="What was said with it before, from Chat or Edit History.",
        ),
    ]
