"""How lips, jaw and cheeks move: smooth fields in two layers, above and below the opening.

Each channel is a field of displacements with compact support, so nothing outside its box
moves and no edge of the box shows. Lengths are in half mouth widths.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..curves import smoothstep, through
from .fields import Grid, backward, mix
from .geometry import TABLE, Array, Mouth, at
from .sampling import Field, Sampler

CHANNELS = ("close", "open", "raise", "wide", "thick", "smile", "tuck")
REACH = 2.5
"""Half width of everything that the mouth moves."""
CELL = 4
"""Pixels; lips are thin."""


@dataclass(frozen=True, eq=False)
class Lips:
    """The opening of the moved mouth over TABLE, in half mouth widths."""

    upper: npt.NDArray[np.float32]
    """Height of the edge of the upper lip."""
    lower: npt.NDArray[np.float32]
    """Height of the edge of the lower lip."""
    left: float
    right: float
    jaw: float
    """How far the lower lip's middle has gone down from rest."""


class MouthField:
    """Bends the picture around a mouth."""

    def __init__(self, mouth: Mouth, size: tuple[int, int], room: float, free_jaw: bool) -> None:
        """`size` is (width, height); `room` is how far the lower lip may travel."""
        self.mouth = mouth
        self.room = room
        self.below = mouth.chin + 0.9 if free_jaw else mouth.lower_out[600] + 2.2 * room
        self.free_jaw = free_jaw
        self.grid = self._grid(size)
        uv = mouth.axes.local(self.grid.points())
        lines = [self._lines(channel) for channel in CHANNELS]
        self.upper = np.stack([self._upper(uv, *line) for line in lines])
        self.lower = np.stack([self._lower(uv, *line) for line in lines])
        self.edges = np.stack([[a[1], b[0]] for a, b, _, _ in lines])
        self.across = np.stack([x for _, _, _, x in lines])

    def moved(self, weights: npt.ArrayLike, sampler: Sampler) -> tuple[Field, Field]:
        """Backward fields of both layers on `grid`, in pixels."""
        upper, lower = mix(self.upper, weights), mix(self.lower, weights)
        return backward(upper, CELL, sampler, 4), backward(lower, CELL, sampler, 5)

    def lips(self, weights: npt.ArrayLike) -> Lips:
        """Where the edges of the lips are."""
        w = np.asarray(weights, np.float64)
        u = TABLE + np.einsum("k,kn->n", w, self.across)
        move = np.einsum("k,ken->en", w, self.edges)
        upper = np.interp(TABLE, u, self.mouth.upper_in + move[0])
        lower = np.interp(TABLE, u, self.mouth.lower_in + move[1])
        left, right = np.interp(self.mouth.inner, TABLE, u)
        return Lips(
            upper.astype(np.float32),
            np.maximum(lower, upper).astype(np.float32),
            float(left),
            float(right),
            float(move[1][600]),
        )

    def _grid(self, size: tuple[int, int]) -> Grid:
        corners = self.mouth.axes.pixels(
            [(u, v) for u in (-REACH, REACH) for v in (self.mouth.nose - 0.8, self.below)]
        )
        low = np.maximum(corners.min(0), 0)
        high = np.minimum(corners.max(0), np.array(size) - 1)
        return Grid.over((low[0], low[1], high[0], high[1]), CELL)

    def _lines(self, channel: str) -> tuple[Array, Array, Array, Array]:
        """Displacements along TABLE: upper lip (out, in) and lower lip (in, out) downwards,
        the chin downwards, and all of them to the right."""
        left, right = self.mouth.inner
        s = np.clip(np.where(TABLE < 0, TABLE / left, TABLE / right), -1, 1)
        arch = (1 - s * s) ** 0.8
        soft = np.clip(1 - TABLE**2, 0, 1) ** 1.5
        none = np.zeros_like(TABLE)
        pull = np.sign(TABLE) * through([0, 1, 1.6, REACH], [0, 1, 0.5, 0], np.abs(TABLE))
        chin = np.clip(1 - (TABLE / REACH) ** 2, 0, 1) ** 2
        corner = np.exp(-(((np.abs(TABLE) - 1.0) / 0.45) ** 2)) * smoothstep(
            REACH, 1.6, np.abs(TABLE)
        )
        gap = np.maximum(self.mouth.lower_in - self.mouth.upper_in, 0)
        up, down = {
            "close": ((none, gap * 0.4), (-gap * 0.6, -gap * 0.6)),
            "open": ((none, none), (arch, arch)),
            "raise": ((-arch, -arch), (none, none)),
            "wide": ((none, none), (none, none)),
            "thick": ((-soft, none), (none, soft)),
            "smile": ((-corner, -corner), (-corner, -corner)),
            "tuck": ((none, none), (none, -soft)),
        }[channel]
        follow = {"open": 0.85 * chin, "close": -0.6 * gap[600] * 0.85 * chin}
        drop = follow.get(channel, none) if self.free_jaw else none
        return np.stack(up), np.stack(down), drop, pull if channel == "wide" else none

    def _upper(self, uv: Array, up: Array, down: Array, chin: Array, across: Array) -> Field:
        """Displacement of the layer above the opening."""
        u, v = uv[..., 0], uv[..., 1]
        top, out, edge = self.mouth.nose - 0.3, self._at(self.mouth.upper_out, u), None
        edge = self._at(self.mouth.upper_in, u)
        lip = np.clip((v - out) / np.maximum(edge - out, 0.02), 0, 1)
        moved = self._at(up[0], u) * (1 - lip) + self._at(up[1], u) * lip
        moved = moved * smoothstep(0, 1, (v - top) / np.maximum(out - top, 0.05))
        x = self._at(across, u) * smoothstep(self.mouth.nose - 0.8, -0.1, v)
        return self.mouth.axes.vector(np.stack([x, moved], -1)).astype(np.float32)

    def _lower(self, uv: Array, up: Array, down: Array, chin: Array, across: Array) -> Field:
        """Displacement of the layer below the opening."""
        u, v = uv[..., 0], uv[..., 1]
        edge, out = self._at(self.mouth.lower_in, u), self._at(self.mouth.lower_out, u)
        lip = np.clip((v - edge) / np.maximum(out - edge, 0.02), 0, 1)
        moved = self._at(down[0], u) * (1 - lip) + self._at(down[1], u) * lip
        end = self.mouth.chin if self.free_jaw else self.below
        fall = smoothstep(0, 1, (v - out) / np.maximum(end - out, 0.05))
        moved = moved * (1 - fall) + self._at(chin, u) * fall
        moved = moved * smoothstep(self.below, self.mouth.chin, v) if self.free_jaw else moved
        x = self._at(across, u) * smoothstep(self.below, 0.1, v)
        return self.mouth.axes.vector(np.stack([x, moved], -1)).astype(np.float32)

    @staticmethod
    def _at(line: Array, u: Array) -> Array:
        return np.interp(u, TABLE, line)


def middle(lips: Lips, u: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Height of the line that parts the layers."""
    return at((lips.upper + lips.lower) * np.float32(0.5), u)
