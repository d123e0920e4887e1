"""What is behind: a softly lit cove in a colour that lets the subject stand out."""

import numpy as np

from .relief import Array, blur


def studio(
    size: tuple[int, int], wall: Array, floor: Array | None, glow: tuple[float, float]
) -> Array:
    """Linear RGB, shape (H, W, 3): a wall that brightens behind the subject, and a floor.

    `floor` None leaves the wall down to the lower edge; `glow` is the centre of brightness in
    pixels. The line between wall and floor is out of focus.
    """
    w, h = size
    unit = min(w, h) / 2
    x = (np.arange(w, dtype=np.float32)[None, :] + 0.5 - glow[0]) / unit
    y = (np.arange(h, dtype=np.float32)[:, None] + 0.5 - glow[1]) / unit
    light = 0.62 + 0.62 * np.exp(-(x * x + y * y) / 1.1)
    picture = wall * light[..., None]
    if floor is not None:
        line = h / 2 + 0.60 * unit
        rows = np.arange(h, dtype=np.float32)[:, None] + 0.5
        mix = np.clip((rows - line) / (0.16 * unit) + 0.5, 0, 1)
        mix = mix * mix * (3 - 2 * mix)
        near = 0.70 + 0.45 * np.exp(-x * x / 1.2) * np.clip((rows - line) / unit + 0.6, 0, 1)
        picture = picture + (floor * near[..., None] - picture) * mix[..., None]
    return picture.astype(np.float32)


def ground_shadow(picture: Array, centre: tuple[float, float], width: float) -> None:
    """Darken the floor under a body that stands at `centre`, `width` pixels wide, in place."""
    h, w, _ = picture.shape
    for spread, amount in ((1.15, 0.35), (0.9, 0.45)):
        x = (np.arange(w, dtype=np.float32)[None, :] + 0.5 - centre[0]) / (width / 2 * spread)
        y = (np.arange(h, dtype=np.float32)[:, None] + 0.5 - centre[1]) / (
            width / 2 * spread * 0.20
        )
        spot = np.clip(1.15 - np.sqrt(x * x + y * y), 0, 1)
        picture *= (1 - amount * blur(spot * spot * (3 - 2 * spot), width * 0.012))[..., None]
