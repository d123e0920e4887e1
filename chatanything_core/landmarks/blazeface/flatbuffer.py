"""FlatBuffers, read in bounds: the binary layout that TFLite model files have.

Source: the format's own description, "FlatBuffers Internals". A table's position points back to
its vtable, which holds the offset of each field; vectors and strings begin with their count.
Every read checks that it lies within the file, so damaged files end in ValueError.
"""

import struct
from typing import Any

import numpy as np
import numpy.typing as npt

MOST_TABLES = 4096
"""Longest vector of tables that is read; the largest face model has 1300 tensors."""


class Table:
    """One table of a buffer; fields are told by their number in the schema."""

    def __init__(self, data: bytes, position: int) -> None:
        self._data = data
        self._position = position
        vtable = position - int(_read(data, "<i", position))
        self._vtable = vtable
        self._size = int(_read(data, "<H", vtable))

    @classmethod
    def root(cls, data: bytes) -> "Table":
        """The table that the whole buffer is."""
        return cls(data, int(_read(data, "<I", 0)))

    def number(self, field: int, code: str, default: int = 0) -> int:
        """A scalar field by its struct `code` (b, B, i, I)."""
        place = self._field(field)
        return int(_read(self._data, "<" + code, place)) if place else default

    def table(self, field: int) -> "Table | None":
        """A field that is a table; None where it is absent."""
        place = self._field(field)
        return Table(self._data, self._follow(place)) if place else None

    def tables(self, field: int) -> "list[Table]":
        """A field that is a vector of tables."""
        place = self._field(field)
        if not place:
            return []
        start = self._follow(place)
        count = int(_read(self._data, "<I", start))
        if count > MOST_TABLES:
            raise ValueError(f"a list of {count} tables")
        return [
            Table(self._data, self._follow(start + 4 + 4 * index)) for index in range(count)
        ]  # fmt: skip

    def array(self, field: int, kind: Any) -> npt.NDArray[Any]:
        """A field that is a vector of numbers, of NumPy type `kind`; empty where absent."""
        kind = np.dtype(kind)
        place = self._field(field)
        if not place:
            return np.zeros(0, kind)
        start = self._follow(place)
        count = int(_read(self._data, "<I", start))
        if start + 4 + count * kind.itemsize > len(self._data):
            raise ValueError(f"a list of {count} numbers at byte {start}, past the end")
        return np.frombuffer(self._data, kind, count, start + 4)

    def text(self, field: int) -> str:
        """A field that is a string; empty where absent."""
        return bytes(self.array(field, "u1")).decode("utf-8", "replace")

    def _field(self, field: int) -> int:
        """Where a field lies; 0 when the table does not have it."""
        entry = 4 + 2 * field
        if entry + 2 > self._size:
            return 0
        offset = int(_read(self._data, "<H", self._vtable + entry))
        return self._position + offset if offset else 0

    def _follow(self, place: int) -> int:
        return place + int(_read(self._data, "<I", place))


def _read(data: bytes, code: str, place: int) -> int | float:
    if not 0 <= place <= len(data) - struct.calcsize(code):
        raise ValueError(f"a pointer to byte {place} of {len(data)}")
    value: int | float = struct.unpack_from(code, data, place)[0]
    return value
