"""Small talk in the languages that have no phrasebook: hello, how are you, thanks, goodbye, names."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ...persona import Persona, read_concept
from ...persona.offline.languages import languages
from ...persona.offline.other_languages import what_it_is
from ..records import History

_LISTENED = 600
"""Characters at the end of a message that are listened to."""


@dataclass(frozen=True)
class SmallTalk:
    """One language."""

    asks: dict[str, re.Pattern[str]]
    """By topic, on the message in lower case."""
    says: dict[str, tuple[str, ...]]
    unknown: tuple[str, ...]
    """What is said to anything else."""


def small_talk(language: str) -> SmallTalk | None:
    """The small talk of a BCP-47 tag; None where there is a phrasebook or nothing."""
    return _tables().get(language[:2].lower())


def answer(
    talk: SmallTalk, persona: Persona, message: str, history: History, random: np.random.Generator
) -> str:
    """What `persona` says; a line that was not said lately where there is one."""
    heard = " ".join(message[-_LISTENED:].casefold().split())
    # Whoever asks for something after a greeting wants that answered.
    found = [topic for topic, pattern in talk.asks.items() if pattern.search(heard)]
    topic = next((each for each in found if each != "hello"), found[0] if found else "")
    lines = [_filled(line, persona, random) for line in talk.says.get(topic, talk.unknown)]
    said = {turn.reply for turn in history.turns[-len(lines) :]}
    fresh = [line for line in lines if line not in said] or lines
    return fresh[int(random.integers(len(fresh)))]


def _filled(line: str, persona: Persona, random: np.random.Generator) -> str:
    """The places filled; what is filled in is not read again."""
    tastes = {"like": persona.likes, "dislike": persona.dislikes}
    values = {
        place: items[int(random.integers(len(items)))] if items else "…"
        for place, items in tastes.items()
    }
    language = languages()[persona.language[:2].lower()]
    what = what_it_is(persona.concept, read_concept(persona.concept), language)
    return line.format(name=persona.name, what=what, **values)


@cache
def _tables() -> dict[str, SmallTalk]:
    path = Path(__file__).parent / "data" / "small_talk.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    del table["about"]
    return {code: _small_talk(entry) for code, entry in table.items()}


def _small_talk(entry: dict[str, dict[str, str]]) -> SmallTalk:
    topics = {name: rows for name, rows in entry.items() if name != "unknown"}
    return SmallTalk(
        {
            name: re.compile(rf"(?<!\w)(?:{rows['ask'].casefold()})")
            for name, rows in topics.items()
        },
        {name: tuple(rows["say"]) for name, rows in topics.items()},
        tuple(entry["unknown"]),
    )
