"""Mixture of Voices: choose, blend and speak; and say when each sound falls."""

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
]
