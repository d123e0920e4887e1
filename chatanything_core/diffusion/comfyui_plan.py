"""What ComfyUI's own loaders need to know to load a mixture."""

from collections import defaultdict
from dataclasses import dataclass

from ..errors import InputError
from .families import find_family
from .records import Expert, Mixture

MOST_CLIPS = 4
"""Text encoders that ComfyUI has a loader for."""


@dataclass(frozen=True)
class ComfyUIPlan:
    """Files by the names that ComfyUI lists them under, and what goes into a sampler."""

    checkpoint: str
    """Empty when the diffusion model and its text encoders are files of their own."""
    loras: tuple[tuple[str, float], ...]
    """File and weight; each expert's weight times its share of the mixture."""
    vae: str
    """Empty for the checkpoint's own."""
    prompt: str
    negative: str
    steps: int
    cfg: float
    unet: str = ""
    """The diffusion model by itself; empty for a checkpoint."""
    clips: tuple[str, ...] = ()
    """Its text encoders, one to four."""
    clip_type: str = ""
    """What ComfyUI's loader of text encoders calls their model."""


def comfyui_plan(mixture: Mixture) -> ComfyUIPlan:
    """Plan the loading of a mixture of experts that share one checkpoint or diffusion model.

    Raises:
        InputError: sketch experts, several models, a source that is not a file that ComfyUI's
            loaders read, or a diffusion model without text encoders, their type or a VAE.
    """
    experts = [(expert, weight) for expert, weight in mixture.experts if weight > 0]
    lead = mixture.lead
    if find_family(lead.family).drawn:
        raise InputError("The sketch painter has no model to load. Wire the expert into Portrait.")
    sources = sorted({expert.source for expert, _ in experts})
    if len(sources) > 1:
        raise InputError(
            f"The mixture has several models ({', '.join(sources)}), and a sampler runs one. Wire "
            "it into Portrait, which averages their predictions, or choose one expert."
        )
    _check_files(lead)
    loras: dict[str, float] = defaultdict(float)
    for expert, weight in experts:
        for lora in expert.loras:
            loras[lora.file] += lora.weight * weight
    worn = tuple((file, weight) for file, weight in loras.items() if weight != 0.0)
    checkpoint, unet = ("", lead.source) if lead.clips else (lead.source, "")
    return ComfyUIPlan(
        *(checkpoint, worn, lead.vae, mixture.prompt, lead.negative, lead.steps, lead.cfg),
        *(unet, lead.clips, lead.clip_type),
    )


def _check_files(lead: Expert) -> None:
    if not lead.source.endswith(".safetensors") and not lead.clips:
        raise InputError(
            f"{lead.source!r} is not a checkpoint file, so ComfyUI's loader cannot read it. Wire the "
            "expert into Portrait, or choose one from the checkpoints folder."
        )
    if lead.clips and not (lead.clip_type and lead.vae and len(lead.clips) <= MOST_CLIPS):
        raise InputError(
            f"Expert {lead.name!r} names a diffusion model and {len(lead.clips)} text encoders, type "
            f"{lead.clip_type!r} and VAE {lead.vae!r}. Name 1 to {MOST_CLIPS} encoders, their type and "
            "a VAE."
        )
