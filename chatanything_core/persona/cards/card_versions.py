"""Character cards of version 1, 2 and 3: recognised, and lifted to version 3 without loss.

A card is untrusted: only its text is used, nothing it refers to is fetched. Whatever is not known
here is carried along.
"""

import json
from copy import deepcopy
from functools import lru_cache
from typing import Any

from ...errors import InputError
from .card_fields import ICON, V1_FIELDS, fit_fields
from .field_values import number_of, text_of
from .lore_entry import without_decorators

Card = dict[str, Any]
_ONLY_V3 = (
    *("assets", "nickname", "creator_notes_multilingual", "source", "group_only_greetings"),
    *("creation_date", "modification_date"),
)
_V3_WARNING = (
    "This character card is Character Card V3, but it is loaded as a Character Card V2. Please "
    "use a Character Card V3 compatible application to use this character card properly."
)


def version(card: Card) -> int:
    """1, 2 or 3; a newer one reads as 3, as the specification asks.

    Raises:
        InputError: it is not a character card.
    """
    if isinstance(card.get("data"), dict) and ("spec" in card or _is_flat(card["data"])):
        newest = (
            text_of(card.get("spec")).endswith("v3") or number_of(card.get("spec_version")) >= 3
        )
        return 3 if newest else 2
    if _is_flat(card):
        return 1
    if "entries" in card or text_of(card.get("spec")).startswith("lorebook"):
        raise InputError("This is a lorebook, not a character card. Put it into a card first.")
    raise InputError(
        "This is not a character card: it has neither the fields of version 1 nor a `spec` of "
        '"chara_card_v2" or "chara_card_v3".'
    )


def checked(card: object) -> Card:
    """The card as it is, when it is one and its character has a name.

    Raises:
        InputError: it is not a card, or has no name.
    """
    if not isinstance(card, dict):
        raise InputError("This is not a character card: the document is not a JSON object.")
    data = card if version(card) == 1 else card["data"]
    if not _name(card, data):
        raise InputError("This card is broken: the character has no name.")
    return card


def as_v3(card: Card) -> Card:
    """The same character as version 3, with every field in its type."""
    return lifted(card)[0]


def lifted(card: Card) -> tuple[Card, tuple[str, ...]]:
    """The same character as version 3, and notes of what in it cannot be used.

    A version 3 card that keeps to the specification comes back as it is.
    """
    number = version(card)
    data = deepcopy(card if number == 1 else card["data"])
    data["name"] = _name(card, data)
    notes = fit_fields(data)
    if number == 3:
        return {**deepcopy(card), "data": data}, tuple(notes)
    data.setdefault("assets", [dict(ICON)])
    rest = {} if number == 1 else {k: deepcopy(v) for k, v in card.items() if k != "data"}
    whole = {**rest, "spec": "chara_card_v3", "spec_version": "3.0", "data": data}
    return whole, tuple(notes)


def as_v2(card: Card) -> Card:
    """A card of any version for programs that know version 2 only."""
    card = as_v3(card)
    data = {key: value for key, value in card["data"].items() if key not in _ONLY_V3}
    lossy = card["data"].get("assets", [ICON]) != [ICON]
    for entry in data.get("character_book", {}).get("entries", []):
        lossy |= bool(entry.pop("use_regex", False))
        bare = without_decorators(entry["content"])
        lossy |= bare != entry["content"]
        entry["content"] = bare
    if lossy:
        data["creator_notes"] = f"{_V3_WARNING}\n\n{data['creator_notes']}".strip()
    return {**card, "spec": "chara_card_v2", "spec_version": "2.0", "data": data}


@lru_cache(maxsize=8)
def card_of_text(text: str) -> Card:
    """The card of version 3 in a persona's `card`, not to be changed; empty without one.

    A text that is no card, as an edited persona.json may hold, counts as none.
    """
    try:
        return as_v3(checked(json.loads(text))) if text else {}
    except (ValueError, RecursionError, InputError):
        return {}


def card_data(text: str) -> dict[str, Any]:
    """The data of the card in a persona's `card`, not to be changed; empty without one."""
    data: dict[str, Any] = card_of_text(text).get("data", {})
    return data


def _is_flat(data: Card) -> bool:
    """Whether these are the fields of version 1: a name, and any other of them."""
    return "name" in data and any(field in data for field in V1_FIELDS[1:])


def _name(card: Card, data: Card) -> str:
    """What the character is called; some programs write its name beside `data` only."""
    names = (text_of(part) for part in (data.get("name"), card.get("name"), data.get("nickname")))
    return next((name for name in names if name.strip()), "")
