"""Write a character from a bare concept."""

from .reading import read_concept
from .records import (
    EMOTIONS,
    KINDS,
    Emotion,
    EmotionName,
    Persona,
    Provenance,
    Reading,
    VoiceTraits,
)

__all__ = [
    "EMOTIONS",
    "KINDS",
    "Emotion",
    "EmotionName",
    "Persona",
    "Provenance",
    "Reading",
    "VoiceTraits",
    "read_concept",
]
