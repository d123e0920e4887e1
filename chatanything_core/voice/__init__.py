"""Mixture of Voices: choose, blend and speak; and say when each sound falls."""

from .mouth import mouth_track
from .records import (
    VISEMES,
    MouthTrack,
    Phone,
    Shaping,
    Speech,
    Timeline,
    Viseme,
    Voice,
    VoiceCard,
    Word,
)
from .timeline import timeline_from_json, timeline_to_json
from .visemes import visemes_of

__all__ = [
    "VISEMES",
    "MouthTrack",
    "Phone",
    "Shaping",
    "Speech",
    "Timeline",
    "Viseme",
    "Voice",
    "VoiceCard",
    "Word",
    "mouth_track",
    "timeline_from_json",
    "timeline_to_json",
    "visemes_of",
]
