"""Sounds that are written without a vowel, and that letters would be spelled for."""

import re

from .rewrite import Rule
from .vocabulary import Vocabulary

_SOUNDS = {
    "humph": r"h+r?u?m+p+[hf]+|m+p+h+|h+m+f+",
    "hmm": r"h+m+|m{2,}h?|m+h+m+|h+r+m+|m{2,}-?h+m+",
    "tsk": r"t+c+h+|t+s+k*|t+s+s+",
    "puff": r"p+f+h?|p+h{2,}|f{2,}",
    "puft": r"p+f+t+",
    "burr": r"b+r{2,}",
    "gurr": r"g+r{2,}",
    "shush": r"s+h{2,}|s{2,}h+|c+h{2,}|s+ch{2,}|p+s+h+|s+c+h+t+|p+s+c+h+t+",
    "zuzz": r"z{3,}",
    "buzz": r"b+z{2,}t?",
    "urr": r"r{3,}",
    "suss": r"s{3,}",
    "psst": r"p+s+t+",
    "ung": r"n+g+h+|h+n+g+|n{3,}",
}
"""How such sounds are written, whatever the language."""


def sound_rules(words: Vocabulary) -> list[Rule]:
    """Each sound respelled so that whoever reads letters makes it.

    Units ("5 mm") and what is all capitals ("PST") are no sounds, except with a mark of shouting.
    """

    def rule(name: str, pattern: str) -> Rule:
        spelled = words.interjections[name]
        found = re.compile(rf"(?<![\w.])(?<!\d )(?:{pattern})(?![\w])", re.IGNORECASE)
        return found, lambda match: match[0] if _is_acronym(match[0]) else spelled

    return [rule(name, pattern) for name, pattern in _SOUNDS.items() if name in words.interjections]


def _is_acronym(sound: str) -> bool:
    return sound.isupper() and len(sound) <= 3 and len(set(sound)) > 1
