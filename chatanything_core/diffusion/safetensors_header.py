"""Read what a weight file says about itself, without loading it; refuse what must not be loaded.

Format: 8 bytes little-endian header length, a JSON header, then the tensors
(https://github.com/huggingface/safetensors#format).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import InputError, MissingModelError

PICKLES = {".ckpt", ".pt", ".pth", ".bin", ".pkl"}
LARGEST_HEADER = 100_000_000
"""Bytes; the limit of the format's own reader."""


@dataclass(frozen=True)
class Header:
    """The header of a safetensors file."""

    shapes: dict[str, tuple[int, ...]]
    """Shape of every tensor by its name."""
    metadata: dict[str, str]
    """What its maker wrote into it."""


def read_header(path: Path) -> Header:
    """Header of a safetensors file that is whole.

    Raises:
        MissingModelError: no such file.
        InputError: a pickle, a file of another kind, or one that was cut off.
    """
    refuse_pickle(path)
    if not path.is_file():
        raise MissingModelError(
            f"The model file {path} does not exist. Put it there, or choose another."
        )
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length <= min(LARGEST_HEADER, size - 8):
            raise _broken(path, "its header is cut off or it is another kind of file")
        raw = file.read(length)
    try:
        header = json.loads(raw)
        metadata = header.pop("__metadata__", {})
        end = max((entry["data_offsets"][1] for entry in header.values()), default=0)
        shapes = {name: tuple(entry["shape"]) for name, entry in header.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _broken(path, "its header is not a safetensors header") from error
    if size < 8 + length + end:
        raise _broken(path, f"it has {size} of {8 + length + end} bytes")
    return Header(shapes, metadata)


def refuse_pickle(path: Path) -> None:
    """Raise `InputError` for a file format that can run code when it is opened."""
    if path.suffix.lower() in PICKLES:
        raise InputError(
            f"{path} is a pickle. Opening a pickle runs any code that is hidden in it, so only "
            "safetensors are loaded. Look for the .safetensors version of the same model, or "
            "convert it in a place where nothing can be harmed."
        )


def text_width(shapes: Mapping[str, tuple[int, ...]]) -> int:
    """Width of the text features that the cross-attention of a UNet or its LoRA reads; 0 if none."""
    for name, shape in shapes.items():
        if _reads_text(name) and len(shape) >= 2:
            return shape[1]
    return 0


def _reads_text(name: str) -> bool:
    dotted = name.replace("_to_k", ".to_k")
    if "attn2.to_k" not in dotted or name.startswith(("text_encoder", "lora_te")):
        return False
    tail = dotted.split("attn2.to_k")[1]
    # In a LoRA the matrix next to the input carries its width: `down` or `A`.
    return tail in (".weight", ".lora_down.weight", ".lora_A.weight", ".lora.down.weight")


def _broken(path: Path, what: str) -> InputError:
    return InputError(f"{path} cannot be read: {what}. Download it again.")


def has_prefix(shapes: dict[str, Any], *prefixes: str) -> bool:
    """True when any tensor's name starts with one of the prefixes."""
    return any(name.startswith(prefixes) for name in shapes)
