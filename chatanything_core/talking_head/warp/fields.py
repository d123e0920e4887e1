"""Displacement fields on coarse grids: mix channels, and turn forward into backward."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .sampling import Field, Sampler

Array = npt.NDArray[np.float64]

ERROR = 0.15
"""Pixels by which a field may be turned around wrongly."""
MOST_ROUNDS = 8
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


class Basis:
    """Displacement fields, one a channel, that are mixed by weights and turned around."""

    def __init__(self, channels: list[npt.NDArray[Any]], cell: int) -> None:
        """`channels` are (rows, columns, 2) in pixels, on a grid of `cell` pixels."""
        self._channels = [np.ascontiguousarray(channel, np.float32) for channel in channels]
        self._cell = cell
        rows, columns = self._channels[0].shape[:2]
        places = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1)
        self._base: Field = places.astype(np.float32)
        self._peaks = [float(np.abs(channel).max()) for channel in self._channels]
        self._slopes = [
            max(float(np.abs(np.diff(channel, axis=axis)).max(initial=0)) for axis in (0, 1)) / cell
            for channel in self._channels
        ]

    def mix(self, weights: Sequence[float]) -> Field:
        """Sum of the channels times `weights`, in pixels.

        A plain loop on purpose: a BLAS call would start threads inside the frame loop.
        """
        out: Field = np.zeros_like(self._base)
        for channel, weight in zip(self._channels, weights, strict=True):
            if weight:
                out += np.asarray(channel * weight, np.float32)
        return out

    def backward(self, weights: Sequence[float], sampler: Sampler) -> Field:
        """Where each point came from: b with b(q) = -mix(q + b(q)), in pixels.

        Fixed-point iteration (Chen et al. 2008, "A simple fixed-point approach to invert a
        deformation field"). The error shrinks each round by the field's steepness, in pixels a
        pixel, which must be below 1; rounds are made until it must be below ERROR.
        """
        forward = self.mix(weights)
        peak = sum(abs(w) * p for w, p in zip(weights, self._peaks, strict=True))
        slope = sum(abs(w) * s for w, s in zip(weights, self._slopes, strict=True))
        back = -forward
        if peak <= ERROR:
            return back
        rounds = math.ceil(math.log(ERROR / peak) / math.log(min(max(slope, 0.01), 0.6)))
        scale = np.float32(1 / self._cell)
        for _ in range(min(rounds, MOST_ROUNDS)):
            read = sampler.field(forward, self._base + back * scale)
            back = np.negative(read, out=read)
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
        self.doubled = self.pixels * np.float32(2)

    def box(self, low: Array, high: Array, margin: float) -> Box:
        """The lattice box that covers pixels `low` to `high` (x, y) and `margin` more."""
        rows = _covering(float(low[1]) - margin, float(high[1]) + margin, self.rows)
        columns = _covering(float(low[0]) - margin, float(high[0]) + margin, self.columns)
        return rows, columns

    def fine(self, moves: Field, box: Box, sampler: Sampler, out: Field | None = None) -> Field:
        """`moves` (rows, columns, 2) at every pixel of a lattice box."""
        rows, columns = (_widened(s, n) for s, n in zip(box, moves.shape, strict=False))
        part = np.ascontiguousarray(moves[rows, columns])
        large = sampler.enlarge(part, part.shape[0] * STRIDE, part.shape[1] * STRIDE, out)
        top, left = (
            (inner.start - outer.start) * STRIDE
            for inner, outer in zip(box, (rows, columns), strict=True)
        )
        high, wide = ((s.stop - s.start) * STRIDE for s in box)
        return large[top : top + high, left : left + wide]

    def fine_of(self, part: Field, sampler: Sampler) -> Field:
        """A part (rows, columns, 2) of the lattice at every pixel, without its neighbours."""
        return sampler.enlarge(part, part.shape[0] * STRIDE, part.shape[1] * STRIDE)


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
