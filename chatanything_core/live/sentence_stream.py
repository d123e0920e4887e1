"""Whole sentences out of a text that is still being written."""

import re
from collections.abc import Iterator

from ..llm.sentences import sentences
from ..llm.text_length import word_count

_LOOKS_WHOLE = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*|[。！？][」』”’]*)\s*$")
_CLAUSE = re.compile(r"[,;:—–]\s+")
LONG = 24
"""Words after which a first sentence without an end is begun at a clause."""
SHORTEST_CLAUSE = 8
"""Words that such a beginning has at least: less would be a melody of its own."""


class SentenceStream:
    """Cuts where `sentences` cuts the whole text.

    What follows a stop decides whether a sentence ends there ("98.6", "Dr. Brown", "Wait... what"),
    so a sentence is given out when the next one has begun. The last one is never given out.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._held = ""
        self._given = 0

    @property
    def guess(self) -> str:
        """What is held, when it looks like a whole sentence; it may be spoken ahead."""
        return self._held.strip() if _LOOKS_WHOLE.search(self._held) else ""

    def feed(self, piece: str) -> Iterator[str]:
        """Sentences that are whole now that `piece` has come."""
        self._held += piece
        *whole, last = sentences(self._held, self._language) or [""]
        # "I" alone may become "It", before which other rules hold.
        if whole and len(last) < 2:
            last = whole.pop() + last
        self._held = last
        for sentence in whole:
            yield from self._given_out(sentence)
        if not self._given and (beginning := _beginning(self._held)):
            self._held = self._held[len(beginning) :]
            yield from self._given_out(beginning)

    def _given_out(self, sentence: str) -> Iterator[str]:
        if sentence.strip():
            self._given += 1
            yield sentence.strip()


def _beginning(text: str) -> str:
    """The clauses with which a very long sentence may begin to be spoken."""
    if word_count(text) < LONG:
        return ""
    ends = [match.end() for match in _CLAUSE.finditer(text)]
    long = (text[:end] for end in ends if word_count(text[:end]) >= SHORTEST_CLAUSE)
    return next(long, "")
