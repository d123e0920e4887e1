"""The words of each language that figures and signs are said with."""

import json
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Vocabulary:
    """What one language says for what is not written as words; empty where it has nothing."""

    code: str
    """Its first subtag, such as `en`."""
    link: str = "{0}"
    """What is said of an address on the web; {0} is its host."""
    dot: str = "."
    at: str = "@"
    number: str = ""
    """"number {0}"."""
    version: str = "{0}"
    decimal: str = "."
    """The sign before decimals."""
    point: str = ""
    """How that sign is said; empty where engines say it rightly."""
    range: str = ""
    """From {0} to {1}."""
    minus: str = ""
    over: str = ""
    """A fraction that has no name of its own."""
    money: str = "{0} {1}"
    """An amount {0} and its currency {1}."""
    cents: str = "{0} {1} {2}"
    """An amount {0}, its currency {1}, and {2} hundredths; {3} is their name."""
    order: str = "dmy"
    """Day, month and year in a date of figures."""
    date: str = ""
    """A {day} of a {month} in a {year}; `{day}` is one of `days`, or a figure."""
    clock: str = ""
    """{0} hours and {1} minutes."""
    full: str = ""
    """A full hour."""
    regnal: str = ""
    """What follows a ruler's name: {0} is the ordinal."""
    phone: bool = False
    currencies: dict[str, list[str]] = field(default_factory=dict)
    """Of each sign: one, many, one hundredth, many of them."""
    scales: dict[str, str] = field(default_factory=dict)
    units: dict[str, list[str]] = field(default_factory=dict)
    """Of each unit: one, many."""
    fractions: dict[str, str] = field(default_factory=dict)
    months: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    """Ordinals from the first, for days and rulers; empty for figures."""
    abbreviations: dict[str, str] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=dict)
    interjections: dict[str, str] = field(default_factory=dict)
    words: str = ""
    """Its little words, by which it is told from others."""

    @property
    def little(self) -> frozenset[str]:
        """The little words."""
        return _little(self.code)


@cache
def vocabulary(code: str) -> Vocabulary:
    """The words of a language; of one without a file, only what all have in common."""
    table = _table()
    entry = table.get(code, {"interjections": table["en"]["interjections"]})
    return Vocabulary(
        code, **{f.name: entry[f.name] for f in fields(Vocabulary) if f.name in entry}
    )


@cache
def known_languages() -> tuple[str, ...]:
    """Languages of the Latin script that are told apart."""
    return tuple(code for code, entry in _table().items() if entry.get("words"))


@cache
def _little(code: str) -> frozenset[str]:
    return frozenset(vocabulary(code).words.split())


@cache
def _table() -> dict[str, dict[str, Any]]:
    found = json.loads((_DATA / "vocabulary.json").read_text("utf-8"))
    return {code: entry for code, entry in found.items() if code != "about"}
