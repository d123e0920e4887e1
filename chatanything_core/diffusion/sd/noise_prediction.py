"""The noise prediction of a mixture: each expert's own, guided, then averaged by weight.

Composed denoising: Liu et al. 2022 (https://arxiv.org/abs/2206.01714); classifier-free guidance: Ho
& Salimans 2022 (https://arxiv.org/abs/2207.12598); ControlNet: Zhang et al. 2023.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

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
    size: tuple[int, int]
    """Width and height in pixels; a condition of SDXL."""
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
    unet = member.pipe.unet
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
    return output


def _added(member: Member, texts: Sequence[EncodedPrompt]) -> dict[str, torch.Tensor] | None:
    """SDXL's micro-conditioning: original size, crop, target size; None for SD1.5."""
    if texts[0].pooled is None:
        return None
    width, height = member.size
    ids = torch.tensor([[height, width, 0, 0, height, width]] * len(texts))
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
    begin, end = control.window
    if step / steps < begin or (step + 1) / steps > end:
        return {}
    down, middle = control.net(
        x,
        t,
        encoder_hidden_states=features,
        controlnet_cond=control.image.expand(len(x), -1, -1, -1),
        conditioning_scale=control.scale,
        added_cond_kwargs=added,
        return_dict=False,
    )
    return {"down_block_additional_residuals": down, "mid_block_additional_residual": middle}
