"""Faces found by MediaPipe: a short-range detector and the 478-point attention mesh.

Both must agree: the mesh runs on what the detector found, and refuses what is no face.
"""

from typing import Any

import mediapipe
import numpy as np
import numpy.typing as npt

from .correspondence import to_68
from .mediapipe_models import find_models
from .records import Face

MOST_FACES = 4


class MediapipeDetector:
    """One verb: `detect`."""

    def detect(self, image: npt.NDArray[np.uint8], confidence: float) -> tuple[Face, ...]:
        """Faces with at least `confidence`, largest first; see `base.Detector`."""
        task = find_models()
        if task is None:
            meshes = _solutions(image, confidence)
        else:
            meshes = _tasks(image, confidence, str(task))
        h, w = image.shape[:2]
        faces = [Face(to_68(mesh), (w, h), "detected", mesh=mesh) for mesh in meshes]
        return tuple(sorted(faces, key=_extent, reverse=True))


def _solutions(image: npt.NDArray[np.uint8], confidence: float) -> list[npt.NDArray[np.float64]]:
    """Versions up to 0.10.21, with the models that they carry."""
    solutions: Any = mediapipe.solutions
    with solutions.face_mesh.FaceMesh(
        static_image_mode=True,
        max_num_faces=MOST_FACES,
        refine_landmarks=True,
        min_detection_confidence=confidence,
    ) as mesh:
        found = mesh.process(np.ascontiguousarray(image)).multi_face_landmarks or []
    return [_array(face.landmark) for face in found]


def _tasks(
    image: npt.NDArray[np.uint8], confidence: float, task: str
) -> list[npt.NDArray[np.float64]]:
    """Newer versions, with a task file."""
    from mediapipe.tasks.python import BaseOptions, vision

    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=task),
        num_faces=MOST_FACES,
        min_face_detection_confidence=confidence,
        min_face_presence_confidence=confidence,
    )
    with vision.FaceLandmarker.create_from_options(options) as landmarker:
        picture = mediapipe.Image(mediapipe.ImageFormat.SRGB, np.ascontiguousarray(image))
        return [_array(face) for face in landmarker.detect(picture).face_landmarks]


def _array(landmarks: Any) -> npt.NDArray[np.float64]:
    return np.array([(point.x, point.y) for point in landmarks], float)


def _extent(face: Face) -> float:
    low, high = face.points.min(0), face.points.max(0)
    return float(np.prod(high - low))
