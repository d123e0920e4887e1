"""Bring pictures to the size of a portrait, for every painter."""

from math import sqrt

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps


def resize_to_fill(picture: npt.NDArray[np.uint8], size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """Scale and crop RGB (H, W, 3) to `size` (width, height); the middle stays."""
    if picture.shape[1::-1] == size:
        return picture
    return np.asarray(ImageOps.fit(Image.fromarray(picture), size, Image.Resampling.LANCZOS))


MUCH_LARGER = 1.5
"""From this many times its native side on a model repeats faces and loses the shape of things."""


def painted_size(native: int, size: tuple[int, int]) -> tuple[int, int]:
    """Width and height that a model of a `native` square side paints for a portrait of `size`.

    The size itself; for one much larger than the model knows, the same shape with as many pixels
    as its native square, in multiples of 8, which is enlarged afterwards.

    >>> painted_size(256, (512, 512)), painted_size(512, (512, 768)), painted_size(512, (768, 768))
    ((256, 256), (512, 768), (512, 512))
    """
    width, height = size
    ratio = sqrt(width * height) / native
    if ratio < MUCH_LARGER:
        return size
    return round(width / ratio / 8) * 8, round(height / ratio / 8) * 8
