"""What a message means: the intents that it holds."""

import re
from dataclasses import dataclass

from .phrasebook import LANGUAGES, Intent, Phrasebook, about, intents, phrasebook


@dataclass(frozen=True)
class Heard:
    """An intent, and where it was found."""

    intent: Intent
    start: int
    """Index in the bare message."""
    x: str = ""
    """What it is about, when the pattern holds that: "cats" in "do you like cats"."""


def listen(message: str, book: Phrasebook) -> tuple[Heard, ...]:
    """What is meant, the most important first; what is found inside another is left out.

    A message that says nothing in the language of `book` is heard in the other ones.
    """
    for code in dict.fromkeys((book.code, *LANGUAGES)):
        if heard := _heard_in(message, phrasebook(code)):
            return heard
    return ()


def _heard_in(message: str, book: Phrasebook) -> tuple[Heard, ...]:
    bare = book.bare(message)
    found: list[tuple[Heard, re.Match[str]]] = []
    for intent in intents():
        match = book.asks[intent.name].search(bare)
        if match and not any(_overlap(match, other) for _, other in found):
            found.append((Heard(intent, match.start(), about(match)), match))
    return tuple(heard for heard, _ in found)


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()
