"""From rendered images to the frames that an encoder takes."""

from collections.abc import Callable
from typing import Any

import av
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
NARROW = 224 / 255
"""Range of a colour difference in limited range, as a share of the full range."""


def frame_converter(size: tuple[int, int], depth: int, pixels: str) -> Callable[[Pixels], Any]:
    """A function from an image (h, w, depth) to a frame of `size` (width, height)."""

    def by_swscale(image: Pixels) -> av.VideoFrame:
        layout = "rgb24" if depth == 3 else "rgba"
        frame = av.VideoFrame.from_ndarray(_padded(image, size), format=layout)
        return frame.reformat(format=pixels)

    def by_opencv(image: Pixels) -> av.VideoFrame:
        return _planar(cv2, _padded(image, size))

    if pixels != "yuv420p" or depth != 3:
        return by_swscale
    try:
        import cv2
    except ImportError:
        return by_swscale
    return by_opencv


def _padded(image: Pixels, size: tuple[int, int]) -> Pixels:
    below, beside = size[1] - image.shape[0], size[0] - image.shape[1]
    if below or beside:
        return np.pad(image, ((0, below), (0, beside), (0, 0)), mode="edge")
    return np.ascontiguousarray(image)


def _planar(cv2: Any, image: Pixels) -> av.VideoFrame:
    """Planes of Y, U and V, BT.601 in limited range.

    OpenCV takes the colour of four pixels from one of them; their mean is 2 dB nearer.
    """
    height, width = image.shape[:2]
    luma = cv2.cvtColor(image, cv2.COLOR_RGB2YUV_I420)[:height]
    half = cv2.resize(image, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    tints = cv2.cvtColor(half, cv2.COLOR_RGB2YCrCb)
    tints = cv2.convertScaleAbs(tints, alpha=NARROW, beta=128 * (1 - NARROW))
    frame = av.VideoFrame(width, height, "yuv420p")
    planes: Any = frame.planes
    for plane, values in zip(planes, (luma, tints[..., 2], tints[..., 1]), strict=True):
        rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        rows[: len(values), : values.shape[1]] = values
    return frame
