"""The inversion stage: a reference picture becomes the start of a painting."""

from dataclasses import replace
from typing import get_args

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from ..inversion import Method, Start
from ..landmarks import FaceGuide
from ..progress import Tick, no_progress
from ..ranges import check_ranges
from ..runtime import Runtime, default_runtime
from .families import find_family
from .records import Mixture
from .registry import painters
from .start_step import with_step


def invert(
    mixture: Mixture,
    reference: npt.NDArray[np.uint8],
    *,
    strength: float,
    method: Method = "noise",
    seed: int = 0,
    prompt: str = "",
    size: tuple[int, int] = (512, 512),
    fresh: float = 0.0,
    corrections: int = 0,
    runtime: Runtime | None = None,
    external: bool = False,
    tick: Tick = no_progress,
) -> Start:
    """Make the start from which the mixture's painter continues.

    Args:
        reference: RGB uint8, shape (H, W, 3); any picture, with a face or without.
        strength: 0 gives the reference back, 1 ignores it.
        method: `noise` (SDEdit), `ddim`, or `flow` for rectified-flow models; for the sketch
            painter all mean a blend.
        prompt, fresh, corrections: For `ddim` and `flow` only, see `Start`.
        size: Width and height in pixels of the portrait that will be painted from it.
        external: True when ComfyUI's own nodes make the latents: only the step is worked out.

    Raises:
        InputError: a value outside its range, or a reference of another shape.
    """
    start = Start(reference, strength, method, seed, prompt=prompt)
    start = replace(start, fresh=fresh, corrections=corrections)
    _check(start)
    family = find_family(mixture.family)
    if family.drawn:
        note = f"reference blended into the sketch at strength {strength:g}"
        return replace(start, fresh=0.0, corrections=0, note=note)
    if external or family.networks is None:
        return with_step(start, mixture, size)
    return _inverted(mixture, start, size, runtime or default_runtime(), tick)


def _inverted(
    mixture: Mixture, start: Start, size: tuple[int, int], runtime: Runtime, tick: Tick
) -> Start:
    """Through the mixture's own networks."""
    if start.method == "flow":
        raise InputError(
            f"{find_family(mixture.family).title} models do not flow in straight lines, so `flow` "
            "would not invert them. Choose `ddim`."
        )
    painters.require(
        find_family(mixture.family).painter
    )  # says what to install when it is not there
    from .sd import start_from

    return start_from(mixture, start, size, runtime, tick)


def _check(start: Start) -> None:
    check_ranges(start, "Inversion")
    if start.method not in get_args(Method):
        known = ", ".join(get_args(Method))
        raise InputError(f"Unknown inversion method {start.method!r}. Choose one of: {known}.")
    reference = start.reference
    if reference.ndim != 3 or reference.shape[2] != 3 or min(reference.shape[:2]) < 8:
        raise InputError(
            f"The reference has the shape {reference.shape}. Give one RGB picture of at least "
            "8 x 8 pixels."
        )


def reference_of(guide: FaceGuide | None) -> npt.NDArray[np.uint8]:
    """The picture that a guide was taken from.

    Raises:
        InputError: no guide, or one that was not taken from a picture.
    """
    if guide is None or guide.reference is None:
        raise InputError(
            "Inversion has no reference picture. Wire one into `reference`, or a guide that was "
            "taken from a picture into `guide`."
        )
    return guide.reference
