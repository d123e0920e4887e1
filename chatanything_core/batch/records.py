"""What a list holds, what comes of it, and who does the work."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..progress import Tick


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


@dataclass(frozen=True)
class Outcome:
    """How one row ended."""

    row: Row
    record: Mapping[str, Any] | None
    """What `result.json` in its folder holds; None when the row failed."""
    error: str = ""
    """Why it failed; empty when it did not."""
    worker: str = ""
    """Who made it; empty for a result that was there before."""
    tries: int = 0
    """How many workers began it; more than one when a worker was lost. 0 when it was there."""
    seconds: float = 0.0
    """Wall time of the last try."""


class Worker(Protocol):
    """Makes one row at a time; each is called on a thread of its own."""

    name: str
    """Who it is, in messages."""
    ahead: bool
    """True for one that only keeps the next row ready behind another worker of the same machine."""

    def work(self, row: Row, tick: Tick) -> Made:
        """Make one row; `tick` raises when all is to stop.

        Raises:
            WorkerLostError: the row may be good; another worker should make it.
            ChatAnythingError: the row cannot be made.
        """
        ...

    def revive(self, tick: Tick) -> None:
        """Return when it can work again after it was lost; as long as that takes."""
        ...

    def close(self) -> None:
        """Let go of everything, work under way included."""
        ...
