"""A face as plain JSON data and back."""

from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from .records import Eye, Face, Origin

FORMAT = "chatanything-face-1"


def face_to_json(face: Face) -> dict[str, Any]:
    """Plain data that `json.dumps` takes; coordinates to six decimals."""
    return {
        "format": FORMAT,
        "points": _list(face.points),
        "size": list(face.size),
        "origin": face.origin,
        "eyes": None if face.eyes is None else [_eye_to_json(eye) for eye in face.eyes],
        "mesh": None if face.mesh is None else _list(face.mesh),
        "silhouette": None if face.silhouette is None else _list(face.silhouette),
        "rigid": face.rigid,
        "score": round(face.score, 4),
        "report": {name: round(value, 4) for name, value in face.report.items()},
        "notes": list(face.notes),
        **({"covered": True} if face.covered else {}),
    }


def face_from_json(data: dict[str, Any]) -> Face:
    """Undo `face_to_json`.

    Raises:
        InputError: not such data, or points that are not finite numbers.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputError(f"This is not {FORMAT} data. Give what face_to_json wrote.")
    try:
        eyes = data["eyes"] and tuple(_eye_from_json(eye) for eye in data["eyes"])
        return Face(
            _array(data["points"], 68),
            _size(data["size"]),
            _origin(data["origin"]),
            eyes or None,
            None if data["mesh"] is None else _array(data["mesh"], 478),
            None if data["silhouette"] is None else _array(data["silhouette"]),
            bool(data["rigid"]),
            float(data["score"]),
            dict(data["report"]),
            tuple(data["notes"]),
            covered=bool(data.get("covered", False)),
        )
    except (
        LookupError,
        TypeError,
        ValueError,
        OverflowError,
        AttributeError,
        StopIteration,
    ) as error:
        raise InputError(f"Broken face data: {error!r}. Give what face_to_json wrote.") from error


def _size(data: Any) -> tuple[int, int]:
    size = (int(data[0]), int(data[1]))
    if min(size) < 1:
        raise ValueError(f"a picture of {size[0]}x{size[1]} pixels")
    return size


def _origin(name: Any) -> Origin:
    found: Origin = next(known for known in get_args(Origin) if known == name)
    return found


def _eye_to_json(eye: Eye) -> dict[str, Any]:
    return {
        "iris": [round(value, 6) for value in eye.iris],
        "iris_radius": round(eye.iris_radius, 6),
        "upper": _list(eye.upper),
        "lower": _list(eye.lower),
        "lidless": eye.lidless,
    }


def _eye_from_json(data: dict[str, Any]) -> Eye:
    return Eye(
        (float(data["iris"][0]), float(data["iris"][1])),
        float(data["iris_radius"]),
        _array(data["upper"]),
        _array(data["lower"]),
        bool(data["lidless"]),
    )


def _list(points: npt.NDArray[np.float64]) -> list[list[float]]:
    rounded: list[list[float]] = np.round(points, 6).tolist()
    return rounded


def _array(rows: list[list[float]], count: int = 0) -> npt.NDArray[np.float64]:
    points = np.array(rows, float)
    if points.ndim != 2 or points.shape[1] != 2 or (count and len(points) != count):
        raise InputError(f"Points of shape {points.shape}; expected ({count or 'n'}, 2).")
    if not np.isfinite(points).all():
        raise InputError("Some points are not finite numbers. Give coordinates in [0, 1].")
    return points
