"""All silhouettes, by name, and which noun wears which."""

from .base import Body, Part
from .casting import BODIES, body_for, colour_of, known_nouns, words_of

__all__ = ["BODIES", "Body", "Part", "body_for", "colour_of", "known_nouns", "words_of"]
