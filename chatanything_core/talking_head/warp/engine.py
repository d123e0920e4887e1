"""The embedded head: no weights, no GPU, works wherever landmarks are known."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ...landmarks import Face
from ..base import Actor
from ..records import Motion
from .cavity import Light, paint_cavity
from .eyes import EyeLid
from .geometry import Array, Axes, lids_of, mouth_of
from .mouth import Lips, MouthField, middle
from .sampling import Field, Pixels, Sampler, doubled, make_sampler, single_threaded
from .skull import SkullField

OPEN = 0.74
"""Opening of the widest "ah" in half mouth widths."""


class WarpHead:
    """Bends a portrait by smooth fields and composes what a still picture does not show."""

    def __init__(self, sampler: Sampler | None = None) -> None:
        self._sampler = sampler or make_sampler()

    def prepare(self, image: npt.NDArray[np.uint8], face: Face) -> Actor:
        """See `Head`."""
        if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
            raise InputError(
                f"A portrait is RGB uint8 of shape (height, width, 3), "
                f"not {image.dtype} of shape {image.shape}. Load it with landmarks.load_image."
            )
        return WarpActor(image, face, self._sampler)


class WarpActor:
    """One portrait, ready to move."""

    def __init__(self, image: Pixels, face: Face, sampler: Sampler) -> None:
        height, width = image.shape[:2]
        points = face.points * (width, height)
        self._sampler = sampler
        self._source = doubled(np.dstack([image, np.full((height, width), 255, np.uint8)]))
        self._mouth = mouth_of(points)
        self._field = MouthField(self._mouth, (width, height), 0.6, not face.rigid)
        self._rest = float((self._mouth.upper_in[600] + self._mouth.lower_in[600]) / 2)
        self._skull = SkullField(points, (width, height))
        self._light = _light(image, points)
        self._eyes = [EyeLid(lids, _skin(image, lids.axes)) for lids in lids_of(face, points)]

    def frames(self, motion: Motion) -> Iterator[Pixels]:
        """See `Head`."""
        with single_threaded():
            for index in range(len(motion)):
                yield self._frame(motion, index)

    def _frame(self, motion: Motion, i: int) -> Pixels:
        places, reach = self._skull.places([*motion.head[i], motion.breath[i]], self._sampler)
        weights = self._weights(motion, i)
        lips = self._field.lips(weights)
        lookup = places.copy()
        self._bend(lookup, places, weights, lips, int(reach) + 2)
        frame = self._sampler.pixels(self._source, lookup * np.float32(2))
        self._open(frame, places, lips, motion, i, int(reach) + 3)
        for side, eye in enumerate(self._eyes):
            self._blink(frame, places, eye, float(motion.blink[i, side]), int(reach) + 2)
        return self._sampler.opaque(frame)

    def _weights(self, motion: Motion, i: int) -> list[float]:
        """Channel weights of the mouth field, in half mouth widths."""
        track = motion.mouth
        free = 1.0 - float(track.closed[i])
        opening = OPEN * float(track.jaw[i]) * free
        rounding, wide = float(track.round[i]), float(track.wide[i])
        return [
            1.0,
            opening * 0.88,
            opening * 0.12 + 0.05 * max(wide, 0.0) * free,
            0.13 * max(wide, 0.0) + 0.24 * min(wide, 0.0) - 0.10 * rounding,
            0.10 * rounding,
            0.16 * float(motion.smile[i]),
            0.10 * float(track.teeth[i]) * free,
        ]

    def _bend(
        self, lookup: Field, places: Field, weights: list[float], lips: Lips, margin: int
    ) -> None:
        """Add the mouth's fields to `lookup` where they reach."""
        grid = self._field.grid
        box = self._box((grid.left, grid.top), (grid.right, grid.bottom), margin)
        at_rest = places[box]
        upper, lower = self._field.moved(weights, self._sampler)
        cells = grid.cells(at_rest)
        uv = _local(self._mouth.axes, at_rest)
        below = uv[..., 1] > middle(lips, uv[..., 0])
        move = self._sampler.field(upper, cells)
        np.copyto(move, self._sampler.field(lower, cells), where=below[..., None])
        lookup[box] += move

    def _open(
        self, frame: Pixels, places: Field, lips: Lips, motion: Motion, i: int, margin: int
    ) -> None:
        """Paint the inside of the mouth."""
        low, high = float(lips.upper.min()), float(lips.lower.max())
        corners = self._mouth.axes.pixels(
            [(u, v) for u in (lips.left, lips.right) for v in (low, high)]
        )
        box = self._box(corners.min(0), corners.max(0), margin)
        paint_cavity(
            frame[box],
            _local(self._mouth.axes, places[box]),
            lips,
            self._mouth.axes,
            self._light,
            rest=self._rest,
            tongue=float(motion.mouth.tongue[i]),
            rounding=float(motion.mouth.round[i]),
        )

    def _blink(self, frame: Pixels, places: Field, eye: EyeLid, amount: float, margin: int) -> None:
        if amount <= 0.01:
            return
        low, high = eye.corners()
        box = self._box(low, high, margin)
        uv = _local(eye.lids.axes, places[box])
        eye.close(frame[box], uv, amount, self._source, self._sampler)

    def _box(self, low: npt.ArrayLike, high: npt.ArrayLike, margin: int) -> tuple[slice, slice]:
        """Rows and columns of the frame from `low` to `high` (x, y), `margin` pixels more."""
        width, height = self._skull.size
        left, top = np.maximum(np.floor(low).astype(int) - margin, 0)
        right, bottom = np.ceil(high).astype(int) + margin + 1
        return slice(top, min(bottom, height)), slice(left, min(right, width))


def _local(axes: Axes, xy: Field) -> Field:
    """`axes.local` in single precision without a matrix product."""
    cos, sin = (axes.x / axes.unit).astype(np.float32)
    x, y = xy[..., 0] - np.float32(axes.origin[0]), xy[..., 1] - np.float32(axes.origin[1])
    out = np.empty_like(xy)
    np.add(x * cos, y * sin, out=out[..., 0])
    np.subtract(y * cos, x * sin, out=out[..., 1])
    return out


def _light(image: Pixels, points: Array) -> Light:
    """Light inside the mouth, from the colour of the lips and the brightest of the face."""
    lips = _read(image, points[[50, 51, 52, 56, 57, 58]]).mean(0)
    low, high = points.min(0).astype(int), points.max(0).astype(int) + 1
    patch = image[max(low[1], 0) : high[1], max(low[0], 0) : high[0]].reshape(-1, 3)
    bright = np.percentile(patch.mean(1), 90) if len(patch) else 200.0
    dark = np.clip(lips * (0.30, 0.12, 0.13), 12, 70)
    white = np.full(3, np.clip(bright / 190, 0.55, 1.0))
    return Light(dark.astype(np.float32), white.astype(np.float32))


def _skin(image: Pixels, axes: Axes) -> Array:
    """Colour around an eye: the median of a ring outside it."""
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    ring = axes.pixels(np.stack([1.45 * np.cos(turn), 1.45 * np.sin(turn)], -1))
    return np.asarray(np.median(_read(image, ring), axis=0))


def _read(image: Pixels, xy: Array) -> Array:
    height, width = image.shape[:2]
    x = np.clip(xy[:, 0].round().astype(int), 0, width - 1)
    y = np.clip(xy[:, 1].round().astype(int), 0, height - 1)
    return np.asarray(image[y, x], np.float64)
