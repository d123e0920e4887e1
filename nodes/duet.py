"""The Duet node."""

import torch
from comfy_api.v0_0_2 import io

from ..chatanything_core.character.make_character import Character
from ..chatanything_core.dialogue import talkers
from ..chatanything_core.dialogue.base import ChatRequest
from ..chatanything_core.diffusion import Portrait
from ..chatanything_core.duet import converse, film_duet
from ..chatanything_core.duet.converse import TURNS
from ..chatanything_core.landmarks import Face
from ..chatanything_core.persona import Persona
from ..chatanything_core.voice import Voice, choose_voice
from .comfy import types
from .comfy.head_inputs import detectors_now, fitted, video_preview
from .comfy.llm_profiles import AUTOMATIC, model_source, profile_input
from .comfy.progress import node_tick
from .comfy.shown import later
from .comfy.tensors import to_image
from .comfy.video_files import output_file
from .comfy.widgets import field_input, mark_input, number_input, seed_input, text_input


class Duet(io.ComfyNode):
    """Has two characters talk with each other, in one film."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingDuet",
            display_name="Duet",
            category="ChatAnything/chat",
            description="Two characters talk with each other, side by side in one video.",
            inputs=_inputs(),
            outputs=[
                io.Video.Output("VIDEO", tooltip="The talk, a file on disk."),
                io.String.Output("talk", tooltip="What was said, a line for each turn."),
            ],
            is_output_node=True,
            **later("two characters", "dialogue", "podcast", "conversation", "talking avatar"),
        )

    @classmethod
    def fingerprint_inputs(cls, **inputs: object) -> str:
        return detectors_now()

    @classmethod
    def execute(
        cls, persona: Persona, image: torch.Tensor, persona2: Persona, image2: torch.Tensor,
        topic: str, turns: int, engine: str, limit: int, seed: int, profile: str = AUTOMATIC,
        voice: Voice | None = None, face: Face | None = None, voice2: Voice | None = None,
        face2: Face | None = None, filename_prefix: str = "", mark: bool = False,
    ) -> io.NodeOutput:  # fmt: skip
        pair = (_character(persona, image, voice, face, seed, mark),
                _character(persona2, image2, voice2, face2, seed + 1, mark))  # fmt: skip
        source, tick = model_source(profile), node_tick()
        said = list(
            converse(pair, topic, turns, engine=engine, source=source, limit=limit, tick=tick)
        )
        lines = [f"{pair[turn.speaker].persona.name}: {turn.text}" for turn in said]
        path = output_file(filename_prefix, ".mp4", (2 * image.shape[2], image.shape[1]))
        shown = video_preview(film_duet(pair, said, path, tick=node_tick()).path, *lines)
        return io.NodeOutput(*shown.result, "\n".join(lines), ui=shown.ui)


def _character(
    persona: Persona,
    image: torch.Tensor,
    voice: Voice | None,
    face: Face | None,
    seed: int,
    mark: bool,
) -> Character:
    picture, found, _ = fitted(image, to_image(image), face)
    chosen = voice or choose_voice(persona.voice, seed=seed)
    return Character(persona, chosen, Portrait(picture, found), seed=seed, mark=mark)


def _inputs() -> list[io.Input]:
    return [
        types.Persona.Input("persona", tooltip="Who begins, on the left."),
        io.Image.Input("image", tooltip="Its portrait."),
        types.Persona.Input("persona2", tooltip="Who answers, on the right."),
        io.Image.Input("image2", tooltip="The other one's portrait."),
        text_input("topic", "What they talk about.", "rain"),
        number_input("turns", 6, TURNS, "How often somebody speaks."),
        io.Combo.Input(
            "engine",
            options=talkers.names(),
            tooltip="Who writes what they say; offline needs no model and no network.",
        ),
        field_input("limit", ChatRequest, "Most words of a turn.", default=30),
        seed_input("Another seed gives another talk."),
        profile_input(),
        types.Voice.Input("voice", optional=True, tooltip="Its voice; else the persona's own."),
        types.Face.Input("face", optional=True, tooltip="Where its face is; else it is found."),
        types.Voice.Input(
            "voice2", optional=True, tooltip="The other one's voice; else the persona's own."
        ),
        types.Face.Input(
            "face2", optional=True, tooltip="Where the other one's face is; else it is found."
        ),
        io.String.Input(
            "filename_prefix",
            default="",
            optional=True,
            tooltip="Saves the video to ComfyUI's output folder under this name. When empty, it is "
            "kept until ComfyUI restarts.",
        ),
        mark_input("the video; the file says so in any case"),
    ]
