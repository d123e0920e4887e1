"""Values of untrusted JSON in the type that is wanted, or the nearest to it."""

import json
import math
import re
from typing import Any


def text_of(value: Any) -> str:
    """A text: digits of a number, lines of a list; empty for nothing.

    >>> text_of(1.2), text_of(None), text_of(["a", "b"])
    ('1.2', '', 'a\\nb')
    """
    if isinstance(value, str):
        return value
    if value is None or value is False:
        return ""
    if isinstance(value, list):
        return "\n".join(text_of(item) for item in value if item is not None)
    return json.dumps(value, ensure_ascii=False)


def list_of(value: Any, *, split: bool = False) -> list[str]:
    """A list of texts; one text is a list of itself, or of its parts between commas.

    >>> list_of("elf, ranger", split=True), list_of(["a", None, 3])
    (['elf', 'ranger'], ['a', '3'])
    """
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text_of(item) for item in value if item is not None]
    text = text_of(value)
    if split:
        return [part.strip() for part in text.split(",") if part.strip()]
    return [text] if text.strip() else []


def number_of(value: Any, default: float = 0.0) -> float:
    """A finite number; `default` for what is none.

    >>> number_of("200"), number_of(None, 7), number_of(float("nan"))
    (200.0, 7, 0.0)
    """
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return default
    return number if math.isfinite(number) else default


def flag_of(value: Any, default: bool) -> bool:
    """Yes or no; `default` for nothing.

    >>> flag_of("false", True), flag_of(None, True), flag_of(1, False)
    (False, True, True)
    """
    if value is None or value == "":
        return default
    if isinstance(value, str):
        return value.strip().lower() not in ("false", "0", "no", "off")
    return bool(value)


_CONTROLS = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b."
    r"|[\x01-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)


def shown_text(text: str) -> str:
    """Text that a terminal can be given: without escapes and overrides of the writing direction.

    >>> shown_text("hi\\x1b[2J")
    'hi'
    """
    return _CONTROLS.sub("", text.replace("\r\n", "\n"))
