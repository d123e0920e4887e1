"""Find a face without ever failing: set by the user, detected, carried from a guide, or placed."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from .animatability import face_distance, score_face
from .fallback_face import place_face
from .load_image import check_image
from .records import Face, FaceGuide
from .registry import CONFIDENCE, detectors, ready_detectors
from .snap_to_image import refine

NEAR_CONFIDENCE = 0.3
"""Enough when the face lies where a guide says it should."""
NEAR = 0.35
"""How far from the guide that is, in eye distances."""


def find_face(
    image: npt.NDArray[np.uint8],
    *,
    prior: Face | FaceGuide | None = None,
    detector: str = "auto",
    confidence: float = CONFIDENCE,
    points: npt.NDArray[np.float64] | None = None,
) -> Face:
    """Find the face of RGB `image`, shape (H, W, 3); `Face.origin` says where it comes from.

    The face comes with its animatability (see `animatability`).

    `points`, 68 normalised ones that a user set, win. Else a detector looks (`auto`: the first
    one that is installed; `none`: no detector; or a name). Else the face of `prior` is carried
    over and refined on the picture. Else the average face is placed on what stands out.

    Raises:
        InputError: no RGB picture of at least 32 pixels a side, or points that are not 68
            finite ones on the picture.
        MissingDependencyError, MissingModelError: a detector asked for by name is not there.
    """
    check_image(image)
    face = _find(image, prior, detector, confidence, points)
    return score_face(image, face, guide=prior)


def _find(
    image: npt.NDArray[np.uint8],
    prior: Face | FaceGuide | None,
    detector: str,
    confidence: float,
    points: npt.NDArray[np.float64] | None,
) -> Face:
    h, w = image.shape[:2]
    if points is not None:
        return Face(check_points(points), (w, h), "placed", notes=("points set by the user",))
    found = _detect(image, prior, detector, confidence)
    if found is not None:
        return found
    return place_face(image) if prior is None else refine(image, prior)


def check_points(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Raise InputError unless these are 68 finite points, most of them on the picture."""
    points = np.asarray(points, float)
    if points.shape != (68, 2) or not np.isfinite(points).all():
        raise InputError(f"Landmarks of shape {points.shape}. Give 68 finite points in [0, 1].")
    inside = ((points >= 0) & (points <= 1)).all(1).mean()
    if inside < 0.8:
        raise InputError(
            f"Only {inside:.0%} of the landmarks lie on the picture; at least 80 % must."
        )
    return points


def _detect(
    image: npt.NDArray[np.uint8],
    prior: Face | FaceGuide | None,
    detector: str,
    confidence: float,
) -> Face | None:
    names = ready_detectors()[:1] if detector == "auto" else (detector,)
    if detector == "none":
        return None
    for name in names:
        engine = detectors.create(name)
        faces = engine.detect(image, confidence)
        if not faces and prior is not None:
            near = engine.detect(image, min(confidence, NEAR_CONFIDENCE))
            faces = tuple(face for face in near if face_distance(face, prior) < NEAR)
        if faces:
            more = () if len(faces) == 1 else (f"{len(faces)} faces, largest taken",)
            return replace(faces[0], notes=(f"found by {name}", *more))
    return None
