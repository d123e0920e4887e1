"""Network F: the appearance of a face as a volume of features."""

from torch import Tensor, nn

from .volume_blocks import Convolved2d, Residual3d

CHANNELS, DEPTH = 32, 16
"""Of the feature volume, which is 64 high and wide."""


class AppearanceExtractor(nn.Module):
    """RGB in [0, 1], (B, 3, 256, 256), to features (B, 32, 16, 64, 64).

    `thin` divides the widths of this and every other network; that of the public files is 1.
    """

    def __init__(self, thin: int = 1) -> None:
        super().__init__()
        self._channels, first = CHANNELS // thin, 64 // thin
        self.first = Convolved2d(3, first)
        self.down_blocks = nn.Sequential(
            Convolved2d(first, 2 * first, halved=True),
            Convolved2d(2 * first, 4 * first, halved=True),
        )
        self.second = nn.Conv2d(4 * first, self._channels * DEPTH, 1)
        self.resblocks_3d = nn.Sequential()
        for index in range(6):
            self.resblocks_3d.add_module(f"3dr{index}", Residual3d(self._channels))

    def forward(self, picture: Tensor) -> Tensor:
        flat: Tensor = self.second(self.down_blocks(self.first(picture)))
        batch, _, height, width = flat.shape
        volume: Tensor = self.resblocks_3d(flat.view(batch, self._channels, DEPTH, height, width))
        return volume
