"""A TrueType font of square letters for any characters, made from nothing."""

import struct
from pathlib import Path


def tiny_font(path: Path, characters: str, form: int = 12) -> Path:
    """Write a font in which every one of `characters` is a black square."""
    codes = sorted(map(ord, characters))
    tables = {
        b"cmap": _cmap(codes, form),
        b"glyf": _square() * 2,
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0),
            *(0, 0, 800, 800, 0, 8, 2, 1, 0),
        ),
        b"hhea": struct.pack(">IhhhHhhhhhh4hhH", 0x10000, 800, -200, 0, 1000, *([0] * 11), 2),
        b"hmtx": struct.pack(">HhHh", 1000, 0, 1000, 0),
        b"loca": struct.pack(">3I", 0, len(_square()), 2 * len(_square())),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, *([0] * 11)),
    }
    path.write_bytes(_file(tables))
    return path


def _file(tables: dict[bytes, bytes]) -> bytes:
    head = struct.pack(">IHHHH", 0x10000, len(tables), 0, 0, 0)
    place, body = 12 + 16 * len(tables), b""
    for name, table in sorted(tables.items()):
        head += name + struct.pack(">III", 0, place + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return head + body


def _square() -> bytes:
    corners = [(100, 0), (0, 700), (700, 0), (0, -700)]
    glyph = struct.pack(">hhhhh", 1, 100, 0, 800, 700) + struct.pack(">HH", 3, 0) + bytes([1] * 4)
    glyph += b"".join(struct.pack(">h", x) for x, _ in corners)
    glyph += b"".join(struct.pack(">h", y) for _, y in corners)
    return glyph + bytes(-len(glyph) % 4)


def _cmap(codes: list[int], form: int) -> bytes:
    """Every code point is glyph 1."""
    if form == 12:
        groups = b"".join(struct.pack(">III", code, code, 1) for code in codes)
        part = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(codes)) + groups
        return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + part
    ends = [*codes, 0xFFFF]
    deltas = [(1 - code) & 0xFFFF for code in codes] + [1]
    lists = [*ends, 0, *ends, *deltas, *([0] * len(ends))]
    part = struct.pack(">7H", 4, 16 + 8 * len(ends), 0, 2 * len(ends), 0, 0, 0)
    part += struct.pack(f">{len(lists)}H", *lists)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + part
