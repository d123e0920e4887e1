"""What a list holds, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line of a list: one result that is wanted."""

    name: str
    """Name of its folder; unique in the list, safe on every file system."""
    line: int
    """Line of the file that it begins in, from 1."""
    values: Mapping[str, str]
    """What its cells say, by column; empty cells are left out."""


@dataclass(frozen=True, eq=False)
class Made:
    """What came of a row, whole, wherever it was made."""

    files: Mapping[str, bytes]
    """Contents by file name."""
    told: Mapping[str, Any] = field(default_factory=dict)
    """What is said of it in `result.json`; the same whoever made it."""
