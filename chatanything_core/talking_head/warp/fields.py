"""Displacement fields on coarse grids: mix channels, and turn forward into backward."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .sampling import Field, Sampler

Array = npt.NDArray[np.float64]

ERROR = 0.1
"""Pixels by which a field may be turned around wrongly."""
STRIDE = 4
"""Pixels between the places of a `Lattice`."""
Box = tuple[slice, slice]
"""Rows and columns, of a lattice or of a frame."""


@dataclass(frozen=True)
class Grid:
    """A lattice of points over a box of the picture."""

    left: int
    top: int
    columns: int
    rows: int
    cell: int
    """Pixels between neighbouring points."""

    @classmethod
    def over(cls, box: tuple[float, float, float, float], cell: int) -> "Grid":
        """The lattice that covers `box` = (left, top, right, bottom) in pixels."""
        left, top = int(np.floor(box[0])), int(np.floor(box[1]))
        columns = int(np.ceil((box[2] - left) / cell)) + 1
        rows = int(np.ceil((box[3] - top) / cell)) + 1
        return cls(left, top, columns, rows, cell)

    @property
    def right(self) -> int:
        """Pixel column of the last lattice column."""
        return self.left + (self.columns - 1) * self.cell

    @property
    def bottom(self) -> int:
        """Pixel row of the last lattice row."""
        return self.top + (self.rows - 1) * self.cell

    @property
    def low(self) -> npt.NDArray[np.float64]:
        """First point (x, y) in pixels."""
        return np.array([self.left, self.top], np.float64)

    @property
    def high(self) -> npt.NDArray[np.float64]:
        """Last point (x, y) in pixels."""
        return np.array([self.right, self.bottom], np.float64)

    def points(self) -> npt.NDArray[np.float64]:
        """Pixel positions of the lattice, shape (rows, columns, 2)."""
        x = self.left + self.cell * np.arange(self.columns)
        y = self.top + self.cell * np.arange(self.rows)
        return np.stack(np.meshgrid(x, y), -1).astype(np.float64)

    def cells(self, xy: Field) -> Field:
        """Pixel positions (..., 2) counted in cells."""
        corner = np.array([self.left, self.top], np.float32)
        return np.asarray((xy - corner) * np.float32(1 / self.cell))


def mix(basis: Field, weights: npt.ArrayLike) -> Field:
    """Sum of the channels of `basis` (K, rows, columns, 2) times `weights` (K,).

    Plain loops on purpose: a BLAS call would start threads inside the frame loop.
    """
    out = np.zeros(basis.shape[1:], np.float32)
    for channel, weight in zip(basis, np.asarray(weights, np.float32), strict=True):
        if weight:
            out += channel * weight
    return out


def backward(forward: Field, cell: int, sampler: Sampler) -> Field:
    """Where each point came from: b with b(q) = -forward(q + b(q)), in pixels.

    Fixed-point iteration (Chen et al. 2008, "A simple fixed-point approach to invert a
    deformation field"). The error shrinks each round by the field's steepness, in pixels a
    pixel, which must be below 1; rounds are made until it is below ERROR.
    """
    largest = float(np.abs(forward).max())
    if largest < ERROR:
        return -forward
    slope = max(float(np.abs(np.diff(forward, axis=axis)).max()) for axis in (0, 1)) / cell
    rounds = math.ceil(math.log(ERROR / largest) / math.log(min(max(slope, 0.02), 0.7)))
    rows, columns = forward.shape[:2]
    base = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).astype(np.float32)
    back = -forward
    for _ in range(rounds):
        back = -sampler.field(forward, base + back * np.float32(1 / cell))
    return back


class Lattice:
    """Every STRIDE-th place of a frame, at which fields are added before they are stretched.

    Its points are the middles of squares of pixels, so a frame is rounded up to whole squares.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        """`size` is (width, height) in pixels."""
        self.size = size
        self.columns, self.rows = (-(-side // STRIDE) for side in size)
        middle = (STRIDE - 1) / 2
        x = STRIDE * np.arange(self.columns, dtype=np.float32) + np.float32(middle)
        y = STRIDE * np.arange(self.rows, dtype=np.float32) + np.float32(middle)
        self.points = np.stack(np.meshgrid(x, y), -1)
        x = np.arange(self.columns * STRIDE, dtype=np.float32)
        y = np.arange(self.rows * STRIDE, dtype=np.float32)
        self.pixels = np.stack(np.meshgrid(x, y), -1)

    def box(self, low: Array, high: Array, margin: float) -> Box:
        """The lattice box that covers pixels `low` to `high` (x, y) and `margin` more."""
        rows = _covering(float(low[1]) - margin, float(high[1]) + margin, self.rows)
        columns = _covering(float(low[0]) - margin, float(high[0]) + margin, self.columns)
        return rows, columns

    def fine(self, moves: Field, box: Box, sampler: Sampler) -> Field:
        """`moves` (rows, columns, 2) at every pixel of a lattice box."""
        rows, columns = (_widened(s, n) for s, n in zip(box, moves.shape, strict=False))
        part = np.ascontiguousarray(moves[rows, columns])
        large = sampler.enlarge(part, part.shape[0] * STRIDE, part.shape[1] * STRIDE)
        top, left = (
            (inner.start - outer.start) * STRIDE
            for inner, outer in zip(box, (rows, columns), strict=True)
        )
        high, wide = ((s.stop - s.start) * STRIDE for s in box)
        return large[top : top + high, left : left + wide]


def on_pixels(box: Box) -> Box:
    """The frame's part under a lattice box."""
    rows, columns = (slice(s.start * STRIDE, s.stop * STRIDE) for s in box)
    return rows, columns


def _covering(low: float, high: float, count: int) -> slice:
    """Places 0 to `count` that cover pixels `low` to `high`."""
    first = min(max(math.floor(low / STRIDE), 0), count)
    return slice(first, min(max(math.ceil(high / STRIDE) + 1, first), count))


def _widened(part: slice, count: int) -> slice:
    """One place more on both sides, where there is one."""
    return slice(max(part.start - 1, 0), min(part.stop + 1, count))
