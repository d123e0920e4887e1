"""Where users keep the files of local speech models."""

import os
from pathlib import Path

from ..errors import MissingModelError

_folders: list[Path] = []


def look_in(folder: Path) -> None:
    """Add a folder that holds one folder for each engine, such as ComfyUI's models/TTS."""
    if folder not in _folders:
        _folders.append(folder)


def folders() -> list[Path]:
    """Folders to look in: those of CHATANYTHING_TTS_MODELS first."""
    named = os.environ.get("CHATANYTHING_TTS_MODELS", "")
    return [*(Path(part) for part in named.split(os.pathsep) if part), *_folders]


def find_files(engine: str, pattern: str) -> list[Path]:
    """Files of an engine by a glob pattern, sorted by name."""
    return sorted(path for folder in folders() for path in (folder / engine).glob(pattern))


def need_file(engine: str, pattern: str, what: str) -> Path:
    """The first file that matches.

    Raises:
        MissingModelError: there is none; says where to put it.
    """
    found = find_files(engine, pattern)
    if not found:
        places = ", ".join(str(folder / engine) for folder in folders()) or "models/TTS/" + engine
        raise MissingModelError(
            f"The {engine!r} engine needs {what}. Put it into {places}, or name the folder above "
            "it in CHATANYTHING_TTS_MODELS."
        )
    return found[0]
