"""The fields of a card in the types of the specification, whatever a program wrote into them.

A number where text belongs is its digits, nothing is an empty text, text where a list belongs is
a list of it. So nothing is lost, and no field that is not used refuses a card.
"""

from typing import Any

from .book_fields import fitting_book
from .field_values import list_of, text_of

V1_FIELDS = ("name", "description", "personality", "scenario", "first_mes", "mes_example")
TEXTS = (
    *V1_FIELDS,
    *("creator_notes", "system_prompt", "post_history_instructions", "creator"),
    "character_version",
)
LISTS = ("alternate_greetings", "tags", "group_only_greetings")
ICON = {"type": "icon", "uri": "ccdefault:", "name": "main", "ext": "png"}


def fit_fields(data: dict[str, Any]) -> list[str]:
    """Give every field of a card's data its type, in place; says what could not be used."""
    for key in TEXTS:
        data[key] = text_of(data.get(key))
    for key in LISTS:
        data[key] = list_of(data.get(key), split=key == "tags")
    for key in ("nickname", "source", "assets", "creator_notes_multilingual"):
        if data.get(key, "") is None:
            del data[key]
    if "nickname" in data:
        data["nickname"] = text_of(data["nickname"])
    if "assets" in data and not isinstance(data["assets"], list):
        data["assets"] = [dict(ICON)]
    extensions = data.get("extensions") or {}
    data["extensions"] = extensions if isinstance(extensions, dict) else {"value": extensions}
    if "character_book" not in data:
        return []
    book, notes = fitting_book(data["character_book"])
    if book is None:
        del data["character_book"]
    else:
        data["character_book"] = book
    return notes
