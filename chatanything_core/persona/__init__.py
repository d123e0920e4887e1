"""Write a character from a bare concept."""

from .checks import check_concept, check_language, check_unicode, emotion_of
from .offline.concept_parser import read_concept
from .offline.read_persona import reading_of
from .persona_json import persona_from_json, persona_to_json
from .records import (
    EMOTIONS,
    KINDS,
    NEUTRAL,
    Attribute,
    Emotion,
    EmotionName,
    Persona,
    Provenance,
    Reading,
    VoiceTraits,
)
from .registry import writers
from .write import persona_question, write_persona

__all__ = [
    "EMOTIONS",
    "KINDS",
    "NEUTRAL",
    "Attribute",
    "Emotion",
    "EmotionName",
    "Persona",
    "Provenance",
    "Reading",
    "VoiceTraits",
    "check_concept",
    "check_language",
    "check_unicode",
    "emotion_of",
    "persona_from_json",
    "persona_question",
    "persona_to_json",
    "read_concept",
    "reading_of",
    "write_persona",
    "writers",
]
