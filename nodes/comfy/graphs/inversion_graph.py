"""Inversion in ComfyUI's own nodes, on the user's own MODEL and VAE."""

from collections.abc import Callable
from typing import Any

import torch
from comfy.sample import prepare_noise
from comfy.samplers import KSAMPLER, calculate_sigmas
from comfy_execution.graph_utils import GraphBuilder

from ....chatanything_core.errors import InputError
from ....chatanything_core.inversion import Level, Start, blend_fresh, ddim_invert, flow_invert
from ..tensors import from_image
from .sampling_form import check_method, form_of


def inversion_graph(
    graph: GraphBuilder, start: Start, scheduler: str, model: Any, vae: Any, positive: Any
) -> Any:
    """Add nodes that make the latents of a planned start; the link to them.

    `noise` adds noise of the level at `start.step`. `ddim` and `flow` walk the sigmas backwards at
    cfg 1, in the same way as the painter's own inversion; KSampler's `euler` and `ddim` undo it.

    Args:
        scheduler: Name of ComfyUI's schedule of sigmas.

    Raises:
        InputError: a method that is wrong for the model, or noise alone of a model that flows.
    """
    check_method(model, start.method)
    clean = _clean(graph, start, vae)
    whole = graph.node(
        "BasicScheduler", model=model, scheduler=scheduler, steps=start.steps, denoise=1.0
    )
    rest = graph.node("SplitSigmas", sigmas=whole.out(0), step=start.step).out(1)
    if start.method != "noise" and start.strength < 1.0 and positive is not None:
        return _inverted(graph, clean, rest, model, positive, start)
    noise = _noise(graph, start, scheduler, model)
    inputs = {"model": model, "noise": noise, "sigmas": rest, "latent_image": clean}
    return graph.node("AddNoise", **inputs).out(0)


def _clean(graph: GraphBuilder, start: Start, vae: Any) -> Any:
    if start.strength < 1.0:
        return graph.node("VAEEncode", pixels=from_image(start.reference), vae=vae).out(0)
    height, width = start.reference.shape[:2]
    return graph.node("EmptyLatentImage", width=width, height=height, batch_size=1).out(0)


def _noise(graph: GraphBuilder, start: Start, scheduler: str, model: Any) -> Any:
    if form_of(model) != "flow":
        return graph.node("RandomNoise", noise_seed=start.seed).out(0)
    if start.step == 0:
        raise InputError(
            "Of a model that flows, LATENT cannot be noise alone. Lower the strength, or give "
            "KSampler an empty latent with add_noise on."
        )
    sampling = model.get_model_object("model_sampling")
    sigma = float(calculate_sigmas(sampling, scheduler, start.steps)[start.step])
    return FlowNoise(start.seed, sigma, model.get_model_object("process_latent_in"))


class FlowNoise:
    """Noise for AddNoise and a model that flows.

    A sampler that starts without noise scales its latents by 1 - sigma and expects x / (1 - sigma),
    as another sampler leaves them halfway; AddNoise gives x = (1 - sigma) clean + sigma noise.
    With noise / (1 - sigma) + clean in the noise's place, it gives what is expected.
    """

    def __init__(self, seed: int, sigma: float, inward: Callable[[torch.Tensor], torch.Tensor]):
        """`inward` scales latents as the model knows them."""
        self.seed = seed
        self._sigma, self._inward = sigma, inward

    def generate_noise(self, latent: dict[str, Any]) -> torch.Tensor:
        """What AddNoise multiplies by sigma, of the latent's shape."""
        clean = latent["samples"]
        noise = prepare_noise(clean, self.seed, latent.get("batch_index"))
        return noise / (1 - self._sigma) + self._inward(clean)


