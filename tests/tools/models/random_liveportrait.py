"""LivePortrait's five files with random weights, under the names of the public ones."""

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

from chatanything.talking_head.liveportrait.load_networks import named_shapes
from chatanything.talking_head.liveportrait.networks.appearance_extractor import (
    AppearanceExtractor,
)
from chatanything.talking_head.liveportrait.networks.feature_warp import FeatureWarp
from chatanything.talking_head.liveportrait.networks.keypoint_corrections import (
    KeypointCorrections,
)
from chatanything.talking_head.liveportrait.networks.motion_extractor import MotionExtractor
from chatanything.talking_head.liveportrait.networks.spade_generator import SpadeGenerator
from chatanything.talking_head.liveportrait.weight_files import FILES


def write_random(folder: Path, thin: int = 1, seed: int = 0) -> dict[str, Path]:
    """Write all five into `folder`; `thin` divides the widths of the networks."""
    folder.mkdir(parents=True, exist_ok=True)
    with torch.device("meta"):
        parts = {
            "appearance": AppearanceExtractor(thin),
            "motion": MotionExtractor(thin),
            "warp": FeatureWarp(thin),
            "generator": SpadeGenerator(thin),
            "corrections": KeypointCorrections(),
        }
    random = torch.Generator().manual_seed(seed)
    paths = {part: folder / f"{FILES[part]}.safetensors" for part in parts}
    for part, network in parts.items():
        save_file(_weights(network, random), paths[part])
    return paths


def _weights(network: nn.Module, random: torch.Generator) -> dict[str, torch.Tensor]:
    shapes = named_shapes(network)
    made = {name: _tensor(name, shape, random) for name, shape in shapes.items()}
    for name in [name for name in made if name.endswith("weight_orig")]:
        left, right = (name.replace("orig", side) for side in "uv")
        matrix = made[name].flatten(1)
        for _ in range(3):  # the largest singular value, as training keeps it
            made[right] = nn.functional.normalize(matrix.T @ made[left], dim=0)
            made[left] = nn.functional.normalize(matrix @ made[right], dim=0)
    return made


def _tensor(name: str, shape: tuple[int, ...], random: torch.Generator) -> torch.Tensor:
    """Noise of the size that keeps signals as large as they are."""
    noise = torch.randn(shape, generator=random)
    if name.endswith(("norm.weight", "norm1.weight", "norm2.weight", "running_var")):
        return 1 + 0.1 * noise.clamp(-3, 3)
    if len(shape) < 2 or name.endswith(("gamma", "beta")):
        return 0.1 * noise
    return noise / torch.Size(shape[1:]).numel() ** 0.5
