"""Fill frames with the words of a record, never saying a sentence of this conversation again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from ..records import History
from .phrasebook import Phrasebook
from .prose import split_sentences

_PLACE = re.compile(r"\{([a-z]+)(\d?)\}")
_REMEMBERED = 40
"""Turns back in which no sentence may have been said."""
_TRIES = 4
"""Fillings that are tried of each frame."""
_QUOTES = '"“”„«»「」『』“” '


@dataclass(frozen=True)
class Frames:
    """What can be said now."""

    book: Phrasebook
    values: dict[str, tuple[str, ...]]
    """Words for each place."""
    said: frozenset[str]
    """Sentences of the conversation so far, in the form of `_plain`."""
    random: np.random.Generator

    def fresh(self, *tiers: Iterable[str], **values: str) -> str:
        """A line of the first tier that has one of which no sentence was said yet, filled.

        Empty when there is none.
        """
        given = {**self.values, **{name: (value,) for name, value in values.items() if value}}
        for lines in map(list, tiers):
            for index in self.random.permutation(len(lines)):
                for _ in range(_TRIES):
                    text = self._filled(lines[index], given)
                    if text and not self.said & sentence_keys(text):
                        return text
        return ""

    def after(self, text: str) -> "Frames":
        """The same, when `text` is said first."""
        return replace(self, said=self.said | sentence_keys(text))

    def _filled(self, line: str, given: dict[str, tuple[str, ...]]) -> str:
        """The line with its places filled; empty when a word is missing for one of them."""
        drawn: dict[str, list[str]] = {}
        missing = False

        def word(place: re.Match[str]) -> str:
            nonlocal missing
            name = place[1]
            if name not in drawn:
                drawn[name] = [str(v) for v in self.random.permutation(given.get(name, ()))]
            number = int(place[2] or 1) - 1
            missing = missing or number >= len(drawn[name])
            return "" if missing else drawn[name][number]

        text = _PLACE.sub(word, line)
        return "" if missing else _capitals(text)


def frames(
    book: Phrasebook,
    values: dict[str, tuple[str, ...]],
    history: History,
    random: np.random.Generator,
) -> Frames:
    """The frames of a conversation as it stands."""
    replies = [turn.reply for turn in history.turns[-_REMEMBERED:]]
    said = frozenset(key for reply in replies for key in sentence_keys(reply))
    return Frames(book, values, said, random)


def sentence_keys(text: str) -> frozenset[str]:
    """The sentences of a text without case, marks and quotation marks."""
    return frozenset(filter(None, map(_plain, split_sentences(text))))


def _plain(sentence: str) -> str:
    return re.sub(r"[\W_]+", " ", sentence.strip(_QUOTES)).strip().casefold()


def _capitals(text: str) -> str:
    return re.sub(
        r"(^[¿¡«„“\"]*\s?|[.!?] [¿¡«„“\"]*)([^\W\d_])", lambda m: m[1] + m[2].upper(), text
    )
