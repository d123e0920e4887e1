"""Networks S and R: small corrections of keypoints, (B, 63) and more in, (B, 63) or more out."""

from itertools import pairwise

from torch import Tensor, nn

from .motion_extractor import KEYPOINTS

NUMBERS = 3 * KEYPOINTS
WIDTHS = {
    "retarget_shoulder": (2 * NUMBERS, 128, 128, 64, NUMBERS + 2),
    "retarget_mouth": (NUMBERS + 2, 128, 128, 64, NUMBERS),
    "retarget_eye": (NUMBERS + 3, 256, 256, 128, 128, 64, NUMBERS),
}
"""Of the layers: shoulders are held still for given source and driven keypoints; lips are moved
from one openness to another; eyes from two to one."""


class _Correction(nn.Module):
    def __init__(self, widths: tuple[int, ...]) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for inputs, outputs in pairwise(widths):
            layers += [nn.Linear(inputs, outputs), nn.ReLU()]
        self.mlp = nn.Sequential(*layers[:-1])

    def forward(self, numbers: Tensor) -> Tensor:
        corrected: Tensor = self.mlp(numbers)
        return corrected


class KeypointCorrections(nn.Module):
    """All three, under the names of the public file; called by one of `WIDTHS`."""

    def __init__(self) -> None:
        super().__init__()
        for name, widths in WIDTHS.items():
            self.add_module(f"{name}_module", _Correction(widths))

    def forward(self, name: str, numbers: Tensor) -> Tensor:
        corrected: Tensor = self.get_submodule(f"{name}_module")(numbers)
        return corrected