def _inverted(
    graph: GraphBuilder, clean: Any, rest: Any, model: Any, positive: Any, start: Start
) -> Any:
    up = graph.node("FlipSigmas", sigmas=rest).out(0)
    walk = flow_noisier_sigmas if start.method == "flow" else noisier_sigmas
    options = {"corrections": start.corrections, "fresh": start.fresh, "seed": start.seed}
    return graph.node(
        "SamplerCustom",
        model=model,
        add_noise=False,
        noise_seed=0,
        cfg=1.0,
        positive=positive,
        negative=positive,
        sampler=KSAMPLER(walk, options),
        sigmas=up,
        latent_image=clean,
    ).out(0)


class _Watched:
    """A denoiser whose last answer is shown as the progress of a sampler."""

    def __init__(self, model: Any, extra_args: dict[str, Any] | None, callback: Any) -> None:
        self._model, self._extra, self._callback = model, extra_args or {}, callback
        self._seen: dict[str, Any] = {}

    def clean(self, x: torch.Tensor, sigma: float) -> torch.Tensor:
        """The clean latents that the model sees in `x`."""
        level = sigma * x.new_ones(len(x))
        found: torch.Tensor = self._model(x, level, **self._extra)
        self._seen.update(x=x, denoised=found, sigma=level, sigma_hat=level)
        return found

    def tick(self, done: int, total: int) -> None:
        if self._callback is not None and self._seen and done < total:
            self._callback({"i": done, **self._seen})


@torch.no_grad()
def noisier_sigmas(
    model: Any,
    x: torch.Tensor,
    sigmas: torch.Tensor,
    extra_args: dict[str, Any] | None = None,
    callback: Any = None,
    disable: bool | None = None,
    corrections: int = 0,
    fresh: float = 0.0,
    seed: int = 0,
) -> torch.Tensor:
    """A sampler of ComfyUI that inverts: from `x` at the first, least sigma to the last.

    Args:
        model: Gives the clean latents for `model(x, sigma)`.
        x: Variance exploding latents, clean + sigma noise, shape (B, C, h, w).
        fresh: Share of the noise at the end that is replaced by noise of `seed`, 0 to 1.
    """
    watched = _Watched(model, extra_args, callback)

    def velocity(z: torch.Tensor, level: Level) -> torch.Tensor:
        a, b = level.alpha**0.5, (1 - level.alpha) ** 0.5
        wide = z / a
        clean = watched.clean(wide, level.t)
        return a * (wide - clean) / level.t - b * clean

    levels = [Level(sigma, 1 / (1 + sigma**2)) for sigma in sigmas.tolist()]
    narrow = x * levels[0].alpha ** 0.5
    found = ddim_invert(narrow, levels, velocity, corrections=corrections, tick=watched.tick)
    found = blend_fresh(found, narrow, levels[-1].alpha, _fresh(x, seed), fresh)
    return found / levels[-1].alpha ** 0.5


def _fresh(x: torch.Tensor, seed: int) -> torch.Tensor:
    return prepare_noise(x.cpu(), seed).to(x)


@torch.no_grad()
def flow_noisier_sigmas(
    model: Any,
    x: torch.Tensor,
    sigmas: torch.Tensor,
    extra_args: dict[str, Any] | None = None,
    callback: Any = None,
    disable: bool | None = None,
    corrections: int = 0,
    fresh: float = 0.0,
    seed: int = 0,
) -> torch.Tensor:
    """The same for models that flow: `x` is (1 - sigma) clean + sigma noise, of any shape."""
    watched = _Watched(model, extra_args, callback)

    def velocity(z: torch.Tensor, sigma: float) -> torch.Tensor:
        return (z - watched.clean(z, sigma)) / sigma

    levels = sigmas.tolist()
    found = flow_invert(x, levels, velocity, corrections=corrections, tick=watched.tick)
    # Brought to unit length, a line is a circle: the same blend serves both.
    picture, noise = 1 - levels[-1], levels[-1]
    length = (picture**2 + noise**2) ** 0.5
    alpha = (picture / length) ** 2
    return blend_fresh(found / length, x, alpha, _fresh(x, seed), fresh) * length
