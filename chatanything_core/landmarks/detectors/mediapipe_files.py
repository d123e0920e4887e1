"""The model files of MediaPipe; up to 0.10.21 they lie in the package itself."""

from importlib.util import find_spec
from pathlib import Path

from ...errors import MissingModelError
from ...runtime import default_runtime

TASK = "face_landmarker.task"


def first_line(error: Exception) -> str:
    """What an error of another package says, shortened to one line."""
    return str(error).strip().split("\n")[0][:200] or type(error).__name__


def bundled() -> bool:
    """True when the installed package carries its own face models (0.10.21 and earlier)."""
    spec = find_spec("mediapipe")
    if spec is None or not spec.submodule_search_locations:
        return False
    inside = Path(next(iter(spec.submodule_search_locations)))
    return (inside / "modules/face_landmark/face_landmark_with_attention.tflite").is_file()


def find_models() -> Path | None:
    """The task file to load, or None when the package carries its models.

    Raises:
        MissingModelError: neither is there.
    """
    if bundled():
        return None
    try:
        return default_runtime().folders.first("mediapipe", TASK, get="face")
    except MissingModelError as error:
        raise MissingModelError(
            f"This version of mediapipe comes without models. {error} mediapipe 0.10.21 is the last version that "
            "has them inside."
        ) from error
