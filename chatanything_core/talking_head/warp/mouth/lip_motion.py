"""How lips, jaw and cheeks move: smooth fields in two layers, above and below the opening.

Each channel is a field of displacements with compact support, so nothing outside its box
moves and no edge of the box shows. Lengths are in half mouth widths.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...constants.field_constants import STEEPEST
from ...curves import smoothstep, through
from ..displacement import Basis, Grid
from ..face_geometry import TABLE, Array, Mouth, at
from ..remap import Field, Remapper

REACH = 2.5
"""Half width of everything that the mouth moves."""
CELL = 4
"""Pixels; lips are thin."""
MIDDLE = len(TABLE) // 2
WIDEST = 0.34
"""How far the loudest "ah" opens, over the way from the nose to the chin. The width of the mouth
does not say it: painters give things small mouths."""


@dataclass(frozen=True, eq=False)
class Channel:
    """One way a mouth moves: displacements along TABLE for a weight of 1."""

    upper: tuple[Array, Array]
    """Outer and inner edge of the upper lip, downwards."""
    lower: tuple[Array, Array]
    """Inner and outer edge of the lower lip, downwards."""
    chin: Array
    """The chin, downwards."""
    across: Array
    """All of them to the right."""


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
    """How far the lower lip's middle is below the line on which closed lips meet."""

    @property
    def middle(self) -> npt.NDArray[np.float32]:
        """Height of the line that parts the layers."""
        return (self.upper + self.lower) * np.float32(0.5)


def channels(mouth: Mouth, free_jaw: bool) -> dict[str, Channel]:
    """Every way this mouth moves, by name."""
    left, right = mouth.inner
    s = np.clip(np.where(TABLE < 0, TABLE / left, TABLE / right), -1, 1)
    side, away = np.sign(TABLE), np.abs(TABLE)
    none = np.zeros_like(TABLE)
    still = (none, none)
    arch, oval = (1 - np.abs(s) ** 2.5) ** 0.6, (1 - s * s) ** 0.5
    # The outer edge hangs from nearer the corners than the opening ends: no pointed lip.
    bow = 0.6 * arch + 0.4 * np.clip(1 - (away / 0.92) ** 2.5, 0, 1) ** 0.75
    full = np.clip(1 - TABLE**4, 0, 1)
    corner = np.exp(-(((away - 1.0) / 0.5) ** 2)) * smoothstep(REACH, 1.6, away)
    chin = 0.85 * np.clip(1 - (TABLE / REACH) ** 2, 0, 1) ** 2 if free_jaw else none
    pull = side * through([0, 1, 1.6, REACH], [0, 1, 0.5, 0], away)
    # Lips that push forward gather at the corners and leave the middle broad: "oo" is round.
    gather = side * through([0, 0.5, 1, 1.6, REACH], [0, 0.3, 1, 0.45, 0], away)
    gap = np.maximum(mouth.lower_in - mouth.upper_in, 0)
    droop = 0.14 * corner
    # Nobody smiles while saying "oo": the corners come down to where the middles close.
    curl = float(np.clip((mouth.upper_in + 0.3 * gap)[MIDDLE], -0.1, 0.4))
    level = 2.0 * curl * corner
    # A portrait that smiles already has little left to smile.
    more = 1 - 2.5 * max(curl, 0.0)
    lift = more * corner
    return {
        "close": Channel((gap * 0.3, gap * 0.3), (-gap * 0.7, -gap * 0.7), none, none),
        "open": Channel(
            (droop, droop), (np.maximum(arch, droop), np.maximum(bow, droop)), chin, -0.08 * pull
        ),
        "oval": Channel((-0.35 * oval,) * 2, (0.65 * oval,) * 2, 0.65 * chin, none),
        "raise": Channel((-arch, -arch), still, none, none),
        "wide": Channel(still, still, none, pull),
        "pucker": Channel((level, level), (level, level), none, -gather),
        "thick": Channel((-full, none), (none, full), none, none),
        "smile": Channel((-lift, -lift), (-lift, -lift), none, 0.5 * more * pull),
        "sulk": Channel((corner, corner), (corner, corner), none, -0.5 * pull),
        "tuck": Channel(still, (-0.4 * arch, -arch), none, none),
    }


def _jaw_alone(move: Channel) -> Channel:
    none = np.zeros_like(TABLE)
    return Channel((none, none), (none, none), move.chin, none)


