"""Operators that slide a window over a picture: convolutions and pools.

Pictures are of shape (1, height, width, channels), float32.
"""

from dataclasses import dataclass

import numpy as np

from .node import Array, Node, Run, activation, bias_of


@dataclass(frozen=True)
class Window:
    """A kernel that slides over a picture, and how the picture is padded for it."""

    kernel: tuple[int, int]
    stride: tuple[int, int]
    out: tuple[int, int]
    """Rows and columns of the output."""
    before: tuple[int, int]
    """Rows above and columns to the left that are padded."""
    padded: tuple[int, int]
    """Rows and columns of the padded picture."""

    @classmethod
    def of(cls, node: Node, kernel: tuple[int, int], first: int = 1) -> "Window":
        """From options whose padding is field 0 and whose strides begin at field `first`."""
        stride = (node.option(first + 1, "i"), node.option(first, "i"))
        shape = node.shapes[0]
        if len(shape) != 4 or min(*kernel, *stride) < 1 or max(*kernel, *stride) > 64:
            raise ValueError(f"kernel {kernel}, stride {stride} over {shape}")
        sides = shape[1:3]
        if node.option(0) == 1:  # VALID
            out = [(side - k) // s + 1 for side, k, s in zip(sides, kernel, stride, strict=True)]
        else:
            out = [-(-side // s) for side, s in zip(sides, stride, strict=True)]
        if min(out) < 1:
            raise ValueError(f"kernel {kernel} over {shape}")
        need = [(o - 1) * s + k for o, s, k in zip(out, stride, kernel, strict=True)]
        before = [max(n - side, 0) // 2 for n, side in zip(need, sides, strict=True)]
        padded = [max(n, side) for n, side in zip(need, sides, strict=True)]
        pair = [(values[0], values[1]) for values in (out, before, padded)]
        return cls(kernel, stride, *pair)

    def pad(self, image: Array, value: float = 0.0) -> Array:
        """The picture with its padding; itself when there is none."""
        if image.shape[1:3] == self.padded:
            return image
        shape = (image.shape[0], *self.padded, image.shape[3])
        page = np.full(shape, value, image.dtype) if value else np.zeros(shape, image.dtype)
        (y, x), (h, w) = self.before, image.shape[1:3]
        page[:, y : y + h, x : x + w] = image
        return page

    def taps(self, image: Array) -> list[Array]:
        """For each cell of the kernel, row by row, what it sees; views of the padded picture."""
        (kh, kw), (sh, sw), (h, w) = self.kernel, self.stride, self.out
        return [
            image[:, y : y + (h - 1) * sh + 1 : sh, x : x + (w - 1) * sw + 1 : sw]
            for y in range(kh)
            for x in range(kw)
        ]


def conv_2d(node: Node) -> Run:
    """CONV_2D: windows laid out as rows of a matrix, times the weights."""
    weights = node.constant(1).astype(np.float32)
    if weights.ndim != 4 or (node.option(4, "i", 1), node.option(5, "i", 1)) != (1, 1):
        raise ValueError(f"a convolution with weights {weights.shape}, or dilated")
    count, kh, kw, depth = weights.shape
    window = Window.of(node, (kh, kw))
    if node.shapes[0][3] != depth:
        raise ValueError(f"weights {weights.shape} on {node.shapes[0]}")
    node.expect((node.shapes[0][0], *window.out, count))
    matrix = np.ascontiguousarray(weights.reshape(count, -1).T)
    bias, act = bias_of(node, count), activation(node.option(3))

    def run(image: Array, *_: Array) -> Array:
        taps = window.taps(window.pad(image))
        rows = taps[0] if len(taps) == 1 else np.concatenate(taps, 3)
        product = rows.reshape(-1, matrix.shape[0]) @ matrix
        product += bias
        return act(product).reshape(node.shape)

    return run


def depthwise_conv_2d(node: Node) -> Run:
    """DEPTHWISE_CONV_2D: every channel with a kernel of its own."""
    weights = node.constant(1).astype(np.float32)
    if weights.ndim != 4 or (node.option(5, "i", 1), node.option(6, "i", 1)) != (1, 1):
        raise ValueError(f"a depthwise convolution with weights {weights.shape}, or dilated")
    one, kh, kw, count = weights.shape
    window = Window.of(node, (kh, kw))
    repeat = count // node.shapes[0][3]
    if one != 1 or repeat * node.shapes[0][3] != count:
        raise ValueError(f"weights {weights.shape} on {node.shapes[0]}")
    node.expect((node.shapes[0][0], *window.out, count))
    cells = list(weights.reshape(kh * kw, count))
    bias, act = bias_of(node, count), activation(node.option(4))

    def run(image: Array, *_: Array) -> Array:
        if repeat > 1:
            image = np.repeat(image, repeat, 3)
        total = np.empty(node.shape, np.float32)
        total[:] = bias
        product = np.empty_like(total)
        for seen, cell in zip(window.taps(window.pad(image)), cells, strict=True):
            np.multiply(seen, cell, out=product)
            total += product
        return act(total)

    return run


def max_pool_2d(node: Node) -> Run:
    """MAX_POOL_2D."""
    window = _pool_window(node)
    act = activation(node.option(5))

    def run(image: Array) -> Array:
        first, *others = window.taps(window.pad(image, -np.inf))
        highest = first.copy()
        for seen in others:
            np.maximum(highest, seen, out=highest)
        return act(highest)

    return run


def average_pool_2d(node: Node) -> Run:
    """AVERAGE_POOL_2D: padding does not count."""
    window = _pool_window(node)
    act = activation(node.option(5))
    ones = np.ones((1, *node.shapes[0][1:3], 1), np.float32)
    counts = np.sum(window.taps(window.pad(ones)), 0)

    def run(image: Array) -> Array:
        return act(np.sum(window.taps(window.pad(image)), 0) / counts)

    return run


def _pool_window(node: Node) -> Window:
    window = Window.of(node, (node.option(4, "i"), node.option(3, "i")))
    node.expect((node.shapes[0][0], *window.out, node.shapes[0][3]))
    return window
