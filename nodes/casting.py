"""The Casting node."""

from dataclasses import replace

from comfy_api.v0_0_2 import io

from ..chatanything_core.diffusion import built_in_experts, choose_expert, painters
from ..chatanything_core.llm import models
from ..chatanything_core.persona import Persona
from ..chatanything_core.persona.llm_casting import choose_by_llm
from .comfy import types
from .comfy.llm_profiles import AUTOMATIC, model_source, profile_input
from .comfy.progress import node_tick
from .comfy.shown import later
from .comfy.widgets import seed_input


class Casting(io.ComfyNode):
    """Lets a language model choose the voice and the expert."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingCasting",
            display_name="Casting",
            category="ChatAnything/persona",
            description="A language model chooses how the persona sounds and which expert paints it.",
            inputs=[
                types.Persona.Input("persona", tooltip="The persona to cast."),
                io.Combo.Input(
                    "engine",
                    options=models.names(),
                    tooltip="Which kind of language model to ask.",
                ),
                io.Combo.Input(
                    "painter",
                    options=painters.names(),
                    tooltip="Whose experts to choose from: the engine of Diffuser Mixer.",
                ),
                seed_input("Another seed may choose differently."),
                profile_input(),
            ],
            outputs=[
                types.Persona.Output(
                    "persona", tooltip="The persona with the chosen voice traits."
                ),
                io.String.Output(
                    "expert", tooltip="The chosen expert, for `mix` of Diffuser Mixer."
                ),
                io.String.Output("reasons", tooltip="Who chose, and why."),
            ],
            **later("llm", "choose voice", keeps=True),
        )

    @classmethod
    def execute(
        cls, persona: Persona, engine: str, painter: str, seed: int, profile: str = AUTOMATIC
    ) -> io.NodeOutput:
        best = choose_expert(persona, engine=painter, seed=seed).experts[0][0]
        pool = [expert for expert in built_in_experts() if expert.family == best.family]
        choice = choose_by_llm(
            persona,
            {expert.name: expert.description for expert in pool},
            engine=engine,
            source=model_source(profile),
            fallback=lambda: best.name,
            seed=seed,
            tick=node_tick(),
        )
        reasons = "\n".join([f"Chosen by {choice.by}.", *choice.reasons])
        return io.NodeOutput(replace(persona, voice=choice.voice), choice.option, reasons)
