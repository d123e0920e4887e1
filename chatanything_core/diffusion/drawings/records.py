"""What a drawing is, and what is known of it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ...ranges import Range

MAX_BYTES = 8 << 20
"""Size of the largest SVG that is read."""
SIDE = 768
"""Longer side in pixels at which drawings are rendered."""
SHARE = Range(0.0, 1.0)
WIDTH = Range(0.05, 1.5)
HOW = "Give three numbers, x,y,width, as shares of the drawing's width and height: 0.5,0.4,0.3"


@dataclass(frozen=True)
class Credit:
    """Whose drawing it is."""

    title: str
    """What the drawing is called."""
    source: str
    """The set that it is from."""
    author: str
    licence: str
    """SPDX name, or the words of the set."""
    page: str = ""
    """Where licence or set are described."""

    @property
    def line(self) -> str:
        """The credit in one line, as CC BY asks for it."""
        by = f" by {self.author}" if self.author else ""
        where = f" ({self.page})" if self.page else ""
        return f'Drawing "{self.title}" of {self.source}{by}, {self.licence}{where}'


@dataclass(frozen=True)
class FaceSpot:
    """Where a person wants the face; shares of the whole drawing, its empty margins included."""

    x: float
    """Middle of the face, 0 at the left edge, 1 at the right."""
    y: float
    """Middle of the face, 0 at the top, 1 at the bottom."""
    width: float
    """Width of the face as a share of the drawing's width."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """A picture of one thing without what is around it."""

    pixels: npt.NDArray[np.uint8]
    """RGBA of shape (H, W, 4), cut to what is seen."""
    name: str
    """File or icon that it came from."""
    credit: Credit | None = None
    box: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    """Left, top, right and bottom of `pixels` in the whole drawing, as shares of it."""
    plain: bool = False
    """True for a silhouette without colours of its own: the painter chooses one."""
    face: FaceSpot | None = None
    """Where the face goes; None leaves it to the painter."""
    notes: tuple[str, ...] = ()
    """What was left out of it, for a person."""


def spot_of(text: str) -> FaceSpot | None:
    """The place that "x,y,width" names; None for blank text.

    Raises:
        InputError: see `read_face_spot`.
    """
    return read_face_spot(text) if text.strip() else None


def read_face_spot(text: str) -> FaceSpot:
    """The place that "x,y,width" names.

    Raises:
        InputError: it is not three numbers, or one is out of range.
    """
    parts = text.replace(" ", "").split(",")
    try:
        x, y, width = (float(part) for part in parts)
    except ValueError as error:
        raise InputError(f"The place {text!r} of the face cannot be read. {HOW}.") from error
    SHARE.check("x of the face", x)
    SHARE.check("y of the face", y)
    WIDTH.check("Width of the face", width)
    return FaceSpot(x, y, width)
