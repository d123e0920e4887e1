"""A long text in pieces that an engine takes at once."""

import re
from collections.abc import Iterator

from ...llm.sentences import sentences

_CLAUSE = re.compile(r"(?<=[,;:—–、，；：])\s*")


def chunks(text: str, limit: int, language: str) -> list[str]:
    """Whole sentences in pieces of at most `limit` characters.

    A longer sentence is cut at a clause, else between words, else anywhere.

    >>> chunks("One two. Three four. Five.", 20, "en")
    ['One two. Three four.', 'Five.']
    """
    if len(text) <= limit:
        return [text]
    packed: list[str] = []
    whole = (sentence.strip() for sentence in sentences(text, language))
    for piece in (p for sentence in whole for p in _cut(sentence, limit)):
        if packed and len(packed[-1]) + 1 + len(piece) <= limit:
            packed[-1] = f"{packed[-1]} {piece}"
        else:
            packed.append(piece)
    return packed


def _cut(sentence: str, limit: int) -> Iterator[str]:
    """Pieces of at most `limit` characters, cut where a speaker would breathe."""
    while len(sentence) > limit:
        clauses = [match.start() for match in _CLAUSE.finditer(sentence, 1, limit + 1)]
        at = clauses[-1] if clauses else sentence.rfind(" ", 1, limit + 1)
        at = at if at > 0 else limit
        yield sentence[:at].strip()
        sentence = sentence[at:].strip()
    if sentence:
        yield sentence
