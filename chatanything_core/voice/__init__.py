"""Mixture of Voices: choose, blend and speak; and say when each sound falls."""

from .audio import load_audio, open_audio, save_wav
from .downmix import to_mono
from .engines import voices
from .matcher import choose_voice
from .model_files import look_in
from .mouth import mouth_track
from .presets import PRESETS
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
from .speaking import speak
from .timeline import timeline_from_json, timeline_to_json
from .timing import timeline_of
from .traits import adjusted
from .visemes import visemes_of

__all__ = [
    "PRESETS",
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
    "adjusted",
    "choose_voice",
    "load_audio",
    "look_in",
    "mouth_track",
    "open_audio",
    "save_wav",
    "speak",
    "timeline_from_json",
    "timeline_of",
    "timeline_to_json",
    "to_mono",
    "visemes_of",
    "voices",
]
