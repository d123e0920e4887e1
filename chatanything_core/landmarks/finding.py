"""The ladder that never fails: carried from a guide, detected, or placed."""

import numpy as np
import numpy.typing as npt

from .images import check_image
from .placing import place_face
from .records import Face, FaceGuide


def find_face(image: npt.NDArray[np.uint8], *, prior: Face | FaceGuide | None = None) -> Face:
    """Find the face of RGB `image`, shape (H, W, 3); `Face.origin` says on which rung it stands.

    Raises:
        InputError: no RGB picture of at least 32 pixels a side.
    """
    check_image(image)
    if prior is not None:
        h, w = image.shape[:2]
        return Face(prior.points, (w, h), "guide", mesh=prior.mesh)
    return place_face(image)
