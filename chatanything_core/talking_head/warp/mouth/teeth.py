"""The teeth that a smiling portrait already shows: they are kept instead of painted ones.

They hang on the skull, so they stay where the portrait has them while the lips move over them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from ...constants.mouth_constants import FINE
from ...curves import smoothstep
from ..compositing import planes
from ..face_geometry import TABLE, Array, Axes, Field, Mouth, doubled_pixels
from ..remap import Pixels

OPEN = 0.06
"""A mouth whose lips are further apart than this, in half mouth widths, is painted open."""
ENOUGH = 0.25
"""Share of the opening that must be teeth; less is a glint or a tongue."""


@dataclass(frozen=True, eq=False)
class Teeth:
    """A portrait's own upper teeth."""

    picture: npt.NDArray[np.uint8]
    """RGB and, in the last channel, how much of it is tooth; FINE samples a pixel."""
    corner: Array
    """The pixel of the portrait at the top left of `picture`, shape (2,)."""
    axes: Axes
    """Of the mouth."""

    def seen(self, u: Field, v: Field) -> tuple[Field, Field]:
        """RGB (3, h, w) and share of tooth (h, w) at places of the resting mouth."""
        xy = doubled_pixels(self.axes, u, v) * np.float32(FINE / 2)
        x = (xy[..., 0] - np.float32(self.corner[0] * FINE) + np.float32(0.5)).astype(np.int32)
        y = (xy[..., 1] - np.float32(self.corner[1] * FINE) + np.float32(0.5)).astype(np.int32)
        height, width = self.picture.shape[:2]
        flat = np.clip(y, 0, height - 1) * width + np.clip(x, 0, width - 1)
        read = self.picture.reshape(-1, 4).take(flat, axis=0)
        return planes(read), read[..., 3] * np.float32(1 / 255)


def own_teeth(image: Pixels, mouth: Mouth) -> Teeth | None:
    """The teeth of RGB `image` in its open `mouth`; None when it shows none."""
    inside = (mouth.inner[0] < TABLE) & (mouth.inner[1] > TABLE)
    top, bottom = mouth.upper_in[inside], mouth.lower_in[inside]
    if float((bottom - top).max()) < OPEN:
        return None
    corners = mouth.axes.pixels([(u, v) for u in mouth.inner for v in (top.min(), bottom.max())])
    height, width = image.shape[:2]
    low = np.clip(np.floor(corners.min(0)) - 2, 0, (width - 3, height - 3)).astype(int)
    high = np.clip(np.ceil(corners.max(0)) + 3, low + 2, (width, height)).astype(int)
    crop = image[low[1] : high[1], low[0] : high[0], :3]
    rows, columns = crop.shape[0] * FINE, crop.shape[1] * FINE
    large = Image.fromarray(np.ascontiguousarray(crop)).resize(
        (columns, rows), Image.Resampling.BICUBIC
    )
    # Sample k of the enlarged crop lies (k + 1/2) / FINE - 1/2 pixels from its corner.
    corner = low + (0.5 / FINE - 0.5)
    x, y = np.meshgrid(np.arange(columns) / FINE, np.arange(rows) / FINE)
    uv = mouth.axes.local(np.stack([x, y], -1) + corner)
    rgb = np.asarray(large)
    opening = _opening(uv, mouth)
    tooth = _toothlike(rgb, opening)
    if (tooth * opening).sum() < ENOUGH * opening.sum():
        return None
    share = (255 * tooth * opening + 0.5).astype(np.uint8)
    return Teeth(np.dstack([rgb, share]), corner.astype(np.float64), mouth.axes)


def _opening(uv: Array, mouth: Mouth) -> Array:
    """1 between the lips, softly 0 on them."""
    u, v = uv[..., 0], uv[..., 1]
    soft = 1.5 / mouth.axes.unit
    above = v - np.interp(u, TABLE, mouth.upper_in)
    below = np.interp(u, TABLE, mouth.lower_in) - v
    return smoothstep(0, soft, above) * smoothstep(0, 2 * soft, below)


def _toothlike(rgb: Pixels, opening: Array) -> Array:
    """Bright and pale, against the brightest in the opening: neither dark, gum nor tongue."""
    colour = rgb.astype(np.float64)
    within = opening > 0.5
    if not within.any():
        return np.zeros_like(opening)
    green = colour[..., 1]
    white = max(float(np.percentile(green[within], 92)), 1.0)
    redness = (colour[..., 0] - green) / np.maximum(colour[..., 0], 1)
    return smoothstep(0.35, 0.60, green / white) * smoothstep(0.45, 0.30, redness)
