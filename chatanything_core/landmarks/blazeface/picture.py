"""A picture that squares are cut out of, at any size and turn."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

Points = npt.NDArray[np.float64]
"""Pixels or crop coordinates, x right and y down from the top left corner, shape (n, 2)."""
SPACING = 2
"""How many pixels apart a picture is sampled at least before a halved copy of it is, up to twice
that. MediaPipe has no copies: the larger this, the nearer to its points, and to their noise."""


@dataclass(frozen=True)
class Square:
    """A square on a picture."""

    x: float
    """Column of its middle, in pixels."""
    y: float
    """Row of its middle, in pixels."""
    side: float
    """In pixels."""
    turn: float = 0.0
    """Radians, clockwise on the picture."""

    def scaled(self, factor: float) -> "Square":
        """The square about the same middle, `factor` times as wide."""
        return Square(self.x, self.y, self.side * factor, self.turn)

    def to_picture(self, points: Points) -> Points:
        """Pixels of points in the square's own frame, in which it is [0, 1] x [0, 1]."""
        c, s = math.cos(self.turn) * self.side, math.sin(self.turn) * self.side
        x, y = points[..., 0] - 0.5, points[..., 1] - 0.5
        return np.stack([self.x + c * x - s * y, self.y + s * x + c * y], -1)

    def sound(self) -> bool:
        """False for what a broken network may say."""
        values = (self.x, self.y, self.side, self.turn)
        return all(map(math.isfinite, values)) and 1 <= self.side <= 1e6


class Picture:
    """RGB pixels, shape (H, W, 3), with halved copies for squares that are shrunk."""

    def __init__(self, image: npt.NDArray[np.uint8]) -> None:
        self.height, self.width = image.shape[:2]
        self._levels = [Image.fromarray(image)]

    def whole(self) -> Square:
        """The square round the picture."""
        return Square(self.width / 2, self.height / 2, float(max(self.width, self.height)))

    def crop(
        self,
        square: Square,
        count: int,
        *,
        mirrored: bool = False,
        beyond: bool = False,
        spacing: float = SPACING,
    ) -> npt.NDArray[np.uint8]:
        """`count` x `count` pixels of a square, the first of them at its very corner.

        Outside the picture they are black, or as those at its edge where `beyond` is true.
        """
        level = max(int(math.log2(max(square.side / count / spacing, 1))), 0)
        source = self._level(level)
        c = math.cos(square.turn) * square.side / count / 2**level
        s = math.sin(square.turn) * square.side / count / 2**level
        x, y, half = square.x / 2**level, square.y / 2**level, count / 2
        across = -1 if mirrored else 1
        # Pillow samples at the middles of pixels, both here and there.
        left = x - (half + 0.5) * (across * c - s) + 0.5
        top = y - (half + 0.5) * (across * s + c) + 0.5
        if beyond:
            source, at = _extended(source, x, y, half * (abs(c) + abs(s)) + 2)
            left, top = left - at[0], top - at[1]
        matrix = (across * c, -s, left, across * s, c, top)
        return np.asarray(
            source.transform(
                (count, count), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR
            )
        )

    def _level(self, level: int) -> Image.Image:
        while len(self._levels) <= level:
            self._levels.append(self._levels[-1].reduce(2))
        return self._levels[level]


def _extended(
    source: Image.Image, x: float, y: float, reach: float
) -> tuple[Image.Image, tuple[int, int]]:
    """A picture in which `reach` pixels round (x, y) exist, and where it begins in the old one."""
    low = math.floor(x - reach), math.floor(y - reach)
    high = math.ceil(x + reach), math.ceil(y + reach)
    if min(low) >= 0 and high[0] <= source.width and high[1] <= source.height:
        return source, (0, 0)
    columns = np.clip(np.arange(low[0], high[0]), 0, source.width - 1)
    rows = np.clip(np.arange(low[1], high[1]), 0, source.height - 1)
    part = source.crop((columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))
    pixels = np.asarray(part)[np.ix_(rows - rows[0], columns - columns[0])]
    return Image.fromarray(pixels), low
