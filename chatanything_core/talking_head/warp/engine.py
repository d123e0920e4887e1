"""The embedded head: no weights, no GPU, works wherever landmarks are known."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ...landmarks import Face
from ..base import Actor
from ..records import Motion
from .brows import BrowField
from .cavity import paint_cavity
from .eyes import EyeLayer
from .fields import STRIDE, Box, Grid, add_field, stretched
from .geometry import TABLE, Array, Axes, lids_of, mouth_of
from .light import light_of, skin_of
from .mouth import MIDDLE, Lips, MouthField, parting
from .posing import mouth_weights
from .sampling import Field, Pixels, Sampler, doubled, make_sampler, single_threaded
from .skull import SkullField


class WarpHead:
    """Bends a portrait by smooth fields and composes what a still picture does not show."""

    def __init__(self, sampler: Sampler | None = None) -> None:
        self._sampler = sampler or make_sampler()

    def prepare(self, image: npt.NDArray[np.uint8], face: Face) -> Actor:
        """See `Head`."""
        if image.ndim != 3 or image.shape[2] not in (3, 4) or image.dtype != np.uint8:
            raise InputError(
                f"A portrait is RGB or RGBA uint8 of shape (height, width, 3 or 4), not "
                f"{image.dtype} of shape {image.shape}. Load it with landmarks.load_image."
            )
        return WarpActor(image, face, self._sampler)


class WarpActor:
    """One portrait, ready to move."""

    def __init__(self, image: Pixels, face: Face, sampler: Sampler) -> None:
        height, width, depth = image.shape
        size = (width, height)
        points = face.points * size
        opaque = np.full((height, width), 255, np.uint8)
        self._sampler, self._size, self._depth = sampler, size, depth
        self._source = doubled(image if depth == 4 else np.dstack([image, opaque]))
        mouth = mouth_of(points)
        lids = lids_of(face, points)
        self._mouth = MouthField(mouth, size, free_jaw=not face.rigid)
        self._gap = float(np.max((mouth.lower_in - mouth.upper_in)[np.abs(TABLE) < 1]))
        self._rest = float(mouth.upper_in[MIDDLE] * 0.7 + mouth.lower_in[MIDDLE] * 0.3)
        self._skull = SkullField(face, points, size)
        self._brows = BrowField(points, lids, size)
        self._light = light_of(image, points, lids)
        self._eyes = [EyeLayer(eye, skin_of(image, eye.axes)) for eye in lids]

    def frames(self, motion: Motion) -> Iterator[Pixels]:
        """See `Head`."""
        with single_threaded():
            for index in range(len(motion)):
                yield self._frame(motion, index)

    def _frame(self, motion: Motion, i: int) -> Pixels:
        head = [*motion.head[i], motion.breath[i]]
        places, reach = self._skull.places(head, self._sampler)
        margin = reach + 3
        weights = mouth_weights(self._mouth.names, motion, i)
        lips = self._mouth.lips(weights)
        # Boxes are read before the fields bend `places`: what is painted moves with the head only.
        opening = self._opening(lips, margin)
        inside = _local(self._mouth.mouth.axes, places[opening])
        eyes = [self._box(eye.corners()[0], eye.corners()[1], margin) for eye in self._eyes]
        sights = [
            _local(eye.lids.axes, places[box]) for eye, box in zip(self._eyes, eyes, strict=True)
        ]
        self._bend_mouth(places, weights, lips, margin)
        self._bend_brows(places, motion, i, margin)
        places *= np.float32(2)
        width, height = self._size
        frame = self._sampler.pixels(self._source, places[:height, :width])
        self._paint_mouth(frame[opening], inside, lips, motion, i)
        for side, (eye, box) in enumerate(zip(self._eyes, eyes, strict=True)):
            self._paint_eye(frame[box], sights[side], eye, motion, i, side)
        return frame if self._depth == 4 else self._sampler.opaque(frame)

    def _bend_mouth(self, places: Field, weights: Array, lips: Lips, margin: int) -> None:
        """Add the mouth's fields to `places`, each layer on its side of the parting."""
        if not weights.any():
            return
        grid = self._mouth.grid
        upper, lower = self._mouth.moved(weights, self._sampler)
        rows, columns = self._grid_box(grid, margin)
        first, last = np.clip(self._parted_rows(lips, margin), rows.start, rows.stop)
        add_field(places, (slice(rows.start, first), columns), grid, upper, self._sampler)
        add_field(places, (slice(last, rows.stop), columns), grid, lower, self._sampler)
        part = places[first:last, columns]
        if part.size:
            uv = _local(self._mouth.mouth.axes, part)
            below = uv[..., 1] > parting(lips, uv[..., 0])
            move = stretched(part, grid, upper, self._sampler)
            np.copyto(move, stretched(part, grid, lower, self._sampler), where=below[..., None])
            part += move

    def _parted_rows(self, lips: Lips, margin: int) -> tuple[int, int]:
        """Rows of the frame that hold a part of the line between the layers."""
        near = np.abs(TABLE) < 2.6
        line = self._mouth.mouth.axes.pixels(np.stack([TABLE[near], lips.middle[near]], -1))[:, 1]
        first, last = int(line.min()) - margin, int(line.max()) + margin + 1
        return first // STRIDE * STRIDE, -(-last // STRIDE) * STRIDE

    def _bend_brows(self, places: Field, motion: Motion, i: int, margin: int) -> None:
        weights = np.array([*motion.brow[i], motion.frown[i]], np.float64)
        if weights.any():
            grid = self._brows.grid
            field = self._brows.moved(weights, self._sampler)
            add_field(places, self._grid_box(grid, margin), grid, field, self._sampler)

    def _paint_mouth(self, part: Pixels, uv: Field, lips: Lips, motion: Motion, i: int) -> None:
        track = motion.mouth
        paint_cavity(
            part,
            uv,
            lips,
            self._mouth.mouth.axes,
            self._light,
            rest=self._rest,
            tongue=float(track.tongue[i]),
            teeth=float(track.teeth[i]),
            rounding=float(track.round[i]),
            seam=0.035 if self._gap > 0.06 else 0.0,
        )

    def _paint_eye(
        self, part: Pixels, uv: Field, eye: EyeLayer, motion: Motion, i: int, side: int
    ) -> None:
        x, y = motion.gaze[i]
        if (x or y) and eye.lids.looks:
            eye.look(part, uv, (float(x), float(y)), self._source, self._sampler)
        rest = 0.42 * max(float(motion.lid[i]), 0.0)
        closure = rest + (1 - rest) * float(motion.blink[i, side])
        if closure > 0.01:
            eye.close(part, uv, closure, self._source, self._sampler)

    def _opening(self, lips: Lips, margin: int) -> Box:
        """Where the inside of the mouth is seen."""
        within = (lips.left - 0.1 < TABLE) & (lips.right + 0.1 > TABLE)
        low, high = float(lips.upper[within].min()) - 0.1, float(lips.lower[within].max()) + 0.1
        corners = self._mouth.mouth.axes.pixels(
            [(u, v) for u in (lips.left - 0.1, lips.right + 0.1) for v in (low, high)]
        )
        return self._box(corners.min(0), corners.max(0), margin)

    def _grid_box(self, grid: Grid, margin: int) -> Box:
        """The box of a field, on multiples of STRIDE; it may pass the frame's end a little."""
        rows, columns = self._box((grid.left, grid.top), (grid.right, grid.bottom), margin)
        return tuple(  # type: ignore[return-value]
            slice(s.start // STRIDE * STRIDE, -(-s.stop // STRIDE) * STRIDE)
            for s in (rows, columns)
        )

    def _box(self, low: npt.ArrayLike, high: npt.ArrayLike, margin: int) -> Box:
        """Rows and columns of the frame from `low` to `high` (x, y), `margin` pixels more."""
        left, top = np.clip(np.floor(low).astype(int) - margin, 0, self._size)
        right, bottom = np.clip(np.ceil(high).astype(int) + margin + 1, 0, self._size)
        return slice(int(top), int(bottom)), slice(int(left), int(right))


def _local(axes: Axes, xy: Field) -> Field:
    """`axes.local` in single precision without a matrix product."""
    cos, sin = (axes.x / axes.unit).astype(np.float32)
    x, y = xy[..., 0] - np.float32(axes.origin[0]), xy[..., 1] - np.float32(axes.origin[1])
    out = np.empty_like(xy)
    np.add(x * cos, y * sin, out=out[..., 0])
    np.subtract(y * cos, x * sin, out=out[..., 1])
    return out
