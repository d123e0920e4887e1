"""Bring a portrait to life: plan what a face does, and play it on any portrait."""

from .base import Head, PreparedPortrait
from .lead_in import with_lead_in
from .loudness import loudness_levels
from .plan_motion import check_amounts, check_fps, frame_count, idle_motion, plan_motion
from .plan_speech import LEAD, TAIL, plan_speech
from .records import NATURAL, Amounts, EmotionChange, Motion
from .registry import heads

__all__ = [
    "LEAD",
    "NATURAL",
    "TAIL",
    "Amounts",
    "EmotionChange",
    "Head",
    "Motion",
    "PreparedPortrait",
    "check_amounts",
    "check_fps",
    "frame_count",
    "heads",
    "idle_motion",
    "loudness_levels",
    "plan_motion",
    "plan_speech",
    "with_lead_in",
]
