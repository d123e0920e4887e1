"""Get a mixture's pipelines ready: loaded once, with their LoRAs and prompts."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch

from ...errors import InputError
from ...landmarks import MAPS, FaceGuide, draw_map
from ...runtime import Runtime
from ..mixture.model_parts import find_part, find_source
from ..records import Expert, Mixture
from ..resize import resize_to_fill
from .clip_prompts import encode_pair
from .device_placement import place_pipelines, weights_dtype
from .load_models import load_controlnet, load_pipeline, networks_of, stamp
from .lora import apply_loras
from .model_cache import SHELF
from .noise_prediction import Control, Member
from .vae import Picture, device_of

Prompts = Callable[[Expert], str]
"""What an expert is asked for."""


@dataclass(frozen=True)
class Guidance:
    """How the guide's map is shown to ControlNets."""

    guide: FaceGuide
    scale: float
    window: tuple[float, float]


SPACE: dict[str, Callable[[Any], object]] = {
    "prediction type": lambda pipe: pipe.scheduler.config.prediction_type,
    "scale of latents": lambda pipe: round(pipe.vae.config.scaling_factor, 5),
    "channels of latents": lambda pipe: pipe.unet.config.in_channels,
    "noise schedule": lambda pipe: [
        pipe.scheduler.config.get(key)
        for key in ("beta_start", "beta_end", "beta_schedule", "rescale_betas_zero_snr")
    ],
}
"""What models that are mixed must have in common."""

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
    mixture: Mixture,
    runtime: Runtime,
    size: tuple[int, int],
    *,
    guided: bool = False,
    exact: bool = False,
) -> LoadedMixture:
    """Load what a mixture needs; only that stays loaded.

    Args:
        guided: True to load the experts' ControlNets too.
        exact: True for full precision on a CPU.

    Raises:
        InputError: experts whose models predict different things and cannot be averaged.
    """
    dtype = weights_dtype(runtime, exact=exact)
    groups = _groups(mixture, runtime, dtype)
    nets = _net_keys(groups, runtime, dtype) if guided else {}
    SHELF.keep_only([*groups, *nets.values()])
    pipes = {
        key: SHELF.get(key, partial(load_pipeline, group[0][0], runtime.folders, dtype))
        for key, group in groups.items()
    }
    _same_space(list(pipes.values()))
    loaded = {key: _net(key, nets, pipes, groups, runtime, dtype) for key in nets}
    place_pipelines(list(pipes.values()), list(loaded.values()), runtime, size[0] * size[1])
    for key, group in groups.items():
        apply_loras(pipes[key], group, runtime.folders)
    return LoadedMixture(groups, pipes, loaded, size)


def ask(loaded: LoadedMixture, prompts: Prompts, guidance: Guidance | None = None) -> list[Member]:
    """Members whose weights sum to 1, the lead's first, with their prompts.

    Experts that share a model are one pipeline with merged LoRAs, asked once in each of their
    wordings; experts of weight 0 are left out.
    """
    members = []
    for key, group in loaded.groups.items():
        pipe, networks = loaded.pipes[key], networks_of(group[0][0])
        ids = networks.time_ids(loaded.size) if networks.time_ids else ()
        control = _control(loaded.nets.get(key), pipe, guidance, loaded.size)
        for words, share in _wordings(group, prompts).items():
            text = encode_pair(pipe, networks.encoders, *words)
            members.append(Member(pipe, share, *text, ids, control))
    return members


def _wordings(
    group: Sequence[tuple[Expert, float]], prompts: Prompts
) -> dict[tuple[str, str], float]:
    """Prompt and negative prompt of experts that share a model, with their shares."""
    found: dict[tuple[str, str], float] = {}
    for expert, weight in group:
        words = (prompts(expert), expert.negative)
        found[words] = found.get(words, 0.0) + weight
    return found


def _groups(mixture: Mixture, runtime: Runtime, dtype: torch.dtype) -> Groups:
    """Experts by the model that they share, heaviest first, shares within a group summing to 1."""
    found: Groups = {}
    for expert, weight in sorted(mixture.experts, key=lambda pair: -pair[1]):
        if weight > 0:
            key = ("pipe", _model_key(expert, runtime), expert.vae, str(dtype))
            found.setdefault(key, []).append((expert, weight))
    return found


def _model_key(expert: Expert, runtime: Runtime) -> Hashable:
    return expert.family, expert.config, stamp(find_source(expert, runtime.folders))


def _net_keys(groups: Groups, runtime: Runtime, dtype: torch.dtype) -> dict[Hashable, Hashable]:
    """Cache key of the ControlNet of each group that has one."""
    return {
        key: ("net", stamp(find_part(expert, "controlnet", name, runtime.folders)), str(dtype))
        for key, group in groups.items()
        if (name := (expert := group[0][0]).controlnet)
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
    pixels = _map_at(guidance.guide, size).astype(np.float32) / 255.0
    image = torch.from_numpy(pixels).permute(2, 0, 1)[None]
    image = image.to(device_of(pipe.unet), pipe.unet.dtype)
    return Control(net, image, guidance.scale, guidance.window)


def _map_at(guide: FaceGuide, size: tuple[int, int]) -> Picture:
    """The guide's map for a picture of `size`: dots keep their size in pixels, so it is drawn anew."""
    drawn = guide.style in MAPS and guide.control.shape[1::-1] != size
    if drawn and size[0] * guide.control.shape[0] == size[1] * guide.control.shape[1]:
        return draw_map(guide.style, guide.points, size, mesh=guide.mesh)
    return resize_to_fill(guide.control, size)


def _same_space(pipes: Sequence[Any]) -> None:
    """Refuse models whose predictions cannot be averaged: each says how its latents are made."""
    for what, of in SPACE.items():
        kinds = sorted({str(of(pipe)) for pipe in pipes})
        if len(kinds) > 1:
            raise InputError(
                f"These experts differ in the {what} ({', '.join(kinds)}), so their predictions "
                "cannot be averaged. Mix experts of one kind, or choose one."
            )
