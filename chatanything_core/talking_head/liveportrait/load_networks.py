"""Find, check and load the five public files of LivePortrait, safetensors only.

Names and shapes are those of https://huggingface.co/Kijai/LivePortrait_safetensors.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from ...diffusion.safetensors_header import read_header
from ...errors import InputError
from .networks.appearance_extractor import AppearanceExtractor
from .networks.feature_warp import FeatureWarp
from .networks.keypoint_corrections import KeypointCorrections
from .networks.motion_extractor import MotionExtractor
from .networks.spade_generator import SpadeBlock, SpadeGenerator
from .weight_files import WeightFiles

T = TypeVar("T", bound=nn.Module)
_UNREAD = "num_batches_tracked"


@dataclass(frozen=True, eq=False)
class Networks:
    """The five, ready to compute in full precision on the CPU."""

    appearance: AppearanceExtractor
    motion: MotionExtractor
    warp: FeatureWarp
    generator: SpadeGenerator
    corrections: KeypointCorrections

    def modules(self) -> list[nn.Module]:
        """All of them, to be moved to a device together."""
        return [self.appearance, self.motion, self.warp, self.generator, self.corrections]


@lru_cache(maxsize=1)
def load_networks(files: WeightFiles, thin: int = 1) -> Networks:
    """The networks of five files; those that were loaded last are kept.

    Raises:
        InputError: a file is broken, or a tensor is missing or has another shape.
    """
    with torch.device("meta"):
        empty = (
            AppearanceExtractor(thin),
            MotionExtractor(thin),
            FeatureWarp(thin),
            SpadeGenerator(thin),
            KeypointCorrections(),
        )
    appearance, motion, warp, generator, corrections = empty
    return Networks(
        _filled(appearance, files.appearance),
        _filled(motion, files.motion),
        _filled(warp, files.warp),
        _filled(generator, files.generator),
        _filled(corrections, files.corrections),
    )


def _filled(network: T, path: Path) -> T:
    """The network with the weights of a file that has been checked."""
    check_shapes(path, named_shapes(network))
    weights: dict[str, Tensor] = load_file(path)
    for name in _spectral(network):
        _normalise(weights, name)
    wanted = network.state_dict().keys()
    unread = torch.zeros(())  # how often a norm was trained, which some files leave out
    network.load_state_dict({name: weights.get(name, unread) for name in wanted}, assign=True)
    network.requires_grad_(False).float().eval()
    return network


def named_shapes(network: nn.Module) -> dict[str, tuple[int, ...]]:
    """Name and shape of every tensor that is read from the public file of a network."""
    state = network.state_dict().items()
    shapes = {name: tuple(tensor.shape) for name, tensor in state if not name.endswith(_UNREAD)}
    for name in _spectral(network):
        shape = shapes.pop(f"{name}.weight")
        shapes[f"{name}.weight_orig"] = shape
        shapes[f"{name}.weight_u"] = shape[:1]
        shapes[f"{name}.weight_v"] = (torch.Size(shape[1:]).numel(),)
    return shapes


def _spectral(network: nn.Module) -> list[str]:
    """Names of the layers whose weights the public file keeps spectrally normalised."""
    blocks = (item for item in network.named_modules() if isinstance(item[1], SpadeBlock))
    return [
        f"{name}.{layer}"
        for name, block in blocks
        for layer, _ in block.named_children()
        if layer.startswith("conv_")
    ]


def _normalise(weights: dict[str, Tensor], name: str) -> None:
    """Divide a weight by its largest singular value (https://arxiv.org/abs/1802.05957)."""
    weight = weights[f"{name}.weight_orig"].float()
    left, right = weights[f"{name}.weight_u"].float(), weights[f"{name}.weight_v"].float()
    weights[f"{name}.weight"] = weight / torch.dot(left, weight.flatten(1) @ right)


def check_shapes(path: Path, wanted: dict[str, tuple[int, ...]]) -> None:
    """Raise InputError, naming file, tensor and shape, unless a file holds what is wanted."""
    there: dict[str, Any] = dict(read_header(path).shapes)
    for name, shape in wanted.items():
        if name not in there:
            raise InputError(
                f"{path} has no tensor {name!r} of shape {shape}. It is another model's file, or "
                f"a part of one: put LivePortrait's {path.name} in its place."
            )
        if there[name] != shape:
            raise InputError(
                f"{path}: the tensor {name!r} has the shape {there[name]}, not {shape}. It is "
                f"another model's file: put LivePortrait's {path.name} in its place."
            )
