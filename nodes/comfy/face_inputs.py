"""Faces that are set by mouse on a node, and those that ComfyUI's own detector found."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from comfy_api.v0_0_2 import io, ui
from PIL import Image, ImageOps

from ...chatanything_core.errors import InputError
from ...chatanything_core.landmarks import Face, faces_of_meshes
from .shown import text_of
from .tensors import from_image

Pixels = npt.NDArray[np.uint8]
LARGEST = 1024
"""Pixels of the longer side of what is shown on a node."""


def points_input(tooltip: str) -> io.String.Input:
    """The points that the page writes when a face is dragged."""
    return io.String.Input("points", multiline=True, default="", optional=True, tooltip=tooltip)


def shown_face(
    cls: type[io.ComfyNode],
    picture: Pixels,
    points: npt.NDArray[np.float64],
    others: Sequence[Face] = (),
    *lines: str,
) -> dict[str, Any]:
    """The `ui` of a node whose face can be dragged: a picture, points on it, and sentences.

    `points` are the 68 normalised ones; `others` are the faces that can be chosen, by number.
    """
    page = Image.fromarray(picture)
    page.thumbnail((LARGEST, LARGEST))
    file = ui.PreviewImage(from_image(np.asarray(page)), cls=cls).as_dict()["images"][0]
    faces = [_rounded(face.points) for face in others]
    shown = {**file, "size": sides(picture), "points": _rounded(points), "faces": faces}
    return {"face": [shown], **text_of(*lines)}


def _rounded(points: npt.NDArray[np.float64]) -> list[list[float]]:
    return [[round(float(x), 4), round(float(y), 4)] for x, y in points]


def sides(picture: Pixels) -> tuple[int, int]:
    """Width and height."""
    return picture.shape[1], picture.shape[0]


def cut_to(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """A picture scaled to cover `size` (width, height) and cut in its middle."""
    return np.asarray(ImageOps.fit(Image.fromarray(picture), size))


def faces_in(landmarks: dict[str, Any] | None) -> tuple[Face, ...]:
    """The faces, largest first, of the first picture in core's FACE_LANDMARKS; none without any.

    Raises:
        InputError: it is no FACE_LANDMARKS.
    """
    if landmarks is None:
        return ()
    try:
        height, width = landmarks["image_size"]
        meshes = [face["landmarks_xy"] for frame in landmarks["frames"][:1] for face in frame]
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            "`landmarks` are not those of core's Detect Face Landmarks. Connect its output."
        ) from error
    return faces_of_meshes(meshes, (int(width), int(height)))


def chosen(faces: Sequence[Face], number: int) -> Face | None:
    """The face of that number, from the largest, 1; None when there are none.

    Raises:
        InputError: there are fewer.
    """
    if faces and number > len(faces):
        raise InputError(
            f"Face {number} was asked for, and the picture has {len(faces)}. "
            f"Choose 1 to {len(faces)}."
        )
    return faces[number - 1] if faces else None
