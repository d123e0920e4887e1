"""Texts in PNG files: chunks tEXt, zTXt and iTXt, read with limits (PNG specification, 11.3.3)."""

import struct
import zlib
from collections.abc import Container, Iterator

from ....errors import InputError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_TEXT = 16_000_000
"""Bytes of one text after decompression."""
EXIF = "exif"
"""What the chunk eXIf, which has no keyword, is called."""


def texts(data: bytes, wanted: Container[str]) -> dict[str, bytes]:
    """The texts of a PNG file whose keyword, in lower case, is wanted; of several, the last.

    Raises:
        InputError: it is not a PNG, is cut off before any such text, or holds one beyond MAX_TEXT.
    """
    found = {}
    for kind, body in _chunks(data):
        keyword, rest = _named(kind, body)
        if keyword in wanted:
            found[keyword] = _text(kind, rest)
        if kind == b"IEND":
            return found
    if found:
        return found
    raise InputError("This PNG file is cut off. Download it again.")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not data.startswith(SIGNATURE):
        raise InputError("This is not a PNG file.")
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        if at + 12 + size > len(data):
            return
        yield kind, data[at + 8 : at + 8 + size]
        at += 12 + size


def _named(kind: bytes, body: bytes) -> tuple[str, bytes]:
    if kind == b"eXIf":
        return EXIF, body
    if kind not in (b"tEXt", b"zTXt", b"iTXt"):
        return "", b""
    keyword, _, rest = body.partition(b"\0")
    return keyword.decode("latin-1").lower(), rest


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
