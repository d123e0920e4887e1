"""Texts in PNG files: chunks tEXt, zTXt and iTXt, read with limits (PNG specification, 11.3.3)."""

import struct
import zlib
from collections.abc import Iterator

from ...errors import InputError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_TEXT = 16_000_000
"""Bytes of one text after decompression."""


def texts(data: bytes) -> dict[str, bytes]:
    """Every text of a PNG file by its keyword in lower case; of several, the last.

    Raises:
        InputError: it is not a PNG, is cut off, or holds a text beyond MAX_TEXT.
    """
    found = {}
    for kind, body in _chunks(data):
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            keyword, _, rest = body.partition(b"\0")
            found[keyword.decode("latin-1").lower()] = _text(kind, rest)
    return found


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not data.startswith(SIGNATURE):
        raise InputError("This is not a PNG file.")
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        if at + 12 + size > len(data):
            break
        yield kind, data[at + 8 : at + 8 + size]
        if kind == b"IEND":
            return
        at += 12 + size
    raise InputError("This PNG file is cut off. Download it again.")


def _text(kind: bytes, rest: bytes) -> bytes:
    if kind == b"zTXt":
        return _inflated(rest[1:])
    if kind == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:]
        rest = rest.partition(b"\0")[2].partition(b"\0")[2]
        return _inflated(rest) if packed else rest
    return rest


def _inflated(data: bytes) -> bytes:
    try:
        text = zlib.decompressobj().decompress(data, MAX_TEXT + 1)
    except zlib.error as error:
        raise InputError("A text in this PNG file cannot be unpacked.") from error
    if len(text) > MAX_TEXT:
        raise InputError(f"A text in this PNG file is larger than {MAX_TEXT} bytes.")
    return text
