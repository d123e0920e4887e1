"""Write a character from a bare concept."""

from .records import EMOTIONS, Emotion, EmotionName, Persona, Provenance, VoiceTraits

__all__ = ["EMOTIONS", "Emotion", "EmotionName", "Persona", "Provenance", "VoiceTraits"]
