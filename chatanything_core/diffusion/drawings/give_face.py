"""A face for a picture that has none."""

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from ...landmarks import Face, opaque
from ...landmarks.find_face import NOT_FOUND
from .records import FaceSpot

Pixels = npt.NDArray[np.uint8]
Paint = Literal["never", "no face", "always"]
"""When a face is painted into a picture: `no face` where a detector looked and found none."""
PAINTS: tuple[Paint, ...] = get_args(Paint)


def give_face(
    image: Pixels, face: Face | None, paint: Paint, spot: FaceSpot | None = None
) -> tuple[Pixels, Face]:
    """A picture, RGB or RGBA, and its face: the one that was looked for, or one painted into it.

    `face` is what `find_face` says, None where nobody looked.

    Raises:
        InputError: no picture of at least 32 pixels a side.
    """
    missing = face is not None and NOT_FOUND in face.notes
    if face is not None and not (paint == "always" or (paint == "no face" and missing)):
        return image, face
    # The painter and scipy, which only this needs.
    from ..sketch.drawn.paint_in_picture import paint_in_picture

    painted = paint_in_picture(opaque(image), spot=spot)
    whole = image.shape[2] == 3
    return painted.image if whole else np.dstack([painted.image, image[..., 3]]), painted.face
