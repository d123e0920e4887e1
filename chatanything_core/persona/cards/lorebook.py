"""Lorebooks of character cards: what a character knows when certain words come up.

The rules are those of the Character Card V2 and V3 specifications (malfoyslastname,
kwaroran). Cards are untrusted, so patterns that could run away are not run.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ...llm.text_length import tokens
from ..records import Persona
from .macros import filled

_MAX_PATTERN = 200
_MAX_SEARCHED = 2000
"""Characters of each message that a pattern is run on."""
_NESTED = re.compile(r"\((?:[^()\\]|\\.)*[*+{|](?:[^()\\]|\\.)*\)\s*[*+{]")
_DECORATOR = re.compile(r"^(@@@?)(\w+)[ \t]*(.*)$")
_ACTED_ON = frozenset(
    (
        *("activate", "dont_activate", "activate_only_after", "activate_only_every"),
        *("scan_depth", "additional_keys", "exclude_keys"),
    )
)


@dataclass(frozen=True)
class Entry:
    """One entry of a lorebook, decorators taken out of its content."""

    content: str
    keys: tuple[str, ...]
    secondary: tuple[str, ...] = ()
    order: float = 0.0
    """Where it stands in the prompt; lower is earlier."""
    priority: float = 0.0
    """What goes first when not all fit: the lowest."""
    constant: bool = False
    case_sensitive: bool = False
    regex: bool = False
    decorators: dict[str, str] = field(default_factory=dict)


def told_lore(persona: Persona, log: list[str], replies: int, room: int) -> str:
    """What the persona's lorebook says to a conversation, in at most `room` tokens.

    `log` holds the messages of both sides, oldest first; `replies` is how many the persona
    gave.
    """
    if not persona.card:
        return ""
    data = json.loads(persona.card).get("data", {})
    book, name = data.get("character_book"), data.get("nickname") or persona.name
    if not isinstance(book, dict):
        return ""
    found = _matching(book, log, replies)
    budget = book.get("token_budget")
    room = min(room, int(budget)) if isinstance(budget, int | float) else room
    kept = _affordable(found, room)
    texts = [filled(entry.content, name) for entry in sorted(kept, key=lambda e: e.order)]
    return "\n".join(["What you know:", *texts]) if texts else ""


def without_decorators(content: str) -> str:
    """The content as V2 programs want it."""
    return _split(content)[0]


def _matching(book: dict[str, Any], log: list[str], replies: int) -> list[Entry]:
    entries = [_entry(raw) for raw in book.get("entries", []) if raw.get("enabled", True)]
    entries = [entry for entry in entries if entry.content]
    depth = book.get("scan_depth")
    depth = int(depth) if isinstance(depth, int | float) and depth > 0 else len(log)
    found = [entry for entry in entries if _wakes(entry, log, depth, replies)]
    if book.get("recursive_scanning") is True:
        for _ in range(3):
            heard = [entry.content for entry in found]
            more = [e for e in entries if e not in found and _wakes(e, heard, len(heard), replies)]
            if not more:
                break
            found += more
    return found


def _entry(raw: dict[str, Any]) -> Entry:
    content, decorators = _split(str(raw.get("content", "")))
    order = _number(raw.get("insertion_order"))
    return Entry(
        content=content,
        keys=_texts(raw.get("keys")),
        secondary=_texts(raw.get("secondary_keys")) if raw.get("selective") else (),
        order=order,
        priority=_number(raw.get("priority"), order),
        constant=bool(raw.get("constant")),
        case_sensitive=bool(raw.get("case_sensitive")),
        regex=bool(raw.get("use_regex")),
        decorators=decorators,
    )


def _wakes(entry: Entry, log: list[str], depth: int, replies: int) -> bool:
    """Whether the entry is used, by keys and decorators."""
    rules = entry.decorators
    if "activate" in rules:
        return True
    if "dont_activate" in rules or replies < _number(rules.get("activate_only_after")):
        return False
    every = _number(rules.get("activate_only_every"))
    if every and replies % every:
        return False
    depth = int(_number(rules.get("scan_depth"), depth))
    heard = log[-depth:] if depth > 0 else []
    if any(_heard(key, entry, heard) for key in _list(rules.get("exclude_keys"))):
        return False
    if entry.constant and not entry.regex:
        return True
    needed = [entry.keys, entry.secondary, _list(rules.get("additional_keys"))]
    return all(
        any(_heard(key, entry, heard) for key in keys)
        for keys in needed
        if keys or keys is needed[0]
    )


def _heard(key: str, entry: Entry, log: Iterable[str]) -> bool:
    if not key:
        return False
    if entry.regex:
        pattern = _pattern(key)
        return bool(pattern and any(pattern.search(text[-_MAX_SEARCHED:]) for text in log))
    if entry.case_sensitive:
        return any(key in text for text in log)
    return any(key.casefold() in text.casefold() for text in log)


def _pattern(key: str) -> re.Pattern[str] | None:
    """A pattern, bare or as /pattern/flags; None for one that is wrong or might run away.

    Running away takes a repeated group that holds a repetition or a choice, a back reference,
    or many unlimited repetitions in a row.
    """
    slashed = re.fullmatch(r"/(.*)/([a-z]*)", key, re.DOTALL)
    source, flags = slashed.groups() if slashed else (key, "")
    endless = len(re.findall(r"(?<!\\)[*+]|\{\d*,\d*\}", source))
    if len(source) > _MAX_PATTERN or endless > 2 or _NESTED.search(source):
        return None
    if re.search(r"\\\d|\(\?P=|\)\s*[*+{]", source):
        return None
    try:
        return re.compile(source, re.IGNORECASE if "i" in flags else 0)
    except (re.error, OverflowError):
        return None


def _affordable(entries: list[Entry], room: int) -> list[Entry]:
    kept = []
    for entry in sorted(entries, key=lambda e: -e.priority):
        room -= tokens(entry.content) + 1
        if room < 0:
            break
        kept.append(entry)
    return kept


def _split(content: str) -> tuple[str, dict[str, str]]:
    """Content without decorators, and the decorators that are acted on.

    A line with three @ counts only when the one above it was not understood.
    """
    kept: list[str] = []
    rules: dict[str, str] = {}
    understood = True
    for line in content.splitlines():
        match = _DECORATOR.match(line.strip())
        if not match:
            kept.append(line)
            continue
        mark, name, value = match.groups()
        if mark == "@@@" and understood:
            continue
        understood = name in _ACTED_ON
        if understood:
            rules.setdefault(name, value.strip())
    return "\n".join(kept).strip(), rules


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(_list(value))
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _list(value: str | None) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()] if value else []


def _number(value: object, default: float = 0.0) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return default
