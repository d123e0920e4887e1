"""Which of MediaPipe's 478 mesh points stand for the 68 iBUG 300-W points.

`left` and `right` are the viewer's. The jaw has no exact counterpart: mesh points of the face
oval nearest to the iBUG contour are taken. The other points are the same facial features.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ..records import Face

JAW = (127, 234, 93, 132, 58, 172, 136, 150, 152, 379, 365, 397, 288, 361, 323, 454, 356)
BROWS = (70, 63, 105, 66, 107, 336, 296, 334, 293, 300)
NOSE = (168, 197, 5, 4, 75, 97, 2, 326, 305)
EYES = (33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380)
LIPS = (61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181)
INNER_LIPS = (78, 82, 13, 312, 308, 317, 14, 87)
MESH_OF_68 = np.array((*JAW, *BROWS, *NOSE, *EYES, *LIPS, *INNER_LIPS))
"""Mesh index of each of the 68 points, shape (68,)."""

IRISES = (468, 473)
"""Mesh indices of the two iris centres, left and right."""


def to_68(mesh: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The 68 points of a mesh of shape (468 or 478, 2)."""
    return np.asarray(mesh[MESH_OF_68])


def faces_of_meshes(
    meshes: Sequence[npt.NDArray[np.float64]], size: tuple[int, int]
) -> tuple[Face, ...]:
    """Faces, largest first, of meshes of shape (468 or 478, 2) in pixels of a picture of `size`
    (width, height).

    Raises:
        InputError: a mesh of another shape.
    """
    found = [np.asarray(mesh, float) for mesh in meshes]
    for mesh in found:
        if mesh.shape not in ((468, 2), (478, 2)):
            raise InputError(
                f"Face landmarks of shape {mesh.shape}. Give meshes of 468 or 478 points (x, y)."
            )
    found.sort(key=lambda mesh: -float(np.prod(np.ptp(mesh, 0))))
    return tuple(
        Face(to_68(mesh / size), size, "detected", mesh=mesh / size if len(mesh) == 478 else None)
        for mesh in found
    )
