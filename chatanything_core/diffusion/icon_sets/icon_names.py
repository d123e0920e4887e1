"""Names of icons and words of concepts in one form: lower case, singular, split into words."""

import json
import re
from pathlib import Path

from .records import Name

_ENDS = (
    ("ies", "y"),
    ("ves", "f"),
    ("oes", "o"),
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
)
_ROWS = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
WORDS: dict[str, frozenset[str]] = {
    row: frozenset(_ROWS[row].split())
    for row in ("people", "before", "after", "mistaken", "parts of bodies")
}
"""Words that decide which icon shows a thing: see the file."""
OTHER_NAMES: dict[str, str] = _ROWS["others"]
"""What a thing is called in sets that do not have its usual name."""
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile("['’]")
_KEPT = ("ss", "us", "is")
"""Endings whose s is no plural."""


def name_of_words(text: str) -> Name:
    """The words of a name.

    >>> name_of_words("Lotus-flowers")
    ('lotus', 'flower')
    """
    return tuple(singular(word) for word in _WORD.findall(_APOSTROPHE.sub("", text.lower())))


def singular(word: str) -> str:
    """The singular of an English noun by its ending; other words as they are."""
    for many, one in _ENDS:
        if word.endswith(many) and len(word) > len(many) + 1:
            return word[: -len(many)] + one
    plural = word.endswith("s") and not word.endswith(_KEPT) and len(word) > 3
    return word[:-1] if plural else word
