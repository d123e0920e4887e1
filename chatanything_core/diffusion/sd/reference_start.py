"""The inversion stage for diffusion models: a reference becomes latents at a step."""

import inspect
from dataclasses import replace
from typing import Any

import diffusers
import numpy as np
import numpy.typing as npt
import torch

from ...errors import InputError
from ...inversion import Level, Start, blend_fresh, ddim_invert
from ...progress import Tick
from ...runtime import Runtime
from ..records import Expert, Mixture
from ..resize import painted_size
from ..samplers import SAMPLERS, Sampler, sampler
from ..start_step import with_step
from .assemble import LoadedMixture, ask, load_mixture
from .denoise import coefficients, initial_noise, noise_levels, spread, stream
from .device_placement import advice_when_full
from .noise_prediction import Member, as_velocity, predict
from .vae import device_of, encode, latent_shape


def start_from(
    mixture: Mixture, asked: Start, size: tuple[int, int], runtime: Runtime, tick: Tick
) -> Start:
    """Encode the reference of `asked` and bring it to the step that its strength leads to."""
    size = painted_size(mixture.lead.size, size)
    start = with_step(asked, mixture, size)
    if start.strength in (0.0, 1.0):
        return start
    with torch.inference_mode(), advice_when_full(runtime):
        loaded = load_mixture(mixture, runtime, size, exact=start.method == "ddim")
        return with_latents(start, mixture.lead, loaded, tick)


def with_latents(start: Start, lead: Expert, loaded: LoadedMixture, tick: Tick) -> Start:
    """The start with its reference as latents at its step."""
    start = replace(start, scale=loaded.lead.vae.config.scaling_factor)
    scheduler = schedule(lead, loaded.lead)
    clean = encode(loaded.lead, start.reference)
    if start.method == "noise":
        return _noised(start, scheduler, clean)
    return _inverted(start, scheduler, clean, ask(loaded, lambda _: start.prompt), tick)


def schedule(expert: Expert, pipe: Any) -> Any:
    """A fresh scheduler of the expert with its time steps set.

    Raises:
        InputError: a sampler that cannot follow the model's noise schedule.
    """
    scheduler = make_scheduler(expert.scheduler, pipe.scheduler.config)
    scheduler.set_timesteps(expert.steps)
    return scheduler


def make_scheduler(name: str, config: Any) -> Any:
    """A fresh scheduler; noise schedule and prediction type come from the model's own `config`.

    Raises:
        InputError: a sampler that cannot follow a schedule which ends in pure noise.
    """
    chosen = sampler(name)
    if config.get("rescale_betas_zero_snr") and not _reaches_pure_noise(chosen):
        able = ", ".join(name for name, other in SAMPLERS.items() if _reaches_pure_noise(other))
        raise InputError(
            f"The sampler {name!r} cannot follow this model's noise schedule, which ends in pure "
            f"noise (zero terminal SNR): colours would burn. Choose one of: {able}."
        )
    # Settings of the model's own scheduler class that this one does not share are dropped there.
    return getattr(diffusers, chosen.scheduler).from_config(config, **chosen.settings)


def _reaches_pure_noise(chosen: Sampler) -> bool:
    """True for a sampler that has zero terminal SNR (Lin et al. 2023, https://arxiv.org/abs/2305.08891)."""
    words = inspect.signature(getattr(diffusers, chosen.scheduler).__init__).parameters
    return "rescale_betas_zero_snr" in words and not chosen.settings.get("use_karras_sigmas")


def _noised(start: Start, scheduler: Any, clean: torch.Tensor) -> Start:
    """SDEdit (Meng et al. 2022, https://arxiv.org/abs/2108.01073)."""
    index = start.step * scheduler.order
    a, b = coefficients(scheduler, index)
    fresh = initial_noise(clean.shape, stream(start.seed)).to(clean)
    noised = scheduler.add_noise(clean, fresh, scheduler.timesteps[index : index + 1])
    length = a * a + b * b
    latents = noised if a < 1.0 else noised / length**0.5
    note = f"reference noised to step {start.step} of {start.steps}"
    return replace(start, latents=_array(latents), alpha=a * a / length, note=note)


def _inverted(
    start: Start,
    scheduler: Any,
    clean: torch.Tensor,
    members: list[Member],
    tick: Tick,
) -> Start:
    """DDIM inversion along the expert's own noise levels, at guidance 1."""
    path = noise_levels(scheduler, start.step)
    kind = scheduler.config.prediction_type

    def velocity(x: torch.Tensor, level: Level) -> torch.Tensor:
        t = torch.tensor(level.t, device=x.device)
        return as_velocity(kind, predict(members, x, t, 1.0, 0, 1), x, level.alpha)

    x = ddim_invert(clean, path, velocity, corrections=start.corrections, tick=tick)
    more = initial_noise(clean.shape, stream(start.seed)).to(clean)
    x = blend_fresh(x, clean, path[-1].alpha, more, start.fresh)
    note = (
        f"reference inverted by DDIM to step {start.step} of {start.steps} with "
        f"{start.corrections} more corrections a step, {start.fresh:.0%} fresh noise"
    )
    return replace(start, latents=_array(x), alpha=path[-1].alpha, note=note)


def _array(latents: torch.Tensor) -> npt.NDArray[np.float32]:
    return latents.float().cpu().numpy()  # type: ignore[no-any-return]


def begin_with(
    start: Start, expert: Expert, pipe: Any, size: tuple[int, int]
) -> tuple[torch.Tensor, int]:
    """Latents of a start in the space of the expert's scheduler, and the step they belong to.

    Raises:
        InputError: the start was made for another size or another expert.
    """
    assert start.latents is not None
    if start.latents.shape != latent_shape(pipe, size):
        height, width = (pipe.vae_scale_factor * side for side in start.latents.shape[-2:])
        raise InputError(
            f"The start was made for {width} x {height} pixels, the portrait has {size[0]} x "
            f"{size[1]}. Give Inversion the size of the portrait."
        )
    ruler = schedule(expert, pipe)
    a, b = coefficients(ruler, start.step * ruler.order)
    if start.steps != expert.steps or abs(a * a / (a * a + b * b) - start.alpha) > 1e-3:
        raise InputError(
            f"The start was made for another schedule than that of expert {expert.name!r} "
            f"({expert.scheduler}, {expert.steps} steps). Wire the same expert into Inversion."
        )
    latents = torch.from_numpy(start.latents).to(device_of(pipe.unet))
    return latents * spread(ruler, start.step), start.step
