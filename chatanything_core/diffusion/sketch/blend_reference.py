"""Blend a painted portrait with the reference picture that it starts from."""

import numpy as np
import numpy.typing as npt

from ...inversion import Start
from ..resize import resize_to_fill
from .surface.relief import Array, blur


def blend_reference(painted: npt.NDArray[np.uint8], start: Start) -> npt.NDArray[np.uint8]:
    """`start.strength` 0 gives the reference back, 1 the painting; RGB uint8, painting's size.

    In between two things happen at once, as when a diffusion model denoises from a noised
    reference: fine structure comes from the painting early, while the reference's broad masses
    of colour stay longest. Low frequencies are mixed by strength, high ones by its square root.
    """
    s = float(np.clip(start.strength, 0.0, 1.0))
    target = resize_to_fill(start.reference, (painted.shape[1], painted.shape[0]))
    if s in (0.0, 1.0):
        return painted if s == 1.0 else target
    radius = min(painted.shape[:2]) / 24
    a, b = target.astype(np.float32), painted.astype(np.float32)
    low_a, low_b = _low(a, radius), _low(b, radius)
    low = low_a + (low_b - low_a) * np.float32(s)
    detail = (a - low_a) * np.float32(1 - np.sqrt(s)) + (b - low_b) * np.float32(np.sqrt(s))
    return np.clip(low + detail + 0.5, 0, 255).astype(np.uint8)


def _low(picture: Array, radius: float) -> Array:
    return np.stack([blur(picture[..., i], radius) for i in range(3)], -1)
