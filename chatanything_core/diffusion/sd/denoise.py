"""The sampling loop, the same for text to image, image to image, ControlNet and mixtures."""

import inspect
from collections.abc import Callable, Sequence
from math import hypot
from typing import Any

import torch

from ...inversion import Level
from ...progress import Tick
from .noise_prediction import Member, as_clean, predict

Preview = Callable[[torch.Tensor], None]
"""Called after each step with what the model takes the clean latents to be, shape (1, C, h, w)."""


def stream(seed: int) -> torch.Generator:
    """Torch's own random stream, on the CPU so that every device paints the same picture.

    It is the stream of diffusers and of ComfyUI's KSampler: a seed means the same here and there.
    """
    return torch.Generator().manual_seed(seed)


def initial_noise(shape: Sequence[int], generator: torch.Generator) -> torch.Tensor:
    """Unit normal noise, float32."""
    return torch.randn(tuple(shape), generator=generator)


def denoise(
    members: Sequence[Member],
    scheduler: Any,
    latents: torch.Tensor,
    *,
    begin: int,
    cfg: float,
    generator: torch.Generator,
    tick: Tick,
    preview: Preview | None = None,
) -> torch.Tensor:
    """Carry latents from step `begin` of the scheduler's time steps to the end.

    Args:
        generator: Of the noise that ancestral and stochastic schedulers add.
    """
    timesteps = scheduler.timesteps[begin * scheduler.order :]
    _begin_at(scheduler, begin * scheduler.order)
    extra = _step_options(scheduler, generator)
    for step, t in enumerate(timesteps):
        tick(step, len(timesteps))
        x = scheduler.scale_model_input(latents, t)
        output = predict(members, x, t, cfg, step, len(timesteps))
        latents = scheduler.step(output, t, latents, **extra, return_dict=False)[0]
        if preview:
            preview(_clean(scheduler, output, x, t, latents))
    tick(len(timesteps), len(timesteps))
    return latents


def _clean(
    scheduler: Any, output: torch.Tensor, x: torch.Tensor, t: Any, latents: torch.Tensor
) -> torch.Tensor:
    """The clean latents behind scaled latents `x`, or else the step's own result."""
    alpha = scheduler.alphas_cumprod[int(t)].to(x)
    clean = as_clean(scheduler.config.prediction_type, output, x, alpha)
    return latents if clean is None else clean


def coefficients(scheduler: Any, index: int) -> tuple[float, float]:
    """What the scheduler multiplies picture and noise by at a time step: (a, b).

    Variance preserving schedulers have a^2 + b^2 = 1, variance exploding ones a = 1.
    """
    one, zero = torch.ones(1, 1, 1, 1), torch.zeros(1, 1, 1, 1)
    at = scheduler.timesteps[index : index + 1].cpu()
    _begin_at(scheduler, index)
    a, b = scheduler.add_noise(one, zero, at), scheduler.add_noise(zero, one, at)
    return float(a), float(b)


def noise_levels(scheduler: Any, begin: int) -> list[Level]:
    """Noise levels from the clean end up to step `begin` of the schedule."""
    found = [Level(0.0, float(getattr(scheduler, "final_alpha_cumprod", 1.0)))]
    for index in range(len(scheduler.timesteps) - 1, begin * scheduler.order - 1, -1):
        a, b = coefficients(scheduler, index)
        level = Level(float(scheduler.timesteps[index]), a * a / (a * a + b * b))
        # Second-order schedulers visit each level twice.
        if level.alpha < found[-1].alpha:
            found.append(level)
    return found


def spread(scheduler: Any, begin: int) -> float:
    """Factor from variance preserving latents to this scheduler's own at step `begin`."""
    a, b = coefficients(scheduler, begin * scheduler.order)
    return 1.0 if a < 1.0 else hypot(a, b)


def _begin_at(scheduler: Any, index: int) -> None:
    # DDIM and DDPM know their place by the time step alone.
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(index)


def _step_options(scheduler: Any, generator: torch.Generator) -> dict[str, Any]:
    wants = inspect.signature(scheduler.step).parameters
    return {"generator": generator} if "generator" in wants else {}
