"""Polygons to antialiased masks."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from ....landmarks.face_model.placement import Polygon
from .relief import Array

SAMPLES = 4
"""Supersampling of edges along each axis."""


@dataclass(frozen=True, eq=False)
class Patch:
    """A rectangle of the picture and how much of each of its pixels a shape covers."""

    mask: Array
    """Coverage, shape (h, w), in [0, 1]."""
    x: int
    """Column of its left edge in the picture."""
    y: int
    """Row of its top edge in the picture."""

    @property
    def window(self) -> tuple[slice, slice]:
        """Rows and columns of the picture that it covers."""
        h, w = self.mask.shape
        return slice(self.y, self.y + h), slice(self.x, self.x + w)

    @property
    def empty(self) -> bool:
        """True when the shape lies outside the picture."""
        return self.mask.size == 0

    def grid(self) -> tuple[Array, Array]:
        """Pixel centres, x of shape (1, w) and y of shape (h, 1), in picture pixels."""
        h, w = self.mask.shape
        x = np.arange(self.x, self.x + w, dtype=np.float32)[None, :] + 0.5
        y = np.arange(self.y, self.y + h, dtype=np.float32)[:, None] + 0.5
        return x, y


def rasterise(outlines: list[Polygon], size: tuple[int, int], margin: int = 1) -> Patch:
    """Union of closed outlines in pixels, as the smallest patch of a `size` picture.

    Shapes that reach beyond the picture are cut at its border.
    """
    width, height = size
    points = np.concatenate(outlines)
    low = np.floor(points.min(0)).astype(int) - margin
    high = np.ceil(points.max(0)).astype(int) + margin
    x0, y0 = max(low[0], 0), max(low[1], 0)
    x1, y1 = min(high[0], width), min(high[1], height)
    if x1 <= x0 or y1 <= y0:
        return Patch(np.zeros((0, 0), np.float32), 0, 0)
    page = Image.new("L", ((x1 - x0) * SAMPLES, (y1 - y0) * SAMPLES))
    pen = ImageDraw.Draw(page)
    for outline in outlines:
        dots = (outline - (x0, y0)) * SAMPLES
        pen.polygon(list(map(tuple, dots.tolist())), fill=255)
    mask = np.asarray(page.reduce(SAMPLES), np.float32) / np.float32(255)
    return Patch(mask, int(x0), int(y0))


def coverage(
    outline: Polygon, origin: tuple[int, int], factor: int, shape: tuple[int, int]
) -> Array:
    """Coverage of an outline in pixels on the shrunken grid of a patch, in [0, 1]."""
    page = Image.new("L", (shape[1] * 2, shape[0] * 2))
    dots = (outline - origin) * (2 / factor)
    ImageDraw.Draw(page).polygon(list(map(tuple, dots.tolist())), fill=255)
    return np.asarray(page.reduce(2), np.float32) / np.float32(255)
