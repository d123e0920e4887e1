"""Faces that were written down: by `create`, by a person, or in a file beside the picture."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from .animatability import score_face
from .face_json import face_from_json
from .find_face import find_face
from .records import Face
from .user_points import read_points

OURS = {"portrait.png": "persona.json"}
"""What `create` leaves: a picture, and the file with its face."""


def read_face(text: str, image: npt.NDArray[np.uint8], size: tuple[int, int] | None = None) -> Face:
    """The face that `text` says is in RGB `image`, shape (H, W, 3).

    `text` is JSON: points as `read_points` takes them, what `face_to_json` wrote, or a
    persona.json. `size` is the width and height that pixels of points count in, where the image
    was scaled since; else its own.

    Raises:
        InputError: no such JSON, or a face of a picture of other proportions.
    """
    height, width = image.shape[:2]
    face = _recorded(text)
    if face is None:
        return find_face(image, points=read_points(text, size or (width, height)))
    if abs(face.size[0] * height - face.size[1] * width) > 0.02 * face.size[0] * height:
        raise InputError(
            f"This is a face of a picture of {face.size[0]}x{face.size[1]} pixels, and this one "
            f"is {width}x{height}. Give the face of this picture."
        )
    return score_face(image, face)


def face_beside(path: Path, image: npt.NDArray[np.uint8], size: tuple[int, int]) -> Face | None:
    """The face that a file beside the picture at `path` says: `<picture>.face.json`, or the
    persona.json of a portrait that `create` painted. None when there is no such file.

    Raises:
        InputError: the file cannot be used.
    """
    written = path.with_name(f"{path.name}.face.json")
    if not written.is_file():
        written = path.with_name(OURS.get(path.name, written.name))
        if not written.is_file() or _recorded(_text(written)) is None:
            return None
    try:
        face = read_face(_text(written), image, size)
    except InputError as error:
        raise InputError(f"{written} cannot be used: {error}") from error
    return replace(face, notes=(f"read from {written.name}",))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}. Mend it, or move it away.") from error


def _recorded(text: str) -> Face | None:
    """What `face_to_json` wrote, alone or in a persona.json; None when `text` is not that."""
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(data, dict) and isinstance(data.get("face"), dict):
        data = data["face"]
    return face_from_json(data) if isinstance(data, dict) and "format" in data else None
