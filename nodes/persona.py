"""The LLM Persona node."""

from typing import Any

from comfy_api.v0_0_2 import io

from ..chatanything_core.errors import InputError
from ..chatanything_core.persona import (
    Persona,
    check_concept,
    persona_question,
    write_persona,
    writers,
)
from ..chatanything_core.persona.checks import MAX_CONCEPT
from .comfy import types
from .comfy.llm_profiles import AUTOMATIC, model_source, profile_input
from .comfy.progress import node_tick
from .comfy.shown import later, persona_lines, text_of
from .comfy.text_model import QUESTION, model_inputs, wired_model
from .comfy.widgets import seed_input, text_input


class LLMPersona(io.ComfyNode):
    """Writes a character from a concept."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingPersona",
            display_name="LLM Persona",
            category="ChatAnything/persona",
            description="Writes a character from a concept: name, personality, greeting, voice, looks.",
            inputs=[
                text_input(
                    "concept",
                    f"What the persona is, in your own words, up to {MAX_CONCEPT} characters.",
                    "grumpy teapot",
                ),
                io.Combo.Input(
                    "engine",
                    options=writers.names(),
                    tooltip="Who writes the character; offline needs no model and no network.",
                ),
                io.String.Input(
                    "language",
                    default="",
                    tooltip="Language tag such as en-GB or de-DE; when empty, the concept's own.",
                ),
                seed_input("Another seed writes another character from the same concept."),
                profile_input(),
                *model_inputs(),
            ],
            outputs=[
                types.Persona.Output("persona", tooltip="The character, for every other node."),
                io.String.Output("greeting", tooltip="The first thing it says; wire it to Speak."),
                io.String.Output("appearance", tooltip="What it looks like, in English."),
                io.String.Output("question", tooltip=QUESTION),
            ],
            **later("character", "roleplay", "llm", "prompt to character", keeps=True),
        )

    @classmethod
    def validate_inputs(cls, concept: str | None = None) -> bool | str:
        """One input alone: ComfyUI tells the answer at each that is named. A linked one is None."""
        try:
            check_concept(concept if concept is not None else "linked")
        except InputError as error:
            return str(error)
        return True

    @classmethod
    def execute(
        cls,
        concept: str,
        engine: str,
        language: str,
        seed: int,
        profile: str = AUTOMATIC,
        answer: str | None = None,
        clip: Any = None,
    ) -> io.NodeOutput:
        persona = write_persona(
            concept,
            engine=engine,
            language=language,
            seed=seed,
            source=model_source(profile),
            model=wired_model(answer, clip),
            tick=node_tick(),
        )
        return _told(persona, persona_question(concept, language))


def _told(persona: Persona, question: str) -> io.NodeOutput:
    shown = text_of(*persona_lines(persona))
    return io.NodeOutput(persona, persona.greeting, persona.appearance, question, ui=shown)
