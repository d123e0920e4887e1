"""A TFLite network, run by NumPy."""

from dataclasses import dataclass

import numpy as np

from ...errors import EngineError
from .attention import CUSTOM_BUILDERS
from .node import Array, Builder, Node, Run
from .operators import BUILDERS
from .tflite import Graph, Operator, read_graph

CUSTOM = 32
"""BuiltinOperator of a custom one."""
MOST_WORK = 1 << 27
"""Most numbers that all steps of a network put out together; those of a face mesh: 4 million."""


@dataclass(frozen=True, eq=False)
class Step:
    """One operator, ready to run."""

    run: Run
    inputs: tuple[int, ...]
    output: int
    done: tuple[int, ...]
    """Values that nothing needs after this step."""


class Network:
    """A network of one input and several outputs; calls may come from several threads."""

    def __init__(self, data: bytes, name: str) -> None:
        """Read TFLite `data`; `name` says in errors where it is from.

        Raises:
            EngineError: damaged, no TFLite file, or with operators that are not known here.
        """
        try:
            graph = read_graph(data)
            self._constants, self._steps = _compile(graph)
            (self._input,) = graph.inputs
            self._outputs = graph.outputs
            self.input_shape = graph.tensors[self._input].shape
            self.output_shapes = tuple(graph.tensors[number].shape for number in graph.outputs)
        except (ValueError, IndexError, TypeError, OverflowError, MemoryError) as error:
            raise EngineError(
                f"{name} cannot be used: {str(error) or 'damaged'}. Is it whole? Put it there again."
            ) from error

    def __call__(self, image: Array) -> list[Array]:
        """The outputs, in the file's order, for float32 `image` of shape `input_shape`."""
        values = dict(self._constants)
        values[self._input] = image
        # What damaged weights overflow to, is for the caller to refuse.
        with np.errstate(all="ignore"):
            for step in self._steps:
                values[step.output] = step.run(*[values[number] for number in step.inputs])
                for number in step.done:
                    del values[number]
        return [values[number] for number in self._outputs]


def _compile(graph: Graph) -> tuple[dict[int, Array], list[Step]]:
    """Constants by tensor, and the steps that depend on the input."""
    constants = {
        number: tensor.data
        for number, tensor in enumerate(graph.tensors)
        if tensor.data is not None
    }
    steps: list[tuple[Run, tuple[int, ...], int]] = []
    known, work = {*constants, *graph.inputs}, 0
    for operator in graph.operators:
        inputs = tuple(number for number in operator.inputs if number >= 0)
        (output,) = operator.outputs
        if not known.issuperset(inputs):
            raise ValueError("a step that needs a later one")
        node = _node(graph, operator, inputs, output, constants)
        work += int(np.prod(node.shape))
        if output in known or work > MOST_WORK:
            raise ValueError("a step too many")
        known.add(output)
        run = _builder(operator)(node)
        if constants.keys() >= set(inputs):
            constants[output] = run(*[constants[number] for number in inputs])
        else:
            steps.append((run, inputs, output))
    if not known.issuperset(graph.outputs):
        raise ValueError("an output that no step gives")
    return constants, _scheduled(steps, {*constants, *graph.inputs, *graph.outputs})


def _node(
    graph: Graph,
    operator: Operator,
    inputs: tuple[int, ...],
    output: int,
    constants: dict[int, Array],
) -> Node:
    return Node(
        tuple(graph.tensors[number].shape for number in inputs),
        tuple(constants.get(number) for number in inputs),
        graph.tensors[output].shape,
        operator.options,
        operator.custom_options,
    )


def _builder(operator: Operator) -> Builder:
    builder = (
        CUSTOM_BUILDERS.get(operator.custom)
        if operator.code == CUSTOM
        else BUILDERS.get(operator.code)
    )
    if builder is None:
        raise ValueError(f"an operator unknown here ({operator.custom or operator.code})")
    return builder


def _scheduled(steps: list[tuple[Run, tuple[int, ...], int]], kept: set[int]) -> list[Step]:
    """The steps, each with the values that it is the last to need."""
    last = {number: index for index, (_, inputs, _) in enumerate(steps) for number in inputs}
    made = []
    for index, (run, inputs, output) in enumerate(steps):
        done = tuple({number for number in inputs if last[number] == index} - kept)
        made.append(Step(run, inputs, output, done))
    return made
