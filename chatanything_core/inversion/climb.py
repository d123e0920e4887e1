"""Walk an ordinary differential equation backwards so that plain steps forwards undo it.

A step of a sampler asks the model at the noisier place; going there means to solve `down(y) = x`
for y. The guess continues the velocity in a straight line from the last two steps and is then
corrected by fixed-point iteration (Pan et al. 2023, https://arxiv.org/abs/2309.04907): predict,
evaluate, correct (Hairer, Norsett & Wanner, Solving Ordinary Differential Equations I, III.1), for
one prediction a step. The first steps have no past worth continuing and are iterated thrice.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from ..progress import Tick

Array = Any
"""A NumPy array or a torch tensor."""

FIRST = 3
"""Iterations of a step that has no past."""
REACH = 3.0
"""Farthest that the velocity is continued, in lengths of the last step: "leading" schedules begin
with a step fifty times shorter than the next."""


def climb(
    x: Array,
    places: Sequence[float],
    velocity: Callable[[Array, int], Array],
    go: Callable[[Array, Array, int, int], Array],
    corrections: int,
    tick: Tick,
) -> Array:
    """Walk from the first place to the last.

    Args:
        x: Latents at the first place.
        places: Where each level lies on the axis that the velocity is continued along.
        velocity: `velocity(x, n)` is the model's in `x` at level n. It is asked once a step and at
            most five times more in all.
        go: `go(x, v, n, m)` is where at level m the velocity v leads from `x` at level n.
        corrections: More iterations per step; each costs one more prediction, on the first two
            steps three.
    """
    past: list[tuple[float, Array]] = []
    for here, there in pairwise(range(len(places))):
        tick(here, len(places) - 1)
        past = past[-2:] or [(places[here], velocity(x, here))]
        guess, continued = _continued(past, places[there])
        for _ in range((1 if continued else FIRST) * (1 + corrections)):
            guess = velocity(go(x, guess, here, there), there)
        x = go(x, guess, here, there)
        past.append((places[there], guess))
    tick(len(places) - 1, len(places) - 1)
    return x


def _continued(past: Sequence[tuple[float, Array]], place: float) -> tuple[Array, bool]:
    """The velocity at a place as the past foretells it, and whether that was near enough."""
    (before, earlier), (last, latest) = past[0], past[-1]
    if last == before or (reach := (place - last) / (last - before)) > REACH:
        return latest, False
    return latest + reach * (latest - earlier), True
