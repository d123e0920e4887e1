"""Convolutions, norms and activations in the order that the trained weights expect.

Attribute names are the tensor names of the public files. Shapes are (B, C, H, W) for pictures and
(B, C, D, H, W) for volumes.
"""

from itertools import pairwise
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional


class Convolved2d(nn.Module):
    """3x3 convolution, norm, activation; `halved` then pools 2x2."""

    def __init__(self, inputs: int, outputs: int, *, slope: float = 0.0, halved: bool = False):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.norm = nn.BatchNorm2d(outputs)
        self._slope, self._halved = slope, halved

    def forward(self, x: Tensor) -> Tensor:
        x = functional.leaky_relu(self.norm(self.conv(x)), self._slope)
        return functional.avg_pool2d(x, 2) if self._halved else x


class Residual3d(nn.Module):
    """Two pre-activated 3x3x3 convolutions beside the identity."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm1 = nn.BatchNorm3d(channels)
        self.conv1 = nn.Conv3d(channels, channels, 3, padding=1)
        self.norm2 = nn.BatchNorm3d(channels)
        self.conv2 = nn.Conv3d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        inner = self.conv1(functional.relu(self.norm1(x)))
        return x + cast(Tensor, self.conv2(functional.relu(self.norm2(inner))))


class _Down3d(nn.Module):
    """Halves height and width, never depth."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv = nn.Conv3d(inputs, outputs, 3, padding=1)
        self.norm = nn.BatchNorm3d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        return functional.avg_pool3d(functional.relu(self.norm(self.conv(x))), (1, 2, 2))


class _Up3d(nn.Module):
    """Doubles height and width, never depth."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv = nn.Conv3d(inputs, outputs, 3, padding=1)
        self.norm = nn.BatchNorm3d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        doubled = functional.interpolate(x, scale_factor=(1.0, 2.0, 2.0))
        return functional.relu(self.norm(self.conv(doubled)))


class _Encoder(nn.Module):
    def __init__(self, widths: list[int]) -> None:
        super().__init__()
        self.down_blocks = nn.ModuleList(_Down3d(low, high) for low, high in pairwise(widths))

    def forward(self, x: Tensor) -> list[Tensor]:
        """The input and what every level makes of it."""
        levels = [x]
        for block in self.down_blocks:
            levels.append(block(levels[-1]))
        return levels


class _Decoder(nn.Module):
    def __init__(self, widths: list[int], first: int) -> None:
        super().__init__()
        inner = [first, *widths[1:-1]]
        steps = reversed(list(zip(inner, widths[1:], strict=True)))
        # All but the deepest level also get what the encoder had there.
        self.up_blocks = nn.ModuleList(
            _Up3d(2 * high if i else high, low) for i, (low, high) in enumerate(steps)
        )
        self.outputs = first + widths[0]
        self.conv = nn.Conv3d(self.outputs, self.outputs, 3, padding=1)
        self.norm = nn.BatchNorm3d(self.outputs)

    def forward(self, levels: list[Tensor]) -> Tensor:
        x, *skipped = reversed(levels)
        for block, skip in zip(self.up_blocks, skipped, strict=True):
            x = torch.cat([block(x), skip], dim=1)
        return functional.relu(self.norm(self.conv(x)))


class Hourglass(nn.Module):
    """A U-Net over a volume; `outputs` is how many channels it gives."""

    def __init__(self, inputs: int, first: int, levels: int, widest: int) -> None:
        super().__init__()
        widths = [inputs, *(min(widest, first * 2 ** (i + 1)) for i in range(levels))]
        self.encoder = _Encoder(widths)
        self.decoder = _Decoder(widths, first)
        self.outputs = self.decoder.outputs

    def forward(self, x: Tensor) -> Tensor:
        return cast(Tensor, self.decoder(self.encoder(x)))
