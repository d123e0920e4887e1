"""What is seen between open lips: dark, tongue and teeth, lit as the portrait is.

The upper teeth hang on the skull and the lower teeth and the tongue lie on the jaw, so an
opening mouth uncovers them instead of stretching them. Lengths are in half mouth widths.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .geometry import Axes, at
from .mouth import Lips

Field = npt.NDArray[np.float32]
ENAMEL = np.array([240, 232, 216], np.float32)
FLESH = np.array([196, 92, 92], np.float32)
UPPER_TEETH = 0.24
"""Visible height of the upper front teeth below the resting lip line."""
LOWER_TEETH = 0.10


@dataclass(frozen=True, eq=False)
class Light:
    """How bright and how tinted things in the mouth are."""

    dark: Field
    """RGB of the depth of the mouth, shape (3,)."""
    white: Field
    """Factor on enamel and flesh, RGB, shape (3,)."""


def step(low: float, high: float, x: Field) -> Field:
    """Smoothstep in single precision."""
    t = np.clip((x - np.float32(low)) * np.float32(1 / (high - low)), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def cover(above: Field, below: Field, pixels: float) -> Field:
    """Share of a pixel that lies below `above` lengths and above `below` lengths.

    `above` is the distance down from the upper edge, `below` up from the lower edge, both in
    units of `pixels` pixels; a closed pair of lips has no share at all.
    """
    a, b = above * np.float32(pixels), below * np.float32(pixels)
    return np.asarray(np.clip(np.minimum(a, 0.5) + np.minimum(b, 0.5), 0, 1))


def paint_cavity(
    frame: npt.NDArray[np.uint8],
    uv: Field,
    lips: Lips,
    axes: Axes,
    light: Light,
    *,
    rest: float,
    tongue: float,
    rounding: float,
) -> None:
    """Paint the inside of the mouth into `frame` (h, w, 4), whose pixels lie at `uv` (h, w, 2)."""
    u, v = uv[..., 0], uv[..., 1]
    top, bottom = at(lips.upper, u), at(lips.lower, u)
    share = cover(v - top, bottom - v, axes.unit / 1.4)
    share *= cover(u - np.float32(lips.left), np.float32(lips.right) - u, axes.unit / 1.4)
    if not share.any():
        return
    half = max((lips.right - lips.left) / 2, 0.1)
    s = np.clip((u - np.float32((lips.left + lips.right) / 2)) * np.float32(1 / half), -1, 1)
    inside = _inside(s, u, v, top, bottom, light, rest, lips.jaw, tongue, rounding)
    share = share[..., None]
    rgb = frame[..., :3]
    rgb[:] = (rgb * (1 - share) + np.clip(inside, 0, 255) * share + 0.5).astype(np.uint8)


def _inside(
    s: Field,
    u: Field,
    v: Field,
    top: Field,
    bottom: Field,
    light: Light,
    rest: float,
    jaw: float,
    tongue: float,
    rounding: float,
) -> Field:
    """RGB of the inside of the mouth, (h, w, 3) in [0, 255]."""
    side = 1 - np.float32(0.6) * s * s
    rgb = np.empty((*u.shape, 3), np.float32)
    rgb[:] = light.dark
    back = rest + jaw - 0.16 - 0.42 * tongue * max(jaw, 0.15)
    crown = v - np.float32(back) - np.float32(0.35) * u * u
    groove = 1 - np.float32(0.16) * np.exp(-((u / np.float32(0.07)) ** 2))
    _over(rgb, FLESH * light.white, step(-0.05, 0.07, crown), (0.55 + 0.45 * side) * groove * 0.85)
    low = np.float32(rest + jaw - LOWER_TEETH) + np.float32(0.10) * u * u
    shown = (
        step(0.0, 0.03, v - low) * step(0.78, 0.55, np.abs(s)) * np.float32(0.7 * (1 - rounding))
    )
    _over(rgb, ENAMEL * light.white, shown, side * _gaps(u, 0.13) * 0.72)
    edge = np.float32(rest + UPPER_TEETH) - np.float32(0.10) * u * u
    shown = (
        step(-0.015, 0.02, edge - v) * step(0.97, 0.74, np.abs(s)) * np.float32(1 - 0.75 * rounding)
    )
    _over(
        rgb,
        ENAMEL * light.white,
        shown,
        side * _gaps(u, 0.19) * (0.80 + 0.20 * step(0.0, 0.2, v - top)),
    )
    shade = 0.45 + 0.55 * step(0.0, 0.16, v - top)
    shade *= 0.70 + 0.30 * step(0.0, 0.10, bottom - v)
    return np.asarray(rgb * shade[..., None])


def _over(rgb: Field, colour: Field, share: Field, shade: Field) -> None:
    rgb += (colour * shade[..., None] - rgb) * share[..., None]


def _gaps(u: Field, width: float) -> Field:
    """Faint dark lines between teeth that are `width` wide."""
    off = np.abs((u * np.float32(1 / width)) % 1 - np.float32(0.5)) * 2
    return np.asarray(1 - np.float32(0.12) * step(0.84, 1.0, off))
