"""What a portrait is drawn from: numbers and pictures only, nothing that computes.

All of it is in pixels of the picture unless a field says otherwise; `Axes`, `Grid` and the curves
over TABLE are those of the warp, which draws the same portrait by the same numbers.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..warp.displacement import Grid
from ..warp.face_geometry import Axes

Array = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]
Bytes = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]
"""Left, top, right and bottom; right and bottom are not inside."""


@dataclass(frozen=True, eq=False)
class GridFields:
    """Fields of two numbers on one grid, which are mixed by weights."""

    grid: Grid
    fields: Halves
    """Shape (channels, rows, columns, 2): pixels for a weight of 1; of `Rig.shade` changes of
    brightness by a full pull and a full push, as a share."""


@dataclass(frozen=True, eq=False)
class RigMouth:
    """How lips and jaw move; curves are over TABLE, in half mouth widths."""

    axes: Axes
    names: tuple[str, ...]
    """Of the channels of both layers, as `mouth_weights` knows them."""
    room: float
    """The widest opening."""
    inner: tuple[float, float]
    """Left and right end of the opening."""
    upper: GridFields
    """The layer above the opening."""
    lower: GridFields
    """The layer below it, on the same grid."""
    edges: Floats
    """Shape (channels, 2, TABLE): how the edges of the upper and the lower lip move down."""
    across: Floats
    """Shape (channels, TABLE): how both move to the right."""
    upper_in: Floats
    """Shape (TABLE,): the resting edge of the upper lip."""
    lower_in: Floats
    """The same of the lower lip."""


@dataclass(frozen=True, eq=False)
class RigTeeth:
    """The upper teeth that a portrait shows."""

    picture: Bytes
    """Shape (h, w, 4): RGB and how much of it is tooth; FINE samples a pixel."""
    corner: Array
    """The pixel of the portrait at its top left, (x, y)."""


@dataclass(frozen=True, eq=False)
class RigInterior:
    """What is seen between open lips; colours are RGB from 0 to 255, as the portrait is lit."""

    dark: Floats
    flesh: Floats
    enamel: Floats
    lining: Floats
    rest: float
    """Height at which closed lips meet, in half mouth widths."""
    seam: float
    """Widens the opening where the portrait's lips are painted open, in half mouth widths."""
    soft: float
    """Least width of an edge, in half mouth widths."""
    flat: bool
    """True where all of it is `dark`, as in a flat drawing."""
    teeth: RigTeeth | None


@dataclass(frozen=True, eq=False)
class RigEye:
    """An eye that looks about and closes; curves are over TABLE, in half eye widths."""

    axes: Axes
    box: Box
    """Of the doubled portrait: where anything of the eye moves."""
    pixels: float
    """Widths of an edge to one unit."""
    iris: Array
    """Centre in units, (x, y)."""
    radius: float
    """Of the iris, in units."""
    lidless: bool
    looks: bool
    lines: Halves
    """Shape (TABLE, 4): upper and lower lid, the upper lid with its lashes, and its fold."""
    above: Halves
    """Shape (TABLE, 3): RGB of the skin above the lid."""
    skin: Floats
    """Shape (3, 3): RGB around the eye, and its change for one unit right and down."""
    white: Floats
    """RGB of the eyeball."""


@dataclass(frozen=True, eq=False)
class RigDrawnEye:
    """An eye of a flat drawing, which closes by a flat lid and a line."""

    axes: Axes
    box: Box
    """Of the doubled portrait: where anything of the eye moves."""
    edges: Floats
    """Shape (TABLE, 2): where the line lies when the eye is open, and when it is shut."""
    line: float
    """Width of the line in pixels."""
    ground: Floats
    """RGB of the lid."""
    ink: Floats
    """RGB of the line."""
    reach: Bytes
    """Shape of `box`: 255 where the lid may cover the drawing, else 0."""


@dataclass(frozen=True, eq=False)
class Rig:
    """A portrait that can be drawn with any motion, wherever there is a canvas."""

    size: tuple[int, int]
    """Width and height of the portrait."""
    picture: bytes
    """The portrait as a PNG, RGB or RGBA with straight alpha."""
    points: Floats
    """The 68 landmarks, shape (68, 2)."""
    skull: GridFields
    """Channels are those of `Motion.head`, then breath; its grid begins half a cell earlier."""
    brows: GridFields
    """Channels are left rise, right rise and frown."""
    mouth: RigMouth
    shade: GridFields | None
    """How skin lightens and darkens; None where it is flat or covered."""
    interior: RigInterior | None
    """None where the mouth is covered."""
    eyes: tuple[RigEye | RigDrawnEye, ...]
    """Left and right; none in a drawing whose eyes cannot be read."""
