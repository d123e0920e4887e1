"""Text files as editors on every system write them: UTF-8 and UTF-16, with a mark or without."""

import codecs
from pathlib import Path

from ..errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; those of UTF-32 begin with those of UTF-16, so they come first."""


def decoded_text(data: bytes, what: str) -> str:
    """The text in the bytes of `what`, without its byte order mark.

    Raises:
        InputError: they are neither UTF-8 nor UTF-16 nor UTF-32.

    >>> decoded_text("Zoé".encode("utf-16"), "the card")
    'Zoé'
    """
    marked = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None)
    mark, encoding = marked or (b"", _unmarked(data))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{what} is not UTF-8 text. Save it as UTF-8, or choose another file."
        ) from error


def read_text(path: Path) -> str:
    """The content of a text file.

    Raises:
        InputError: it cannot be read or is no text.
    """
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"Cannot read {path}: {reason}.") from error
    return decoded_text(data, str(path))


def _unmarked(data: bytes) -> str:
    """The encoding of text without a mark: half of the bytes of ASCII in UTF-16 are zero."""
    head = data[:4]
    if head[1::2] == b"\0\0" and b"\0" not in head[::2]:
        return "utf-16-le"
    if head[::2] == b"\0\0" and b"\0" not in head[1::2]:
        return "utf-16-be"
    return "utf-8"
