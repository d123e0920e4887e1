"""Bring a portrait to life: plan what a face does, and play it on any portrait."""

from .base import Head, PreparedPortrait, notes_of
from .lead_in import with_lead_in
from .loudness import loudness_levels
from .plan_motion import check_amounts, check_fps, frame_count, idle_motion, plan_motion
from .plan_speech import LEAD, TAIL, plan_speech
from .records import NATURAL, Amounts, EmotionChange, Motion
from .registry import heads
from .video_prompt import FRAME_RULES, FrameRule, acting_prompt, frames_for

__all__ = [
    "FRAME_RULES",
    "LEAD",
    "NATURAL",
    "TAIL",
    "Amounts",
    "EmotionChange",
    "FrameRule",
    "Head",
    "Motion",
    "PreparedPortrait",
    "acting_prompt",
    "check_amounts",
    "check_fps",
    "frame_count",
    "frames_for",
    "heads",
    "idle_motion",
    "loudness_levels",
    "notes_of",
    "plan_motion",
    "plan_speech",
    "with_lead_in",
]
