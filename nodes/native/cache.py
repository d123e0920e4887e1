"""The models of a folder, loaded once and handed out with an expert's LoRAs."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import comfy.sd
import comfy.utils

from ...chatanything_core.diffusion import Expert
from ...chatanything_core.diffusion.mixture.model_parts import find_part
from ...chatanything_core.model_folders import ModelFolders
from .load_folder import NativeModels, load_folder

_loaded: dict[Any, NativeModels] = {}


def native_models(expert: Expert, folder: Path, folders: ModelFolders) -> NativeModels:
    """ComfyUI's models of an expert that is a folder; a new persona loads nothing.

    Only those of one folder are kept, by the ages of its files.
    """
    ages = tuple(sorted((str(f), f.stat().st_mtime_ns) for f in folder.rglob("*.safetensors")))
    if ages not in _loaded:
        models = load_folder(folder)
        _loaded.clear()
        _loaded[ages] = models
    found = _loaded[ages]
    for lora in expert.loras:
        path = find_part(expert, "loras", lora.file, folders)
        tensors = comfy.utils.load_torch_file(str(path), safe_load=True)
        weights = (lora.weight, lora.weight)
        model, clip = comfy.sd.load_lora_for_models(found.model, found.clip, tensors, *weights)
        found = replace(found, model=model, clip=clip)
    return found
