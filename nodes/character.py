"""The Character node."""

from comfy_api.v0_0_2 import io

from ..chatanything_core.character.make_character import make_character
from ..chatanything_core.character.request import Request
from ..chatanything_core.diffusion import describe_portrait
from ..chatanything_core.errors import InputError
from ..chatanything_core.persona import check_concept
from ..chatanything_core.persona.checks import MAX_CONCEPT
from .comfy import types
from .comfy.progress import node_tick
from .comfy.shown import later, persona_lines, voice_line, with_landmarks
from .comfy.tensors import from_image
from .comfy.widgets import seed_input, text_input


class CharacterNode(io.ComfyNode):
    """Makes a persona with its voice and its portrait at once."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingCharacter",
            display_name="Character",
            category="ChatAnything",
            description="Makes somebody of a concept: a persona, its voice and its portrait at once.",
            inputs=[
                text_input(
                    "concept",
                    f"Who it is, in your own words, up to {MAX_CONCEPT} characters.",
                    "grumpy teapot",
                ),
                seed_input("Another seed makes somebody else of the same concept."),
            ],
            outputs=[
                types.Persona.Output("persona", tooltip="The character, for every other node."),
                types.Voice.Output("voice", tooltip="Its voice, for Speak."),
                io.Image.Output("IMAGE", tooltip="Its portrait, for Talking Head."),
                types.Face.Output("face", tooltip="Where its face is, for Talking Head."),
                io.String.Output("report", tooltip="Why this voice, and how it was painted."),
            ],
            **later("persona", "avatar", "talking avatar", "roleplay", keeps=True),
        )

    @classmethod
    def validate_inputs(cls, concept: str | None = None) -> bool | str:
        """A linked concept is None."""
        try:
            check_concept(concept if concept is not None else "linked")
        except InputError as error:
            return str(error)
        return True

    @classmethod
    def execute(cls, concept: str, seed: int) -> io.NodeOutput:
        made = make_character(Request(concept, seed=seed), watch=lambda stage: node_tick())
        who, voice, portrait = made.persona, made.voice, made.portrait
        report = "\n".join((*voice.reasons, describe_portrait(portrait)))
        lines = (*persona_lines(who), voice_line(voice), *portrait.notes)
        return io.NodeOutput(
            who,
            voice,
            from_image(portrait.image),
            portrait.face,
            report,
            ui=with_landmarks(cls, portrait.image, portrait.face, *lines),
        )
