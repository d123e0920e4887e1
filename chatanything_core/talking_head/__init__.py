"""Bring a portrait to life: plan what a face does, and play it on any portrait."""

from .base import Actor, Head
from .loudness import levels
from .plan_motion import check_amounts, check_fps, frame_count, idle_motion, plan_motion
from .records import NATURAL, Amounts, Motion
from .registry import heads

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
