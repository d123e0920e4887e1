"""Which words of a phrase mean what on a person: the tables of words.json, longest words first."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LONGEST = 5
"""Words of the longest term."""
_WORD = re.compile(r"[\w']+")


@dataclass(frozen=True)
class Term:
    """A term that was found in a phrase."""

    table: str
    """Name of its table in words.json."""
    name: str
    """Its entry there: a drawing, a colour, a style."""
    start: int
    """Its first word in the phrase."""
    end: int
    """The word after its last."""


@cache
def tables() -> dict[str, Any]:
    """The tables by name."""
    data: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
    return data


def words_in(phrase: str) -> tuple[str, ...]:
    """The words of a phrase in lower case; "red-haired" is two.

    >>> words_in("Red-haired, with a baker's hat")
    ('red', 'haired', 'with', 'a', "baker's", 'hat')
    """
    return tuple(_WORD.findall(phrase.lower().replace("’", "'")))


@cache
def lookup(table: str) -> dict[tuple[str, ...], str]:
    """The words of every term of a table, and the entry that they mean."""
    return {
        tuple(words_in(term)): entry
        for entry, said in _rows(table)
        for term in (*said.split(","), *((entry,) if table not in _COLOURED else ()))
        if term.strip()
    }


_COLOURED = ("hair colour", "skin", "eyes")
"""Tables whose entries are colours, not words."""


def _rows(table: str) -> Iterator[tuple[str, str]]:
    data = tables()[table]
    if table == "looks":
        for row in data:
            yield row["words"].split()[0], row["also"]
    elif table == "origins":
        for number, row in enumerate(data):
            yield str(number), row["words"]
    else:
        for entry, said in data.items():
            yield entry, said["words"] if isinstance(said, dict) else said


def terms(words: tuple[str, ...], names: tuple[str, ...]) -> list[Term]:
    """The terms of several tables in a phrase, in its order, none overlapping another."""
    taken: set[int] = set()
    found: list[Term] = []
    for size in range(min(LONGEST, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            span = range(start, start + size)
            entry = _entry(words[start : start + size], names)
            if entry and taken.isdisjoint(span):
                taken |= set(span)
                found.append(Term(*entry, start, start + size))
    return sorted(found, key=lambda term: term.start)


def _entry(words: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, str] | None:
    """The table and entry of exactly these words, also where the last is a plural."""
    forms = (words, (*words[:-1], words[-1].removesuffix("s")))
    for name in names:
        for form in forms:
            if form in lookup(name):
                return name, lookup(name)[form]
    return None
