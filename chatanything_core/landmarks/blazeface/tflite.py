"""TFLite model files: which tensors and operators a network has.

Source: TensorFlow Lite's schema (schema.fbs, version 3), whose field numbers these are.
"""

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from .flatbuffer import Table

KINDS = {0: "<f4", 1: "<f2", 2: "<i4", 3: "u1", 4: "<i8", 9: "i1"}
"""NumPy type of each TensorType that face models have."""
INDEX_KINDS = {1: "<i4", 2: "<u2", 3: "u1"}
"""NumPy type of each vector in which sparse tensors keep their indices."""
MOST_VALUES = 1 << 24
"""Most numbers in one tensor; the largest of a face model has 0.6 million."""
SPARSE = 1
"""DimensionType of a dimension of which only some entries are kept."""

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Tensor:
    """A value of the graph."""

    name: str
    shape: tuple[int, ...]
    data: Array | None
    """What the file holds for it; None for what is computed."""


@dataclass(frozen=True, eq=False)
class Operator:
    """One step of the graph."""

    code: int
    """BuiltinOperator of the schema; 32 is a custom one."""
    custom: str
    """Name of a custom operator."""
    inputs: tuple[int, ...]
    """Tensor numbers; -1 for an optional input that is absent."""
    outputs: tuple[int, ...]
    options: Table | None
    custom_options: bytes


@dataclass(frozen=True, eq=False)
class Graph:
    """A network as its file tells it, its operators in order of execution."""

    tensors: tuple[Tensor, ...]
    operators: tuple[Operator, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def read_graph(data: bytes) -> Graph:
    """The first graph of a TFLite file.

    Raises:
        ValueError: no such file, a damaged one, or one with a kind of tensor unknown here.
    """
    if data[4:8] != b"TFL3":
        raise ValueError("no TFLite file")
    model = Table.root(data)
    graphs = model.tables(2)
    if not graphs:
        raise ValueError("no graph")
    graph, buffers = graphs[0], model.tables(4)
    tensors = tuple(_tensor(table, buffers) for table in graph.tables(0))
    operators = tuple(_operator(table, model.tables(1)) for table in graph.tables(3))
    read = Graph(tensors, operators, _numbers(graph, 1), _numbers(graph, 2))
    used = [number for step in operators for number in (*step.inputs, *step.outputs)]
    if any(not -1 <= number < len(tensors) for number in (*used, *read.inputs, *read.outputs)):
        raise ValueError("a step with a tensor that is not there")
    return read


def _numbers(table: Table, field: int) -> tuple[int, ...]:
    return tuple(table.array(field, "<i4").tolist())


def _tensor(table: Table, buffers: list[Table]) -> Tensor:
    shape = _numbers(table, 0)
    if any(side < 1 for side in shape) or prod(shape) > MOST_VALUES:
        raise ValueError(f"a tensor of shape {shape}")
    kind, buffer = table.number(1, "b"), table.number(2, "I")
    content = buffers[buffer].array(0, "u1") if buffer < len(buffers) else np.zeros(0, "u1")
    if not len(content):
        return Tensor(table.text(3), shape, None)
    if kind not in KINDS:
        raise ValueError(f"a tensor of kind {kind}")
    values = np.frombuffer(content.tobytes(), KINDS[kind])
    sparsity = table.table(6)
    if sparsity is not None:
        return Tensor(table.text(3), shape, _dense(values, shape, sparsity))
    if len(values) != prod(shape):
        raise ValueError(f"{len(values)} values for a tensor of shape {shape}")
    return Tensor(table.text(3), shape, values.reshape(shape))


def _operator(table: Table, codes: list[Table]) -> Operator:
    number = table.number(0, "I")
    if number >= len(codes):
        raise ValueError(f"operator code {number} of {len(codes)}")
    code = codes[number]
    return Operator(
        max(code.number(0, "b"), code.number(3, "i")),
        code.text(1),
        _numbers(table, 1),
        _numbers(table, 2),
        table.table(4),
        table.array(5, "u1").tobytes(),
    )


def _dense(values: Array, shape: tuple[int, ...], sparsity: Table) -> Array:
    """A sparse tensor written out: one level per dimension, in the order that the file says."""
    order, levels = _numbers(sparsity, 0), sparsity.tables(2)
    if len(sparsity.array(1, "<i4")) or sorted(order) != list(range(len(shape))):
        raise ValueError("a sparse tensor in blocks")
    if len(levels) != len(shape):
        raise ValueError(f"{len(levels)} levels for a tensor of shape {shape}")
    places = np.zeros((1, len(shape)), np.int64)
    for axis, level in zip(order, levels, strict=True):
        parents, entries = _entries(level, len(places), shape[axis])
        places = places[parents]
        places[:, axis] = entries
    if len(places) != len(values):
        raise ValueError(f"{len(values)} values for {len(places)} places of a sparse tensor")
    dense = np.zeros(shape, values.dtype)
    dense[tuple(places.T)] = values
    return dense


def _entries(level: Table, count: int, side: int) -> tuple[Array, Array]:
    """What each of `count` parents has at this level: indices of parents, and of entries."""
    if level.number(0, "b") != SPARSE:
        if level.number(1, "i") != side or count * side > MOST_VALUES:
            raise ValueError("a sparse tensor whose shape is another")
        return np.repeat(np.arange(count), side), np.tile(np.arange(side), count)
    segments, entries = _indices(level, 2, 3), _indices(level, 4, 5)
    lengths = np.diff(segments)
    if len(lengths) != count or segments[0] or (lengths < 0).any():
        raise ValueError("a sparse tensor with broken segments")
    if segments[-1] != len(entries) or (entries < 0).any() or (entries >= side).any():
        raise ValueError("a sparse tensor with entries outside")
    return np.repeat(np.arange(count), lengths), entries


def _indices(level: Table, kind_field: int, field: int) -> Array:
    kind, held = level.number(kind_field, "B"), level.table(field)
    if kind not in INDEX_KINDS or held is None:
        raise ValueError("a sparse tensor without indices")
    return held.array(0, INDEX_KINDS[kind]).astype(np.int64)
