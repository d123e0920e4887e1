"""Deterministic inversion: the noise from which a diffusion model would paint a given picture.

DDIM (Song et al. 2021, https://arxiv.org/abs/2010.02502) turns latents from one noise level to the
next by the model's velocity v = sqrt(alpha) noise - sqrt(1 - alpha) clean; seen as an angle between
clean and noise the step is a rotation (Salimans & Ho 2022, https://arxiv.org/abs/2202.00512,
appendix D). The step down asks the model at the upper level, so going up means to solve
`down(y) = x` for y, as `climb` does. diffusers documents `DDIMInverseScheduler` with the model
given the upper level but shown the lower latents; here it is shown a guess of y. Of the forms we
measured (noise or velocity held or continued; at the level of the picture, at the level gone to, or
the mean of both) none is as exact for as few predictions: docs/experts.md has the table.

Works on NumPy arrays and torch tensors alike; `alpha` is the cumulative product usually written
as alpha-bar, and latents are variance preserving: x = sqrt(alpha) clean + sqrt(1 - alpha) noise.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import atan2, cos, sin, sqrt

from ..progress import Tick, no_progress
from .climb import Array, climb


@dataclass(frozen=True)
class Level:
    """One noise level of a schedule."""

    t: float
    """The time step by which the model knows it."""
    alpha: float
    """Share of the signal's variance, in [0, 1]; 1 is the clean picture."""

    @property
    def angle(self) -> float:
        """From 0, clean, to pi / 2, nothing but noise."""
        return atan2(sqrt(1 - self.alpha), sqrt(self.alpha))


def rise(x: Array, velocity: Array, source: Level, target: Level) -> Array:
    """Latents at `target` that one DDIM step along `velocity` brings to `x` at `source`."""
    turn = target.angle - source.angle
    return (x + sin(turn) * velocity) / cos(turn)


def ddim_invert(
    x: Array,
    levels: Sequence[Level],
    velocity: Callable[[Array, Level], Array],
    *,
    corrections: int = 0,
    tick: Tick = no_progress,
) -> Array:
    """Walk clean latents up through `levels`.

    Args:
        x: Latents at `levels[0]`, shape (B, C, h, w).
        levels: From the clean end to the level wanted.
        velocity: `velocity(x, level)` is the model's estimate of sqrt(alpha) noise -
            sqrt(1 - alpha) clean in `x` at that level. It is asked once a step and at most five
            times more in all.
        corrections: More iterations per step; each costs one more prediction, on the first two
            steps three.

    Returns:
        Latents at `levels[-1]`.
    """

    def ask(latents: Array, level: int) -> Array:
        return velocity(latents, levels[level])

    def go(latents: Array, along: Array, here: int, there: int) -> Array:
        return rise(latents, along, levels[here], levels[there])

    return climb(x, [level.angle for level in levels], ask, go, corrections, tick)


def blend_fresh(x: Array, clean: Array, alpha: float, fresh: Array, share: float) -> Array:
    """Replace a share of the noise in `x` by fresh noise.

    Inverted noise is not as dispersed as the noise that models were trained on (its standard
    deviation is below 1 on small models at few steps, 1.03 to 1.11 on the starter), so it is first
    brought to 1; blending variances then keeps it there.

    Args:
        x: Latents at level `alpha`, inverted from `clean`.
        fresh: Unit normal noise of the same shape.
        share: Part of the noise's variance that is fresh, in [0, 1]; 0 leaves `x` as it is.
    """
    if share == 0.0:
        return x
    noise = (x - sqrt(alpha) * clean) / sqrt(1 - alpha)
    blended = sqrt(1 - share) * noise / noise.std() + sqrt(share) * fresh
    return sqrt(alpha) * clean + sqrt(1 - alpha) * blended
