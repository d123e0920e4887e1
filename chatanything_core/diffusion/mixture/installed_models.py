"""Installed checkpoints and LoRAs as experts, described by what their makers wrote into them."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...errors import ChatAnythingError
from ...model_folders import ModelFolders
from ..families import Family, family_of
from ..records import Expert, Lora
from ..safetensors_header import Header, has_prefix, read_header

log = logging.getLogger("chatanything")

MOST_TAGS = 12
PORTRAIT = "{appearance}, portrait, face in the middle, looking at the viewer"
"""What a model is asked for that says nothing of prompts."""


def scan_experts(folders: ModelFolders) -> tuple[Expert, ...]:
    """Every checkpoint and diffusers folder of a known family, and every LoRA on the first of its family.

    Only headers are read. Files of other families and files that cannot be read are passed over
    with a line in the log.
    """
    bases: dict[str, Expert] = {}
    found = []
    for name in folders.list("checkpoints"):
        expert = _checkpoint(name, folders)
        if expert:
            bases.setdefault(expert.family, expert)
            found.append(expert)
    for folder in folders.folders.get("diffusers", ()):
        for index in sorted(folder.glob("**/model_index.json")):
            expert = _folder(index.parent, index.parent.relative_to(folder).as_posix())
            if expert:
                bases.setdefault(expert.family, expert)
                found.append(expert)
    loras = (_lora(name, folders, bases) for name in folders.list("loras"))
    return (*found, *(lora for lora in loras if lora))


def _checkpoint(name: str, folders: ModelFolders) -> Expert | None:
    header = _header("checkpoints", name, folders)
    family = family_of(header.shapes) if header else None
    if not header or not family or not family.networks:
        return None
    if not has_prefix(header.shapes, *family.networks.text_prefixes):
        return None
    return Expert(
        name=Path(name).stem,
        description=_description(header.metadata) or f"A {family.name} checkpoint named {name}.",
        family=family.name,
        source=name,
        negative="blurry, deformed, two faces, text, watermark",
        licence=header.metadata.get("modelspec.license", ""),
        tags=_tags(header.metadata),
        **_settings(family),
    )


def _folder(path: Path, name: str) -> Expert | None:
    """A diffusers folder; its size is what its UNet and VAE say."""
    weights = next(iter(sorted(path.glob("unet/*.safetensors"))), None)
    try:
        header = read_header(weights) if weights else None
        family = family_of(header.shapes) if header else None
        if not family or family.stands_in:
            return None
        unet, vae = (
            json.loads((path / part / "config.json").read_text("utf-8")) for part in ("unet", "vae")
        )
        size = int(unet["sample_size"]) * 2 ** (len(vae["block_out_channels"]) - 1)
    except (ChatAnythingError, OSError, ValueError, KeyError, TypeError) as error:
        log.warning("%s: %s", path, error)
        return None
    return Expert(
        name=Path(name).name,
        description=f"A {family.name} model in the folder {name}.",
        family=family.name,
        source=name,
        controlnet="controlnet" if (path / "controlnet" / "config.json").is_file() else "",
        negative="blurry, deformed, two faces, text, watermark",
        **(_settings(family) | {"size": size}),
    )


def _settings(family: Family) -> dict[str, Any]:
    """What an expert of a family has, asked for a portrait where the family has no words of its own."""
    own = family.template != Family.template
    return family.defaults | {"template": family.template if own else PORTRAIT}


def _lora(name: str, folders: ModelFolders, bases: Mapping[str, Expert]) -> Expert | None:
    header = _header("loras", name, folders)
    family = family_of(header.shapes) if header else None
    if not header or not family or family.name not in bases:
        return None
    base = bases[family.name]
    words = header.metadata.get("modelspec.trigger_phrase", "")
    template = f"{words}, {base.template}" if words else base.template
    return Expert(
        name=f"{Path(name).stem} (LoRA)",
        description=_description(header.metadata) or f"A LoRA named {name} on {base.name}.",
        family=base.family,
        source=base.source,
        loras=(Lora(name, 0.8),),
        negative=base.negative,
        licence=header.metadata.get("modelspec.license", ""),
        tags=_tags(header.metadata),
        **(_settings(family) | {"template": template}),
    )


def _header(kind: str, name: str, folders: ModelFolders) -> Header | None:
    try:
        return read_header(folders.find(kind, name))
    except ChatAnythingError as error:
        log.warning("%s", error)
        return None


def _description(metadata: Mapping[str, str]) -> str:
    """Title and description by the modelspec (https://github.com/Stability-AI/ModelSpec), or kohya's."""
    parts = [metadata.get(f"modelspec.{key}", "") for key in ("title", "description")]
    parts = [part.strip() for part in parts if part.strip()] or [metadata.get("ss_output_name", "")]
    text = ". ".join(part for part in parts if part)
    tags = _tags(metadata)
    if tags and len(parts) < 2:
        text += f". Trained on: {', '.join(tags)}"
    return text.strip(". ")[:600]


def _tags(metadata: Mapping[str, str]) -> tuple[str, ...]:
    """The maker's tags, or the commonest words of the captions that it was trained on."""
    if own := metadata.get("modelspec.tags"):
        return tuple(tag.strip() for tag in own.split(",") if tag.strip())[:MOST_TAGS]
    try:
        counts = json.loads(metadata.get("ss_tag_frequency", "{}"))
        merged: dict[str, int] = {}
        for folder in counts.values():
            for tag, count in folder.items():
                merged[tag.strip()] = merged.get(tag.strip(), 0) + int(count)
    except (ValueError, AttributeError, TypeError):
        return ()  # free text of a stranger: anything but a table of counts says nothing
    return tuple(sorted(merged, key=lambda tag: (-merged[tag], tag))[:MOST_TAGS])
