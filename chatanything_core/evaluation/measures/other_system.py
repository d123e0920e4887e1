"""Portraits and films that another system made, in a folder with a manifest.

`manifest.json` names the system and has one entry a prompt:

    {"system": "SomeSystem 1.2", "entries": [
      {"prompt": "grumpy teapot", "category": "cartoon", "portrait": "1.png", "film": "1.mp4",
       "guide": [[210, 230], ...], "seconds": {"portrait": 3.2}}]}

`film`, `guide` (6 corners or 68 points in pixels of the portrait) and `seconds` may be left out.
"""

import json
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from ...errors import InputError
from ...landmarks import Face, load_image, read_points
from ..records import Prompt, Run, Study
from .sample import Sample

MANIFEST = "manifest.json"
MOST_ENTRIES = 100_000
_LONGEST = 500


def folder_study(folder: Path, judges: tuple[str, ...]) -> Study:
    """The study of a folder: one run with the system's name, and its prompts in order.

    Raises:
        InputError: no manifest there that can be used.
    """
    manifest = _manifest(folder)
    prompts = []
    for number, entry in enumerate(manifest["entries"]):
        prompts.append(Prompt(number, _text(entry, "category", "all"), _text(entry, "prompt")))
    return Study(tuple(prompts), (Run(str(manifest["system"])[:_LONGEST]),), judges)


def read_sample(folder: Path, prompt: Prompt) -> Sample:
    """What the system made of the prompt.

    Raises:
        InputError: a file that is missing, outside the folder, or cannot be read.
    """
    entry = _manifest(folder)["entries"][prompt.number]
    image = load_image(_inside(folder, _text(entry, "portrait")))
    size = (image.shape[1], image.shape[0])
    guide = None
    if entry.get("guide") is not None:
        guide = Face(read_points(json.dumps(entry["guide"]), size), size, "known")
    film = _inside(folder, _text(entry, "film")) if entry.get("film") else None
    return Sample(image, None, guide, film, seconds=_seconds(entry.get("seconds")))


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise InputError(
            f"There is no {path}. Write one that names each portrait; docs/evaluation.md says how."
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path} cannot be read ({str(error)[:200]}). It must be JSON.") from error
    entries = data.get("entries") if isinstance(data, dict) else None
    whole = isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)
    if not whole or not entries or len(entries) > MOST_ENTRIES or not data.get("system"):
        raise InputError(
            f"{path} is no manifest. It needs `system`, a name, and `entries`, a list of 1 to "
            f"{MOST_ENTRIES} objects."
        )
    return dict(data)


def _text(entry: dict[str, Any], name: str, instead: str = "") -> str:
    value = entry.get(name) or instead
    if not isinstance(value, str) or not value or len(value) > _LONGEST:
        raise InputError(
            f"An entry of the manifest has {str(value)[:60]!r} as {name}. Give 1 to {_LONGEST} "
            "characters."
        )
    return value


def _inside(folder: Path, name: str) -> Path:
    """A file below the folder, whatever the system that wrote its name."""
    parts = PureWindowsPath(name).parts
    outside = PurePosixPath(name).is_absolute() or PureWindowsPath(name).anchor or ".." in parts
    path = folder.joinpath(*parts)
    if outside or not path.resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{name!r} is outside the folder. Name files below it.")
    return path


def _seconds(given: Any) -> dict[str, float]:
    if not isinstance(given, dict):
        return {}
    return {
        str(name)[:40]: float(value)
        for name, value in given.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
