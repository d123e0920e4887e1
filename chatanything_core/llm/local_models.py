"""Folders of local weights, and where their models may compute. Needs no torch."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

DevicePolicy = Callable[[Any], Any]
"""Takes a torch module, brings it where it may compute, and returns that device."""


def is_model_folder(folder: Path) -> bool:
    """Whether a folder holds a model in safetensors."""
    return (folder / "config.json").is_file() and any(folder.glob("*.safetensors"))


def local_models(roots: Iterable[Path]) -> dict[str, Path]:
    """Models in the given folders, by name; of two with one name, the first."""
    found: dict[str, Path] = {}
    for root in roots:
        if root.is_dir():
            for folder in sorted(path for path in root.iterdir() if is_model_folder(path)):
                found.setdefault(folder.name, folder)
    return found


def _place_here(model: Any) -> Any:
    """On the graphics card when there is one."""
    import torch

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model.to(device)
    return device


_place: list[DevicePolicy] = [_place_here]


def move_to_device(model: Any) -> Any:
    """Bring `model` where it may compute, and return that device."""
    return _place[0](model)


def set_device_policy(chosen: DevicePolicy) -> None:
    """Let a host such as ComfyUI decide where models compute, and when they make room."""
    _place[0] = chosen
