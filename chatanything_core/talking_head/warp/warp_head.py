"""The embedded head: no weights, no GPU, works wherever landmarks are known."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ...landmarks import Face, mouth_covered
from ...runtime import Runtime
from ...voice import Speech
from ..base import PreparedPortrait
from ..constants.eye_constants import RESTING_LID
from ..constants.field_constants import STRIDE
from ..constants.mouth_constants import SEEN_APART, SKIN_SEEN
from ..records import Motion
from .brows import BrowField
from .compositing import to_bytes
from .displacement import Box, Lattice, on_pixels, stretched, widened
from .drawn_eyes import DrawnLid, drawn_eyes
from .eyes import EyeLayer, Eyes, Layer
from .face_geometry import TABLE, Array, Axes, Lids, lids_of, local, mouth_of
from .flat_ink import is_flat_drawing
from .head_pose import HeadPoseField
from .mouth.channel_weights import mouth_weights, skin_weights
from .mouth.drawn_mouth import along_line, ink_of
from .mouth.lip_motion import MIDDLE, Lips, MouthField, parting
from .mouth.mouth_interior import MouthInterior, paint_mouth_interior
from .mouth.skin_shading import SkinShading
from .mouth.teeth import OPEN
from .remap import Field, Pixels, Remapper, doubled, make_remapper, single_threaded
from .sampled_colours import sample_colours, sample_eye_colours
from .tone import tone_of

SEAM = 0.035
"""Half width of the line between closed lips that were painted open, in half mouth widths."""
BAND = 32
"""Rows of the lattice that are stretched and read at a time."""
BESIDE = 0.12
"""How far beyond the corners of the opening the layers stay separate, in half mouth widths."""


class WarpHead:
    """Bends a portrait by smooth fields and composes what a still picture does not show."""

    def __init__(self, sampler: Remapper | None = None) -> None:
        self._sampler = sampler or make_remapper()

    def prepare(
        self, image: npt.NDArray[np.uint8], face: Face, runtime: Runtime | None = None
    ) -> PreparedPortrait:
        """See `Head`; it has no model, and needs no machine but this one."""
        check_portrait(image)
        return WarpedPortrait(image, face, self._sampler)


def check_portrait(image: npt.NDArray[np.uint8]) -> None:
    """Raise InputError when a picture cannot be warped."""
    if image.ndim != 3 or image.shape[2] not in (3, 4) or image.dtype != np.uint8:
        raise InputError(
            f"A portrait is RGB or RGBA uint8 of shape (height, width, 3 or 4), not "
            f"{image.dtype} of shape {image.shape}. Load it with landmarks.load_image."
        )


class WarpedPortrait:
    """One portrait, ready to move."""

    def __init__(self, image: Pixels, face: Face, sampler: Remapper) -> None:
        height, width, depth = image.shape
        size = (width, height)
        points = face.points * size
        self._sampler, self._depth, self.lattice = sampler, depth, Lattice(size)
        self._source = np.full((2 * height - 1, 2 * width - 1, 4), 255, np.uint8)
        doubled(image, self._source[..., :depth])
        # What was painted here is known exactly.
        foreign = face.eyes is None
        self.drawn = foreign and is_flat_drawing(image, points)
        other = face.origin != "placed" and mouth_covered(image, points)
        self.covered = foreign and (face.covered or other)
        if self.drawn and not self.covered:
            points = along_line(image, points)
        mouth = mouth_of(points)
        lids = lids_of(face, points)
        self.mouth = MouthField(mouth, size, not face.rigid, self.covered)
        gap = float(np.max((mouth.lower_in - mouth.upper_in)[np.abs(TABLE) < 1]))
        self.seam = SEAM if gap > OPEN else 0.0
        self.rest = float(mouth.upper_in[MIDDLE] * 0.7 + mouth.lower_in[MIDDLE] * 0.3)
        self.skull = HeadPoseField(face, points, self.lattice)
        self.brows = BrowField(points, lids, size)
        self.shade = SkinShading(mouth, points)
        # What was painted here has its colours in the open.
        tone = tone_of(image, points) if foreign else None
        self.light = sample_colours(image, points, lids, tone)
        if self.drawn:
            self.light = replace(self.light, dark=ink_of(image, points), flat=True)
        self.eyes = Eyes(self._layers(image, lids), self._source, sampler)

    def _layers(self, image: Pixels, lids: tuple[Lids, Lids]) -> list[Layer]:
        """Both eyes, or none that could be read in a drawing."""
        shape, light = self._source.shape, self.light
        if self.drawn:
            return [DrawnLid(eye, shape) for eye in drawn_eyes(image, lids)]
        colours = [sample_eye_colours(image, eye, light.tone) for eye in lids]
        pairs = zip(lids, colours, strict=True)
        return [EyeLayer(eye, colour, light.edge, shape) for eye, colour in pairs]

    def frames(self, motion: Motion, speech: Speech | None = None) -> Iterator[Pixels]:
        """See `PreparedPortrait`; what is heard shows in the motion already."""
        # Both are filled again for every frame; new memory each time costs a tenth of the speed.
        height, width = (side * STRIDE for side in self.lattice.points.shape[:2])
        positions = np.empty(((BAND + 2) * STRIDE, width, 2), np.float32)
        pixels = np.empty((height - 2 * STRIDE, width - 2 * STRIDE, 4), np.uint8)
        with single_threaded():
            for index in range(len(motion)):
                yield self._frame(motion, index, positions, pixels)

    def _frame(self, motion: Motion, i: int, positions: Field, pixels: Pixels) -> Pixels:
        moves, back = self.skull.moves(
            [*motion.head[i].tolist(), float(motion.breath[i])], self._sampler
        )
        stage = Stage(self.lattice, moves, back, self.skull, self._sampler)
        weights = mouth_weights(self.mouth.names, motion, i, self.mouth.room)
        lips = self.mouth.lips(weights)
        self._show_eyes(motion, i)
        places, parted = self._places(stage, weights, lips, motion, i)
        frame = self._read(places, positions, pixels)
        parted.paint(frame, self._source, self._sampler)
        self._shade_skin(frame, stage, motion, i)
        self._paint_mouth(frame, stage, lips, motion, i)
        width, height = self.lattice.size
        frame = frame[:height, :width]
        return frame.copy() if self._depth == 4 else self._sampler.opaque(frame)

    def _show_eyes(self, motion: Motion, i: int) -> None:
        rest = RESTING_LID * max(float(motion.lid[i]), 0.0)
        closures = [rest + (1 - rest) * float(blink) for blink in motion.blink[i]]
        self.eyes.show((float(motion.gaze[i, 0]), float(motion.gaze[i, 1])), closures)

    def _places(
        self, stage: "Stage", weights: Array, lips: Lips, motion: Motion, i: int
    ) -> tuple[Field, "_Parted"]:
        """Where every point of the lattice is read in the doubled portrait, and every pixel
        around the opening."""
        above = stage.points.copy()
        self._add_brows(above, stage, motion, i)
        beneath = above.copy()
        upper, lower = self.mouth.moved(weights, self._sampler)
        axes, grid = self.mouth.mouth.axes, self.mouth.grid
        box = stage.box(grid.low, grid.high)
        cells = grid.cells(stage.points[box])
        above[box] += self._sampler.field(upper, cells)
        beneath[box] += self._sampler.field(lower, cells)
        # Beside the opening both layers move alike, so points may be mixed across the parting.
        mixed = above.copy()
        below = _beneath(local(axes, stage.points[box]), lips) > 0
        np.copyto(mixed[box], beneath[box], where=below[..., None])
        mixed *= np.float32(2)
        return mixed, self._parted(stage, above, beneath, lips)

    def _parted(self, stage: "Stage", above: Field, beneath: Field, lips: Lips) -> "_Parted":
        """Every pixel around the opening is read where its own layer is."""
        axes = self.mouth.mouth.axes
        near = (lips.left - BESIDE < TABLE) & (lips.right + BESIDE > TABLE)
        line = axes.pixels(np.stack([TABLE[near], lips.middle[near]], -1))
        box = stage.box(line.min(0), line.max(0))
        over, under = (stretched(one[widened(box)], self._sampler) for one in (above, beneath))
        return _Parted(box, over, under, _beneath(stage.local(axes, box), lips) * axes.unit)

    def _read(self, places: Field, positions: Field, pixels: Pixels) -> Pixels:
        """The portrait at `places` (rows, columns, 2), band by band; `positions` is working memory.

        Positions of a whole frame would take twice the memory of the frame.
        """
        rows, columns = self.lattice.whole()
        for start in range(rows.start, rows.stop, BAND):
            box = (slice(start, min(start + BAND, rows.stop)), columns)
            part = places[widened(box)]
            full = stretched(part, self._sampler, positions[: len(part) * STRIDE])
            self._sampler.pixels(self._source, full, pixels[on_pixels(box)])
        return pixels

    def _add_brows(self, places: Field, stage: "Stage", motion: Motion, i: int) -> None:
        weights = np.array([*motion.brow[i], motion.frown[i]], np.float64)
        if weights.any():
            grid = self.brows.grid
            box = stage.box(grid.low, grid.high)
            field = self.brows.moved(weights, self._sampler)
            places[box] += self._sampler.field(field, grid.cells(stage.points[box]))

    def _shade_skin(self, frame: Pixels, stage: "Stage", motion: Motion, i: int) -> None:
        """Fold the cheeks and darken the chin as the mouth asks for."""
        pull, push = skin_weights(motion, i)
        if (pull < SKIN_SEEN and push < SKIN_SEEN) or self.drawn or self.covered:
            return
        box = stage.box(*self.shade.corners)
        gains = self.shade.gains(stage.points[widened(box)], pull, push, self._sampler)
        skin = frame[on_pixels(box)]
        skin[:] = self._sampler.lit(skin, stretched(gains, self._sampler))

    def _paint_mouth(
        self, frame: Pixels, stage: "Stage", lips: Lips, motion: Motion, i: int
    ) -> None:
        if self.covered:
            return
        axes, track = self.mouth.mouth.axes, motion.mouth
        within = (lips.left - 0.1 < TABLE) & (lips.right + 0.1 > TABLE)
        low, high = float(lips.upper[within].min()), float(lips.lower[within].max())
        if (high - low) * axes.unit < SEEN_APART and not self.seam:
            return
        corners = axes.pixels([(u, v) for u in (lips.left, lips.right) for v in (low, high)])
        box = stage.box(corners.min(0), corners.max(0))
        paint_mouth_interior(
            frame[on_pixels(box)],
            stage.local(axes, box),
            lips,
            axes,
            self.light,
            MouthInterior(
                rest=self.rest,
                tongue=float(track.tongue[i]),
                teeth=float(track.teeth[i]),
                wide=float(track.wide[i]),
                round=float(track.round[i]),
                seam=self.seam,
                soft=self.light.edge / axes.unit,
            ),
        )


def _beneath(uv: Field, lips: Lips) -> Field:
    """How far below the parting of the lips the places `uv` (h, w, 2) lie, (h, w)."""
    return np.asarray(uv[..., 1] - parting(lips, uv[..., 0]), np.float32)


@dataclass(frozen=True, eq=False)
class _Parted:
    """The pixels around the opening, in the layer above it and in the one below."""

    box: Box
    above: Field
    """Where the layer is read in the portrait, for every pixel under `box`, (h, w, 2)."""
    beneath: Field
    depth: Field
    """How far below the parting every pixel lies, in pixels, (h, w)."""

    def paint(self, frame: Pixels, source: Pixels, sampler: Remapper) -> None:
        """Lay both layers into `frame`; they meet over the width of a pixel.

        A hard edge would be decided by rounding, and crawl where the lips move slowly.
        """
        over, under = (
            sampler.pixels(source, layer * np.float32(2)) for layer in (self.above, self.beneath)
        )
        share = to_bytes((self.depth + np.float32(0.5)) * 255)[..., None].astype(np.uint16)
        mixed = over * (255 - share) + under * share
        frame[on_pixels(self.box)] = (mixed + 127) // 255


class Stage:
    """Where the head has carried everything in one frame."""

    def __init__(
        self, lattice: Lattice, moves: Field, back: Field, skull: HeadPoseField, sampler: Remapper
    ) -> None:
        self.points = lattice.points + moves
        """Where what is seen at the points of the lattice was at rest, in pixels."""
        self._lattice, self._back, self._skull, self._sampler = lattice, back, skull, sampler

    def box(self, low: Array, high: Array) -> Box:
        """The lattice box that now holds what lay between `low` and `high` (x, y)."""
        least, most = self._skull.carried(self._back, low, high)
        return self._lattice.box(low + least, high + most, STRIDE)

    def local(self, axes: Axes, box: Box) -> Field:
        """Where the pixels of `box` were at rest, in a part's own axes."""
        return stretched(local(axes, self.points[widened(box)]), self._sampler)
