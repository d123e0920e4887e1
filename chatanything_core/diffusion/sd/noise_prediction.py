"""The noise prediction of a mixture: each expert's own, guided, then averaged by weight.

Composed denoising: Liu et al. 2022 (https://arxiv.org/abs/2206.01714); classifier-free guidance: Ho
& Salimans 2022 (https://arxiv.org/abs/2207.12598); ControlNet: Zhang et al. 2023; velocity:
Salimans & Ho 2022 (https://arxiv.org/abs/2202.00512).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import torch

from ...errors import InputError
from .clip_prompts import EncodedPrompt


@dataclass(frozen=True)
class Control:
    """A ControlNet and what it is shown."""

    net: Any
    image: torch.Tensor
    """Shape (1, 3, H, W), in [0, 1]."""
    scale: float
    """Conditioning scale; 0 has no effect."""
    window: tuple[float, float] = (0.0, 1.0)
    """Part of the steps during which it guides."""


@dataclass(frozen=True)
class Member:
    """One pipeline of the mixture with what it is asked for."""

    pipe: Any
    weight: float
    prompt: EncodedPrompt
    negative: EncodedPrompt
    time_ids: tuple[int, ...] = ()
    """What the UNet is given besides the time, with the pooled text; empty for nothing."""
    control: Control | None = None


def predict(
    members: Sequence[Member], x: torch.Tensor, t: Any, cfg: float, step: int, steps: int
) -> torch.Tensor:
    """What the mixture sees in scaled latents `x` of shape (1, C, h, w) at time step `t`."""
    outputs = [(m.weight, _guided(m, x, t, cfg, step, steps)) for m in members]
    if len(outputs) == 1:
        return outputs[0][1]
    return sum((weight * output for weight, output in outputs), torch.zeros_like(x))


def _guided(
    member: Member, x: torch.Tensor, t: Any, cfg: float, step: int, steps: int
) -> torch.Tensor:
    if cfg <= 1.0:
        return _raw(member, x, t, [member.prompt], step, steps)
    texts = [member.negative, member.prompt]
    without, with_ = _raw(member, torch.cat([x, x]), t, texts, step, steps).chunk(2)
    return without + cfg * (with_ - without)


def _raw(
    member: Member, x: torch.Tensor, t: Any, texts: Sequence[EncodedPrompt], step: int, steps: int
) -> torch.Tensor:
    unet, given = member.pipe.unet, x.dtype
    x = x.to(unet.dtype)
    features = torch.cat([text.features for text in texts])
    added = _added(member, texts)
    residuals = _residuals(member, x, t, features, added, step, steps)
    output: torch.Tensor = unet(
        x,
        t,
        encoder_hidden_states=features,
        added_cond_kwargs=added,
        return_dict=False,
        **residuals,
    )[0]
    return output.to(given)


def _added(member: Member, texts: Sequence[EncodedPrompt]) -> dict[str, torch.Tensor] | None:
    if not member.time_ids:
        return None
    ids = torch.tensor([member.time_ids] * len(texts))
    pooled = torch.cat([text.pooled for text in texts if text.pooled is not None])
    return {"text_embeds": pooled, "time_ids": ids.to(pooled.device, pooled.dtype)}


def _residuals(
    member: Member,
    x: torch.Tensor,
    t: Any,
    features: torch.Tensor,
    added: dict[str, torch.Tensor] | None,
    step: int,
    steps: int,
) -> dict[str, Any]:
    control = member.control
    if control is None or control.scale == 0.0:
        return {}
    if step not in guided_steps(control.window, steps):
        return {}
    down, middle = control.net(
        x,
        t,
        encoder_hidden_states=features,
        controlnet_cond=control.image,  # one picture for all texts: it is added to each of them
        conditioning_scale=control.scale,
        added_cond_kwargs=added,
        return_dict=False,
    )
    return {"down_block_additional_residuals": down, "mid_block_additional_residual": middle}


def guided_steps(window: tuple[float, float], steps: int) -> range:
    """Steps, of `steps` that run, that begin inside a window of shares in [0, 1].

    At least one, where the window opens, so that a run of few steps never loses its guide; none for
    a window without width.

    >>> guided_steps((0.0, 0.8), 20), guided_steps((0.0, 0.8), 1), guided_steps((0.5, 0.5), 4)
    (range(0, 16), range(0, 1), range(0, 0))
    """
    begin, end = window
    if end <= begin:
        return range(0)
    first = min(ceil(begin * steps - 1e-9), steps - 1)
    return range(first, max(ceil(end * steps - 1e-9), first + 1))


def as_clean(
    kind: str, output: torch.Tensor, x: torch.Tensor, alpha: torch.Tensor
) -> torch.Tensor | None:
    """What a prediction says is behind the noise in scaled latents `x`; None if it is not known.

    Args:
        kind: The `prediction_type` of the model's own scheduler.
        alpha: Share of the picture's variance in `x`, 0 to 1.
    """
    if kind == "epsilon":
        return (x - (1 - alpha).sqrt() * output) / alpha.sqrt()
    if kind == "v_prediction":
        return alpha.sqrt() * x - (1 - alpha).sqrt() * output
    return None


def as_velocity(kind: str, output: torch.Tensor, x: torch.Tensor, alpha: float) -> torch.Tensor:
    """The velocity that a prediction of any kind implies; arguments as those of `as_clean`.

    Raises:
        InputError: a kind that is not known.
    """
    if kind == "epsilon":
        return (output - (1 - alpha) ** 0.5 * x) / alpha**0.5
    if kind == "v_prediction":
        return output
    raise InputError(
        f"The model predicts {kind!r}; DDIM inversion knows epsilon and v_prediction. "
        "Choose the method `noise`."
    )
