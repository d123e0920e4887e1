"""Where an expert's model is, and what belongs to it: ControlNet, LoRAs, list of words."""

import re
from pathlib import Path

from ...downloads import holder_of
from ...errors import MissingModelError
from ...model_folders import ModelFolders, hub_folder
from ..families import find_family
from ..records import Expert

HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")


def find_source(expert: Expert, folders: ModelFolders) -> Path | str:
    """Where an expert's model is: a file, a folder, or a hub id that is only looked up in the cache.

    Raises:
        MissingModelError: it is nowhere.
    """
    for kind in ("checkpoints", "diffusers"):
        try:
            return folders.find(kind, expert.source)
        except MissingModelError:
            continue
    if HUB_ID.fullmatch(expert.source) and not expert.source.endswith(".safetensors"):
        return expert.source
    return folders.find("diffusers", expert.source, _holder(expert.source))


def _holder(folder: str) -> str:
    """Id in the catalogue of the model that is a diffusers folder of this name; empty for none."""
    return holder_of("diffusers", f"{folder}/model_index.json")


def is_here(expert: Expert, folders: ModelFolders) -> bool:
    """True when an expert's model is on this machine; found out by looking at names only."""
    if find_family(expert.family).drawn:
        return True
    try:
        source = find_source(expert, folders)
    except MissingModelError:
        return False
    if isinstance(source, Path):
        return True
    return any(hub_folder(source).glob("snapshots/*/model_index.json"))


def find_part(expert: Expert, kind: str, name: str, folders: ModelFolders) -> Path:
    """A file or folder that belongs to an expert.

    It is looked for beside the model (in its folder), then among the files of its `kind`, then, for
    one that is a folder of a model, among the diffusers folders.

    Raises:
        MissingModelError: it is nowhere.
    """
    beside = _folder_of(expert, folders)
    if beside is not None and (beside / name).exists():
        return beside / name
    try:
        return folders.find(kind, name, holder_of(kind, name))
    except MissingModelError:
        for folder in folders.folders.get("diffusers", ()):
            if (folder / name).exists():
                return folder / name
        raise


def _folder_of(expert: Expert, folders: ModelFolders) -> Path | None:
    """The folder that an expert's model is, or that its file lies in; None for a hub id."""
    try:
        source = find_source(expert, folders)
    except MissingModelError:
        return None
    if isinstance(source, str):
        return None
    return source if source.is_dir() else source.parent


def missing_parts(expert: Expert, folders: ModelFolders) -> tuple[str, ...]:
    """What an expert names that is not on this machine, as "controlnet face.safetensors"."""
    if find_family(expert.family).drawn:
        return ()
    named = [
        *((kind, getattr(expert, kind)) for kind in ("vae", "controlnet")),
        *(("loras", lora.file) for lora in expert.loras),
        *(("embeddings", name) for name in expert.embeddings),
        *((("diffusers", expert.words),) if expert.words else ()),
    ]
    missing = [] if is_here(expert, folders) else [f"source {expert.source}"]
    for kind, name in named:
        try:
            if name:
                find_part(expert, kind, name, folders)
        except MissingModelError:
            missing.append(f"{kind} {name}")
    return tuple(missing)
