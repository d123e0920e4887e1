"""A thing without what is around it: transparency, or one plain colour from edge to edge."""

import numpy as np
import numpy.typing as npt
from scipy.ndimage import label

from ...errors import InputError

Pixels = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]

SEEN = 24
"""Alpha from which a pixel counts as seen."""
LEAST = 0.01
"""Share of the page that a thing must cover."""
NEAR = 14
"""How far apart the channels of two colours are that count as one."""
PLAIN = 0.97
"""Share of the border that one colour must fill to be background."""


def cut_out(pixels: Pixels, name: str) -> tuple[Pixels, Box, tuple[str, ...]]:
    """RGBA of what is seen, its box as shares of the page, and what was done to it.

    Raises:
        InputError: nothing is seen, or nothing stands alone.
    """
    notes: tuple[str, ...] = ()
    if pixels.shape[2] == 3 or (pixels[..., 3] > SEEN).mean() > 0.995:
        pixels = _without_background(pixels[..., :3], name)
        notes = (f"the plain background of {name} was cut away",)
    seen = pixels[..., 3] > SEEN
    if seen.mean() < LEAST:
        raise InputError(
            f"{name} shows nothing: {seen.mean():.1%} of it is not transparent. Give a drawing of "
            "one thing that fills most of the page."
        )
    rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    if max(bottom - top, right - left) > 16 * min(bottom - top, right - left):
        raise InputError(f"{name} is a line: too thin to wear a face. Give a drawing of a thing.")
    h, w = seen.shape
    box = (float(left / w), float(top / h), float(right / w), float(bottom / h))
    return np.ascontiguousarray(pixels[top:bottom, left:right]), box, notes


def _without_background(rgb: Pixels, name: str) -> Pixels:
    """RGBA with alpha 0 where the border's one colour reaches in from the edge."""
    edge = np.concatenate([rgb[0], rgb[-1], rgb[:, 0], rgb[:, -1]]).astype(int)
    colour = np.median(edge, 0)
    if (np.abs(edge - colour).max(1) <= NEAR).mean() < PLAIN:
        raise InputError(
            f"{name} has no transparency and no plain background, so that the thing in it cannot be "
            "told from what is around it. Cut it out, or have a face painted into the picture: "
            "chatanything animate PICTURE SOUND --face paint"
        )
    far = np.abs(rgb.astype(int) - colour).max(-1)
    marks, _ = label(far <= NEAR)
    outside = np.unique(np.concatenate([marks[0], marks[-1], marks[:, 0], marks[:, -1]]))
    away = np.isin(marks, outside[outside > 0])
    alpha = np.where(away, 0, 255).astype(np.uint8)
    return np.dstack([rgb, alpha])
