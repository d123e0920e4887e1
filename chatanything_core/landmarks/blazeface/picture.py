"""A picture that squares are cut out of, at any size and turn."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

Points = npt.NDArray[np.float64]
"""Pixels or crop coordinates, x right and y down from the top left corner, shape (n, 2)."""


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

    def crop(self, square: Square, count: int, *, mirrored: bool = False) -> npt.NDArray[np.uint8]:
        """`count` x `count` pixels of a square, black outside the picture."""
        level = max(int(math.log2(max(square.side / count, 1))), 0)
        source = self._level(level)
        c = math.cos(square.turn) * square.side / count / 2**level
        s = math.sin(square.turn) * square.side / count / 2**level
        x, y, half = square.x / 2**level, square.y / 2**level, count / 2
        across = -1 if mirrored else 1
        matrix = (
            across * c,
            -s,
            x - half * (across * c - s),
            across * s,
            c,
            y - half * (across * s + c),
        )
        return np.asarray(
            source.transform(
                (count, count), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR
            )
        )

    def _level(self, level: int) -> Image.Image:
        while len(self._levels) <= level:
            self._levels.append(self._levels[-1].reduce(2))
        return self._levels[level]
