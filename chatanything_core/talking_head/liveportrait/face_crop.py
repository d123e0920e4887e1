"""Cut the square around a face out of a portrait, upright, and put another one back softly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from ...landmarks import Face

ROOM = 2.3
"""Side of the square over the extent of the landmarks (the authors' `CropConfig`)."""
RAISED = 0.125
"""How far its middle lies above theirs, in sides."""
FACE_HEIGHT = 1.45
"""Height of a face over the distance from its brows to its chin, as the warp has it."""
SOLID, SOFT = 0.72, 0.94
"""Where the mask begins to fade and where it has, from the middle to the rim of the square."""
Pixels = npt.NDArray[np.uint8]
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Square:
    """An upright square around a face; pixels are counted from the outer edges of the picture."""

    middle: Array
    """Pixels, (2,)."""
    across: Array
    """From its middle to its right rim, pixels, (2,)."""
    down: Array
    """From its middle to its lower rim, pixels, (2,)."""
    tall: float
    """Height of the face in halves of the square."""

    @property
    def half(self) -> float:
        """Half its side in pixels."""
        return float(np.hypot(*self.across))


def square_around(face: Face, size: tuple[int, int]) -> Square:
    """The square for a face in a picture of `size` (width, height)."""
    points = face.points * size
    eyes, lips = points[36:48].mean(0), points[[48, 54]].mean(0)
    down = (lips - eyes) / max(float(np.hypot(*(lips - eyes))), 1e-6)
    across = np.array([down[1], -down[0]])
    turned = points @ np.stack([across, down], 1)
    low, high = turned.min(0), turned.max(0)
    half = float((high - low).max()) * ROOM / 2
    middle = (low + high) / 2 - (0, 2 * half * RAISED)
    tall = FACE_HEIGHT * float(np.hypot(*(points[17:27].mean(0) - points[8])))
    return Square(middle @ np.stack([across, down]), across * half, down * half, tall / half)


def crop(image: Tensor, square: Square, side: int) -> Tensor:
    """The square of a picture (1, 3, H, W), whose rim goes on beyond it, as (1, 3, side, side)."""
    fine = max(2, round(2 * square.half / side))  # every pixel of the picture counts
    steps = (torch.arange(side * fine, dtype=torch.float64) + 0.5) * 2 / (side * fine) - 1
    v, u = torch.meshgrid(steps, steps, indexing="ij")
    axes = torch.from_numpy(np.stack([square.across, square.down]))
    spots = torch.stack([u, v], -1) @ axes + torch.from_numpy(square.middle)
    height, width = image.shape[2:]
    grid = spots * 2 / torch.tensor([width, height]) - 1
    found = functional.grid_sample(
        image, grid[None].to(image), padding_mode="border", align_corners=False
    )
    return functional.avg_pool2d(found, fine)


class Paste:
    """Puts a moved square back into its portrait, softly; outside the mask nothing changes."""

    def __init__(self, image: Pixels, square: Square, device: torch.device) -> None:
        self._image, self._square = image, square
        self._box = _box(square, image.shape[1::-1])
        inside = _inside(square, self._box)
        self._grid = torch.from_numpy(inside[None]).to(device)
        self._mask = _mask(self._grid)
        part = np.ascontiguousarray(image[self._box][..., :3])
        self._part = torch.from_numpy(part).to(device).float().movedim(-1, 0)[None]

    def frame(self, moved: Tensor) -> Pixels:
        """The portrait with a square (1, 3, S, S) in [0, 1] in its place."""
        drawn = moved.shape[-1]
        times = max(int(drawn / (2 * self._square.half)), 1)  # finer than the portrait
        moved = functional.interpolate(moved, (drawn // times,) * 2, mode="area")
        found = functional.grid_sample(
            moved.float() * 255, self._grid, padding_mode="border", align_corners=False
        )
        mixed = self._part + self._mask * (found - self._part)
        frame = self._image.copy()
        part = mixed.round().clamp(0, 255).byte()[0].movedim(0, -1).cpu().numpy()
        frame[(*self._box, slice(3))] = part
        return frame


def _box(square: Square, size: tuple[int, ...]) -> tuple[slice, slice]:
    """Rows and columns that the square touches."""
    reach = np.abs(square.across) + np.abs(square.down)
    low = np.clip(np.floor(square.middle - reach), 0, np.array(size) - 1).astype(int)
    high = np.clip(np.ceil(square.middle + reach), low + 1, size).astype(int)
    return slice(low[1], high[1]), slice(low[0], high[0])


def _inside(square: Square, box: tuple[slice, slice]) -> npt.NDArray[np.float32]:
    """Where the pixels of a box lie in the square, (h, w, 2), its rims at -1 and 1."""
    rows, columns = (np.arange(part.start, part.stop) + 0.5 for part in box)
    away = np.stack(np.meshgrid(columns, rows), -1) - square.middle
    axes = np.stack([square.across, square.down], 1) / square.half**2
    return np.asarray(away @ axes, np.float32)


def _mask(places: Tensor) -> Tensor:
    """1 in the middle of the square, 0 from `SOFT` on, (1, 1, h, w), round at the corners."""
    far = (places**4).sum(-1) ** 0.25
    share = ((SOFT - far) / (SOFT - SOLID)).clamp(0, 1)
    return (share**2 * (3 - 2 * share))[:, None]
