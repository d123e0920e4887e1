"""Whole sentences out of a text that is still being written."""

import re
from collections.abc import Iterator

from ..llm.sentences import sentences
from ..llm.text_length import word_count

_LOOKS_WHOLE = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*|[。！？][」』”’]*)\s*$")
_FIRST_WORD = re.compile(r"\w+")
_UNSURE = re.compile(r"(?:\d|\b\w)\.\s*$")
_OPENED = re.compile(r"(?<=\s)[\"'“‘«„]+\s*$")
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
        if whole and (opened := _OPENED.search(whole[-1])):
            # Not yet closed, a quotation is taken for the end of what is before it.
            whole[-1], last = whole[-1][: opened.start()], opened[0] + last
        if whole and not _has_begun(last, whole[-1]):
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


def _has_begun(sentence: str, before: str) -> bool:
    """Whether enough of a sentence is there to be sure that the one before it has ended.

    "T" may become an initial or "Tolkien", and "I" may become "It"; after "3." or "R." the whole
    next word decides.
    """
    word = _FIRST_WORD.search(sentence)
    if not word:
        return False
    if word.end() < len(sentence) or not word[0].isascii():
        return True
    return len(word[0]) > 1 and not _UNSURE.search(before)


def _beginning(text: str) -> str:
    """The clauses with which a very long sentence may begin to be spoken."""
    if word_count(text) < LONG:
        return ""
    ends = [match.end() for match in _CLAUSE.finditer(text)]
    long = (text[:end] for end in ends if word_count(text[:end]) >= SHORTEST_CLAUSE)
    return next(long, "")
