"""What ComfyUI's own loaders need to know to load a mixture."""

from collections import defaultdict
from dataclasses import dataclass

from ..errors import InputError
from .families import find_family
from .records import Mixture


@dataclass(frozen=True)
class ComfyUIPlan:
    """Files by the names that ComfyUI lists them under, and what goes into a sampler."""

    checkpoint: str
    loras: tuple[tuple[str, float], ...]
    """File and weight; each expert's weight times its share of the mixture."""
    vae: str
    """Empty for the checkpoint's own."""
    prompt: str
    negative: str
    steps: int
    cfg: float


def comfyui_plan(mixture: Mixture) -> ComfyUIPlan:
    """Plan the loading of a mixture of experts that share one checkpoint.

    Raises:
        InputError: sketch experts, several checkpoints, or a source that is not a checkpoint file.
    """
    experts = [(expert, weight) for expert, weight in mixture.experts if weight > 0]
    lead = mixture.lead
    if find_family(lead.family).networks is None:
        raise InputError("The sketch painter has no model to load. Wire the expert into Portrait.")
    sources = sorted({expert.source for expert, _ in experts})
    if len(sources) > 1:
        raise InputError(
            f"The mixture has several models ({', '.join(sources)}), and a sampler runs one. Wire "
            "it into Portrait, which averages their predictions, or choose one expert."
        )
    if not lead.source.endswith(".safetensors"):
        raise InputError(
            f"{lead.source!r} is not a checkpoint file, so ComfyUI's loader cannot read it. Wire the "
            "expert into Portrait, or choose one from the checkpoints folder."
        )
    loras: dict[str, float] = defaultdict(float)
    for expert, weight in experts:
        for lora in expert.loras:
            loras[lora.file] += lora.weight * weight
    worn = tuple((file, weight) for file, weight in loras.items() if weight != 0.0)
    return ComfyUIPlan(
        *(lead.source, worn, lead.vae, mixture.prompt, lead.negative, lead.steps, lead.cfg)
    )
