"""Documents in cards: JSON as text, in base64 of both alphabets, or as numbers of bytes."""

import base64
import binascii
import json
import math
import re
from typing import Any

from ....errors import InputError
from ...text_files import decoded_text

MAX_JSON = 8_000_000
"""Bytes of the card itself."""
_MAX_DEPTH = 100
"""Lists in lists; cards have about ten."""
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, which cannot be written down."""


def unpacked(packed: bytes) -> bytes:
    """The JSON document that a picture's text holds, whatever it was packed in.

    Raises:
        InputError: it is neither JSON nor base64.
    """
    bare = packed.strip(b"\0 \t\r\n")
    if bare.startswith((b"{", b"[", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return bare
    if re.fullmatch(rb"\d{1,3}(,\s*\d{1,3})+", bare):
        return bytes(min(int(number), 255) for number in bare.split(b","))
    bare = b"".join(bare.split()).replace(b"-", b"+").replace(b"_", b"/").rstrip(b"=")
    try:
        # Some programs leave the padding out.
        return base64.b64decode(bare + b"=" * (-len(bare) % 4), validate=True)
    except binascii.Error as error:
        raise InputError("The card in this picture is damaged: it is not base64.") from error


def parsed(document: bytes) -> Any:
    """The data in a JSON document, made so that it can be written down again.

    Raises:
        InputError: it is no JSON document, too large, or nested too deeply.
    """
    if len(document) > MAX_JSON:
        raise InputError(f"The card has more than {MAX_JSON} bytes.")
    text = decoded_text(document, "The card is damaged: it").strip("\0 \t\r\n\ufeff")
    try:
        data = _loaded(text)
    except (ValueError, RecursionError) as error:
        raise InputError("The card is damaged: it is not a JSON document in UTF-8.") from error
    _check_depth(data)
    return data


def _loaded(text: str) -> Any:
    data = json.loads(text, parse_constant=lambda name: None, parse_float=_finite)
    written = json.dumps(data, ensure_ascii=False)
    return json.loads(_HALF.sub("\ufffd", written)) if _HALF.search(written) else data


def _finite(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


def _check_depth(data: Any) -> None:
    level = [data]
    for _ in range(_MAX_DEPTH):
        inner = [item for item in level if isinstance(item, dict | list)]
        level = [
            part for item in inner for part in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return
    raise InputError(f"The card is damaged: it is nested more than {_MAX_DEPTH} levels deep.")
