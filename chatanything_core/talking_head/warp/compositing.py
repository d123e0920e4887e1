"""What is painted over a portrait: soft edges, and colours in planes.

Sums over planes (3, h, w) are many times faster than over pixels (h, w, 3).
"""

import numpy as np

from ..constants.field_constants import RISE
from .remap import Field, Pixels


def step(low: float, high: float, x: Field) -> Field:
    """Smoothstep in single precision."""
    t = np.clip((x - np.float32(low)) * np.float32(1 / (high - low)), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def cover(above: Field, below: Field, pixels: float) -> Field:
    """Share of a pixel that lies below an upper and above a lower edge, rising smoothly.

    `above` is the distance down from the upper edge, `below` up from the lower edge; `pixels` times
    that is 1 across an edge. A closed pair of lips has no share at all.
    """
    a, b = above * np.float32(pixels / RISE), below * np.float32(pixels / RISE)
    share = np.clip(np.minimum(a, 0.5) + np.minimum(b, 0.5), 0, 1)
    return np.asarray(share * share * (3 - 2 * share))


def planes(image: Pixels) -> Field:
    """RGB of an image (h, w, 4) as (3, h, w)."""
    return np.ascontiguousarray(np.moveaxis(image[..., :3], -1, 0)).astype(np.float32)


def tint(rgb: Field) -> Field:
    """A colour (3,) that is multiplied with planes."""
    return rgb[:, None, None]


def to_bytes(values: Field) -> Pixels:
    """Colours or shares of 255, rounded."""
    return np.asarray((np.clip(values, 0, 255) + np.float32(0.5)).astype(np.uint8))


def blend(patch: Pixels, rgb: Pixels, share: Pixels) -> None:
    """Lay colours (3, h, w) over an image (h, w, 4), by shares (h, w) of 255."""
    over = share.astype(np.uint16)
    under = 255 - over
    for channel in range(3):
        mixed = patch[..., channel] * under + rgb[channel] * over
        patch[..., channel] = (mixed + 127) // 255
