"""Which characters a font has: the `cmap` table of TrueType and OpenType files.

Microsoft and Apple, OpenType specification 1.9, "cmap" and "Font collections".
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

OUTLINES = {b"glyf", b"CFF ", b"CFF2"}
"""Tables of letters that can be drawn at any size; fonts of bitmaps have none of them."""
UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of the tables that map Unicode, best first."""
BROKEN = (struct.error, IndexError, ValueError, OverflowError)
"""What reading a damaged font raises."""


@dataclass(frozen=True, eq=False)
class Coverage:
    """The characters of one font."""

    first: npt.NDArray[np.int64]
    """First code points of runs, ascending, shape (n,)."""
    last: npt.NDArray[np.int64]
    """Last code points of the runs, shape (n,)."""

    def missing(self, characters: Iterable[str]) -> str:
        """Those of `characters` that the font has not."""
        return "".join(c for c in characters if not self._has(ord(c)))

    def _has(self, code: int) -> bool:
        at = int(np.searchsorted(self.last, code))
        return at < len(self.last) and bool(self.first[at] <= code)


def coverages(file: BinaryIO) -> list[Coverage]:
    """What each font of a file has, in order; nothing for a font that cannot be read."""
    try:
        start = file.read(12)
        if start[:4] != b"ttcf":
            return [_coverage(file, 0)]
        count = struct.unpack(">I", start[8:12])[0]
        places = struct.unpack(f">{count}I", file.read(4 * count))
    except BROKEN:
        return []
    return [_coverage(file, place) for place in places]


def _coverage(file: BinaryIO, place: int) -> Coverage:
    try:
        file.seek(place + 4)
        count = struct.unpack(">H6x", file.read(8))[0]
        records = [struct.unpack(">4s4xII", file.read(16)) for _ in range(count)]
        tables = {name: (offset, size) for name, offset, size in records}
        if not OUTLINES & set(tables):
            return _runs(np.zeros(0, np.int64))
        file.seek(tables[b"cmap"][0])
        return _runs(_codes(file.read(tables[b"cmap"][1])))
    except (*BROKEN, KeyError):
        return _runs(np.zeros(0, np.int64))


def _codes(table: bytes) -> npt.NDArray[np.int64]:
    """Every code point that has a glyph."""
    count = struct.unpack_from(">H", table, 2)[0]
    found = [struct.unpack_from(">HHI", table, 4 + 8 * k) for k in range(count)]
    places = {(platform, encoding): offset for platform, encoding, offset in found}
    for kind in UNICODE:
        if kind in places:
            part = table[places[kind] :]
            form = struct.unpack_from(">H", part)[0]
            if form in (4, 12):
                return _format4(part) if form == 4 else _format12(part)
    return np.zeros(0, np.int64)


def _format12(part: bytes) -> npt.NDArray[np.int64]:
    count = struct.unpack_from(">I", part, 12)[0]
    groups = np.frombuffer(part, ">u4", 3 * count, 16).reshape(-1, 3).astype(np.int64)
    spans = [
        np.arange(first + (glyph == 0), last + 1)
        for first, last, glyph in groups.tolist()
        if first <= last <= 0x10FFFF
    ]
    return np.concatenate([np.zeros(0, np.int64), *spans])


def _format4(part: bytes) -> npt.NDArray[np.int64]:
    segments = struct.unpack_from(">H", part, 6)[0] // 2
    words = np.frombuffer(part, ">u2", (len(part)) // 2).astype(np.int64)
    lasts, firsts = words[7 : 7 + segments], words[8 + segments : 8 + 2 * segments]
    deltas = words[8 + 2 * segments : 8 + 3 * segments]
    base = 8 + 3 * segments
    spans = []
    for k, offset in enumerate(words[base : base + segments].tolist()):
        codes = np.arange(firsts[k], lasts[k] + 1)
        if offset:
            places = base + k + offset // 2 + codes - firsts[k]
            codes, places = codes[places < len(words)], places[places < len(words)]
            glyphs = np.where(words[places] > 0, words[places] + deltas[k], 0)
        else:
            glyphs = codes + deltas[k]
        spans.append(codes[(glyphs & 0xFFFF) > 0])
    return np.concatenate([np.zeros(0, np.int64), *spans])


def _runs(codes: npt.NDArray[np.int64]) -> Coverage:
    codes = np.unique(codes)
    ends = np.flatnonzero(np.diff(codes) > 1)
    first = np.concatenate([codes[:1], codes[ends + 1]])
    return Coverage(first, np.concatenate([codes[ends], codes[-1:]]))
