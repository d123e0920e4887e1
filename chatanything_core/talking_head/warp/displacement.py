"""Displacement fields on coarse grids: mix channels, and turn forward into backward."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..constants.field_constants import ERROR, MOST_ROUNDS, RELAXED, SLOW, STEEPEST, STRIDE
from .remap import Field, Remapper

Array = npt.NDArray[np.float64]

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
        self.channels = [np.ascontiguousarray(channel, np.float32) for channel in channels]
        self._cell = cell
        rows, columns = self.channels[0].shape[:2]
        places = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1)
        self._base: Field = places.astype(np.float32)

    def mix(self, weights: Sequence[float]) -> Field:
        """Sum of the channels times `weights`, in pixels.

        A plain loop on purpose: a BLAS call would start threads inside the frame loop.
        """
        out: Field = np.zeros_like(self._base)
        for channel, weight in zip(self.channels, weights, strict=True):
            if weight:
                out += np.asarray(channel * weight, np.float32)
        return out

    def softened(self, forward: Field) -> Field:
        """The mixed field, or as much of it as folds no skin: at most STEEPEST is squeezed."""
        across, down = np.diff(forward[..., 0], axis=1), np.diff(forward[..., 1], axis=0)
        squeeze = -min(float(across.min(initial=0)), float(down.min(initial=0))) / self._cell
        return forward * np.float32(STEEPEST / squeeze) if squeeze > STEEPEST else forward

    def backward(self, weights: Sequence[float], sampler: Remapper) -> Field:
        """Where each point came from by these weights; see `inverse`."""
        return self.inverse(self.mix(weights), sampler)

    def inverse(self, forward: Field, sampler: Remapper) -> Field:
        """Where each point came from: b with b(q) = -forward(q + b(q)), in pixels.

        Fixed-point iteration (Chen et al. 2008, "A simple fixed-point approach to invert a
        deformation field"), until a round changes nothing by more than ERROR; the next one would
        change less, by the steepness of the field, in pixels a pixel. Where it stretches by more
        than a pixel a pixel rounds overshoot ever further, so they are relaxed as soon as they
        do not shrink well.
        """
        back = -forward
        scale = np.float32(1 / self._cell)
        last, relaxed = math.inf, False
        for _ in range(MOST_ROUNDS):
            read = sampler.field(forward, self._base + back * scale)
            off = back + read
            change = float(np.abs(off).max())
            relaxed = relaxed or change > SLOW * last
            back = back - np.float32(RELAXED) * off if relaxed else np.negative(read, out=read)
            if change <= ERROR:
                break
            last = change
        return back


class Lattice:
    """Every STRIDE-th place of a frame, at which positions are added up before they are stretched.

    Its points are the middles of squares of pixels, so a frame is rounded up to whole squares;
    one ring of points more lies around it, so that stretching has neighbours everywhere.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        """`size` is (width, height) in pixels."""
        self.size = size
        self.columns, self.rows = (-(-side // STRIDE) + 2 for side in size)
        first = (STRIDE - 1) / 2 - STRIDE
        x = STRIDE * np.arange(self.columns, dtype=np.float32) + np.float32(first)
        y = STRIDE * np.arange(self.rows, dtype=np.float32) + np.float32(first)
        self.points = np.stack(np.meshgrid(x, y), -1)

    def box(self, low: Array, high: Array, margin: float) -> Box:
        """The lattice box that covers pixels `low` to `high` (x, y) and `margin` more."""
        rows = _covering(float(low[1]) - margin, float(high[1]) + margin, self.rows)
        columns = _covering(float(low[0]) - margin, float(high[0]) + margin, self.columns)
        return rows, columns

    def whole(self) -> Box:
        """The box that covers the frame."""
        return slice(1, self.rows - 1), slice(1, self.columns - 1)


def widened(box: Box) -> Box:
    """The box and the ring of points around it."""
    rows, columns = (slice(part.start - 1, part.stop + 1) for part in box)
    return rows, columns


def stretched(part: Field, sampler: Remapper, out: Field | None = None) -> Field:
    """What a widened box (rows, columns, n) holds, at every pixel under the box itself.

    `out` of shape (rows * STRIDE, columns * STRIDE, n) may be used again instead of new memory.
    """
    height, width = part.shape[0] * STRIDE, part.shape[1] * STRIDE
    return sampler.enlarge(part, height, width, out)[STRIDE:-STRIDE, STRIDE:-STRIDE]


def on_pixels(box: Box) -> Box:
    """The frame's part under a lattice box."""
    rows, columns = (slice((s.start - 1) * STRIDE, (s.stop - 1) * STRIDE) for s in box)
    return rows, columns


def _covering(low: float, high: float, count: int) -> slice:
    """Places 1 to `count` - 1 that cover pixels `low` to `high`."""
    first = min(max(math.floor(low / STRIDE) + 1, 1), count - 1)
    return slice(first, min(max(math.ceil(high / STRIDE) + 2, first), count - 1))
