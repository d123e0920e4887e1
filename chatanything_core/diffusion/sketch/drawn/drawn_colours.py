"""The colours of a drawing: which is commonest, here or anywhere, and what a word makes of it."""

import numpy as np
import numpy.typing as npt

from ..palette import luminance
from ..surface.relief import Array
from .page import Page

STEPS = 6
"""Levels of each channel by which colours are counted."""
HUE = 0.25
"""How far a colour's hue may be from the commonest one to change with it."""


def common_colour(page: Page, place: "npt.NDArray[np.float64] | Array | None" = None) -> Array:
    """The commonest colour, linear RGB (3,); what lies in `place` counts more.

    `place`, of the page's shape in [0, 1], is an oval: where only half of it is covered, its
    colours say half as much, so that a harp's strings do not colour its face.
    """
    solid = page.alpha > 0.7
    if solid.sum() < 30:
        solid = page.alpha > 0.2
    colours = page.rgb[solid]
    levels = (np.sqrt(colours) * (STEPS - 0.01)).astype(int)
    keys = levels @ np.array([STEPS * STEPS, STEPS, 1])
    counts = np.bincount(keys, minlength=STEPS**3) / len(keys)
    if place is not None:
        weight = np.asarray(place)[solid]
        near = np.bincount(keys, weights=weight, minlength=STEPS**3)
        counts = counts + 3 * near / max(float(np.asarray(place).sum()), 1.0)
    best = keys == int(np.argmax(counts))
    if place is not None and float(np.asarray(place)[solid][best].sum()) > 20:
        best = best & (np.asarray(place)[solid] > 0.5)
    return np.asarray(colours[best].mean(0) if best.any() else colours.mean(0), np.float32)


def recolour(page: Page, colour: Array) -> Page:
    """The commonest colour and all its shades become `colour`, linear RGB (3,)."""
    main = common_colour(page)
    light = page.rgb @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    near = np.clip(1.6 - np.abs(_hue(page.rgb) - _hue(main)).sum(-1) / HUE, 0, 1)[..., None]
    shade = (light / max(luminance(main), 0.02))[..., None] ** np.float32(0.8)
    new = np.clip(colour * shade, 0, 1)
    return Page(np.asarray(page.rgb + (new - page.rgb) * near, np.float32), page.alpha)


def _hue(colour: Array) -> Array:
    return np.asarray(colour / np.maximum(colour.sum(-1, keepdims=True), 1e-3))


def as_hex(colour: Array) -> str:
    """Linear RGB (3,) as rrggbb, see `canvas.linear`."""
    levels = (np.sqrt(np.clip(colour, 0, 1)) * 255 + 0.5).astype(int)
    return "".join(f"{level:02x}" for level in levels)
