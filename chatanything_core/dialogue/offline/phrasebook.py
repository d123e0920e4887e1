"""What the offline engine hears and says, one JSON file of `data/` a language.

`intents.json` holds what is common to all: the intents in the order in which they are looked
for, and the emotion that an answer to each shows.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ...persona import Emotion

_DATA = Path(__file__).parent / "data"
_NO_BLANKS = ("zh", "ja")
"""Languages that are written without blanks between words."""
_LATIN_END = "\u0250"
_HEARD = 600
"""Characters at the end of a message that are listened to."""


@dataclass(frozen=True)
class Intent:
    """One thing that a user may mean."""

    name: str
    group: str
    """`self`: a question about the persona; `feeling`: how the user is; `social`, `task`, `meta`."""
    emotion: Emotion | None
    """What an answer shows; None for the persona's own mood."""
    gentle: bool
    """True when no interjection may stand in front of the answer."""


@dataclass(frozen=True)
class FactKind:
    """One kind of thing that users tell about themselves."""

    name: str
    hear: tuple[re.Pattern[str], ...]
    """Patterns on the message as typed; their groups are the values."""
    ask: re.Pattern[str]
    """A question for it, in bare words; a group `x` narrows it."""
    kept: str
    """The sentence in memory."""
    told: str
    """The sentence as it is told back to the user."""
    says: tuple[str, ...]
    """Answers to hearing it; empty: those of every fact."""
    capital: bool

    def found_in(self, fact: str) -> tuple[str, ...] | None:
        """The values in a sentence of memory that this kind wrote."""
        match = _kept_pattern(self.kept).fullmatch(fact)
        return tuple(match.groups()) if match else None


@dataclass(frozen=True)
class Phrasebook:
    """One language."""

    code: str
    """Two letters."""
    asks: dict[str, re.Pattern[str]]
    """By intent, on bare words."""
    says: dict[str, tuple[tuple[str, ...], ...]]
    """Frames by intent and by pool, in tiers: a later one serves when an earlier one is used up."""
    record: dict[str, dict[str, tuple[str, ...]]]
    """What something of its group says of a topic, by topic and group."""
    keywords: dict[str, re.Pattern[str]]
    """By intent: words of a sentence of the record that answers it."""
    facts: tuple[FactKind, ...]
    everything: re.Pattern[str]
    """A question for all that is remembered of the user."""
    words: dict[str, Any]
    """Small words: openers by emotion, swaps of pronouns, words of arithmetic."""

    @property
    def joint(self) -> str:
        """What stands between two sentences."""
        return "" if self.code in _NO_BLANKS else " "

    def bare(self, text: str) -> str:
        """`text` as patterns see it: lower case, no accents, no marks, contractions undone."""
        text = folded(text[-_HEARD:])
        for short, long in self.words.get("contractions", {}).items():
            text = text.replace(short, long)
        short = self.words.get("short", {})
        words = re.sub(r"[^\w']+", " ", text).split()
        text = " ".join(short.get(word, word) for word in words)
        return text.replace(" ", "") if self.code in _NO_BLANKS else text


@lru_cache(maxsize=512)
def folded(text: str) -> str:
    """Lower case, straight apostrophes, and Latin letters without accents.

    >>> folded("Ça va, l’Été?")
    "ca va, l'ete?"
    """
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return "".join(
        unicodedata.normalize("NFD", letter)[0] if letter < _LATIN_END else letter
        for letter in text
    )


def about(match: re.Match[str]) -> str:
    """What a pattern's group holds: x, or in its other branches y or z."""
    return next((text.strip() for text in match.groupdict().values() if text), "")


@cache
def intents() -> tuple[Intent, ...]:
    """Every intent, the one that is looked for first in front."""
    table = json.loads((_DATA / "intents.json").read_text(encoding="utf-8"))
    return tuple(
        Intent(
            entry["name"],
            entry["group"],
            Emotion(*entry["emotion"]) if entry.get("emotion") else None,
            entry.get("gentle", False),
        )
        for entry in table["intents"]
    )


def small_words(code: str) -> dict[str, Any]:
    """The `words` of a language, without the cost of its patterns."""
    words: dict[str, Any] = _table(code)["words"]
    return words


@cache
def _table(code: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((_DATA / f"{code}.json").read_text(encoding="utf-8"))
    return table


@cache
def phrasebook(code: str) -> Phrasebook:
    """The phrases of one of `LANGUAGES`."""
    table = _table(code)
    said = {name: _tiers(entry["say"]) for name, entry in table["intents"].items()}
    pause = table["words"]["pause"]
    pools = {name: _tiers(lines) for name, lines in table["pools"].items()}
    return Phrasebook(
        code=code,
        asks={name: _asked(entry["ask"], code, pause) for name, entry in table["intents"].items()},
        says={**said, **pools},
        record={
            topic: {group: tuple(lines) for group, lines in groups.items()}
            for topic, groups in table["record"].items()
        },
        keywords={name: re.compile(words, re.I) for name, words in table["keywords"].items()},
        facts=tuple(_fact_kind(name, entry, code, pause) for name, entry in table["facts"].items()),
        everything=_asked(table["everything"], code, pause),
        words=table["words"],
    )


LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "zh", "ja")


def book_of(language: str) -> Phrasebook:
    """The phrases for a BCP-47 tag; English where there are none."""
    code = language[:2].lower()
    return phrasebook(code if code in LANGUAGES else "en")


def _tiers(lines: list[Any]) -> tuple[tuple[str, ...], ...]:
    """A list of frames is one tier; a list of lists is several."""
    return tuple(map(tuple, lines)) if lines and isinstance(lines[0], list) else (tuple(lines),)


def _asked(pattern: str, code: str, pause: str) -> re.Pattern[str]:
    """The pattern on bare words; its `.*` ends at a word that begins another question."""
    edge = "" if code in _NO_BLANKS else r"\b"
    pattern = folded(pattern).replace("(?p<", "(?P<").replace(".*", f"(?:(?!{pause}).)*")
    return re.compile(f"{edge}(?:{pattern}){edge}")


def _fact_kind(name: str, entry: dict[str, Any], code: str, pause: str) -> FactKind:
    return FactKind(
        name,
        tuple(re.compile(pattern, re.I) for pattern in entry["hear"]),
        _asked(entry["ask"], code, pause),
        entry["kept"],
        entry["told"],
        tuple(entry.get("say", ())),
        entry.get("capital", False),
    )


@cache
def _kept_pattern(kept: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\d\\\}", "(.+?)", re.escape(kept)), re.I)
