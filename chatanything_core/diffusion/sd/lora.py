"""LoRAs and learned words on a loaded pipeline, and the merge of several LoRAs."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from ...errors import InputError
from ...model_folders import ModelFolders
from ..families import Family, find_family
from ..mixture.model_parts import find_part
from ..records import Expert
from ..safetensors_header import read_header, text_width
from .silence_libraries import silenced

UNET_PARTS = ("down_blocks.", "mid_block.", "up_blocks.", "conv_", "time_embedding.")
"""What the names of a UNet's own tensors begin with."""


def apply_loras(pipe: Any, experts: Sequence[tuple[Expert, float]], folders: ModelFolders) -> None:
    """Put on exactly the LoRAs and learned words of `experts`, merged by their shares.

    Experts that share a model are one pipeline whose LoRAs are summed, each by its own weight
    times its expert's share: one forward pass instead of one per expert.
    """
    wanted: dict[Path, float] = defaultdict(float)
    for expert, share in experts:
        for lora in expert.loras:
            wanted[find_part(expert, "loras", lora.file, folders)] += lora.weight * share
        for name in expert.embeddings:
            _learn(pipe, find_part(expert, "embeddings", name, folders), find_family(expert.family))
    _set_loras(pipe, {path: weight for path, weight in wanted.items() if weight != 0.0})


def _set_loras(pipe: Any, wanted: dict[Path, float]) -> None:
    worn = set().union(*pipe.get_list_adapters().values()) if _has_loras(pipe) else set()
    names = {_name(path): weight for path, weight in wanted.items()}
    for path in wanted:
        if _name(path) not in worn:
            _load(pipe, path)
    if stale := worn - names.keys():
        pipe.delete_adapters(sorted(stale))
    if names:
        pipe.set_adapters(list(names), list(names.values()))


def _has_loras(pipe: Any) -> bool:
    return bool(getattr(pipe.unet, "peft_config", None) or _text_has_loras(pipe))


def _text_has_loras(pipe: Any) -> bool:
    named = (part for name, part in pipe.components.items() if name.startswith("text_encoder"))
    return any(getattr(encoder, "peft_config", None) for encoder in named)


def _name(path: Path) -> str:
    """An adapter name for a file: peft allows no dots in it, and a replaced file gets a new one."""
    return f"{path.stem}-{path.stat().st_mtime_ns:x}".replace(".", "_")


def _load(pipe: Any, path: Path) -> None:
    width, found = pipe.unet.config.cross_attention_dim, text_width(read_header(path).shapes)
    if found and found != width:
        raise InputError(
            f"The LoRA {path.name} was made for another family: it reads text features of width "
            f"{found}, the expert's model has {width}. Choose a LoRA for this family."
        )
    try:
        # A second LoRA makes transformers report the first one's weights as missing; they are not.
        with silenced():
            pipe.load_lora_weights(_named_for_diffusers(path), adapter_name=_name(path))
    except (ValueError, RuntimeError, KeyError, IndexError) as error:
        raise InputError(
            f"The LoRA {path.name} does not fit the expert's model: {error}"
        ) from error
    if not any(_name(path) in names for names in pipe.get_list_adapters().values()):
        raise InputError(
            f"The LoRA {path.name} has no tensor that belongs to the expert's model. Choose one in "
            "the names of kohya, diffusers or peft."
        )


def _named_for_diffusers(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of a LoRA; those of peft's own files, which name no part, are the UNet's."""
    tensors = load_file(path)
    short = {name.removeprefix("base_model.model."): value for name, value in tensors.items()}
    bare = all(name.startswith(UNET_PARTS) and ".lora_" in name for name in short)
    return {f"unet.{name}": value for name, value in short.items()} if bare else tensors


def _learn(pipe: Any, path: Path, family: Family) -> None:
    """Add a textual inversion; its word is the file's name without the suffix."""
    shapes = read_header(path).shapes
    if family.networks is None or path.stem in pipe.tokenizer.get_vocab():
        return
    keys = [encoder.embedding_key for encoder in family.networks.encoders]
    if all(keys) and not set(keys) <= shapes.keys():
        raise InputError(
            f"The embedding {path.name} has no {' and '.join(keys)}: it is not for {family.title}."
        )
    if not all(keys) and len(shapes) > 1:
        raise InputError(
            f"The embedding {path.name} holds {', '.join(sorted(shapes))}: it is not for "
            f"{family.title}, which reads one tensor. Choose an embedding for this family."
        )
    vectors = load_file(path)
    for encoder in family.networks.encoders:
        key = encoder.embedding_key or next(iter(vectors))
        _teach(pipe, path, vectors[key], encoder.suffix)


def _teach(pipe: Any, path: Path, vectors: torch.Tensor, suffix: str) -> None:
    encoder = getattr(pipe, "text_encoder" + suffix)
    if vectors.shape[-1] != encoder.config.hidden_size:
        raise InputError(
            f"The embedding {path.name} was made for another family: it is {vectors.shape[-1]} "
            f"wide, this model's text encoder {encoder.config.hidden_size}."
        )
    tokenizer = getattr(pipe, "tokenizer" + suffix)
    pipe.load_textual_inversion(vectors, token=path.stem, tokenizer=tokenizer, text_encoder=encoder)
