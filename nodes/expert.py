"""The Expert node."""

from typing import Any

import folder_paths
from comfy_api.v0_0_2 import io

from ..chatanything_core.diffusion import FAMILIES, SAMPLERS, Expert, Lora, Mixture, check_expert
from ..chatanything_core.diffusion.comfyui_plan import MOST_CLIPS
from .comfy import types
from .comfy.shown import later
from .comfy.widgets import RARE, field_input, text_input

NONE = "none"


class ExpertNode(io.ComfyNode):
    """Describes one member of the pool."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingExpert",
            display_name="Expert",
            category="ChatAnything/portrait",
            description="Describes a model and the way it is used, for Diffuser Mixer to choose.",
            inputs=[*_who(), *_how(), *_parts()],
            outputs=[
                types.Mixture.Output("expert", tooltip="For Diffuser Mixer or Expert Loader.")
            ],
            **later("checkpoint", "lora", "style"),
        )

    @classmethod
    def execute(
        cls,
        checkpoint: str,
        source: str,
        lora: str,
        lora_weight: float,
        vae: str,
        controlnet: str,
        tags: str,
        unet: str = NONE,
        **fields: Any,
    ) -> io.NodeOutput:
        named = [fields.pop(f"clip_{number}", NONE) for number in range(1, MOST_CLIPS + 1)]
        expert = Expert(
            source=source or _name(unet) or _name(checkpoint),
            clips=tuple(filter(None, map(_name, named))),
            loras=(Lora(lora, lora_weight),) if _name(lora) else (),
            vae=_name(vae),
            controlnet=_name(controlnet),
            tags=tuple(tag.strip() for tag in tags.split(",") if tag.strip()),
            size=FAMILIES[fields["family"]].size,
            **fields,
        )
        return io.NodeOutput(Mixture(((check_expert(expert), 1.0),), "", expert.negative))


def _files(name: str, kind: str, tooltip: str, rare: bool = False) -> io.Combo.Input:
    options = [NONE, *folder_paths.get_filename_list(kind)]
    more = {"optional": True, **RARE} if rare else {}
    return io.Combo.Input(name, options=options, default=NONE, tooltip=tooltip, **more)


def _families() -> list[str]:
    return [family.name for family in FAMILIES.values() if not family.drawn]


def _name(choice: str) -> str:
    return "" if choice == NONE else choice


def _who() -> list[io.Input]:
    """What the expert is, and the files it is made of."""
    return [
        io.String.Input("name", default="my expert", tooltip="What it is called."),
        text_input(
            "description",
            "What it paints well, in a sentence; experts are chosen by it.",
            "Paints anything in a friendly, colourful style.",
        ),
        _files("checkpoint", "checkpoints", "The model, from the checkpoints folder."),
        io.String.Input(
            "source",
            default="",
            tooltip="Instead of a checkpoint: a diffusers folder, or the id of a model "
            "in Hugging Face's cache.",
        ),
        io.Combo.Input(
            "family",
            options=_families(),
            default="sd15",
            tooltip="The family that the model belongs to.",
        ),
        _files("lora", "loras", "A LoRA applied on top of the model."),
        field_input(
            "lora_weight",
            Lora,
            "Strength of the LoRA; 0 switches it off.",
            field="weight",
            default=0.8,
        ),
        _files("vae", "vae", "A VAE to use instead of the model's own."),
        _files("controlnet", "controlnet", "The ControlNet that follows the guide."),
    ]


def _parts() -> list[io.Input]:
    """Files of a model whose parts are files of their own."""
    encoders = [
        _files(f"clip_{number}", "text_encoders", f"Text encoder {number} of `unet`.", True)
        for number in range(1, MOST_CLIPS + 1)
    ]
    return [
        _files(
            "unet",
            "diffusion_models",
            "With family `comfyui`: a diffusion model by itself, for Expert Loader. Name its text "
            "encoders, their type and a VAE as well.",
            True,
        ),
        *encoders,
        io.String.Input(
            "clip_type",
            default="",
            optional=True,
            tooltip="What ComfyUI's loaders of text encoders call the model: flux, sd3, "
            "qwen_image, lumina2, chroma, hidream ...",
            **RARE,
        ),
    ]


def _how() -> list[io.Input]:
    """How it is asked to paint."""
    return [
        text_input(
            "template",
            "The prompt; concept and appearance in braces stand for the persona's words.",
            "{appearance}, portrait, face in the middle, looking at the viewer",
        ),
        text_input(
            "negative", "What should not appear.", "blurry, deformed, two faces, text, watermark"
        ),
        io.Combo.Input(
            "scheduler",
            options=list(SAMPLERS),
            default="dpmpp_2m_karras",
            tooltip="The sampler that turns noise into a picture.",
        ),
        field_input("steps", Expert, "Number of sampling steps."),
        field_input(
            "cfg",
            Expert,
            "How firmly it follows the prompt; 1 ignores the negative prompt.",
            step=0.1,
        ),
        io.String.Input("tags", default="", tooltip="Words that it suits, separated by commas."),
        io.String.Input(
            "config",
            default="",
            tooltip="Folder with diffusers' config files, for a checkpoint of unusual "
            "shape; leave empty for ordinary SD1.5 and SDXL.",
        ),
    ]
