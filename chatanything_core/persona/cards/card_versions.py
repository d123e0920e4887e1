"""Character cards of version 1, 2 and 3: checked, and converted to version 3 without loss.

A card is untrusted: only its text is used, its types are checked, nothing it refers to is
fetched. Whatever is not known here is carried along.
"""

from copy import deepcopy
from typing import Any

from ...errors import InputError
from .lorebook import without_decorators

Card = dict[str, Any]
V1_FIELDS = ("name", "description", "personality", "scenario", "first_mes", "mes_example")
_TEXTS = (
    *V1_FIELDS,
    *("creator_notes", "system_prompt", "post_history_instructions", "creator"),
    "character_version",
)
_LISTS = ("alternate_greetings", "tags", "group_only_greetings")
_ONLY_V3 = (
    *("assets", "nickname", "creator_notes_multilingual", "source", "group_only_greetings"),
    *("creation_date", "modification_date"),
)
_ICON = {"type": "icon", "uri": "ccdefault:", "name": "main", "ext": "png"}
_V3_WARNING = (
    "This character card is Character Card V3, but it is loaded as a Character Card V2. Please "
    "use a Character Card V3 compatible application to use this character card properly."
)


def version(card: Card) -> int:
    """1, 2 or 3; a newer one reads as 3, as the specification asks.

    Raises:
        InputError: it is not a character card.
    """
    if card.get("spec") == "chara_card_v3":
        return 3
    if card.get("spec") == "chara_card_v2":
        return 2
    if "spec" not in card and isinstance(card.get("name"), str) and "first_mes" in card:
        return 1
    raise InputError(
        "This is not a character card: it has neither the fields of version 1 nor a `spec` of "
        '"chara_card_v2" or "chara_card_v3".'
    )


def checked(card: object) -> Card:
    """The card, when every field that is used has the type of the specification.

    Raises:
        InputError: it is not a card; or names the first field that is wrong.
    """
    if not isinstance(card, dict):
        raise InputError("This is not a character card: the document is not a JSON object.")
    data = card if version(card) == 1 else card.get("data")
    if not isinstance(data, dict):
        raise InputError("This is not a character card: `data` is missing.")
    for key in _TEXTS:
        if not isinstance(data.get(key, ""), str):
            raise InputError(f"This card is broken: `{key}` is not text.")
    for key in _LISTS:
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise InputError(f"This card is broken: `{key}` is not a list of texts.")
    if not data.get("name", "").strip():
        raise InputError("This card is broken: the character has no name.")
    if not isinstance(data.get("extensions", {}), dict):
        raise InputError("This card is broken: `extensions` is not an object.")
    _check_book(data.get("character_book"))
    return card


def as_v3(card: Card) -> Card:
    """The same character as version 3; a version 3 card is copied as it is."""
    number = version(card)
    if number == 3:
        return deepcopy(card)
    data = deepcopy(card) if number == 1 else deepcopy(card["data"])
    for key in _TEXTS:
        data.setdefault(key, "")
    for key in _LISTS:
        data.setdefault(key, [])
    data.setdefault("extensions", {})
    data.setdefault("assets", [dict(_ICON)])
    for entry in data.get("character_book", {}).get("entries", []):
        entry.setdefault("use_regex", False)
    rest = {} if number == 1 else {k: v for k, v in card.items() if k not in ("data",)}
    return {**rest, "spec": "chara_card_v3", "spec_version": "3.0", "data": data}


def as_v2(card: Card) -> Card:
    """A version 3 card for programs that know version 2 only."""
    card = deepcopy(card)
    data = {key: value for key, value in card["data"].items() if key not in _ONLY_V3}
    entries = data.get("character_book", {}).get("entries", [])
    lossy = card["data"].get("assets", [_ICON]) != [_ICON]
    for entry in entries:
        lossy |= bool(entry.pop("use_regex", False))
        bare = without_decorators(entry["content"])
        lossy |= bare != entry["content"]
        entry["content"] = bare
    if lossy:
        data["creator_notes"] = f"{_V3_WARNING}\n\n{data.get('creator_notes', '')}".strip()
    return {**card, "spec": "chara_card_v2", "spec_version": "2.0", "data": data}


def _check_book(book: object) -> None:
    if book is None:
        return
    entries = book.get("entries") if isinstance(book, dict) else None
    if not isinstance(entries, list) or len(entries) > 5000:
        raise InputError("This card is broken: its lorebook has no list of at most 5000 entries.")
    for entry in entries:
        fits = isinstance(entry, dict) and isinstance(entry.get("content"), str)
        if not fits or not isinstance(entry.get("keys"), list):
            raise InputError("This card is broken: a lorebook entry lacks its content or its keys.")
