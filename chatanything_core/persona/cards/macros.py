"""The placeholders of character cards (Character Card V3 specification, "Curly braced syntaxes").

What is drawn by lot depends on the chat and the turn only, so that the same turn says the same.
What no rule here knows is taken out: a face that speaks braces is worse than a gap.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from ...errors import InputError
from ...seeding import generator
from .field_values import shown_text

ANYTHING = "\0"
"""What stands for the user and the time in a text of `Places.wild`."""
_INNER = re.compile(r"\{\{([^{}]*)\}\}")
_OLD = re.compile(r"<(char|bot|user)>", re.IGNORECASE)
_TRIM = re.compile(r"\s*\{\{\s*trim\s*\}\}\s*", re.IGNORECASE)
_DICE = re.compile(r"\s*(\d{0,2})d?(\d{1,6})\s*([+-]\s*\d{1,6})?\s*", re.IGNORECASE)
_TIMES = {
    "time": "%H:%M", "isotime": "%H:%M", "date": "%Y-%m-%d", "isodate": "%Y-%m-%d",
    "weekday": "%A",
}  # fmt: skip
_DEEP = 20
"""Placeholders within placeholders that are resolved."""
_MOST = 200_000
"""Characters that the placeholders of one text may stand for."""


@dataclass(frozen=True)
class Places:
    """What the placeholders of a card's texts stand for."""

    name: str
    """Of the character."""
    user: str = "friend"
    """What the character calls the user."""
    original: str = ""
    """What a card's text replaces: `{{original}}`."""
    chat: str = ""
    """What tells this chat from others: `{{pick}}` stays the same in it."""
    turn: str = ""
    """What tells this turn from others: `{{random}}` and `{{roll}}` change with it."""
    now: datetime | None = None
    """Date and time; None is the clock's."""
    wild: bool = False
    """The user and the time come out as ANYTHING, for comparisons."""


def filled(text: str, places: Places) -> str:
    """A card's text with its placeholders resolved, and comments gone.

    Raises:
        InputError: they stand for more than any model or reader could take.

    >>> filled("{{char}} waves at {{ user }}.{{// quietly}}", Places("Ada"))
    'Ada waves at friend.'
    """
    text = shown_text(text)
    text = _OLD.sub(lambda match: "{{" + match[1].lower().replace("bot", "char") + "}}", text)
    text = _TRIM.sub("", text)
    for _ in range(_DEEP):
        if not _INNER.search(text):
            break
        text = _resolved(text, places)
    return text


def _resolved(text: str, places: Places) -> str:
    """The text with its innermost placeholders resolved."""
    pieces, end, room = [], 0, _MOST
    for match in _INNER.finditer(text):
        value = _value(match[1], match.start(), places)
        room -= len(value)
        if room < 0:
            raise InputError(
                f"The placeholders of a text stand for more than {_MOST} characters. Shorten the "
                "character's name, or use {{char}} less often."
            )
        pieces += [text[end : match.start()], value]
        end = match.end()
    return "".join([*pieces, text[end:]])


def _value(inside: str, at: int, places: Places) -> str:
    command, said = _split(inside)
    if command in ("random", "pick"):
        return _drawn(command, said, at, places)
    if command == "roll":
        return _rolled(said, at, places)
    if command == "reverse":
        return said[::-1]
    if command in _TIMES:
        return ANYTHING if places.wild else f"{places.now or datetime.now():{_TIMES[command]}}"
    user = ANYTHING if places.wild else places.user
    known = {"char": places.name, "bot": places.name, "user": user, "newline": "\n"}
    known["original"] = places.original
    # A name that held placeholders, such as its own, would double with every pass.
    return known.get(command, "").replace("{{", "").replace("}}", "")


def _split(inside: str) -> tuple[str, str]:
    """A placeholder's name and what follows it: "random:a,b", "random::a::b", "roll d6"."""
    match = re.match(r"\s*([A-Za-z_]+)\s*(?:::?|\s)?(.*)", inside, re.DOTALL)
    return (match[1].lower(), match[2]) if match else ("", "")


def _drawn(command: str, said: str, at: int, places: Places) -> str:
    parts = said.split("::") if "::" in said else re.split(r"(?<!\\),", said)
    options = [part.replace("\\,", ",").strip() for part in parts]
    turn = places.turn if command == "random" else ""
    random = generator(0, "macro", places.chat, turn, said, str(at))
    return options[int(random.integers(len(options)))]


def _rolled(said: str, at: int, places: Places) -> str:
    dice = _DICE.fullmatch(said)
    if not dice or not int(dice[2]):
        return ""
    random = generator(0, "roll", places.chat, places.turn, said, str(at))
    count = int(dice[1] or 1) if "d" in said.lower() else 1
    sides = int(dice[2]) if "d" in said.lower() else int(dice[1] + dice[2])
    more = int((dice[3] or "0").replace(" ", ""))
    return str(int(random.integers(1, sides + 1, size=count).sum()) + more)
