"""How the head moves: one smooth field for every way it can, fading out towards the picture's rim.

A flat picture has no second side: shifts stay within 1 % of the width and turns within a few
degrees, where the eye takes the parallax of a dome for a turning head.
"""

import numpy as np
import numpy.typing as npt

from ..curves import smoothstep
from .fields import Grid, backward, mix
from .sampling import Field, Sampler

CELL = 16
Array = npt.NDArray[np.float64]


class SkullField:
    """Moves the head in its picture; channels are those of `Motion.head`, then breath."""

    def __init__(self, points: Array, size: tuple[int, int]) -> None:
        """`points` (68, 2) in pixels; `size` is (width, height)."""
        width, height = size
        self.size = size
        self.grid = Grid.over((0, 0, width - 1, height - 1), CELL)
        brow = points[17:27].mean(0)
        chin = points[8]
        up = (brow - chin) / max(float(np.hypot(*(brow - chin))), 2.0)
        tall = 1.45 * float(np.hypot(*(brow - chin)))
        middle = chin + up * tall * 0.52
        q = self.grid.points()
        d = q - middle
        local = np.stack([d @ np.array([-up[1], up[0]]), d @ up], -1) / tall
        radius = np.hypot(local[..., 0] / 0.62, local[..., 1] / 0.72)
        rim = np.minimum.reduce(
            [q[..., 0], width - 1 - q[..., 0], q[..., 1], height - 1 - q[..., 1]]
        )
        fade = smoothstep(1.65, 0.85, radius) * smoothstep(0, 0.16 * width, rim)
        fade *= 1 - 0.6 * smoothstep(-0.5, -0.95, local[..., 1])
        dome = np.sqrt(np.clip(1 - (radius / 1.3) ** 2, 0, 1)) * smoothstep(1.3, 0.7, radius)
        arm = q - (chin - up * 0.15 * tall)
        turn = np.stack([-arm[..., 1], arm[..., 0]], -1) * np.pi / 180
        one = np.ones_like(fade)
        none = np.zeros_like(fade)
        deep = dome * 0.38 * tall * np.pi / 180
        self.basis = np.stack(
            [
                np.stack([one * tall, none], -1) * fade[..., None],
                np.stack([none, one * tall], -1) * fade[..., None],
                turn * fade[..., None],
                np.stack([deep, none], -1),
                np.stack([none, deep], -1),
                np.stack([none, -0.006 * tall * one], -1) * fade[..., None],
            ]
        ).astype(np.float32)
        x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
        self.rest = np.stack(np.meshgrid(x, y), -1)

    def places(self, weights: npt.ArrayLike, sampler: Sampler) -> tuple[Field, float]:
        """Where each pixel of the moved head was at rest, (H, W, 2); and the longest way."""
        forward = mix(self.basis, weights)
        reach = float(np.abs(forward).max())
        if reach == 0:
            return self.rest.copy(), 0.0
        back = backward(forward, CELL, sampler, 2)
        rows, columns = self.grid.rows, self.grid.columns
        width, height = self.size
        # `enlarge` lays cell centres over pixel centres; the lattice lies on its corners.
        wide, tall = columns * CELL, rows * CELL
        full = sampler.enlarge(back, tall, wide)[CELL // 2 :, CELL // 2 :][:height, :width]
        return self.rest + full, reach
