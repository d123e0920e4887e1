"""Inversion in ComfyUI's own nodes, on the user's own MODEL and VAE."""

from typing import Any

import torch
from comfy.samplers import KSAMPLER
from comfy_execution.graph_utils import GraphBuilder

from ...chatanything_core.diffusion import Expert, sampler
from ...chatanything_core.inversion import Level, Start, ddim_invert
from .tensors import from_image


def inversion_graph(
    start: Start, lead: Expert, model: Any, vae: Any, positive: Any
) -> tuple[dict[str, Any], Any]:
    """A graph that makes the latents of a planned start, and the link to them.

    `noise` adds noise of the level at `start.step`. `ddim` walks the sigmas backwards at cfg 1, in the
    same way as the painter's own inversion; KSampler's `euler` and `ddim` undo it.
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
        latent = _inverted(graph, clean, rest, model, positive, start.corrections)
    else:
        noise = graph.node("RandomNoise", noise_seed=start.seed).out(0)
        inputs = {"model": model, "noise": noise, "sigmas": rest, "latent_image": clean}
        latent = graph.node("AddNoise", **inputs).out(0)
    return graph.finalize(), latent


def _inverted(
    graph: GraphBuilder, clean: Any, rest: Any, model: Any, positive: Any, corrections: int
) -> Any:
    up = graph.node("FlipSigmas", sigmas=rest).out(0)
    return graph.node(
        "SamplerCustom",
        model=model,
        add_noise=False,
        noise_seed=0,
        cfg=1.0,
        positive=positive,
        negative=positive,
        sampler=KSAMPLER(noisier_sigmas, {"corrections": corrections}),
        sigmas=up,
        latent_image=clean,
    ).out(0)


@torch.no_grad()
def noisier_sigmas(
    model: Any,
    x: torch.Tensor,
    sigmas: torch.Tensor,
    extra_args: dict[str, Any] | None = None,
    callback: Any = None,
    disable: bool | None = None,
    corrections: int = 0,
) -> torch.Tensor:
    """A sampler of ComfyUI that inverts: from `x` at the first, least sigma to the last.

    Args:
        model: Gives the clean latents for `model(x, sigma)`.
        x: Variance exploding latents, clean + sigma noise, shape (B, C, h, w).
    """
    seen: dict[str, Any] = {}

    def velocity(z: torch.Tensor, level: Level) -> torch.Tensor:
        a, b = level.alpha**0.5, (1 - level.alpha) ** 0.5
        wide, sigma = z / a, level.t * z.new_ones(len(z))
        clean = model(wide, sigma, **(extra_args or {}))
        seen.update(x=wide, denoised=clean, sigma=sigma, sigma_hat=sigma)
        return a * (wide - clean) / level.t - b * clean

    def tick(done: int, total: int) -> None:
        if callback is not None and seen and done < total:
            callback({"i": done, **seen})

    levels = [Level(sigma, 1 / (1 + sigma**2)) for sigma in sigmas.tolist()]
    narrow = x * levels[0].alpha ** 0.5
    found = ddim_invert(narrow, levels, velocity, corrections=corrections, tick=tick)
    return found / levels[-1].alpha ** 0.5
