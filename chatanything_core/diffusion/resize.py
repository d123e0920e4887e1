"""Bring pictures to the size of a portrait, for every painter."""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps


def resize_to_fill(picture: npt.NDArray[np.uint8], size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """Scale and crop RGB (H, W, 3) to `size` (width, height); the middle stays."""
    if picture.shape[1::-1] == size:
        return picture
    return np.asarray(ImageOps.fit(Image.fromarray(picture), size, Image.Resampling.LANCZOS))
