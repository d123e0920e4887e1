"""A Rig as one file: a header in JSON, its arrays, and its picture.

`chatrig1`, the header's length (uint32, little-endian), the header, `packed` bytes of gzip with all
arrays behind one another, and `picture` bytes of PNG. In the header, names are written as in
JavaScript (`upperIn`), and an array is {"at": byte, "shape": [...], "kind": "float16"}, where `at`
counts in what is unpacked. Few numbers stand in the header itself.
"""

import gzip
import json
import struct
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from .records import Rig

MAGIC = b"chatrig1"
FEW = 16
"""Arrays of so many numbers stand in the header."""
KINDS = ("float16", "float32", "uint8")
MOST_BYTES = 8_000_000
"""A Rig of 1024 x 1024 noise has 5 MB; a reader refuses more."""


def rig_bytes(rig: Rig) -> bytes:
    """The whole Rig. The same Rig gives the same bytes.

    Raises:
        InputError: it has more than MOST_BYTES.
    """
    arrays = _Arrays()
    told = {name: arrays.told(value) for name, value in _members(rig) if name != "picture"}
    block = b"".join(arrays.parts)
    packed = gzip.compress(block, 6, mtime=0)
    header = {"packed": len(packed), "unpacked": len(block), "picture": len(rig.picture)}
    text = json.dumps({**header, "rig": told}, separators=(",", ":")).encode()
    made = MAGIC + struct.pack("<I", len(text)) + text + packed + rig.picture
    if len(made) > MOST_BYTES:
        raise InputError(
            f"This portrait takes {len(made)} bytes to send. At most {MOST_BYTES} are allowed: "
            f"make it smaller."
        )
    return made


@dataclass
class _Arrays:
    """Arrays on their way into one block."""

    parts: list[bytes] = field(default_factory=list)
    size: int = 0

    def told(self, value: Any) -> Any:
        """What the header says of a value."""
        if isinstance(value, np.ndarray):
            return value.tolist() if value.size <= FEW else self._placed(value)
        if is_dataclass(value):
            return {_in_javascript(name): self.told(part) for name, part in _members(value)}
        if isinstance(value, tuple | list):
            return [self.told(part) for part in value]
        return value.item() if isinstance(value, np.generic) else value

    def _placed(self, array: npt.NDArray[Any]) -> dict[str, Any]:
        kind = array.dtype.name
        if kind not in KINDS:
            raise InputError(f"A Rig has arrays of {', '.join(KINDS)}, not {kind}.")
        raw = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes()
        entry = {"at": self.size, "shape": list(array.shape), "kind": kind}
        self.parts += [raw, bytes(-len(raw) % 4)]
        self.size += len(raw) + -len(raw) % 4
        return entry


def _members(record: Any) -> list[tuple[str, Any]]:
    return [(part.name, getattr(record, part.name)) for part in fields(record)]


def _in_javascript(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)