class MouthField:
    """Bends the picture around a mouth."""

    def __init__(
        self, mouth: Mouth, size: tuple[int, int], free_jaw: bool, covered: bool = False
    ) -> None:
        """`size` is (width, height); without a free jaw nothing below the lower lip's
        surroundings moves, as on a mug. Of a covered mouth only the jaw moves."""
        self.mouth = mouth
        self.free_jaw = free_jaw
        lip = float(mouth.lower_out[MIDDLE])
        self.below = mouth.chin + 1.4 if free_jaw else min(lip + 1.5, mouth.chin)
        widest = WIDEST * (mouth.chin - mouth.nose)
        # A smoothstep is one and a half times as steep as a line.
        skin = STEEPEST * (self.below - lip) / 1.5
        self.room = widest if free_jaw else min(widest, skin)
        """The widest opening; without a free jaw only as far as skin below the lip gives way."""
        moves = channels(mouth, free_jaw)
        if covered:
            moves = {name: _jaw_alone(move) for name, move in moves.items()}
        self.names = tuple(moves)
        self.grid = self._grid(size)
        uv = mouth.axes.local(self.grid.points())
        self.upper = Basis([self._above(uv, move) for move in moves.values()], CELL)
        self.lower = Basis([self._beneath(uv, move) for move in moves.values()], CELL)
        self.edges = np.stack([[move.upper[1], move.lower[0]] for move in moves.values()])
        self.across = np.stack([move.across for move in moves.values()])

    def moved(self, weights: Array, sampler: Remapper) -> tuple[Field, Field]:
        """Backward fields of the layers above and below the opening on `grid`, in pixels."""
        told = weights.tolist()
        return self.upper.backward(told, sampler), self.lower.backward(told, sampler)

    def lips(self, weights: Array) -> Lips:
        """Where the edges of the lips are."""
        u = TABLE + np.einsum("k,kn->n", weights, self.across)
        move = np.einsum("k,ken->en", weights, self.edges)
        upper = np.interp(TABLE, u, self.mouth.upper_in + move[0])
        lower = np.interp(TABLE, u, self.mouth.lower_in + move[1])
        left, right = np.interp(self.mouth.inner, TABLE, u)
        gap = max(float((self.mouth.lower_in - self.mouth.upper_in)[MIDDLE]), 0.0)
        return Lips(
            upper.astype(np.float32),
            np.maximum(lower, upper).astype(np.float32),
            float(left),
            float(right),
            # "close" alone lifts the lower lip by this much.
            float(move[1][MIDDLE]) + 0.7 * gap,
        )

    def _grid(self, size: tuple[int, int]) -> Grid:
        corners = self.mouth.axes.pixels(
            [(u, v) for u in (-REACH, REACH) for v in (self.mouth.nose - 0.8, self.below)]
        )
        low = np.clip(corners.min(0), 0, np.array(size) - 1)
        high = np.clip(corners.max(0), 0, np.array(size) - 1)
        return Grid.over((low[0], low[1], high[0], high[1]), CELL)

    def _above(self, uv: Array, move: Channel) -> Array:
        """Displacement of the layer above the opening."""
        u, v = uv[..., 0], uv[..., 1]
        top = self.mouth.nose - 0.3
        out, edge = _at(self.mouth.upper_out, u), _at(self.mouth.upper_in, u)
        lip = np.clip((v - out) / np.maximum(edge - out, 0.02), 0, 1)
        down = _at(move.upper[0], u) * (1 - lip) + _at(move.upper[1], u) * lip
        down = down * smoothstep(0, 1, (v - top) / np.maximum(out - top, 0.05))
        across = _at(move.across, u) * smoothstep(self.mouth.nose - 0.8, -0.1, v)
        return self.mouth.axes.vector(np.stack([across, down], -1))

    def _beneath(self, uv: Array, move: Channel) -> Array:
        """Displacement of the layer below the opening."""
        u, v = uv[..., 0], uv[..., 1]
        edge, out = _at(self.mouth.lower_in, u), _at(self.mouth.lower_out, u)
        lip = np.clip((v - edge) / np.maximum(out - edge, 0.02), 0, 1)
        down = _at(move.lower[0], u) * (1 - lip) + _at(move.lower[1], u) * lip
        end = self.mouth.chin if self.free_jaw else self.below
        fall = smoothstep(0, 1, (v - out) / np.maximum(end - out, 0.05))
        down = down * (1 - fall) + _at(move.chin, u) * fall
        if self.free_jaw:
            down = down * smoothstep(self.below, self.mouth.chin, v)
        across = _at(move.across, u) * smoothstep(self.below, 0.1, v)
        return self.mouth.axes.vector(np.stack([across, down], -1))


def _at(line: Array, u: Array) -> Array:
    return np.interp(u, TABLE, line)


def parting(lips: Lips, u: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Height at `u` of the line that parts the layers."""
    return at(lips.middle, u)
