"""What the inversion stage returns."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt

from ..ranges import Range, Share

Method = Literal["noise", "ddim", "flow"]


@dataclass(frozen=True, eq=False)
class Start:
    """Where a painter starts from instead of pure noise."""

    reference: npt.NDArray[np.uint8]
    """The picture, RGB, shape (H, W, 3)."""
    strength: Annotated[float, Range(0.0, 1.0, "(0 is the reference itself, 1 ignores it)")]
    """0 gives the reference back, 1 ignores it (the meaning of `strength` in SDEdit)."""
    method: Method = "noise"
    """`noise`: forward-noised reference (SDEdit). `ddim`: deterministic inversion; `flow`: the
    same for models that flow in straight lines (Flux, SD3, Qwen-Image ...)."""
    seed: int = 0
    latents: npt.NDArray[np.float32] | None = None
    """Shape (1, C, h, w), at noise level `step`; None for painters without a latent space."""
    step: int = 0
    """Index into the schedule of `steps` at which the painter continues."""
    steps: int = 0
    """Length of the schedule that `step` counts in."""
    alpha: float = 1.0
    """Share of the signal's variance at that level; latents are variance preserving."""
    scale: float = 1.0
    """Scaling factor of the model's VAE that the latents are multiplied by."""
    prompt: str = ""
    """What the reference shows, as given to `ddim`."""
    fresh: Share = 0.0
    """Share of the inverted noise that was replaced by fresh noise; `ddim` only."""
    corrections: Annotated[int, Range(0, 8)] = 0
    """Fixed-point corrections per step beyond the first; `ddim` only."""
    note: str = ""
    """How it was made, for the recipe."""
