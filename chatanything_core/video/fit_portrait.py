"""Pictures of any size to a size that is animated."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from ..errors import InputError
from .animate import SIDES

LEAST = 96
"""Shortest side in pixels that is scaled up; smaller faces are a few blots."""


def fit_portrait(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """RGB or RGBA uint8 (H, W, 3 or 4), scaled to what `animate` takes when it is not so already.

    Raises:
        InputError: a side below 96 pixels, or sides too different to fit.
    """
    size = portrait_size((image.shape[1], image.shape[0]))
    if size == (image.shape[1], image.shape[0]):
        return image
    return np.array(Image.fromarray(image).resize(size, Image.Resampling.LANCZOS))


def portrait_size(size: tuple[int, int]) -> tuple[int, int]:
    """Width and height at which a picture of `size` is animated: its own, when it can be.

    >>> portrait_size((4032, 3024)), portrait_size((128, 96)), portrait_size((600, 300))
    ((1920, 1440), (341, 256), (600, 300))
    """
    short, long = min(size), max(size)
    if short < LEAST:
        raise InputError(
            f"A picture of {size[0]}x{size[1]} pixels is too small to be animated. "
            f"Give one with at least {LEAST} a side; {SIDES.low} and more look better."
        )
    scale = min(max(SIDES.low / short, 1.0), SIDES.high / long)
    if round(short * scale) < SIDES.low:
        raise InputError(
            f"A picture of {size[0]}x{size[1]} pixels is too long to be animated. Crop it so "
            f"that one side is at most {SIDES.high / SIDES.low:g} times the other."
        )
    return round(size[0] * scale), round(size[1] * scale)
