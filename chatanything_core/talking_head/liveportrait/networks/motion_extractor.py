"""Network M: keypoints, pose and expression of a face, by a ConvNeXt V2 (https://arxiv.org/abs/2301.00808)."""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

KEYPOINTS = 21
BINS = 66
"""Of an angle: 3 degrees each, from -97.5."""
_DEPTHS, _WIDTHS = (3, 3, 9, 3), (96, 192, 384, 768)


class _ChannelNorm(nn.LayerNorm):
    """Layer norm over the channels of (B, C, H, W)."""

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x.movedim(1, -1)).movedim(-1, 1)


class _ResponseNorm(nn.Module):
    """Global response normalization of (B, H, W, C)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.zeros(1, 1, 1, width))
        self.beta = nn.Parameter(torch.zeros(1, 1, 1, width))

    def forward(self, x: Tensor) -> Tensor:
        energy = torch.linalg.vector_norm(x, dim=(1, 2), keepdim=True)
        share = energy / (energy.mean(-1, keepdim=True) + 1e-6)
        return self.gamma * (x * share) + self.beta + x


class _Block(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.dwconv = nn.Conv2d(width, width, 7, padding=3, groups=width)
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.pwconv1 = nn.Linear(width, 4 * width)
        self.grn = _ResponseNorm(4 * width)
        self.pwconv2 = nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        inner = self.norm(self.dwconv(x).movedim(1, -1))
        inner = self.pwconv2(self.grn(functional.gelu(self.pwconv1(inner))))
        return x + inner.movedim(-1, 1)


class _Detector(nn.Module):
    def __init__(self, thin: int) -> None:
        super().__init__()
        widths = [width // thin for width in _WIDTHS]
        first = nn.Sequential(
            nn.Conv2d(3, widths[0], 4, stride=4), _ChannelNorm(widths[0], eps=1e-6)
        )
        smaller = (
            nn.Sequential(_ChannelNorm(low, eps=1e-6), nn.Conv2d(low, high, 2, stride=2))
            for low, high in pairwise(widths)
        )
        self.downsample_layers = nn.ModuleList([first, *smaller])
        self.stages = nn.ModuleList(
            nn.Sequential(*(_Block(width) for _ in range(depth)))
            for depth, width in zip(_DEPTHS, widths, strict=True)
        )
        self.norm = nn.LayerNorm(widths[-1], eps=1e-6)
        outputs = {"kp": 3 * KEYPOINTS, "exp": 3 * KEYPOINTS, "scale": 1, "t": 3}
        for name, count in (outputs | dict.fromkeys(("pitch", "yaw", "roll"), BINS)).items():
            self.add_module(f"fc_{name}", nn.Linear(widths[-1], count))

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        for smaller, stage in zip(self.downsample_layers, self.stages, strict=True):
            x = stage(smaller(x))
        x = self.norm(x.mean((-2, -1)))
        heads = {name: head for name, head in self.named_children() if name.startswith("fc_")}
        return {name.removeprefix("fc_"): head(x) for name, head in heads.items()}


class MotionExtractor(nn.Module):
    """RGB in [0, 1], (B, 3, 256, 256), to `kp` and `exp` (B, 63), `scale` (B, 1), `t` (B, 3), and
    `pitch`, `yaw` and `roll` as (B, 66) scores of bins."""

    def __init__(self, thin: int = 1) -> None:
        super().__init__()
        self.detector = _Detector(thin)

    def forward(self, picture: Tensor) -> dict[str, Tensor]:
        found: dict[str, Tensor] = self.detector(picture)
        return found


def degrees(scores: Tensor) -> Tensor:
    """The expected angle (B,) of scores of bins (B, 66)."""
    bins = torch.arange(BINS, dtype=scores.dtype, device=scores.device)
    return (scores.softmax(1) * bins).sum(1) * 3 - 97.5
