"""Lorebooks of character cards: what a character knows when certain words come up.

The rules are those of the Character Card V2 and V3 specifications (malfoyslastname,
kwaroran), and SillyTavern's for what it writes into `extensions`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...llm.text_length import tokens
from ...seeding import generator
from ..records import Persona
from .book_fields import MAX_ENTRIES
from .card_versions import card_data
from .field_values import flag_of, list_of, number_of
from .greetings import places_of
from .lore_entry import AND_ALL, NOT_ALL, NOT_ANY, Entry, entry_of
from .lore_keys import Heard, Messages
from .macros import Places, filled

_DEPTH = 50
"""Messages that are searched when the book does not say."""
_ROUNDS = 3
"""How often lore may call lore."""
_SENTENCE = re.compile(r"[^.!?。！？]+[.!?。！？]+[\"'”’」)]*")
_MARKUP = re.compile(r"[\[\]{}<>=+|#*_]|\w\s*:\s")
"""What sheets for machines have and sentences have not."""


@dataclass(frozen=True)
class Lore:
    """What the lorebook says to a conversation, in the order of the book."""

    before: tuple[str, ...] = ()
    """What stands before the character's description."""
    after: tuple[str, ...] = ()
    """What stands after it."""

    @property
    def texts(self) -> tuple[str, ...]:
        """All of it."""
        return (*self.before, *self.after)


def told_lore(
    persona: Persona,
    log: Sequence[str],
    replies: int,
    room: int,
    places: Places | None = None,
) -> Lore:
    """What the persona's lorebook says to a conversation, in at most `room` tokens.

    `log` holds the messages of both sides, oldest first; `replies` is how many the persona
    gave. `places` is what placeholders stand for; None takes those of the card.
    """
    data = card_data(persona.card)
    book = data.get("character_book")
    if not book:
        return Lore()
    places = places or places_of(data, persona.language)
    raw = [row for row in book["entries"][:MAX_ENTRIES] if row["enabled"]]
    entries = [entry for row in raw if (entry := entry_of(row, places)).content]
    depth = int(number_of(book.get("scan_depth")))
    scan = _Scan(log, depth if depth > 0 else _DEPTH, replies)
    found = scan.matching(entries, flag_of(book.get("recursive_scanning"), False))
    budget = int(number_of(book.get("token_budget")))
    kept = _affordable(found, min(room, budget) if budget > 0 else room)
    kept.sort(key=lambda entry: entry.order)
    return Lore(
        tuple(filled(entry.content, places) for entry in kept if entry.before),
        tuple(filled(entry.content, places) for entry in kept if not entry.before),
    )


def spoken_lore(lore: Lore) -> str:
    """The sentences in it that a character can say as they are; sheets for machines are left out."""
    lines = [line.strip() for text in lore.texts for line in text.splitlines()]
    plain = (line for line in lines if line and not _MARKUP.search(line))
    said = " ".join(line for line in plain if _SENTENCE.match(line) or len(line.split()) > 1)
    return re.sub(r"(^|[.!?] )([a-z])", lambda match: match[1] + match[2].upper(), said)


class _Scan:
    """One look at a conversation."""

    def __init__(self, log: Sequence[str], depth: int, replies: int) -> None:
        self.log, self.depth, self.replies = log, depth, replies
        self.heard = Heard()
        self.deep: dict[int, Messages] = {}
        """The last messages by how many they are."""

    def matching(self, entries: list[Entry], recursive: bool) -> list[Entry]:
        """The entries that are told, first those that the conversation wakes."""
        found = [e for e in entries if self._wakes(e, None) and self._lucky(e)]
        for _ in range(_ROUNDS if recursive else 0):
            told = Messages([entry.content for entry in found if entry.wakes_lore])
            rest = [entry for entry in entries if entry not in found and entry.woken_by_lore]
            more = [e for e in rest if self._wakes(e, told) and self._lucky(e)]
            if not more:
                break
            found += more
        return found

    def _lucky(self, entry: Entry) -> bool:
        if entry.chance >= 1.0:
            return True
        last = self.log[-1] if self.log else ""
        random = generator(0, "lore", entry.content, last, str(self.replies))
        return bool(random.random() < entry.chance)

    def _last(self, count: int) -> Messages:
        if count not in self.deep:
            self.deep[count] = Messages(self.log[-count:] if count > 0 else [])
        return self.deep[count]

    def _wakes(self, entry: Entry, lore: Messages | None) -> bool:
        """Whether the entry is used, by keys and decorators; `lore` wakes it instead of messages."""
        rules = entry.decorators
        if "activate" in rules:
            return True
        after = number_of(rules.get("activate_only_after"))
        every = number_of(rules.get("activate_only_every"))
        if "dont_activate" in rules or self.replies < after or (every and self.replies % every):
            return False
        heard = lore or self._last(int(number_of(rules.get("scan_depth"), self.depth)))
        if self._any(_list(rules.get("exclude_keys")), entry, heard):
            return False
        if entry.constant:
            return True
        more = _list(rules.get("additional_keys"))
        return (
            self._any(entry.keys, entry, heard)
            and (not more or self._any(more, entry, heard))
            and self._agrees(entry, heard)
        )

    def _agrees(self, entry: Entry, heard: Messages) -> bool:
        """Whether the secondary keys are as they must be."""
        if not entry.secondary:
            return True
        found = [self._any((key,), entry, heard) for key in entry.secondary]
        if entry.logic in (NOT_ALL, AND_ALL):
            return all(found) is (entry.logic == AND_ALL)
        return any(found) is not (entry.logic == NOT_ANY)

    def _any(self, keys: Sequence[str], entry: Entry, heard: Messages) -> bool:
        return any(
            self.heard.has(
                key, heard, regex=entry.regex, cased=entry.case_sensitive, whole=entry.whole_words
            )
            for key in keys
        )


def _affordable(entries: list[Entry], room: int) -> list[Entry]:
    """Those that fit, of the highest priority first; one that is too long silences no other."""
    kept = []
    for entry in sorted(entries, key=lambda e: -e.priority):
        cost = tokens(entry.content) + 1
        if cost <= room:
            room -= cost
            kept.append(entry)
    return kept


def _list(value: str | None) -> list[str]:
    return list_of(value, split=True)
