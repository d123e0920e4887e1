"""Faces found by MediaPipe: a short-range detector and the 478-point attention mesh.

Both must agree: the mesh runs on what the detector found, and rejects what is not a face.
"""

import warnings
from collections.abc import Callable
from typing import Any

import mediapipe
import numpy as np
import numpy.typing as npt

from ...errors import EngineError
from ..records import Face
from .mediapipe_files import find_models, first_line
from .mediapipe_to_68 import to_68

MOST_FACES = 4
Points = npt.NDArray[np.float64]


class MediapipeDetector:
    """One verb: `detect`. Keeps its networks loaded, for the confidence last asked for."""

    def __init__(self) -> None:
        self._find: Callable[[npt.NDArray[np.uint8]], list[Points]] | None = None
        self._confidence = 0.0

    def detect(self, image: npt.NDArray[np.uint8], confidence: float) -> tuple[Face, ...]:
        """Faces with at least `confidence`, largest first; see `base.Detector`."""
        if self._find is None or confidence != self._confidence:
            task = find_models()
            self._find = _tasks(confidence, str(task)) if task else _solutions(confidence)
            self._confidence = confidence
        h, w = image.shape[:2]
        meshes = self._find(np.ascontiguousarray(image))
        faces = [Face(to_68(mesh), (w, h), "detected", mesh=mesh) for mesh in meshes]
        return tuple(sorted(faces, key=_extent, reverse=True))


def _solutions(confidence: float) -> Callable[[npt.NDArray[np.uint8]], list[Points]]:
    """Versions up to 0.10.21, with the models that they carry."""
    solutions: Any = mediapipe.solutions
    with warnings.catch_warnings():
        # It calls newer protobufs in ways that they deprecate: nothing that a user could fix.
        warnings.simplefilter("ignore", DeprecationWarning)
        mesh = solutions.face_mesh.FaceMesh(
            static_image_mode=True,
            max_num_faces=MOST_FACES,
            refine_landmarks=True,
            min_detection_confidence=confidence,
        )
    return lambda image: [
        _array(face.landmark) for face in mesh.process(image).multi_face_landmarks or ()
    ]


def _tasks(confidence: float, task: str) -> Callable[[npt.NDArray[np.uint8]], list[Points]]:
    """Newer versions, with a task file."""
    from mediapipe.tasks.python import BaseOptions, vision

    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=task),
        num_faces=MOST_FACES,
        min_face_detection_confidence=confidence,
        min_face_presence_confidence=confidence,
    )
    try:
        landmarker = vision.FaceLandmarker.create_from_options(options)
    except (RuntimeError, ValueError, OSError, TypeError) as error:
        # TypeError: versions up to 0.10.21 cannot pass a task to protobuf 5 and later.
        raise EngineError(
            f"mediapipe could not load {task} ({first_line(error)}). Put a whole "
            "face_landmarker.task there; mediapipe up to 0.10.21 also needs protobuf 4 for it."
        ) from error

    def find(image: npt.NDArray[np.uint8]) -> list[Points]:
        picture = mediapipe.Image(mediapipe.ImageFormat.SRGB, image)
        return [_array(face) for face in landmarker.detect(picture).face_landmarks]

    return find


def _array(landmarks: Any) -> Points:
    return np.array([(point.x, point.y) for point in landmarks], float)


def _extent(face: Face) -> float:
    low, high = face.points.min(0), face.points.max(0)
    return float(np.prod(high - low))
