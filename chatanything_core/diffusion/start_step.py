"""Where in a schedule a reference of some strength joins in; no model is needed to say."""

from dataclasses import replace

from ..inversion import Start
from .records import Mixture
from .resize import resize_to_fill


def with_step(start: Start, mixture: Mixture, size: tuple[int, int]) -> Start:
    """The start with its reference at `size` (width, height) and its step, but no latents yet.

    Of N steps the last N * strength are painted. A strength below one step paints nothing, so it
    becomes 0 and means the reference itself; at 1 the reference is ignored.
    """
    steps = mixture.lead.steps
    run = min(int(steps * start.strength + 1e-9), steps)
    strength = start.strength if run else 0.0
    note = {0.0: "reference returned as it is", 1.0: "reference ignored"}.get(strength, "")
    return replace(
        start,
        reference=resize_to_fill(start.reference, size),
        strength=strength,
        step=steps - run,
        steps=steps,
        latents=None,
        note=note,
    )
