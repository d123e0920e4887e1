"""Where the files of LivePortrait lie."""

from dataclasses import dataclass
from pathlib import Path

from ...errors import InputError, MissingModelError
from ...model_folders import ModelFolders

KIND = "liveportrait"
"""Folder of the files, and what the catalogue of downloads calls them."""
FILES = {
    "appearance": "appearance_feature_extractor",
    "motion": "motion_extractor",
    "warp": "warping_module",
    "generator": "spade_generator",
    "corrections": "stitching_retargeting_module",
}
"""Public names by what they hold, without their suffix."""


@dataclass(frozen=True)
class WeightFiles:
    """One safetensors file for each network."""

    appearance: Path
    motion: Path
    warp: Path
    generator: Path
    corrections: Path


def find_files(folders: ModelFolders) -> WeightFiles:
    """The five files, from the first folder of ours that has each.

    Raises:
        InputError: there is only a pickle; names the safetensors to take.
        MissingModelError: a file is missing; says where to put it.
    """
    return WeightFiles(**{part: _found(folders, name) for part, name in FILES.items()})


def _found(folders: ModelFolders, name: str) -> Path:
    safe = f"{name}.safetensors"
    pickles = folders.files(KIND, f"**/{name}.pth")
    if pickles and not folders.files(KIND, safe):
        raise InputError(
            f"{pickles[0]} is a pickle, and opening one runs any code that is hidden in it. Take "
            f"{safe} instead: `chatanything models get {KIND}`."
        )
    try:
        return folders.first(KIND, safe, what=safe, get=KIND)
    except MissingModelError as error:
        raise MissingModelError(f"LivePortrait is not complete. {error}") from None
