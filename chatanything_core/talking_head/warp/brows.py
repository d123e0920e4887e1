"""How brows move: each is moved up, down or aslant by a bump that ends above the eye."""

import numpy as np

from ..curves import smoothstep
from .displacement import Basis, Grid
from .face_geometry import Array, Axes, Lids
from .remap import Field, Remapper

CELL = 4
RAISE = 0.30
"""Way of a fully raised brow, in half eye widths."""
FROWN = 0.24
"""Way of its inner end in a full frown, in half eye widths."""


class BrowField:
    """Bends the picture around both brows; channels are left rise, right rise and frown."""

    def __init__(self, points: Array, lids: tuple[Lids, Lids], size: tuple[int, int]) -> None:
        """`points` (68, 2) and `size` (width, height) in pixels."""
        brows = (points[17:22], points[22:27])
        unit = (lids[0].axes.unit + lids[1].axes.unit) / 2
        every = np.concatenate(brows)
        low = np.clip(every.min(0) - 2.2 * unit, 0, np.array(size) - 1)
        high = np.clip(every.max(0) + 1.2 * unit, 0, np.array(size) - 1)
        self.grid = Grid.over((low[0], low[1], high[0], high[1]), CELL)
        q = self.grid.points()
        left, right = (_bump(q, brow, eye) for brow, eye in zip(brows, lids, strict=True))
        down = lids[0].axes.y * unit
        between = Axes.between(every.min(0), every.max(0))
        middle = (brows[0][-1] + brows[1][0]) / 2
        inner = 1 - smoothstep(0.15, 0.75, np.abs(between.local(q)[..., 0]))
        inward = np.sign(middle[0] - q[..., 0]) * smoothstep(0, unit, np.abs(middle[0] - q[..., 0]))
        both = np.maximum(left, right)
        frown = FROWN * both * inner - 0.10 * both * (1 - inner)
        squeeze = (0.16 * both * inner * inward)[..., None] * lids[0].axes.x * unit
        self.basis = Basis(
            [
                -RAISE * left[..., None] * down,
                -RAISE * right[..., None] * down,
                frown[..., None] * down + squeeze,
            ],
            CELL,
        )

    def moved(self, weights: Array, sampler: Remapper) -> Field:
        """The backward field on `grid`, in pixels.

        What would fold the skin under a brow moves no further than it gives way.
        """
        forward = self.basis.softened(self.basis.mix(weights.tolist()))
        return self.basis.inverse(forward, sampler)


def _bump(q: Array, brow: Array, eye: Lids) -> Array:
    """1 on the brow, 0 from the lid's fold down and well above and beside it."""
    u, v = np.moveaxis(eye.axes.local(q), -1, 0)
    local = eye.axes.local(brow)
    order = np.argsort(local[:, 0])
    height = np.interp(u, local[order, 0], local[order, 1])
    fold = np.maximum(eye.upper.min(), height + 0.5)
    lower = smoothstep(0, 1, (fold - v) / np.maximum(fold - height - 0.08, 0.1))
    upper = smoothstep(0, 1, (v - height + 1.1) / 0.95)
    inside = smoothstep(local[:, 0].min() - 0.9, local[:, 0].min() - 0.1, u)
    return np.asarray(
        lower * upper * inside * smoothstep(local[:, 0].max() + 0.9, local[:, 0].max() + 0.1, u)
    )
