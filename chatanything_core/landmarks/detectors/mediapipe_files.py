"""Where model files lie; those of MediaPipe lie in the package itself up to 0.10.21."""

import os
from importlib.util import find_spec
from pathlib import Path

from ...errors import MissingModelError

TASK = "face_landmarker.task"
FOLDERS_VARIABLE = "CHATANYTHING_MODELS"
"""Environment variable: folders to look for model files in, separated like PATH."""


def model_folders(kind: str = "mediapipe") -> list[Path]:
    """Folders that are searched for a detector's files, in order.

    Those named in CHATANYTHING_MODELS and their subfolder `kind`, that subfolder of ComfyUI's
    models (COMFYUI_DIR), and a cache of our own.
    """
    named = os.environ.get(FOLDERS_VARIABLE, "")
    roots = [Path(part) for part in named.split(os.pathsep) if part]
    folders = [folder for root in roots for folder in (root, root / kind)]
    comfy = os.environ.get("COMFYUI_DIR", "")
    if comfy:
        folders.append(Path(comfy) / "models" / kind)
    return [*folders, Path.home() / ".cache" / "chatanything"]


def find_file(name: str, folders: list[Path]) -> Path:
    """The first file called `name` in these folders; MissingModelError says where it was sought."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise MissingModelError(
        f"There is no {name} in {', '.join(map(str, folders))}. Put the file into one of them; "
        "nothing is downloaded."
    )


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
        return find_file(TASK, model_folders())
    except MissingModelError as error:
        raise MissingModelError(
            f"This mediapipe carries no models. {error} mediapipe 0.10.21 is the last version that "
            "has them inside."
        ) from error
