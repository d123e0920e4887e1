"""Network W: the feature volume of a face, moved from its own keypoints to others."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from .appearance_extractor import CHANNELS, DEPTH
from .motion_extractor import KEYPOINTS
from .volume_blocks import Convolved2d, Hourglass

SPREAD = 0.01
"""Variance of the Gaussian around a keypoint, in squared halves of the crop."""
_FEW = 4
"""Channels of the features that only tell where things go."""


def places(size: Sequence[int], like: Tensor) -> Tensor:
    """Coordinates (D, H, W, 3) of a volume: x right, y down, z inward, each in [-1, 1]."""
    steps = (torch.arange(n, dtype=like.dtype, device=like.device) / (n - 1) for n in size)
    axes = [2 * step - 1 for step in steps]
    z, y, x = torch.meshgrid(*axes, indexing="ij")
    return torch.stack([x, y, z], -1)


def _spread(keypoints: Tensor) -> Tensor:
    """Keypoints (B, K, 3) beside every place of a volume, (B, K, 1, 1, 1, 3)."""
    return keypoints[:, :, None, None, None, :]


def _near(grid: Tensor, keypoints: Tensor) -> Tensor:
    """How near every place is to every keypoint, (B, K, D, H, W) in [0, 1]."""
    away = grid - _spread(keypoints)
    return torch.exp(-0.5 * (away**2).sum(-1) / SPREAD)


class _DenseMotion(nn.Module):
    """Where every place of the volume comes from, and how much of it is seen."""

    def __init__(self, thin: int) -> None:
        super().__init__()
        inputs = (KEYPOINTS + 1) * (_FEW + 1)
        self.hourglass = Hourglass(inputs, 32 // thin, levels=5, widest=1024 // thin)
        self.mask = nn.Conv3d(self.hourglass.outputs, KEYPOINTS + 1, 7, padding=3)
        self.compress = nn.Conv3d(CHANNELS // thin, _FEW, 1)
        self.norm = nn.BatchNorm3d(_FEW)
        self.occlusion = nn.Conv2d(self.hourglass.outputs * DEPTH, 1, 7, padding=3)

    def forward(self, volume: Tensor, source: Tensor, driven: Tensor) -> tuple[Tensor, Tensor]:
        few = functional.relu(self.norm(self.compress(volume)))
        grid = places(few.shape[2:], driven)
        # One way a keypoint, and first that of what follows none of them.
        still = grid.expand(len(driven), 1, *grid.shape)
        ways = torch.cat([still, grid - _spread(driven) + _spread(source)], 1)
        heat = functional.pad(_near(grid, driven) - _near(grid, source), (0,) * 6 + (1, 0))
        features = self.hourglass(_beside(heat, _each_way(few, ways)))
        shares = self.mask(features).softmax(1)
        origins = (ways * shares[..., None]).sum(1)
        return origins, torch.sigmoid(self.occlusion(features.flatten(1, 2)))


def _each_way(few: Tensor, ways: Tensor) -> Tensor:
    """The features (B, C, D, H, W) as each of K ways (B, K, D, H, W, 3) would move them."""
    batch, count = ways.shape[:2]
    copies = few[:, None].expand(-1, count, -1, -1, -1, -1).flatten(0, 1)
    moved = functional.grid_sample(copies, ways.flatten(0, 1).to(few.dtype), align_corners=False)
    return moved.unflatten(0, (batch, count))


def _beside(heat: Tensor, moved: Tensor) -> Tensor:
    """Heat and features, one way after the other, (B, K * (1 + C), D, H, W)."""
    return torch.cat([heat[:, :, None].to(moved.dtype), moved], 2).flatten(1, 2)


class FeatureWarp(nn.Module):
    """Features (B, 32, 16, 64, 64) and keypoints (B, 21, 3) to (B, 256, 64, 64)."""

    def __init__(self, thin: int = 1) -> None:
        super().__init__()
        width = 256 // thin
        self.dense_motion_network = _DenseMotion(thin)
        self.third = Convolved2d(CHANNELS // thin * DEPTH, width, slope=0.01)
        self.fourth = nn.Conv2d(width, width, 1)

    def forward(self, volume: Tensor, source: Tensor, driven: Tensor) -> Tensor:
        origins, seen = self.dense_motion_network(volume, source, driven)
        moved = functional.grid_sample(volume, origins.to(volume.dtype), align_corners=False)
        flat: Tensor = self.fourth(self.third(moved.flatten(1, 2)))
        return flat * seen
