"""Names of icons and words of concepts in one form: lower case, singular, split into words."""

import re

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
