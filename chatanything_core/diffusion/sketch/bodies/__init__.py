"""All silhouettes and hats, by name, and which noun has which silhouette."""

from .base import Body, Hat, Mark, Part
from .choose_body import (
    ACCESSORIES,
    BODIES,
    CLOTHES,
    HAIRS,
    HATS,
    body_for,
    colour_of,
    has_own_body,
    known_nouns,
    noun_drawn,
    words_of,
)
from .load import load_body

__all__ = [
    "ACCESSORIES",
    "BODIES",
    "CLOTHES",
    "HAIRS",
    "HATS",
    "Body",
    "Hat",
    "Mark",
    "Part",
    "body_for",
    "colour_of",
    "has_own_body",
    "known_nouns",
    "load_body",
    "noun_drawn",
    "words_of",
]
