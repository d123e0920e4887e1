"""TFLite's operators in NumPy: each builder checks shapes once and returns what runs.

All shapes are known from the file, so builders refuse what does not fit (ValueError) before
anything is computed. Those that slide a window are in `convolution`.
"""

from collections.abc import Callable
from math import prod

import numpy as np

from .convolution import average_pool_2d, conv_2d, depthwise_conv_2d, max_pool_2d
from .node import Array, Builder, Node, Run, activation, bias_of


def fully_connected(node: Node) -> Run:
    """FULLY_CONNECTED: rows times the weights."""
    weights = node.constant(1).astype(np.float32)
    if weights.ndim != 2 or prod(node.shapes[0]) % weights.shape[1]:
        raise ValueError(f"weights {weights.shape} on {node.shapes[0]}")
    count, depth = weights.shape
    if prod(node.shapes[0]) // depth * count != prod(node.shape):
        raise ValueError(f"weights {weights.shape} on {node.shapes[0]} give no {node.shape}")
    bias, act = bias_of(node, count), activation(node.option(0))
    return lambda value, *_: act(value.reshape(-1, depth) @ weights.T + bias).reshape(node.shape)


def add(node: Node) -> Run:
    """ADD."""
    return _arithmetic(node, np.add)


def sub(node: Node) -> Run:
    """SUB."""
    return _arithmetic(node, np.subtract)


def mul(node: Node) -> Run:
    """MUL."""
    return _arithmetic(node, np.multiply)


def _arithmetic(node: Node, verb: Callable[[Array, Array], Array]) -> Run:
    node.expect(np.broadcast_shapes(*node.shapes))
    act = activation(node.option(0))
    return lambda a, b: act(verb(a, b))


def prelu(node: Node) -> Run:
    """PRELU: negative values times a slope."""
    slopes = node.constant(1).astype(np.float32)
    node.expect(node.shapes[0])
    if np.broadcast_shapes(node.shapes[0], slopes.shape) != node.shape:
        raise ValueError(f"slopes {slopes.shape} on {node.shapes[0]}")
    if (slopes <= 1).all():
        return lambda value, *_: np.maximum(value, value * slopes)
    return lambda value, *_: np.maximum(value, 0) + np.minimum(value, 0) * slopes


def relu(node: Node) -> Run:
    """RELU."""
    node.expect(node.shapes[0])
    return lambda value: np.maximum(value, 0)


def relu6(node: Node) -> Run:
    """RELU6."""
    node.expect(node.shapes[0])
    return lambda value: np.clip(value, 0, 6)


def logistic(node: Node) -> Run:
    """LOGISTIC."""
    node.expect(node.shapes[0])
    return sigmoid


def sigmoid(value: Array) -> Array:
    """1 / (1 + exp(-value)), without overflow."""
    return np.asarray(1 / (1 + np.exp(-np.clip(value, -80, 80))))


def mean(node: Node) -> Run:
    """MEAN over constant axes."""
    axes = tuple(node.constant(1).ravel().tolist())
    rank = len(node.shapes[0])
    if any(not -rank <= axis < rank for axis in axes):
        raise ValueError(f"axes {axes} of {node.shapes[0]}")
    kept = {axis % rank for axis in range(rank)} - {axis % rank for axis in axes}
    if prod(node.shapes[0][axis] for axis in kept) != prod(node.shape):
        raise ValueError(f"the mean over {axes} of {node.shapes[0]} is no {node.shape}")
    return lambda value, *_: np.mean(value, axes).reshape(node.shape)


def reshape(node: Node) -> Run:
    """RESHAPE and SQUEEZE: to the shape that the file declares."""
    if prod(node.shapes[0]) != prod(node.shape):
        raise ValueError(f"{node.shapes[0]} reshaped to {node.shape}")
    return lambda value, *_: value.reshape(node.shape)


def concatenation(node: Node) -> Run:
    """CONCATENATION."""
    axis = node.option(0, "i")
    rank = len(node.shape)
    if not -rank <= axis < rank or any(len(shape) != rank for shape in node.shapes):
        raise ValueError(f"{node.shapes} joined along {axis}")
    joined = list(node.shapes[0])
    joined[axis] = sum(shape[axis] for shape in node.shapes)
    rest = {tuple(np.delete(shape, axis).tolist()) for shape in node.shapes}
    if len(rest) != 1:
        raise ValueError(f"{node.shapes} joined along {axis}")
    node.expect(tuple(joined))
    act = activation(node.option(1))
    return lambda *values: act(np.concatenate(values, axis))


