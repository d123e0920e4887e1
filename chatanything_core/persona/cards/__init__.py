"""Character cards that other programs read: Tavern V1, V2 and V3, JSON, PNG and CHARX."""

from .card_versions import Card, as_v2, as_v3, checked, version
from .convert import card_of_persona, persona_of_card
from .files.card_files import PICTURES, SUFFIXES, load_card, save_card, save_card_png

__all__ = [
    "PICTURES",
    "SUFFIXES",
    "Card",
    "as_v2",
    "as_v3",
    "card_of_persona",
    "checked",
    "load_card",
    "persona_of_card",
    "save_card",
    "save_card_png",
    "version",
]
