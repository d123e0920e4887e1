"""What a message means: the intents that it holds."""

import re
from dataclasses import dataclass

from .phrasebook import LANGUAGES, Intent, Phrasebook, about, intents, phrasebook

_MOST = 0.6
"""Share of a message in another language that a pattern must take up."""


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

    A message that says nothing in the language of `book` is heard in the other ones, by patterns
    that take up most of it.
    """
    if heard := _heard_in(message, book, 0.0):
        return heard
    others = (phrasebook(code) for code in LANGUAGES if code != book.code)
    return next(filter(None, (_heard_in(message, other, _MOST) for other in others)), ())


def _heard_in(message: str, book: Phrasebook, share: float) -> tuple[Heard, ...]:
    """The intents whose patterns take up at least `share` of the message."""
    bare = book.bare(message)
    least = share * len(bare)
    found: list[tuple[Heard, re.Match[str]]] = []
    for intent in intents():
        match = book.asks[intent.name].search(bare)
        if (
            match
            and len(match[0]) >= least
            and not any(_overlap(match, other) for _, other in found)
        ):
            found.append((Heard(intent, match.start(), about(match)), match))
    return tuple(heard for heard, _ in found)


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()
