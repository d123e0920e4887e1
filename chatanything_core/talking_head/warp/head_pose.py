"""How the head moves: one smooth field for every way it can, fixed where the portrait stands.

A flat picture has no second side, so a head leans and rolls about its base as a whole, and its
features shift on its dome, which the eye takes for the parallax of a turning head. Lengths are
in face heights; fields end before the rim of the picture.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...landmarks import Face
from ..constants.field_constants import HEAD_CELL as CELL
from ..constants.field_constants import STRIDE
from ..curves import smoothstep
from .displacement import Basis, Grid, Lattice
from .remap import Field, Remapper

DEPTH = 0.55
"""How far the middle of the dome stands before its rim, in face heights."""
BEFORE = STRIDE // 2
"""Pixels by which the first point of the lattice, and of this field, lies before the frame."""
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Body:
    """What moves as one piece."""

    centre: Array
    """Pixels, shape (2,)."""
    base: Array
    """Pixels, shape (2,): the point about which it leans and rolls."""
    face: Array
    """Pixels, shape (2,): the middle of the dome."""
    tall: float
    """Height of the face in pixels."""
    distance: Array
    """Of every lattice point from the centre; 1 is the outline."""


class HeadPoseField:
    """Moves the head in its picture; channels are those of `Motion.head`, then breath."""

    def __init__(self, face: Face, points: Array, lattice: Lattice) -> None:
        """`points` (68, 2) in pixels."""
        width, height = lattice.size
        # Every few points of the lattice, so that what lies between them is on straight lines in
        # whoever draws it; corners of pixels, whose middles are half a pixel further.
        self.grid = Grid.over((-BEFORE, -BEFORE, width + CELL, height + CELL), CELL)
        self._cells = self.grid.cells(lattice.points + np.float32(0.5))
        body = _body(face, points, lattice.size, self.grid.points())
        self.basis = Basis(_basis(body, self.grid, lattice.size), CELL)

    def moves(self, weights: Sequence[float], sampler: Remapper) -> tuple[Field, Field]:
        """The backward field on the lattice, and on its own grid."""
        forward = self.basis.softened(self.basis.mix(weights))
        back = self.basis.inverse(forward, sampler)
        return sampler.field(back, self._cells), back

    def carried(self, back: Field, low: Array, high: Array) -> tuple[Array, Array]:
        """Least and most (x, y) that anything between the pixels `low` and `high` is carried.

        The field is smooth, so what comes to a place has gone as far as what leaves it.
        """
        least, most = self._ways(back, (low + high) / 2, (low + high) / 2)
        return self._ways(back, low + least, high + most)

    def _ways(self, back: Field, low: Array, high: Array) -> tuple[Array, Array]:
        """Least and most of the way to places of the frame, by the cells that they lie in."""
        (left, top), (right, bottom) = low.tolist(), high.tolist()
        rows, columns = _cells(top, bottom, back.shape[0]), _cells(left, right, back.shape[1])
        part = back[rows, columns].reshape(-1, 2)
        return -part.max(0).astype(np.float64), -part.min(0).astype(np.float64)


def _cells(low: float, high: float, count: int) -> slice:
    """Those of `count` places that lie around pixels `low` to `high`."""
    first = min(max(math.floor((low + BEFORE) / CELL), 0), count - 1)
    return slice(first, min(max(math.ceil((high + BEFORE) / CELL), first), count - 1) + 1)


def _body(face: Face, points: Array, size: tuple[int, int], lattice: Array) -> _Body:
    """The silhouette when it is known, else an ellipse around the landmarks."""
    brow, chin = points[17:27].mean(0), points[8]
    up = (brow - chin) / max(float(np.hypot(*(brow - chin))), 2.0)
    tall = 1.45 * float(np.hypot(*(brow - chin)))
    middle = chin + up * tall * 0.5
    if face.silhouette is None:
        turn = np.linspace(-np.pi, np.pi, 180)
        across = np.array([-up[1], up[0]])
        outline = (
            middle
            + 0.62 * tall * np.sin(turn)[:, None] * across
            + 0.72 * tall * np.cos(turn)[:, None] * up
        )
        base = chin - up * 0.12 * tall
    else:
        outline = face.silhouette * size
        low = outline[:, 1].max()
        base = np.array([outline[outline[:, 1] > low - 0.05 * tall, 0].mean(), low])
    centre = (outline.min(0) + outline.max(0)) / 2
    return _Body(centre, base, middle, tall, _polar(lattice - centre, outline - centre))


def _polar(lattice: Array, outline: Array) -> Array:
    """Distance of lattice points from the centre over that of the outline in their direction."""
    angle = np.arctan2(outline[:, 1], outline[:, 0])
    order = np.argsort(angle)
    radius = np.interp(
        np.arctan2(lattice[..., 1], lattice[..., 0]),
        angle[order],
        np.hypot(*outline[order].T),
        period=2 * np.pi,
    )
    return np.hypot(lattice[..., 0], lattice[..., 1]) / np.maximum(radius, 1.0)


def _basis(body: _Body, grid: Grid, size: tuple[int, int]) -> list[Array]:
    """Displacements in pixels for a weight of 1 on each channel, (rows, columns, 2) each."""
    q = grid.points()
    rise = np.maximum(body.base[1] - q[..., 1], 0)
    full = max(float(body.base[1] - body.face[1]), 0.2 * body.tall)
    soft = 0.10 * body.tall
    hold = smoothstep(1.95, 1.30, body.distance) * smoothstep(-soft, soft, body.base[1] - q[..., 1])
    rim = np.minimum.reduce(
        [q[..., 0], size[0] - 1 - q[..., 0], q[..., 1], size[1] - 1 - q[..., 1]]
    )
    hold = hold * smoothstep(0, 0.09 * min(size), rim)
    lean = hold * rise / full * body.tall
    arm = (q - body.base) * (np.pi / 180)
    away = np.hypot(*np.moveaxis(q - body.face, -1, 0)) / (0.85 * body.tall)
    inside = smoothstep(1.0, 0.55, body.distance) * smoothstep(1.0, 0.2, away)
    turn = inside * DEPTH * body.tall * (np.pi / 180)
    none = np.zeros_like(hold)
    return [
        np.stack([lean, none], -1),
        np.stack([none, lean], -1),
        np.stack([-arm[..., 1] * hold, arm[..., 0] * hold], -1),
        np.stack([turn, none], -1),
        np.stack([none, turn], -1),
        np.stack([none, -0.008 * lean], -1),
    ]
