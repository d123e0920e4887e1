"""What a builder of operators may know beforehand, and refuse."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .flatbuffer import Table

Array = npt.NDArray[Any]
Run = Callable[..., Array]
"""Takes the operator's inputs in order and returns its output."""


@dataclass(frozen=True, eq=False)
class Node:
    """What a builder may know of an operator."""

    shapes: tuple[tuple[int, ...], ...]
    """Shapes of the inputs."""
    constants: tuple[Array | None, ...]
    """Inputs that are known beforehand."""
    shape: tuple[int, ...]
    """Shape of the output, as the file declares it."""
    options: Table | None = None
    custom_options: bytes = b""

    def option(self, field: int, code: str = "b", default: int = 0) -> int:
        """A scalar option by its number in the schema."""
        return self.options.number(field, code, default) if self.options else default

    def constant(self, index: int) -> Array:
        """An input that must be known beforehand."""
        value = self.constants[index] if index < len(self.constants) else None
        if value is None:
            raise ValueError(f"input {index} is not constant")
        return value

    def expect(self, shape: tuple[int, ...]) -> None:
        """Refuse an output of another shape than the file declares."""
        if shape != self.shape:
            raise ValueError(f"an output of shape {shape} declared as {self.shape}")


def activation(code: int) -> Callable[[Array], Array]:
    """The function fused into an operator; it may change its argument."""
    if code == 0:
        return lambda value: value
    if code == 1:
        return lambda value: np.maximum(value, 0, out=value)
    if code == 3:
        return lambda value: np.clip(value, 0, 6, out=value)
    raise ValueError(f"activation {code}")


def bias_of(node: Node, count: int) -> Array:
    bias = node.constant(2).astype(np.float32) if len(node.shapes) > 2 else np.zeros(count, "f4")
    if bias.shape != (count,):
        raise ValueError(f"{bias.shape} biases for {count} channels")
    return bias


Builder = Callable[[Node], Run]
"""Makes an operator of a file ready to run; ValueError where it does not fit."""
