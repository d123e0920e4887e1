"""Get a mixture's pipelines ready: loaded once, with their LoRAs and prompts."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch

from ...errors import InputError
from ...landmarks import FaceGuide
from ...runtime import Runtime, dtype_for
from ..records import Expert, Mixture
from ..resize import resize_to_fill
from .clip_prompts import encode_pair
from .device_placement import place_pipelines
from .load_models import find_source, load_controlnet, load_pipeline, networks_of, stamp
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


Groups = dict[Hashable, list[tuple[Expert, float]]]


@dataclass(frozen=True)
class LoadedMixture:
    """A mixture's pipelines on their device, with their LoRAs; the lead's first."""

    groups: Groups
    """Experts that share a model, with their weights, by its cache key."""
    pipes: dict[Hashable, Any]
    nets: dict[Hashable, Any]
    """ControlNets of the groups that are guided."""
    size: tuple[int, int]
    """Width and height of the portrait in pixels."""

    @property
    def lead(self) -> Any:
        """The pipeline of the expert with the most weight."""
        return next(iter(self.pipes.values()))


def load_mixture(
    mixture: Mixture, runtime: Runtime, size: tuple[int, int], *, guided: bool = False
) -> LoadedMixture:
    """Load what a mixture needs; only that stays loaded.

    Args:
        guided: True to load the experts' ControlNets too.

    Raises:
        InputError: experts whose models predict different things and cannot be averaged.
    """
    dtype = dtype_for(runtime)
    groups = _groups(mixture, runtime, dtype)
    nets = _net_keys(groups, runtime, dtype) if guided else {}
    SHELF.keep_only([*groups, *nets.values()])
    pipes = {
        key: SHELF.get(key, partial(load_pipeline, group[0][0], runtime.folders, dtype))
        for key, group in groups.items()
    }
    _same_prediction(list(pipes.values()))
    loaded = {key: _net(key, nets, pipes, groups, runtime, dtype) for key in nets}
    place_pipelines(list(pipes.values()), list(loaded.values()), runtime, size[0] * size[1])
    for key, group in groups.items():
        apply_loras(pipes[key], group, runtime.folders)
    return LoadedMixture(groups, pipes, loaded, size)


def ask(loaded: LoadedMixture, prompts: Prompts, guidance: Guidance | None = None) -> list[Member]:
    """Members whose weights sum to 1, the lead's first, with their prompts.

    Experts that share a model become one member with merged LoRAs; experts of weight 0 are left
    out.
    """
    members = []
    for key, group in loaded.groups.items():
        pipe, expert = loaded.pipes[key], group[0][0]
        networks = networks_of(expert)
        text = encode_pair(pipe, networks.encoders, prompts(expert), expert.negative)
        ids = networks.time_ids(loaded.size) if networks.time_ids else ()
        control = _control(loaded.nets.get(key), pipe, guidance, loaded.size)
        members.append(Member(pipe, _share(group), *text, ids, control))
    return members


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


def _net_keys(groups: Groups, runtime: Runtime, dtype: torch.dtype) -> dict[Hashable, Hashable]:
    """Cache key of the ControlNet of each group that has one."""
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
