"""Displacement fields on coarse grids: mix channels, and turn forward into backward."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .sampling import Field, Sampler

Box = tuple[slice, slice]
"""Rows and columns of a frame."""
STRIDE = 4
"""Pixels between the places at which a field is looked up."""


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


def add_field(places: Field, box: Box, grid: Grid, field: Field, sampler: Sampler) -> None:
    """Add `field`, given on `grid`, to the positions `places` (H, W, 2) within `box`.

    Positions change slowly, so the field is looked up on every fourth pixel and stretched.
    `box` must lie on multiples of STRIDE.
    """
    part = places[box]
    if part.size:
        part += stretched(part, grid, field, sampler)


def stretched(part: Field, grid: Grid, field: Field, sampler: Sampler) -> Field:
    """`field` at all positions of `part` (h, w, 2), read on every STRIDE-th pixel."""
    middles = (part[1::STRIDE, 1::STRIDE] + part[2::STRIDE, 2::STRIDE]) * np.float32(0.5)
    return sampler.enlarge(sampler.field(field, grid.cells(middles)), *part.shape[:2])


def backward(forward: Field, cell: int, sampler: Sampler, rounds: int) -> Field:
    """Where each point came from: b with b(q) = -forward(q + b(q)), in pixels.

    Fixed-point iteration (Chen et al. 2008, "A simple fixed-point approach to invert a
    deformation field"); it converges where `forward` changes by less than a pixel a pixel.
    """
    rows, columns = forward.shape[:2]
    base = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).astype(np.float32)
    back = -forward
    for _ in range(rounds):
        back = -sampler.field(forward, base + back * np.float32(1 / cell))
    return back
