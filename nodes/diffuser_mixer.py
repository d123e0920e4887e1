"""The Diffuser Mixer node."""

from comfy_api.v0_0_2 import io

from ..chatanything_core.diffusion import built_in_experts, choose_expert, painters
from . import types

AUTO = "auto"


class DiffuserMixer(io.ComfyNode):
    """Chooses the experts that paint a persona."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingDiffuserMixer",
            display_name="Diffuser Mixer",
            category="ChatAnything",
            description="Chooses the model and style that suit the persona, and writes the prompt.",
            inputs=[
                types.Persona.Input("persona", tooltip="Who is to be painted."),
                io.Combo.Input(
                    "engine",
                    options=painters.names(),
                    default=painters.names()[0],
                    tooltip="Who paints: `sketch` draws with no model and no GPU.",
                ),
                io.Combo.Input(
                    "expert",
                    options=[AUTO, *(expert.name for expert in built_in_experts())],
                    default=AUTO,
                    tooltip="`auto` lets the persona's words decide; a name overrides them.",
                ),
                io.String.Input(
                    "mix",
                    default="",
                    tooltip="Several experts with weights, such as `dreamy: 0.7, crisp: 0.3`. "
                    "Wins over `expert`; leave empty for one expert.",
                ),
                io.Int.Input(
                    "seed",
                    default=0,
                    min=0,
                    max=2**63 - 1,
                    control_after_generate=True,
                    tooltip="Decides among experts that fit about equally well.",
                ),
            ],
            outputs=[
                types.Expert.Output("expert", tooltip="The chosen experts with their weights."),
                io.String.Output("prompt", tooltip="The prompt in the expert's own wording."),
                io.String.Output("negative", tooltip="The expert's negative prompt."),
            ],
        )

    @classmethod
    def execute(cls, persona, engine, expert, mix, seed) -> io.NodeOutput:
        override = mix or ("" if expert == AUTO else expert)
        mixture = choose_expert(persona, engine=engine, seed=seed, override=override)
        return io.NodeOutput(mixture, mixture.prompt, mixture.negative)
