"""Get a mixture's pipelines ready: loaded once, dressed in their LoRAs, told what to paint."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch

from ...errors import InputError
from ...landmarks import FaceGuide
from ..base import Runtime
from ..records import Expert, Mixture
from ..resize import resize_to_fill
from .clip_prompts import encode_pair
from .device_placement import dtype_for, move_to_device
from .load_models import find_source, load_controlnet, load_pipeline, stamp
from .lora import apply_loras
from .model_cache import SHELF
from .noise_prediction import Control, Member
from .vae import device_of

Prompts = Callable[[Expert], str]
"""What an expert is asked for."""


@dataclass(frozen=True)
class Guidance:
    """How the guide's map is shown to ControlNets."""

    guide: FaceGuide
    scale: float
    window: tuple[float, float]


def assemble(
    mixture: Mixture,
    prompts: Prompts,
    runtime: Runtime,
    size: tuple[int, int],
    guidance: Guidance | None = None,
) -> list[Member]:
    """Members whose weights sum to 1, the lead's first.

    Experts that share a model become one member with merged LoRAs; experts of weight 0 are left
    out. Only what this mixture needs stays loaded.

    Raises:
        InputError: experts whose models predict different things and cannot be averaged.
    """
    dtype = dtype_for(runtime)
    groups = _groups(mixture, runtime, dtype)
    nets = _net_keys(groups, runtime, guidance, dtype)
    SHELF.keep_only([*groups, *nets.values()])
    pipes = {
        key: SHELF.get(key, partial(load_pipeline, group[0][0], runtime.folders, dtype))
        for key, group in groups.items()
    }
    _same_prediction(list(pipes.values()))
    loaded = {key: _net(key, nets, pipes, groups, runtime, dtype) for key in nets}
    move_to_device(list(pipes.values()), list(loaded.values()), runtime, size[0] * size[1])
    members = []
    for key, group in groups.items():
        apply_loras(pipes[key], group, runtime.folders)
        text = encode_pair(pipes[key], prompts(group[0][0]), group[0][0].negative)
        control = _control(loaded.get(key), pipes[key], guidance, size)
        members.append(Member(pipes[key], _share(group), *text, size, control))
    return members


Groups = dict[Hashable, list[tuple[Expert, float]]]


def _groups(mixture: Mixture, runtime: Runtime, dtype: torch.dtype) -> Groups:
    """Experts by the model that they share, heaviest first, shares within a group summing to 1."""
    found: Groups = {}
    for expert, weight in sorted(mixture.experts, key=lambda pair: -pair[1]):
        if weight > 0:
            key = ("pipe", _model_key(expert, runtime), expert.vae, str(dtype))
            found.setdefault(key, []).append((expert, weight))
    return found


def _share(group: Sequence[tuple[Expert, float]]) -> float:
    return sum(weight for _, weight in group)


def _model_key(expert: Expert, runtime: Runtime) -> Hashable:
    return expert.family, expert.config, stamp(find_source(expert, runtime.folders))


def _net_keys(
    groups: Groups, runtime: Runtime, guidance: Guidance | None, dtype: torch.dtype
) -> dict[Hashable, Hashable]:
    """Shelf key of the ControlNet of each group that has one and is guided."""
    if guidance is None or guidance.scale == 0.0:
        return {}
    return {
        key: ("net", stamp(runtime.folders.find("controlnet", name)), str(dtype))
        for key, group in groups.items()
        if (name := group[0][0].controlnet)
    }


def _net(
    key: Hashable,
    nets: dict[Hashable, Hashable],
    pipes: dict[Hashable, Any],
    groups: Groups,
    runtime: Runtime,
    dtype: torch.dtype,
) -> Any:
    expert, width = groups[key][0][0], pipes[key].unet.config.cross_attention_dim
    load = partial(load_controlnet, expert.controlnet, expert, runtime.folders, width, dtype)
    return SHELF.get(nets[key], load)


def _control(
    net: Any, pipe: Any, guidance: Guidance | None, size: tuple[int, int]
) -> Control | None:
    if net is None or guidance is None:
        return None
    pixels = resize_to_fill(guidance.guide.control, size).astype(np.float32) / 255.0
    image = torch.from_numpy(pixels).permute(2, 0, 1)[None]
    image = image.to(device_of(pipe.unet), pipe.unet.dtype)
    return Control(net, image, guidance.scale, guidance.window)


def _same_prediction(pipes: Sequence[Any]) -> None:
    kinds = sorted({pipe.scheduler.config.prediction_type for pipe in pipes})
    if len(kinds) > 1:
        raise InputError(
            f"These experts predict different things ({', '.join(kinds)}), so their predictions "
            "cannot be averaged. Mix experts of one kind, or choose one."
        )