def pad(node: Node) -> Run:
    """PAD with zeros."""
    amounts = node.constant(1)
    if amounts.shape != (len(node.shapes[0]), 2) or (amounts < 0).any():
        raise ValueError(f"padding of shape {amounts.shape}")
    sides = zip(node.shapes[0], amounts.tolist(), strict=True)
    node.expect(tuple(side + before + after for side, (before, after) in sides))
    inner = tuple(
        slice(before, before + side)
        for side, (before, _) in zip(node.shapes[0], amounts.tolist(), strict=True)
    )

    def run(value: Array, *_: Array) -> Array:
        page = np.zeros(node.shape, value.dtype)
        page[inner] = value
        return page

    return run


def strided_slice(node: Node) -> Run:
    """STRIDED_SLICE between constant bounds, without masks."""
    if any(node.option(field, "i") for field in range(5)):
        raise ValueError("a slice with masks")
    begin, end, step = (node.constant(index).ravel().tolist() for index in (1, 2, 3))
    if not len(begin) == len(end) == len(step) == len(node.shapes[0]) or 0 in step:
        raise ValueError(f"a slice of {node.shapes[0]} with {len(begin)} bounds")
    window = tuple(slice(*bounds) for bounds in zip(begin, end, step, strict=True))
    lengths = [
        len(range(*part.indices(side))) for part, side in zip(window, node.shapes[0], strict=True)
    ]
    if prod(lengths) != prod(node.shape):
        raise ValueError(f"a slice of {lengths} declared as {node.shape}")
    return lambda value, *_: value[window].reshape(node.shape)


def depth_to_space(node: Node) -> Run:
    """DEPTH_TO_SPACE: channels become blocks of pixels."""
    block = node.option(0, "i")
    if len(node.shapes[0]) != 4 or block < 1 or node.shapes[0][3] % block**2:
        raise ValueError(f"blocks of {block} out of {node.shapes[0]}")
    count, h, w, depth = node.shapes[0]
    depth //= block**2
    node.expect((count, h * block, w * block, depth))

    def run(value: Array) -> Array:
        cells = value.reshape(count, h, w, block, block, depth)
        return np.asarray(cells.transpose(0, 1, 3, 2, 4, 5).reshape(node.shape))

    return run


def resize_bilinear(node: Node) -> Run:
    """RESIZE_BILINEAR to a constant size."""
    shape = node.shapes[0]
    if len(shape) != 4 or node.constant(1).size != 2:
        raise ValueError(f"{shape} resized to {node.constant(1).shape}")
    out = tuple(node.constant(1).ravel().tolist())
    node.expect((shape[0], *out, shape[3]))
    align, half = node.option(2), node.option(3)
    rows = _blend(out[0], shape[1], align, half)
    columns = _blend(out[1], shape[2], align, half)

    def run(image: Array, *_: Array) -> Array:
        low, high, part = rows
        image = image[:, low] * (1 - part)[:, None, None] + image[:, high] * part[:, None, None]
        low, high, part = columns
        return np.asarray(
            image[:, :, low] * (1 - part)[:, None] + image[:, :, high] * part[:, None]
        )

    return run


def _blend(count: int, side: int, align: int, half: int) -> tuple[Array, Array, Array]:
    """Which two of `side` pixels each of `count` is between, and how near to the second."""
    places = np.arange(count, dtype=np.float64)
    if half:
        places = (places + 0.5) * side / count - 0.5
    elif align and count > 1:
        places = places * (side - 1) / (count - 1)
    else:
        places = places * side / count
    places = np.clip(places, 0, side - 1)
    low = np.floor(places).astype(int)
    return low, np.minimum(low + 1, side - 1), (places - low).astype(np.float32)


def dequantize(node: Node) -> Run:
    """DEQUANTIZE of half floats; whole numbers have scales, which face models do not use."""
    node.expect(node.shapes[0])
    if node.constant(0).dtype.kind != "f":
        raise ValueError("quantised weights")
    return lambda value: value.astype(np.float32)


def densify(node: Node) -> Run:
    """DENSIFY: sparse tensors are written out as they are read."""
    node.expect(node.shapes[0])
    return lambda value: value


BUILDERS: dict[int, Builder] = {
    0: add,
    1: average_pool_2d,
    2: concatenation,
    3: conv_2d,
    4: depthwise_conv_2d,
    5: depth_to_space,
    6: dequantize,
    9: fully_connected,
    14: logistic,
    17: max_pool_2d,
    18: mul,
    19: relu,
    21: relu6,
    22: reshape,
    23: resize_bilinear,
    34: pad,
    40: mean,
    41: sub,
    43: reshape,
    45: strided_slice,
    54: prelu,
    124: densify,
}
"""Builder of each BuiltinOperator of the schema."""
