"""The label that is seen: a few small words in the upper right corner."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

TEXT = "Made by a machine"
SHARE = 32
"""The picture is so many times as high as its letters."""
SMALLEST = 11
"""Least size of letters in pixels."""
PLATE = 190
"""Opacity of what is behind them, 0 to 255: on white they still have a contrast of 10:1."""
Pixels = npt.NDArray[np.uint8]


def mark_picture(image: Pixels) -> Pixels:
    """A copy of a picture, uint8 (H, W, 3 or 4), with the mark."""
    marked = image.copy()
    mark = _mark(image.shape[0], image.shape[1])
    return lay_over(marked, mark, 0, image.shape[1] - mark.shape[1])


def mark_frames(frames: Iterator[Pixels]) -> Iterator[Pixels]:
    """The same on every frame, in place."""
    for frame in frames:
        mark = _mark(frame.shape[0], frame.shape[1])
        yield lay_over(frame, mark, 0, frame.shape[1] - mark.shape[1])


def lay_over(frame: Pixels, picture: Pixels, top: int, left: int) -> Pixels:
    """`frame`, (H, W, 3 or 4), with an RGBA picture laid over it in place."""
    part = frame[top : top + picture.shape[0], left : left + picture.shape[1]]
    share = picture[..., 3:].astype(np.float32) / 255
    part[..., :3] = (part[..., :3] * (1 - share) + picture[..., :3] * share + 0.5).astype(np.uint8)
    if frame.shape[2] == 4:
        np.maximum(part[..., 3], picture[..., 3], out=part[..., 3])
    return frame


@lru_cache(maxsize=8)
def _mark(height: int, width: int) -> Pixels:
    """White letters on a dark plate, which stand out on anything; RGBA, for a picture so large."""
    size = max(height // SHARE, SMALLEST)
    font = ImageFont.load_default(size=size)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(TEXT))
    margin = size // 2
    plate = (right - left + 2 * margin, bottom - top + 2 * margin)
    canvas = Image.new("RGBA", plate, (0, 0, 0, PLATE))
    place = (margin - left, margin - top)
    ImageDraw.Draw(canvas).text(place, TEXT, font=font, fill=(255, 255, 255, 255))
    if canvas.width > width:
        scaled = max(canvas.height * width // canvas.width, 1)
        canvas = canvas.resize((width, scaled), Image.Resampling.LANCZOS)
    drawn = np.array(canvas)[:height]
    drawn.setflags(write=False)
    return drawn
