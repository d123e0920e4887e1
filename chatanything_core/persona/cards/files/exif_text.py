"""Texts in the EXIF block of a picture: JPEG, WebP and PNG (CIPA DC-008, TIFF 6.0).

Editors write cards into UserComment, some into ImageDescription or Windows' XPComment.
"""

import struct
from collections.abc import Iterator

_TEXTS = (0x9286, 0x010E, 0x9C9C)
"""UserComment, ImageDescription, XPComment."""
_SUB_BLOCK = 0x8769
_BYTES = (1, 2, 7)
"""TIFF types that are bytes: BYTE, ASCII, UNDEFINED."""
_MAX_TAGS = 1000
_CHARSETS = (b"ASCII\0\0\0", b"JIS\0\0\0\0\0", b"\0\0\0\0\0\0\0\0")


def exif_blocks(data: bytes) -> Iterator[bytes]:
    """Every EXIF block of a JPEG or WebP file; nothing of other files."""
    if data.startswith(b"\xff\xd8"):
        yield from _of_jpeg(data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        yield from _of_webp(data)


def exif_texts(block: bytes) -> list[bytes]:
    """The texts of one EXIF block that may be cards, in UTF-8 where the block says so.

    A damaged block gives what can be read of it.
    """
    block = block.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return []
    found: dict[int, bytes] = {}
    try:
        (first,) = struct.unpack_from(f"{order}I", block, 4)
        for tag, value in _tags(block, order, first):
            if tag == _SUB_BLOCK:
                (below,) = struct.unpack_from(f"{order}I", value)
                found.update(_tags(block, order, below))
            found.setdefault(tag, value)
    except struct.error:
        pass
    return [_plain(tag, found[tag]) for tag in _TEXTS if found.get(tag)]


def _tags(block: bytes, order: str, at: int) -> Iterator[tuple[int, bytes]]:
    (count,) = struct.unpack_from(f"{order}H", block, at)
    for index in range(min(count, _MAX_TAGS)):
        start = at + 2 + 12 * index
        tag, kind, size = struct.unpack_from(f"{order}HHI", block, start)
        if tag == _SUB_BLOCK or (kind in _BYTES and size <= 4):
            yield tag, block[start + 8 : start + 12]
        elif kind in _BYTES and tag in _TEXTS:
            (offset,) = struct.unpack_from(f"{order}I", block, start + 8)
            yield tag, block[offset : offset + size]


def _plain(tag: int, value: bytes) -> bytes:
    """Without the eight bytes of its character set, and in UTF-8."""
    if tag == 0x9286 and value.startswith(_CHARSETS):
        return value[8:]
    wide = value[8:] if value.startswith(b"UNICODE\0") else value if tag == 0x9C9C else None
    if wide is None:
        return value
    # The specification wants the order of the block; writers keep to none.
    big = wide[:2] == b"\xfe\xff" or wide[:1] == b"\0"
    text = wide.decode("utf-16-be" if big else "utf-16-le", "replace").lstrip("\ufeff")
    return text.encode("utf-8", "replace")


def _of_jpeg(data: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        mark, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 2 + size]
        if mark == 0xE1 and body.startswith(b"Exif\0\0"):
            yield body
        if mark == 0xDA or size < 2:
            return
        at += 2 + size


def _of_webp(data: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] == b"EXIF":
            yield data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
