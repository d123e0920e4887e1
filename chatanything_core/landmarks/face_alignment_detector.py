"""Faces found by face-alignment (Bulat and Tzimiropoulos, ICCV 2017): 68 points, torch."""

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..errors import MissingModelError
from .records import Face

FILES = ("2DFAN4-cd938726ad.zip", "s3fd-619a316812.pth")
"""What face-alignment keeps in torch hub's checkpoint folder: the aligner and its detector."""


def checkpoint_folder() -> Path:
    """Where torch hub keeps what it has (TORCH_HOME, else XDG_CACHE_HOME, else ~/.cache)."""
    cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    home = os.environ.get("TORCH_HOME", str(Path(cache) / "torch"))
    return Path(home) / "hub" / "checkpoints"


def find_files() -> None:
    """Raise MissingModelError unless both files are there: nothing is downloaded behind a user."""
    missing = [name for name in FILES if not (checkpoint_folder() / name).is_file()]
    if missing:
        raise MissingModelError(
            f"face-alignment needs {' and '.join(missing)} in {checkpoint_folder()}. "
            "Put the files there; the chain runs offline once they are."
        )


class FaceAlignmentDetector:
    """One verb: `detect`."""

    def detect(self, image: npt.NDArray[np.uint8], confidence: float) -> tuple[Face, ...]:
        """Faces with at least `confidence`, largest first; see `base.Detector`."""
        import face_alignment

        aligner = face_alignment.FaceAlignment(
            face_alignment.LandmarksType.TWO_D,
            device="cpu",
            face_detector_kwargs={"filter_threshold": confidence},
        )
        found = aligner.get_landmarks_from_image(image) or []
        h, w = image.shape[:2]
        size = np.array([w, h], float)
        faces = [Face(np.asarray(points, float) / size, (w, h), "detected") for points in found]
        return tuple(sorted(faces, key=lambda face: -float(np.prod(np.ptp(face.points, axis=0)))))
