"""The talking heads; the first needs no model."""

from ..registry import Registry
from .base import Head

heads: Registry[Head] = Registry("head")
"""Engines that play a motion, or a sound, on a portrait."""


def _warp() -> Head:
    from .warp import WarpHead

    return WarpHead()


heads.add("warp", _warp, about="bends the portrait by its landmarks; any face, any CPU, offline")
