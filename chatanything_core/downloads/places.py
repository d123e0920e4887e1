"""Where a model's files are, or would be put."""

from dataclasses import dataclass
from pathlib import Path

from ..model_folders import ModelFolders
from .records import Model, ModelFile


@dataclass(frozen=True)
class Place:
    """One file and its path."""

    file: ModelFile
    path: Path
    """Where it is; where it would be put when it is missing."""
    here: bool
    """True when there is a file, of the right size where that is known."""

    @property
    def other_size(self) -> bool:
        """True when something else lies at `path`."""
        return not self.here and self.path.exists()


def place_of(file: ModelFile, folders: ModelFolders) -> Place:
    """The first file of its name in the folders of its kind, else where a new one goes."""
    for folder in folders.folders.get(file.kind, ()):
        if (folder / file.name).is_file():
            return _judged(file, folder / file.name)
    return _judged(file, folders.new(file.kind) / file.name)


def places_of(model: Model, folders: ModelFolders) -> tuple[Place, ...]:
    """The place of each file."""
    return tuple(place_of(file, folders) for file in model.files)


def _judged(file: ModelFile, path: Path) -> Place:
    here = path.is_file() and file.bytes in (None, path.stat().st_size)
    return Place(file, path, here)
