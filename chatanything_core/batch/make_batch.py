"""Make the characters of a list on this machine or on a Ray cluster: the same files either way."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..character.request import Request
from ..cluster import Outcome, Pool, open_pool, work_through
from ..errors import InputError
from .make_row import make_row
from .records import Row
from .result_folders import ResultFolders


def make_batch(
    rows: Sequence[Row],
    requests: Mapping[str, Request],
    settings: Mapping[str, str],
    out: Path,
    *,
    workers: int | None = None,
    ray: str | None = None,
) -> Iterator[Outcome[Row, Mapping[str, Any]]]:
    """Make every row that has no result yet; each outcome as it comes.

    Args:
        requests: What each row asks for, by its name.
        settings: What holds for all rows, for telling whether a result is the one asked for.
        out: Folder of the results' folders.
        workers: How many rows are made at a time; None takes every core.
        ray: Address of a Ray cluster; None stays on this machine.

    Raises:
        InputError: no workers, or no cluster at the address.
        MissingDependencyError: Ray is not installed.
    """
    if workers is not None and workers < 1:
        raise InputError(f"{workers} workers make nothing. Choose 1 or more.")
    folders = ResultFolders(out, {row.name: {**settings, **row.values} for row in rows})
    return work_through(rows, open_pool(Pool(workers or 0, ray), make_row, requests), folders)
