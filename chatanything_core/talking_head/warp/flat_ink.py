"""Whether a face is drawn in flat colours and ink, or shaded as photographs and paintings are.

In a flat drawing most pixels look exactly like their neighbours, and nearly all of those have
one of a handful of colours; only the edges between them are mixed. Skin that was photographed or
shaded changes from pixel to pixel and has dozens of colours. Measured as the share of such pixels
among those of the face, drawings have 0.69 and more, also as JPEG of quality 60 and scaled;
photographs 0.18 at most, and 0.57 where a third of the face is overexposed. Drawings with soft
shadows have more colours, but still few hues: 0.90 and more of their pixels have one of six, of
photographs 0.15 (0.39 where a third is white), of our own soft sketches 0.68.
"""

import numpy as np
import numpy.typing as npt

from .face_geometry import Array
from .remap import Pixels
from .tone import LUMA

SHARE = 0.64
"""Least share of flat pixels in a drawing."""
SHADED = 0.80
"""The same where colours that differ in brightness alone count as one."""
COLOURS = 6
"""Colors that a flat face may have most of its pixels in."""
EVEN = 4 / 255
"""Most that neighbours differ by in one colour, over the range of the picture; JPEG makes some."""
STEP = 8
"""Levels of a channel that count as one colour."""
HUES, DARK = 64, 30
"""Steps of each channel's share of the brightness; sum of the channels below which it is black."""
LOOSE = 0.1
"""How far colours of one kind may lie apart, over the range of the picture."""
LEAST = 24.0
"""Least range of brightness of a picture in which anything can be told apart."""


def is_flat_drawing(image: Pixels, points: Array) -> bool:
    """Whether the face at `points` (68, 2) of `image` (H, W, 3 or 4) is a flat drawing."""
    return flat_share(image, points) >= SHARE or hue_share(image, points) >= SHADED


def flat_share(image: Pixels, points: Array) -> float:
    """Share of the pixels from the brows to the mouth that have the colour of their eight
    neighbours and one of the COLOURS most frequent colours, in [0, 1]."""
    flat, count = _flat_pixels(image, points)
    return _most_frequent(flat // STEP, 256 // STEP) / count


def hue_share(image: Pixels, points: Array) -> float:
    """The same with one of the COLOURS most frequent hues, however bright."""
    flat, count = _flat_pixels(image, points)
    hues = flat * (HUES - 1) // np.maximum(flat.sum(-1, keepdims=True), DARK)
    return _most_frequent(hues, HUES) / count


def _flat_pixels(image: Pixels, points: Array) -> tuple[npt.NDArray[np.int32], int]:
    """RGB (n, 3) of the pixels that look like their neighbours, and how many were asked."""
    inner = points[17:68]
    pad = 0.1 * np.ptp(inner, axis=0)
    rgb = crop(image, inner.min(0) - pad, inner.max(0) + pad)[0]
    spread = luma_range(rgb)
    if spread < LEAST:
        return rgb[:0, 0], 1
    even = _neighbours_differ(rgb) <= EVEN * spread
    return rgb[1:-1, 1:-1][even], even.size


def _most_frequent(kinds: npt.NDArray[np.int32], levels: int) -> float:
    """How many of (n, 3) numbers below `levels` are of the COLOURS most frequent kinds."""
    counts = np.bincount(kinds @ np.array([levels**2, levels, 1]), minlength=1)
    return float(np.sort(counts)[-COLOURS:].sum())


def crop(image: Pixels, low: Array, high: Array) -> tuple[npt.NDArray[np.int32], Array]:
    """RGB of the part of `image` from `low` to `high` (x, y), at least 8 pixels a side, and its
    first pixel (x, y)."""
    height, width = image.shape[:2]
    left, top = np.clip(np.floor(low), 0, (width - 8, height - 8)).astype(int)
    right, bottom = np.clip(np.ceil(high) + 1, (left + 8, top + 8), (width, height)).astype(int)
    return image[top:bottom, left:right, :3].astype(np.int32), np.array([left, top], float)


def luma_range(rgb: npt.NDArray[np.int32]) -> float:
    """Brightest less darkest of a part (h, w, 3), without the rarest pixels."""
    low, high = np.percentile(rgb @ LUMA, [0.5, 99.5])
    return float(high - low)


def ground_of(rgb: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
    """The most frequent colour of pixels (n, 3), shape (3,)."""
    keys = (rgb // STEP) @ np.array([1024, 32, 1])
    return np.asarray(np.median(rgb[keys == np.bincount(keys).argmax()], axis=0))


def flood(free: npt.NDArray[np.bool_], seeds: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """What is reached from `seeds` (h, w) through `free` (h, w), not across corners."""
    rows, columns = _runs(free), _runs(free.T).T
    reached = seeds & free
    while True:
        grown = reached
        for runs in (rows, columns):
            hit = np.zeros(int(runs.max()) + 1, bool)
            hit[runs[grown]] = True
            grown = hit[runs] & free
        if np.array_equal(grown, reached):
            return reached
        reached = grown


def _runs(free: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """A number for every run of equal pixels in a row."""
    starts = np.ones_like(free)
    starts[:, 1:] = free[:, 1:] != free[:, :-1]
    return np.asarray(np.cumsum(starts.ravel()).reshape(free.shape), np.int64)


def _neighbours_differ(rgb: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Greatest difference of a channel among 3x3 pixels, (h - 2, w - 2)."""
    highest = np.maximum(np.maximum(rgb[:-2], rgb[1:-1]), rgb[2:])
    lowest = np.minimum(np.minimum(rgb[:-2], rgb[1:-1]), rgb[2:])
    highest = np.maximum(np.maximum(highest[:, :-2], highest[:, 1:-1]), highest[:, 2:])
    lowest = np.minimum(np.minimum(lowest[:, :-2], lowest[:, 1:-1]), lowest[:, 2:])
    return np.asarray((highest - lowest).max(-1))
