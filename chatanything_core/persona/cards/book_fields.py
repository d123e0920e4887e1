"""Lorebooks of several programs in the form of the V3 specification.

World info of SillyTavern, lore of RisuAI, Agnai's memory and Backyard's items differ in the names
of their keys; what has no name here is kept as it is.
"""

from typing import Any

from .field_values import flag_of, list_of, number_of, text_of

MAX_ENTRIES = 5000
"""More are kept and not looked at."""
_NAMES = {
    "keys": ("key", "keywords"),
    "secondary_keys": ("keysecondary", "secondkey"),
    "content": ("entry", "value", "text"),
    "insertion_order": ("order", "insertorder"),
    "constant": ("alwaysActive",),
    "case_sensitive": ("caseSensitive",),
    "use_regex": ("useRegex",),
}
"""What other programs call a key of the specification."""
_OF_EXTENSIONS = {
    "probability": "probability", "useProbability": "useProbability",
    "selectiveLogic": "selectiveLogic", "matchWholeWords": "match_whole_words",
    "excludeRecursion": "exclude_recursion", "preventRecursion": "prevent_recursion",
    "activationPercent": "risu_activationPercent",
}  # fmt: skip
"""Where SillyTavern and RisuAI put their own keys into a card's entry."""


def fitting_book(book: Any) -> tuple[dict[str, Any] | None, list[str]]:
    """The lorebook with entries in a list, and what is wrong with those that are not used."""
    if isinstance(book, dict) and isinstance(book.get("data"), dict | list):
        book = book["data"]
    if isinstance(book, list):
        book = {"entries": book}
    if not isinstance(book, dict):
        notes = ["The lorebook is no object and was left out."] if book else []
        return None, notes
    raw = book.get("entries")
    rows = list(raw.values()) if isinstance(raw, dict) else raw if isinstance(raw, list) else []
    entries, notes = [], []
    for number, row in enumerate(rows, 1):
        entry = _entry({"content": row} if isinstance(row, str) else row)
        if entry is None:
            notes.append(f"Lorebook entry {number} is no object and was left out.")
            continue
        entries.append(entry)
        if fault := _fault(entry):
            notes.append(f"Lorebook entry {number}{_title(entry)} {fault} and is not used.")
    if len(entries) > MAX_ENTRIES:
        notes.append(f"Of {len(entries)} lorebook entries the first {MAX_ENTRIES} are used.")
    extensions = book.get("extensions")
    kept = extensions if isinstance(extensions, dict) else {}
    return {**book, "extensions": kept, "entries": entries}, notes


def _entry(row: Any) -> dict[str, Any] | None:
    if not isinstance(row, dict):
        return None
    entry = dict(row)
    for ours, theirs in _NAMES.items():
        found = next((name for name in theirs if name in entry), None)
        if found and ours not in entry:
            entry[ours] = entry.pop(found)
    extensions = entry.get("extensions")
    extensions = dict(extensions) if isinstance(extensions, dict) else {}
    for name, kept in _OF_EXTENSIONS.items():
        if name in entry:
            extensions.setdefault(kept, entry.pop(name))
    entry["extensions"] = extensions
    if "disable" in entry:
        entry.setdefault("enabled", not flag_of(entry.pop("disable"), False))
    entry["keys"] = _keys(entry.get("keys"))
    entry["content"] = text_of(entry.get("content"))
    entry["enabled"] = flag_of(entry.get("enabled"), True)
    order = entry.get("insertion_order")
    if not isinstance(order, int | float) or isinstance(order, bool):
        entry["insertion_order"] = _whole(number_of(order))
    entry["use_regex"] = flag_of(entry.get("use_regex"), False)
    return entry


def _keys(value: Any) -> list[str]:
    """Keys; a text holds several between commas, unless it is a pattern."""
    return list_of(value, split=not text_of(value).startswith("/"))


def _whole(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def _fault(entry: dict[str, Any]) -> str:
    if not entry["content"].strip():
        return "has no content"
    wakes = entry["keys"] or entry.get("constant") or "@@" in entry["content"]
    return "" if wakes else "has no keys"


def _title(entry: dict[str, Any]) -> str:
    title = text_of(entry.get("name")) or text_of(entry.get("comment"))
    return f" ({title[:40]})" if title.strip() else ""
