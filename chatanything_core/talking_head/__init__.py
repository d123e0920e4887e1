"""Bring a portrait to life: plan what a face does, and play it on any portrait."""

from ..registry import Registry
from .base import Actor, Head
from .loudness import levels
from .planning import check_amounts, check_fps, frame_count, idle_motion, plan_motion
from .records import NATURAL, Amounts, Motion

__all__ = [
    "NATURAL",
    "Actor",
    "Amounts",
    "Head",
    "Motion",
    "check_amounts",
    "check_fps",
    "frame_count",
    "heads",
    "idle_motion",
    "levels",
    "plan_motion",
]

heads: Registry[Head] = Registry("head")
"""Engines that play a motion on a portrait."""


def _warp() -> Head:
    from .warp import WarpHead

    return WarpHead()


heads.add("warp", _warp, about="bends the portrait by its landmarks; any face, any CPU, offline")
