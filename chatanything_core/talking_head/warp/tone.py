"""What colours a picture can have: a black-and-white photograph shows no red mouth, and a sepia
one a brown one."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..curves import smoothstep
from .face_geometry import Array
from .remap import Pixels

BINS = 32
"""Steps of brightness at which the tint of a picture is read."""
ENOUGH = 20_000
"""Pixels that are looked at."""
LUMA = np.array([0.299, 0.587, 0.114])
"""Shares of RGB in brightness (ITU-R BT.601)."""
ASIDE = (16.0, 22.0)
"""How far the colours of one brightness lie apart, in a tinted picture and in a coloured one."""
ACROSS = (12.5, 14.0)
"""The same across the one direction that a tint has. Photographs in sepia: 20 and 12 at most;
in colour: 45 and 10 at least, and never both low."""


@dataclass(frozen=True, eq=False)
class Tone:
    """The colours of a picture."""

    colour: float = 1.0
    """1 in a coloured picture, 0 in one of a single tint."""
    tints: Array | None = None
    """What each brightness adds to grey, RGB, shape (BINS, 3); None in a coloured picture."""

    def fit(self, rgb: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """A colour, shape (3,), as the picture would show it."""
        if self.tints is None:
            return rgb
        luma = float(rgb @ LUMA)
        places = (np.arange(BINS) + 0.5) * 256 / BINS
        tinted = luma + np.array([np.interp(luma, places, tint) for tint in self.tints.T])
        return np.asarray(tinted + self.colour * (rgb - tinted), np.float32)


COLOURED = Tone()


def tone_of(image: Pixels, points: Array) -> Tone:
    """The tone of a picture (H, W, 3 or 4) around its face at `points` (n, 2)."""
    pixels = _around(image, points)
    if image.shape[2] == 4:
        pixels = pixels[pixels[:, 3] > 127]
    rgb = pixels[:, :3].astype(np.float64)
    luma = rgb @ LUMA
    chroma = rgb - luma[:, None]
    if not len(rgb):
        return COLOURED
    tints = _tints(luma, chroma)
    places = (np.arange(BINS) + 0.5) * 256 / BINS
    tinted = np.stack([np.interp(luma, places, tint) for tint in tints.T], -1)
    aside = float(np.percentile(np.abs(chroma - tinted).max(1), 99))
    along = np.linalg.eigh(chroma.T @ chroma)[1][:, -1]
    off = chroma - np.outer(chroma @ along, along)
    across = float(np.percentile(np.abs(off).max(1), 99))
    colour = max(float(smoothstep(*ASIDE, aside)), float(smoothstep(*ACROSS, across)))
    return COLOURED if colour == 1 else Tone(colour, tints)


def _around(image: Pixels, points: Array) -> Pixels:
    """Pixels (n, 3 or 4) of the face and as much again on every side."""
    height, width = image.shape[:2]
    low, high = points.min(0), points.max(0)
    left, top = np.clip((2 * low - high).astype(int), 0, (width - 1, height - 1))
    right, bottom = np.clip((2 * high - low).astype(int), (left + 1, top + 1), (width, height))
    part = image[top:bottom, left:right]
    step = max(int(np.sqrt(part.shape[0] * part.shape[1] / ENOUGH)), 1)
    return part[::step, ::step].reshape(-1, image.shape[2])


def _tints(luma: Array, chroma: Array) -> Array:
    """The usual chroma of each brightness, shape (BINS, 3)."""
    step = np.clip(luma * BINS / 256, 0, BINS - 1).astype(int)
    there = np.unique(step)
    usual = np.stack([np.median(chroma[step == k], axis=0) for k in there])
    return np.stack([np.interp(np.arange(BINS), there, channel) for channel in usual.T], -1)
