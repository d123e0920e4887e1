"""Folders of local weights. Needs no torch."""

from pathlib import Path

from ..model_folders import ModelFolders


def is_model_folder(folder: Path) -> bool:
    """Whether a folder holds a model in safetensors."""
    return (folder / "config.json").is_file() and any(folder.glob("*.safetensors"))


def local_models(folders: ModelFolders) -> dict[str, Path]:
    """Models in the folders called `LLM`, by name; of two with one name, the first."""
    found: dict[str, Path] = {}
    for root in folders.folders.get("LLM", ()):
        if root.is_dir():
            for folder in sorted(path for path in root.iterdir() if is_model_folder(path)):
                found.setdefault(folder.name, folder)
    return found
