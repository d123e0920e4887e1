"""What the columns of a list mean to `create`."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from ..character.check_request import check_request
from ..character.request import Request
from ..errors import InputError
from .read_list import NAME
from .records import Row

COLUMNS = tuple(item.name for item in fields(Request) if item.name not in ("out", "portrait"))
"""What a list may say of a character: the words of `create`."""
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_KINDS: dict[type, str] = {int: "a whole number", float: "a number", bool: "yes or no"}
_READ: dict[type, Callable[[str], int | float]] = {
    int: int,
    float: float,
    bool: lambda cell: _YES_NO[cell.strip().lower()],
}


def read_request(
    row: Row, settings: Mapping[str, str], opened: Callable[[dict[str, Any]], dict[str, Any]]
) -> Request:
    """The request of a row, checked: what it says, and `settings` where it says nothing.

    Args:
        opened: Words that stand for others, such as the persona in the file that the concept names.

    Raises:
        InputError: with the row's line, when `create` could not do it.
    """
    try:
        cells = {**settings, **row.values}
        words = {key: _word(key, cell) for key, cell in cells.items() if key != NAME}
        if not words.get("concept"):
            raise InputError("there is no concept. Fill the column concept.")
        return check_request(Request(**{**words, **opened(words)}))
    except InputError as error:
        raise InputError(f"Line {row.line} ({row.name}): {error}") from error


def _word(name: str, cell: str) -> Any:
    if name not in COLUMNS:
        raise InputError(f"unknown column {name!r}. Choose among: {', '.join(COLUMNS)}.")
    kind = type(getattr(Request, name, ""))
    if kind not in _KINDS:
        return cell
    try:
        return _READ[kind](cell)
    except (ValueError, KeyError) as error:
        raise InputError(f"{name} is {cell!r}. Give {_KINDS[kind]}.") from error
