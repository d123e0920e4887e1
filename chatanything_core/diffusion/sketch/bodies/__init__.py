"""All silhouettes and hats, by name, and which noun has which silhouette."""

from .base import Body, Hat, Part
from .choose_body import BODIES, HATS, body_for, colour_of, known_nouns, people, words_of
from .load import load_body

__all__ = [
    "BODIES",
    "HATS",
    "Body",
    "Hat",
    "Part",
    "body_for",
    "colour_of",
    "known_nouns",
    "load_body",
    "people",
    "words_of",
]
