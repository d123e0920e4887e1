"""Network G: a picture of moved features, by SPADE (https://arxiv.org/abs/1903.07291).

The trained convolutions are spectrally normalised; `load_networks` divides that into their weights.
"""

from typing import cast

from torch import Tensor, nn
from torch.nn import functional


class _Spade(nn.Module):
    """Instance norm whose scale and shift are read from the features."""

    def __init__(self, width: int, features: int) -> None:
        super().__init__()
        self.mlp_shared = nn.Sequential(nn.Conv2d(features, 128, 3, padding=1), nn.ReLU())
        self.mlp_gamma = nn.Conv2d(128, width, 3, padding=1)
        self.mlp_beta = nn.Conv2d(128, width, 3, padding=1)

    def forward(self, x: Tensor, features: Tensor) -> Tensor:
        shared = self.mlp_shared(functional.interpolate(features, size=x.shape[2:]))
        scale = 1 + cast(Tensor, self.mlp_gamma(shared))
        return functional.instance_norm(x) * scale + cast(Tensor, self.mlp_beta(shared))


class SpadeBlock(nn.Module):
    """Two normalised convolutions beside the identity, or a 1x1 convolution where widths differ."""

    def __init__(self, inputs: int, outputs: int, features: int) -> None:
        super().__init__()
        middle = min(inputs, outputs)
        self.conv_0 = nn.Conv2d(inputs, middle, 3, padding=1)
        self.conv_1 = nn.Conv2d(middle, outputs, 3, padding=1)
        self.norm_0, self.norm_1 = _Spade(inputs, features), _Spade(middle, features)
        self._learned = inputs != outputs
        if self._learned:
            self.conv_s = nn.Conv2d(inputs, outputs, 1, bias=False)
            self.norm_s = _Spade(inputs, features)

    def forward(self, x: Tensor, features: Tensor) -> Tensor:
        beside = self.conv_s(self.norm_s(x, features)) if self._learned else x
        inner = self.conv_0(functional.leaky_relu(self.norm_0(x, features), 0.2))
        inner = self.conv_1(functional.leaky_relu(self.norm_1(inner, features), 0.2))
        return cast(Tensor, beside + inner)


class SpadeGenerator(nn.Module):
    """Features (B, 256, 64, 64) to RGB in [0, 1], (B, 3, 512, 512)."""

    def __init__(self, thin: int = 1) -> None:
        super().__init__()
        width, last = 256 // thin, 64 // thin
        self.fc = nn.Conv2d(width, 2 * width, 3, padding=1)
        for index in range(6):
            self.add_module(f"G_middle_{index}", SpadeBlock(2 * width, 2 * width, width))
        self.up_0 = SpadeBlock(2 * width, width, width)
        self.up_1 = SpadeBlock(width, last, width)
        self.conv_img = nn.Sequential(nn.Conv2d(last, 12, 3, padding=1), nn.PixelShuffle(2))

    def forward(self, features: Tensor) -> Tensor:
        x = self.fc(features)
        for index in range(6):
            x = self.get_submodule(f"G_middle_{index}")(x, features)
        for block in (self.up_0, self.up_1):
            x = block(functional.interpolate(x, scale_factor=2.0), features)
        picture: Tensor = self.conv_img(functional.leaky_relu(x, 0.2))
        return picture.sigmoid()
