"""Control maps, drawn exactly as the public ControlNets were trained on.

Each is a function of points in pixels to a drawing on black.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from ..errors import InputError

Points = npt.NDArray[np.float64]


def draw_map(style: str, points: Points, size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """Draw the control map of the 68 normalised `points`; RGB uint8, shape (H, W, 3).

    Raises:
        InputError: a style that is not in `MAPS`.
    """
    if style not in MAPS:
        raise InputError(f"Unknown map style {style!r}. Choose one of: {', '.join(MAPS)}.")
    page = Image.new("RGB", size)
    MAPS[style](ImageDraw.Draw(page), points * np.array(size, float))
    return np.array(page)


def _dots68(pen: ImageDraw.ImageDraw, points: Points) -> None:
    """Face-Landmark-ControlNet (georgefen, SD1.5): 68 white dots of radius 2.5."""
    for x, y in points:
        pen.ellipse((x - 2.5, y - 2.5, x + 2.5, y + 2.5), fill=(255, 255, 255))


def _openpose(pen: ImageDraw.ImageDraw, points: Points) -> None:
    """control_v11p_sd15_openpose, face only: 68 points and two pupils, white, radius 3."""
    pupils = [points[36:42].mean(0), points[42:48].mean(0)]
    for x, y in [*points, *pupils]:
        pen.ellipse((x - 3, y - 3, x + 3, y + 3), fill=(255, 255, 255))


Drawing = Callable[[ImageDraw.ImageDraw, Points], None]
MAPS: dict[str, Drawing] = {"dots68": _dots68, "openpose": _openpose}
"""Map styles by name."""
