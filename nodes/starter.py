"""The Starter node."""

from pathlib import Path

from comfy_api.v0_0_2 import io

from ..chatanything_core.diffusion import FAMILIES, built_in_experts, known_mixture, sampler
from ..chatanything_core.diffusion.mixture.model_parts import find_source
from ..chatanything_core.persona import Persona
from .comfy import types
from .comfy.runtime import model_folders
from .comfy.shown import later, mixture_lines, text_of
from .comfy.widgets import sampler_outputs, seed_input
from .native.cache import native_models

AUTO = "auto"
STARTER = FAMILIES["starter"]


class Starter(io.ComfyNode):
    """Our own small model for ComfyUI's samplers, with nothing to download."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingStarter",
            display_name="Starter",
            category="ChatAnything/portrait",
            description="Our own small model for ComfyUI's samplers, asked for the persona.",
            inputs=[
                types.Persona.Input("persona", tooltip="The persona to paint."),
                io.Combo.Input(
                    "style",
                    options=[AUTO, *_styles()],
                    default=AUTO,
                    tooltip="The expert: the base, ink or paper cut; `auto` lets the persona decide.",
                ),
                seed_input("Decides among styles that fit about equally well."),
            ],
            outputs=_outputs(),
            **later("stable diffusion", "load model", "checkpoint"),
        )

    @classmethod
    def execute(cls, persona: Persona, style: str, seed: int) -> io.NodeOutput:
        name, folders = "" if style == AUTO else style, model_folders()
        mixture = known_mixture(persona, STARTER, expert=name, seed=seed, folders=folders)
        lead = mixture.lead
        models = native_models(lead, Path(find_source(lead, folders)), folders)
        parts = (models.model, models.clip, models.vae, models.control_net)
        how = (lead.steps, lead.cfg, *sampler(lead.scheduler).comfyui)
        told = text_of(*mixture_lines(mixture))
        return io.NodeOutput(
            *parts, mixture, mixture.prompt, mixture.negative, lead.size, *how, ui=told
        )


def _styles() -> list[str]:
    return [expert.name for expert in built_in_experts() if expert.family == STARTER.name]


def _outputs() -> list[io.Output]:
    return [
        io.Model.Output("MODEL", tooltip="The expert's model with its LoRA, for KSampler."),
        io.Clip.Output("CLIP", tooltip="Its text encoder, for CLIP Text Encode."),
        io.Vae.Output("VAE", tooltip="Its VAE."),
        io.ControlNet.Output("CONTROL_NET", tooltip="Its ControlNet for a map of 68 dots."),
        types.Mixture.Output("expert", tooltip="For Inversion, or Portrait."),
        io.String.Output("prompt", tooltip="The persona in words that the model knows."),
        io.String.Output("negative", tooltip="Its negative prompt."),
        io.Int.Output("size", tooltip="Width and height that it paints."),
        io.Int.Output("steps", tooltip="Steps, for KSampler."),
        io.Float.Output("cfg", tooltip="Guidance, for KSampler."),
        *sampler_outputs(),
    ]
