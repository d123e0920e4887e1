"""Make the characters of a list on this machine or on a Ray cluster: the same files either way."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager

from ..character.request import Request
from ..errors import InputError
from .core_worker import CoreWorker
from .records import Outcome, Row, Worker
from .result_folders import ResultFolders
from .work_through import work_through


def make_batch(
    rows: Sequence[Row],
    requests: Mapping[str, Request],
    settings: Mapping[str, str],
    folders: ResultFolders,
    *,
    workers: int | None = None,
    ray: str | None = None,
) -> Iterator[Outcome]:
    """Make every row that has no result yet; each outcome as it comes.

    Args:
        requests: What each row asks for, by its name.
        settings: What holds for all rows, for telling whether a result is the one asked for.
        workers: How many rows are made at a time; None takes every core.
        ray: Address of a Ray cluster; None stays on this machine.

    Raises:
        InputError: no workers, or no cluster at the address.
        MissingDependencyError: Ray is not installed.
    """
    if workers is not None and workers < 1:
        raise InputError(f"{workers} workers make nothing. Choose 1 or more.")
    jobs = {row.name: {**settings, **row.values} for row in rows}
    with _bench(requests, workers, ray) as bench:
        yield from work_through(rows, jobs, bench, folders)


def _bench(
    requests: Mapping[str, Request], workers: int | None, ray: str | None
) -> AbstractContextManager[Sequence[Worker]]:
    if ray is None:
        return _cores(requests, workers)
    from .ray_worker import ray_workers

    return ray_workers(ray, requests, workers)


@contextmanager
def _cores(requests: Mapping[str, Request], workers: int | None) -> Iterator[Sequence[Worker]]:
    count = min(workers or usable_cores(), len(requests))
    yield [CoreWorker(number, requests) for number in range(1, count + 1)]


def usable_cores() -> int:
    """Cores that this process may use, where the system says; else all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
