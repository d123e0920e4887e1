"""Inversion in ComfyUI's own nodes, on the user's own MODEL and VAE."""

from typing import Any

from comfy_execution.graph_utils import GraphBuilder

from ..chatanything_core.diffusion import Expert, sampler
from ..chatanything_core.inversion import Start
from .media import from_image


def native_start(
    start: Start, lead: Expert, model: Any, vae: Any, positive: Any
) -> tuple[dict[str, Any], Any]:
    """A graph that makes the latents of a planned start, and the link to them.

    `noise` adds noise of the level at `start.step`. `ddim` walks the sigmas backwards by Euler steps
    at cfg 1, which asks the model at the level where the picture is: the accurate form.
    """
    graph = GraphBuilder()
    height, width = start.reference.shape[:2]
    if start.strength == 1.0:
        clean = graph.node("EmptyLatentImage", width=width, height=height, batch_size=1).out(0)
    else:
        clean = graph.node("VAEEncode", pixels=from_image(start.reference), vae=vae).out(0)
    names = sampler(lead.scheduler).comfyui
    whole = graph.node(
        "BasicScheduler", model=model, scheduler=names[1], steps=start.steps, denoise=1.0
    )
    rest = graph.node("SplitSigmas", sigmas=whole.out(0), step=start.step).out(1)
    if start.method == "ddim" and start.strength < 1.0 and positive is not None:
        latent = _inverted(graph, clean, rest, model, positive)
    else:
        noise = graph.node("RandomNoise", noise_seed=start.seed).out(0)
        inputs = {"model": model, "noise": noise, "sigmas": rest, "latent_image": clean}
        latent = graph.node("AddNoise", **inputs).out(0)
    return graph.finalize(), latent


def _inverted(graph: GraphBuilder, clean: Any, rest: Any, model: Any, positive: Any) -> Any:
    up = graph.node("FlipSigmas", sigmas=rest).out(0)
    euler = graph.node("KSamplerSelect", sampler_name="euler").out(0)
    return graph.node(
        "SamplerCustom",
        model=model,
        add_noise=False,
        noise_seed=0,
        cfg=1.0,
        positive=positive,
        negative=positive,
        sampler=euler,
        sigmas=up,
        latent_image=clean,
    ).out(0)
