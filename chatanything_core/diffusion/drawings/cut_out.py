"""A thing without what is around it: transparency, or one plain colour from edge to edge."""

import numpy as np
import numpy.typing as npt

from ...errors import InputError

Pixels = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]

SEEN = 24
"""Alpha from which a pixel counts as seen."""
WHOLE = 0.995
"""Share of a page above which it counts as covered from edge to edge."""
LONG = 16
"""How many times longer than wide a thing may be."""
LEAST = 0.01
"""Share of the page that a thing must cover."""
NEAR = 14
"""How far apart the channels of two colours are that count as one."""
PLAIN = 0.97
"""Share of the border that one colour must fill to be background."""


def cut_out(
    pixels: Pixels, name: str, *, tile: bool = False
) -> tuple[Pixels, Box, tuple[str, ...]]:
    """RGBA of what is seen, its box as shares of the page, and what was done to it.

    `tile` is for drawings: one that fills its page to the edges is itself the thing.

    Raises:
        InputError: nothing is seen, or nothing stands alone.
    """
    notes: tuple[str, ...] = ()
    if pixels.shape[2] == 3 or (pixels[..., 3] > SEEN).mean() > WHOLE:
        cut = _without_background(pixels[..., :3])
        if cut is None and not tile:
            raise InputError(
                f"{name} has no transparency and no plain background, so that the thing in it cannot "
                "be told from what is around it. Cut it out, or have a face painted into the "
                "picture: chatanything animate PICTURE SOUND --face paint"
            )
        notes = () if cut is None else (f"the plain background of {name} was cut away",)
        pixels = pixels if cut is None else cut
    seen = pixels[..., 3] > SEEN
    if seen.mean() < LEAST:
        raise InputError(
            f"{name} shows nothing: {seen.mean():.1%} of it is not transparent. Give a drawing of "
            "one thing that fills most of the page."
        )
    rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    if max(bottom - top, right - left) > LONG * min(bottom - top, right - left):
        raise InputError(f"{name} is a line: too thin to wear a face. Give a drawing of a thing.")
    h, w = seen.shape
    box = (float(left / w), float(top / h), float(right / w), float(bottom / h))
    return np.ascontiguousarray(pixels[top:bottom, left:right]), box, notes


def _without_background(rgb: Pixels) -> Pixels | None:
    """RGBA with alpha 0 where the border's one colour reaches in from the edge; None where the
    border has several colours, or nothing else is there."""
    edge = np.concatenate([rgb[0], rgb[-1], rgb[:, 0], rgb[:, -1]]).astype(int)
    colour = np.median(edge, 0)
    if (np.abs(edge - colour).max(1) <= NEAR).mean() < PLAIN:
        return None
    from scipy.ndimage import label  # a third of a second, which only this needs

    far = np.abs(rgb.astype(int) - colour).max(-1)
    marks, _ = label(far <= NEAR)
    outside = np.unique(np.concatenate([marks[0], marks[-1], marks[:, 0], marks[:, -1]]))
    away = np.isin(marks, outside[outside > 0])
    if (~away).mean() < LEAST:
        return None
    return np.dstack([rgb, np.where(away, 0, 255).astype(np.uint8)])
