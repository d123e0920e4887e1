"""Which portraits LivePortrait cannot move, found out without loading it."""

import numpy as np
import numpy.typing as npt

from ...landmarks import Face, mouth_covered


def what_hinders(image: npt.NDArray[np.uint8], face: Face) -> str:
    """Why LivePortrait cannot move this portrait, in words; empty when it can."""
    if face.origin == "placed":
        return "no face was found in it"
    if face.rigid:
        return "its face is painted on a thing, and LivePortrait knows those of living beings"
    if face.silhouette is not None:
        return "it is a drawn body, whose outline the warp knows"
    other = face.eyes is None and mouth_covered(image, face.points * np.array(image.shape[1::-1]))
    if face.covered or other:
        return "its mouth is covered"
    return ""
