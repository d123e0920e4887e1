"""Deterministic inversion of models that flow in straight lines from noise to the picture.

Rectified flow (Liu et al. 2023, https://arxiv.org/abs/2209.03003) and flow matching (Lipman et al.
2023, https://arxiv.org/abs/2210.02747): x = (1 - sigma) clean + sigma noise, and the model says the
velocity v = noise - clean. Euler's step from sigma to a lower one is x + (lower - sigma) v(x, sigma).
DDIM's step would turn the latents, which is wrong here: they lie on a line and not on a circle.
"""

from collections.abc import Callable, Sequence

from ..progress import Tick, no_progress
from .climb import Array, climb


def flow_invert(
    x: Array,
    sigmas: Sequence[float],
    velocity: Callable[[Array, float], Array],
    *,
    corrections: int = 0,
    tick: Tick = no_progress,
) -> Array:
    """Walk clean latents up through `sigmas`, so that Euler's steps down undo it.

    Args:
        x: Latents at `sigmas[0]`, shape (B, C, h, w) or any other.
        sigmas: From the clean end, near 0, to the level wanted, at most 1.
        velocity: `velocity(x, sigma)` is the model's estimate of noise - clean in `x`.
        corrections: As for `ddim_invert`.

    Returns:
        Latents at `sigmas[-1]`.
    """

    def ask(latents: Array, level: int) -> Array:
        return velocity(latents, sigmas[level])

    def go(latents: Array, along: Array, here: int, there: int) -> Array:
        return latents + (sigmas[there] - sigmas[here]) * along

    return climb(x, sigmas, ask, go, corrections, tick)
