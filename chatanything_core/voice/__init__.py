"""Mixture of Voices: choose, blend and speak; and say when each sound falls."""

from .base import VoiceEngine
from .mixture.choose_engine import AUTO, choose_engine
from .mixture.choose_voice import choose_voice
from .mixture.presets import PRESETS, check_preset, with_preset
from .mixture.targets import with_adjustments
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
from .registry import voices
from .signal.audio_files import load_audio, open_audio, save_wav
from .signal.downmix import to_mono
from .signal.measure import Measures, measure
from .signal.resample import at_rate
from .speak import check_voice, speak
from .text.markup import check_spoken_text
from .timeline import delayed, timeline_from_json, timeline_to_json
from .timing.coarticulation import mouth_track
from .timing.timeline_of import timeline_of
from .visemes import visemes_of
from .voice_cards import known_voices

__all__ = [
    "AUTO",
    "PRESETS",
    "VISEMES",
    "Measures",
    "MouthTrack",
    "Phone",
    "Shaping",
    "Speech",
    "Timeline",
    "Viseme",
    "Voice",
    "VoiceCard",
    "VoiceEngine",
    "Word",
    "at_rate",
    "check_preset",
    "check_spoken_text",
    "check_voice",
    "choose_engine",
    "choose_voice",
    "delayed",
    "known_voices",
    "load_audio",
    "measure",
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
    "with_adjustments",
    "with_preset",
]
