"""Faces found by face-alignment (Bulat and Tzimiropoulos, ICCV 2017): 68 points, torch."""

import inspect
import pickle
import warnings
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import EngineError
from ...runtime import default_runtime
from ..records import Face
from .mediapipe_files import first_line

DETECTOR_FILE = "s3fd-619a316812.pth"
ALIGNER_FILES = ("2DFAN4-cd938726ad.zip", "2DFAN4-11f355bf06.pth.tar")
"""What versions before 1.5 ask for (TorchScript), and what later ones do (weights)."""


def aligner_file() -> str:
    """Name of the aligner's file that the installed face-alignment reads."""
    try:
        numbers = version("face-alignment").split(".")[:2]
    except PackageNotFoundError:
        return ALIGNER_FILES[-1]
    return ALIGNER_FILES[[int(number) for number in numbers] >= [1, 5]]


def find_files() -> tuple[Path, Path]:
    """Files of the detector and of the aligner, in a models folder or that of torch hub.

    Raises:
        MissingModelError: one is missing; nothing is downloaded unasked.
    """
    folders, kind = default_runtime().folders, "face_alignment"
    return folders.first(kind, DETECTOR_FILE), folders.first(kind, aligner_file())


class FaceAlignmentDetector:
    """One verb: `detect`. Keeps its networks loaded, for the confidence last asked for."""

    def __init__(self) -> None:
        self._aligner: Any = None
        self._confidence = 0.0

    def detect(self, image: npt.NDArray[np.uint8], confidence: float) -> tuple[Face, ...]:
        """Faces with at least `confidence`, largest first; see `base.Detector`."""
        if self._aligner is None or confidence != self._confidence:
            self._aligner = _load(confidence)
            self._confidence = confidence
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # it warns when it finds no face, which we report better
            found = self._aligner.get_landmarks_from_image(image) or []
        h, w = image.shape[:2]
        size = np.array([w, h], float)
        faces = [Face(np.asarray(points, float) / size, (w, h), "detected") for points in found]
        return tuple(sorted(faces, key=lambda face: -float(np.prod(np.ptp(face.points, axis=0)))))


def _load(confidence: float) -> Any:
    """A `FaceAlignment` made from local files only."""
    detector, aligner = find_files()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it imports deprecates things that are not ours
        import face_alignment
        from face_alignment import api

        options: dict[str, Any] = {}
        if "compile" in inspect.signature(api.FaceAlignment).parameters:
            options["compile"] = False  # minutes of compiling for one picture
        fetch = api.load_file_from_url
        # It only takes an address, and downloads it unless torch hub's folder has the file.
        api.load_file_from_url = lambda url, *_, **__: str(aligner)
        try:
            return face_alignment.FaceAlignment(
                face_alignment.LandmarksType.TWO_D,
                device="cpu",
                face_detector_kwargs={
                    "filter_threshold": confidence,
                    "path_to_detector": str(detector),
                },
                **options,
            )
        except (RuntimeError, OSError, EOFError, pickle.UnpicklingError) as error:
            raise EngineError(
                f"face-alignment could not read {detector} and {aligner}: "
                f"{first_line(error)} Are they whole? Put the files there again."
            ) from error
        finally:
            api.load_file_from_url = fetch
