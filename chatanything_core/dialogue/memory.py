"""Facts about the user: kept once each, and chosen when not all of them fit."""

import re
from collections.abc import Iterable

from ..llm.text_length import tokens

MAX_FACTS = 200
"""More are not kept; the oldest that the user did not write in would go first."""
_WORD = re.compile(r"\w{3,}")


def learned(memory: tuple[str, ...], facts: Iterable[str]) -> tuple[str, ...]:
    """Those of `facts` that `memory` does not hold yet, in one line each.

    >>> learned(("The user is Ada.",), ["the user is ada", "The user likes tea."])
    ('The user likes tea.',)
    """
    known = {_bare(fact) for fact in memory}
    fresh: dict[str, str] = {}
    for fact in facts:
        line = " ".join(fact.split())
        if _bare(line) and _bare(line) not in known:
            fresh.setdefault(_bare(line), line)
    return tuple(fresh.values())


def recalled(memory: tuple[str, ...], message: str, room: int) -> list[str]:
    """Facts that fit into `room` tokens: all of them, or first those that the message touches."""
    asked = _words(message)
    order = sorted(range(len(memory)), key=lambda i: (-len(asked & _words(memory[i])), i))
    chosen, left = [], room
    for index in order:
        left -= tokens(memory[index]) + 1
        if left < 0:
            break
        chosen.append(index)
    return [memory[index] for index in sorted(chosen)]


def named_user(memory: tuple[str, ...]) -> str:
    """The user's name, when they said it.

    >>> named_user(("The user likes tea.", "The user's name is Ada."))
    'Ada'
    """
    names = (re.match(r"The user's name is (\w[\w' -]*)\.?$", fact) for fact in memory)
    return next((name[1] for name in names if name), "")


def _bare(fact: str) -> str:
    return re.sub(r"\W+", " ", fact).strip().casefold()


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
