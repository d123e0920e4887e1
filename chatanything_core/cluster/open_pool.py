"""The workers of a pool, for as long as there is work for them."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

from ..ranges import check_ranges
from .core_worker import CoreWorker
from .ray_worker import ray_workers
from .records import Pool, Task, Worker

A = TypeVar("A")


def open_pool(
    pool: Pool, function: Callable[[Any], A], jobs: Mapping[str, Any]
) -> AbstractContextManager[Sequence[Worker[Task, A]]]:
    """The workers of a pool; nothing is started or connected before the context is entered.

    Args:
        function: What a worker does: a function of a module of this package, or of an installed
            one. It runs in another process, and its errors count as the task's.
        jobs: What it is called with, by the task's name; pickled, as its answers are.

    Raises:
        InputError: a number of workers out of range; on entry, no cluster at the address.
        MissingDependencyError: on entry, Ray is asked for and not installed.
    """
    check_ranges(pool, "Pool")
    if pool.ray is not None:
        return ray_workers(pool.ray, function, jobs, pool.workers)
    return _cores(pool.workers, function, jobs)


@contextmanager
def _cores(
    workers: int, function: Callable[[Any], A], jobs: Mapping[str, Any]
) -> Iterator[Sequence[CoreWorker[A]]]:
    count = min(workers or usable_cores(), len(jobs))
    yield [CoreWorker(number, function, jobs) for number in range(1, count + 1)]


def usable_cores() -> int:
    """Cores that this process may use, where the system says; else all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
