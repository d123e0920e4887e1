"""Write small TFLite files, byte by byte, so that tests need no package and no model."""

import struct
from dataclasses import dataclass, field
from typing import Any

import numpy as np

KINDS = {"float32": 0, "float16": 1, "int32": 2, "uint8": 3, "int64": 4, "int8": 9}


@dataclass
class Table:
    """Fields by their number: scalars as (struct code, value), else what `write` knows."""

    fields: dict[int, Any]


@dataclass
class Op:
    """One operator; tensors are told by their number."""

    code: int
    inputs: list[int]
    output: int
    options: dict[int, tuple[str, int]] = field(default_factory=dict)
    custom: str = ""
    custom_options: bytes = b""


@dataclass
class Value:
    """One tensor: a shape, and what the file holds for it."""

    shape: tuple[int, ...]
    data: np.ndarray | None = None
    sparsity: Table | None = None


def model(values: list[Value], ops: list[Op], inputs: list[int], outputs: list[int]) -> bytes:
    """A TFLite file of one graph."""
    buffers = [Table({})]
    tensors = []
    for index, value in enumerate(values):
        fields: dict[int, Any] = {0: ints(value.shape), 3: f"value {index}".encode()}
        if value.data is not None:
            fields |= {1: ("b", KINDS[value.data.dtype.name]), 2: ("I", len(buffers))}
            buffers.append(Table({0: value.data.tobytes()}))
        if value.sparsity is not None:
            fields[6] = value.sparsity
        tensors.append(Table(fields))
    codes = [
        Table({0: ("b", min(op.code, 127)), 1: op.custom.encode(), 3: ("i", op.code)}) for op in ops
    ]
    steps = [
        Table(
            {
                0: ("I", index),
                1: ints(op.inputs),
                2: ints([op.output]),
                4: Table(dict(op.options)),
                5: op.custom_options,
            }
        )
        for index, op in enumerate(ops)
    ]
    graph = Table({0: tensors, 1: ints(inputs), 2: ints(outputs), 3: steps})
    root = Table({0: ("I", 3), 1: codes, 2: [graph], 4: buffers})
    return write(root)


def ints(values: Any) -> np.ndarray:
    """A vector of 32-bit numbers."""
    return np.array(values, "<i4")


def write(root: Table) -> bytes:
    """A FlatBuffer with the identifier of TFLite."""
    out = bytearray(b"\0\0\0\0TFL3")
    struct.pack_into("<I", out, 0, _table(out, root))
    return bytes(out)


def _table(out: bytearray, table: Table) -> int:
    """Append a table and all that it points to; return where it begins."""
    count = max(table.fields, default=-1) + 1
    vtable = len(out)
    offsets, size = [0] * count, 4
    for number in sorted(table.fields):
        offsets[number] = size
        size += 4
    out += struct.pack(f"<HH{count}H", 4 + 2 * count, size, *offsets)
    start = len(out)
    out += struct.pack("<i", start - vtable) + bytes(size - 4)
    for number, content in table.fields.items():
        place = start + offsets[number]
        if isinstance(content, tuple):
            struct.pack_into("<" + content[0], out, place, content[1])
        else:
            target = _content(out, content)
            struct.pack_into("<I", out, place, target - place)
    return start


def _content(out: bytearray, content: Any) -> int:
    if isinstance(content, Table):
        return _table(out, content)
    start = len(out)
    if isinstance(content, list):
        out += struct.pack("<I", len(content)) + bytes(4 * len(content))
        for index, item in enumerate(content):
            place = start + 4 + 4 * index
            struct.pack_into("<I", out, place, _table(out, item) - place)
        return start
    data = content.tobytes() if isinstance(content, np.ndarray) else content
    count = content.size if isinstance(content, np.ndarray) else len(data)
    out += struct.pack("<I", count) + data
    return start
