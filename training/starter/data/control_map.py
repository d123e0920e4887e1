"""Control maps of 68 dots, drawn where the networks are: a batch at a time, on any device."""

import numpy as np
import torch
from PIL import Image, ImageDraw


def _disc() -> torch.Tensor:
    """The 6 x 6 pixels of a dot as Pillow draws it."""
    page = Image.new("L", (6, 6))
    ImageDraw.Draw(page).ellipse((0, 0, 5, 5), fill=255)
    return torch.from_numpy(np.array(page)).float() / 255


DISC = _disc()


def dots(points: torch.Tensor, side: int = 256) -> torch.Tensor:
    """Maps (B, 3, side, side) in [0, 1] of 68 points in fractions of the picture, (B, 68, 2).

    Equal to the map `dots68` of Landmark Guidance pixel for pixel, but for dots that the upper or
    left edge cuts off, which Pillow makes a pixel smaller.
    """
    place = points.float() * side
    reach = torch.arange(-4, 5, device=points.device, dtype=torch.float32)
    down, right = torch.meshgrid(reach, reach, indexing="ij")
    x = place.floor()[..., 0, None, None] + right
    y = place.floor()[..., 1, None, None] + down
    corner = (place - 2.5).floor()
    column = (x - corner[..., 0, None, None]).long()
    row = (y - corner[..., 1, None, None]).long()
    inside = (column >= 0) & (column < 6) & (row >= 0) & (row < 6)
    seen = (x >= 0) & (y >= 0) & (x < side) & (y < side)
    ink = DISC.to(points.device)[row.clamp(0, 5), column.clamp(0, 5)] * inside * seen
    index = (y.clamp(0, side - 1) * side + x.clamp(0, side - 1)).long().flatten(1)
    page = torch.zeros(len(points), side * side, device=points.device)
    page = page.scatter_reduce(1, index, ink.flatten(1), "amax")
    return page.view(-1, 1, side, side).expand(-1, 3, -1, -1)
