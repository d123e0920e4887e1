"""What a card's character says first, and the words it needs when its card has none."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from ...errors import InputError
from ...llm.text_length import within
from .field_values import list_of, shown_text, text_of
from .macros import Places, filled

_SPOKEN_WORDS = 60
"""Longer greetings are written to be read; what is spoken ends after a sentence."""
_QUOTED = re.compile(r'"([^"\n]+)"|“([^”\n]+)”|„([^“\n]+)“|«([^»\n]+)»|「([^」\n]+)」')
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>|!\[[^\]]*\]\([^)]*\)", re.DOTALL)


def raw_greetings(data: dict[str, Any]) -> list[str]:
    """Every greeting of a card's data as it is written: the first, then the alternate ones."""
    alternates = list_of(data.get("alternate_greetings"))
    return [text_of(data.get("first_mes")), *alternates]


def greeting_number(data: dict[str, Any], number: int) -> str:
    """One greeting as it is written; without a first one the next counts. Empty without any.

    Raises:
        InputError: there are fewer.
    """
    found = raw_greetings(data)
    if not 0 <= number < len(found):
        known = "only greeting 0" if len(found) == 1 else f"greetings 0 to {len(found) - 1}"
        raise InputError(f"There is no greeting {number}. This card has {known}.")
    if number:
        return found[number]
    return next((text for text in found if text.strip()), "")


def spoken_greeting(greeting: str, places: Places, language: str) -> str:
    """What a greeting says aloud, short enough to be spoken.

    Stage directions between asterisks are left out; of a greeting that has nothing else, what it
    quotes counts. One without a spoken word greets by name.
    """
    text = re.sub(r"\*\*([^*]+)\*\*", r"\1", _TAG.sub(" ", filled(greeting, places)))
    said = _on_one_line(re.sub(r"\*[^*]*\*", " ", text).replace("*", " "))
    if not _has_words(said):
        said = " ".join("".join(parts) for parts in _QUOTED.findall(text))
    quoted = _QUOTED.fullmatch(said)
    said = "".join(part for part in quoted.groups() if part) if quoted else said
    if not _has_words(said):
        return words_of(language)["greeting"].format(name=places.name)
    return within(_on_one_line(said), _SPOKEN_WORDS)


def words_of(language: str) -> dict[str, str]:
    """The words for a BCP-47 tag; English ones where there are none."""
    table = _table()
    return table.get(language[:2].lower(), table["en"])


def places_of(
    data: dict[str, Any], language: str, user: str = "", *, described: bool = False
) -> Places:
    """What the placeholders of a card's data stand for.

    A user whose name is not known is "friend" in what the character says, and "the user" in what
    is described.
    """
    name = shown_text(data.get("nickname") or data["name"]).strip()
    called = words_of(language)["described" if described else "user"]
    return Places(name, user or called)


@cache
def _table() -> dict[str, dict[str, str]]:
    path = Path(__file__).with_name("words.json")
    table: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return table


def _has_words(text: str) -> bool:
    return any(letter.isalnum() or letter == "\0" for letter in text)


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
