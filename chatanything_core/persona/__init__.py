"""Write a character from a bare concept."""

from .checking import check_concept, check_language, check_text, emotion_of
from .reading import read_concept
from .records import (
    EMOTIONS,
    KINDS,
    NEUTRAL,
    Emotion,
    EmotionName,
    Persona,
    Provenance,
    Reading,
    VoiceTraits,
)
from .serial import persona_from_json, persona_to_json
from .writing import write_persona, writers

__all__ = [
    "EMOTIONS",
    "KINDS",
    "NEUTRAL",
    "Emotion",
    "EmotionName",
    "Persona",
    "Provenance",
    "Reading",
    "VoiceTraits",
    "check_concept",
    "check_language",
    "check_text",
    "emotion_of",
    "persona_from_json",
    "persona_to_json",
    "read_concept",
    "write_persona",
    "writers",
]
