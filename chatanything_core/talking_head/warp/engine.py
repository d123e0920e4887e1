"""The embedded head: no weights, no GPU, works wherever landmarks are known."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ...landmarks import Face
from ..base import Actor
from ..records import Motion
from .brows import BrowField
from .cavity import Inside, paint_cavity
from .eyes import EyeLayer
from .fields import Box, Lattice, on_pixels
from .geometry import TABLE, Array, Axes, lids_of, local, mouth_of
from .light import light_of, skin_of, white_of
from .mouth import MIDDLE, Lips, MouthField, parting
from .posing import mouth_weights, skin_weights
from .sampling import Field, Pixels, Sampler, doubled, make_sampler, single_threaded
from .shade import Shade
from .skull import SkullField

SEAM = 0.035
"""Half width of the line between closed lips that were painted open, in half mouth widths."""
RESTING_LID = 0.42
"""Closure of a fully lowered resting lid."""


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
        self._sampler, self._depth, self._lattice = sampler, depth, Lattice(size)
        self._source = doubled(image if depth == 4 else np.dstack([image, opaque]))
        mouth = mouth_of(points)
        lids = lids_of(face, points)
        self._mouth = MouthField(mouth, size, free_jaw=not face.rigid)
        self._gap = float(np.max((mouth.lower_in - mouth.upper_in)[np.abs(TABLE) < 1]))
        self._rest = float(mouth.upper_in[MIDDLE] * 0.7 + mouth.lower_in[MIDDLE] * 0.3)
        self._skull = SkullField(face, points, self._lattice)
        self._brows = BrowField(points, lids, size)
        self._shade = Shade(mouth, points)
        self._light = light_of(image, points, lids)
        self._eyes = [EyeLayer(eye, skin_of(image, eye.axes), white_of(image, eye)) for eye in lids]

    def frames(self, motion: Motion) -> Iterator[Pixels]:
        """See `Head`."""
        # Both are filled anew for every frame; new memory each time costs a tenth of the speed.
        positions = np.empty_like(self._lattice.doubled)
        pixels = np.empty((*positions.shape[:2], 4), np.uint8)
        with single_threaded():
            for index in range(len(motion)):
                yield self._frame(motion, index, positions, pixels)

    def _frame(self, motion: Motion, i: int, positions: Field, pixels: Pixels) -> Pixels:
        moves, back = self._skull.moves(
            [*motion.head[i].tolist(), float(motion.breath[i])], self._sampler
        )
        stage = _Stage(self._lattice, moves, back, self._skull, self._sampler)
        weights = mouth_weights(self._mouth.names, motion, i, self._mouth.room)
        lips = self._mouth.lips(weights)
        places = self._positions(stage, weights, lips, motion, i, positions)
        frame = self._sampler.pixels(self._source, places, pixels)
        self._shade_skin(frame, stage, motion, i)
        self._paint_mouth(frame, stage, lips, motion, i)
        for side, eye in enumerate(self._eyes):
            self._paint_eye(frame, stage, eye, motion, i, side)
        width, height = self._lattice.size
        frame = frame[:height, :width]
        return frame.copy() if self._depth == 4 else self._sampler.opaque(frame)

    def _positions(
        self, stage: "_Stage", weights: Array, lips: Lips, motion: Motion, i: int, out: Field
    ) -> Field:
        """Where every pixel is read in the doubled portrait, (H, W, 2)."""
        moves = stage.moves.copy()
        self._add_brows(moves, stage, motion, i)
        upper, lower = self._mouth.moved(weights, self._sampler)
        grid = self._mouth.grid
        box = stage.box(self._mouth.mouth.axes.origin, grid.low, grid.high)
        cells = grid.cells(stage.points[box])
        above, beneath = moves.copy(), moves
        above[box] += self._sampler.field(upper, cells)
        beneath[box] += self._sampler.field(lower, cells)
        first, last = self._parted_rows(stage, lips)
        # One row more, since stretching mixes neighbours; the band of the parting overwrites it.
        mixed = np.concatenate([above[: first + 1], beneath[first + 1 :]])
        every = (slice(0, self._lattice.rows), slice(0, self._lattice.columns))
        full = self._lattice.fine(mixed * np.float32(2), every, self._sampler, out)
        if last > first:
            self._part(full, stage, above, beneath, lips, (slice(first, last), box[1]))
        full += self._lattice.doubled
        return full

    def _part(
        self, full: Field, stage: "_Stage", above: Field, beneath: Field, lips: Lips, box: Box
    ) -> None:
        """Where the parting runs through, give every pixel the (doubled) move of its side."""
        uv = stage.local(self._mouth.mouth.axes, box)
        below = uv[..., 1] > parting(lips, uv[..., 0])
        move = self._lattice.fine(above, box, self._sampler)
        np.copyto(move, self._lattice.fine(beneath, box, self._sampler), where=below[..., None])
        np.multiply(move, np.float32(2), out=full[on_pixels(box)])

    def _parted_rows(self, stage: "_Stage", lips: Lips) -> tuple[int, int]:
        """Rows of the lattice that hold a part of the line between the layers."""
        near = np.abs(TABLE) < 2.6
        axes = self._mouth.mouth.axes
        line = axes.pixels(np.stack([TABLE[near], lips.middle[near]], -1))
        rows, _ = stage.box(axes.origin, line.min(0), line.max(0))
        return rows.start, rows.stop

    def _add_brows(self, moves: Field, stage: "_Stage", motion: Motion, i: int) -> None:
        weights = np.array([*motion.brow[i], motion.frown[i]], np.float64)
        if weights.any():
            grid = self._brows.grid
            box = stage.box((grid.low + grid.high) / 2, grid.low, grid.high)
            field = self._brows.moved(weights, self._sampler)
            moves[box] += self._sampler.field(field, grid.cells(stage.points[box]))

    def _shade_skin(self, frame: Pixels, stage: "_Stage", motion: Motion, i: int) -> None:
        """Fold the cheeks and darken the chin as the mouth asks for."""
        pull, push = skin_weights(motion, i)
        if pull < 0.04 and push < 0.04:
            return
        axes = self._shade.axes
        box = stage.box(axes.origin, *self._shade.corners)
        gains = self._shade.gains(stage.points[box], axes, pull, push)
        fine = self._lattice.fine_of(gains, self._sampler)[..., :1]
        skin = frame[on_pixels(box)][..., :3]
        # Gains in 128ths: 255 times one of at most 2 still fits 16 bits.
        lit = np.multiply(skin, (fine * np.float32(128)).astype(np.uint16), dtype=np.uint16)
        lit >>= 7
        np.copyto(skin, np.minimum(lit, 255, out=lit), casting="unsafe")

    def _paint_mouth(
        self, frame: Pixels, stage: "_Stage", lips: Lips, motion: Motion, i: int
    ) -> None:
        axes, track = self._mouth.mouth.axes, motion.mouth
        within = (lips.left - 0.1 < TABLE) & (lips.right + 0.1 > TABLE)
        low, high = float(lips.upper[within].min()), float(lips.lower[within].max())
        seam = SEAM if self._gap > 0.06 else 0.0
        if (high - low) * axes.unit < 0.05 and not seam:
            return
        corners = axes.pixels([(u, v) for u in (lips.left, lips.right) for v in (low, high)])
        box = stage.box(axes.origin, corners.min(0), corners.max(0))
        paint_cavity(
            frame[on_pixels(box)],
            stage.local(axes, box),
            lips,
            axes,
            self._light,
            Inside(
                rest=self._rest,
                tongue=float(track.tongue[i]),
                teeth=float(track.teeth[i]),
                wide=float(track.wide[i]),
                round=float(track.round[i]),
                seam=seam,
            ),
        )

    def _paint_eye(
        self, frame: Pixels, stage: "_Stage", eye: EyeLayer, motion: Motion, i: int, side: int
    ) -> None:
        gaze = (float(motion.gaze[i, 0]), float(motion.gaze[i, 1]))
        looks = eye.lids.looks and any(gaze)
        rest = RESTING_LID * max(float(motion.lid[i]), 0.0)
        closure = rest + (1 - rest) * float(motion.blink[i, side])
        if not looks and closure < 0.01:
            return
        box = stage.box(eye.lids.axes.origin, *eye.corners)
        uv = stage.local(eye.lids.axes, box)
        if looks and closure < 0.9:
            eye.look(frame[on_pixels(box)], uv, gaze, self._source, self._sampler)
        if closure >= 0.01:
            eye.close(frame[on_pixels(box)], uv, closure, self._source, self._sampler)


class _Stage:
    """Where the head has carried everything in one frame."""

    def __init__(
        self, lattice: Lattice, moves: Field, back: Field, skull: SkullField, sampler: Sampler
    ) -> None:
        self.moves = moves
        self.points = lattice.points + moves
        self._lattice, self._back, self._skull, self._sampler = lattice, back, skull, sampler

    def box(self, near: Array, low: Array, high: Array) -> Box:
        """The lattice box that now holds what lay between `low` and `high` (x, y)."""
        way = self._skull.carried(self._back, near)
        return self._lattice.box(low + way, high + way, 4)

    def local(self, axes: Axes, box: Box) -> Field:
        """Where the pixels of `box` were at rest, in a part's own axes."""
        fine = self._lattice.fine(self.moves, box, self._sampler)
        return local(axes, fine + self._lattice.pixels[on_pixels(box)])
