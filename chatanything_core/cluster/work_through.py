"""Give tasks to workers, until each has one result or has failed."""

import queue
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from threading import Condition, Thread
from typing import Generic, TypeVar

from ..errors import ChatAnythingError, EngineError, WorkerLostError
from ..progress import Tick, no_progress
from .records import Outcome, Results, Task, Worker

T = TypeVar("T", bound=Task)
A = TypeVar("A")
R = TypeVar("R")
TRIES = 3
"""How many workers a task may take with it before it counts as the cause."""
PATIENCE = 60.0
"""Seconds that are waited for any worker when all of them are lost."""
_LOOK = 0.1


class _StopError(Exception):
    """Nobody waits for the results any more."""


def work_through(
    tasks: Sequence[T],
    crew: AbstractContextManager[Sequence[Worker[T, A]]],
    results: Results[T, A, R],
    *,
    patience: float = PATIENCE,
    tick: Tick = no_progress,
) -> Generator[Outcome[T, R], None, None]:
    """Do every task that has no result yet; each outcome as it comes, first those that are there.

    A task whose worker is lost goes to another, thrice at most. What a lost worker may still send
    is never taken: a task has one result.

    Args:
        crew: The workers; entered only when there is work.
        patience: Seconds to wait when no worker is left.
        tick: Counts tasks, those that are there included; may raise, which ends all work.

    Raises:
        EngineError: no worker was left for that long; tasks without a result are given up.
    """
    waiting = []
    for task in tasks:
        record = results.finished(task)
        if record is None:
            waiting.append(task)
        else:
            yield Outcome(task, record)
    if waiting:
        before, total = len(tasks) - len(waiting), len(tasks)
        with crew as workers:
            bench = _Bench(waiting, results, patience)
            yield from bench.outcomes(workers, lambda done, _: tick(before + done, total))


class _Bench(Generic[T, A, R]):
    """The tasks that are left, and the threads of the workers that take them."""

    def __init__(self, tasks: Sequence[T], results: Results[T, A, R], patience: float) -> None:
        self._waiting = deque(tasks)
        self._left = len(tasks)
        self._results, self._patience = results, patience
        self._tries = {task.name: 0 for task in tasks}
        self._changed = Condition()
        self._ended: queue.SimpleQueue[Outcome[T, R] | BaseException] = queue.SimpleQueue()
        self._stopped = False
        self._lost: dict[int, str] = {}
        """Workers that cannot work now, and why."""

    def outcomes(
        self, workers: Sequence[Worker[T, A]], tick: Tick
    ) -> Generator[Outcome[T, R], None, None]:
        threads = [
            Thread(target=self._serve, args=(number, worker), name=worker.name, daemon=True)
            for number, worker in enumerate(workers)
        ]
        self._first = sum(not worker.ahead for worker in workers)
        total = self._left  # threads count it down from their first moment on
        for thread in threads:
            thread.start()
        try:
            for done in range(total):
                yield self._next_outcome(len(workers), partial(tick, done, total))
        finally:
            self._stop()
            for thread in threads:
                thread.join()

    def _next_outcome(self, workers: int, look: Callable[[], None]) -> Outcome[T, R]:
        alone_since: float | None = None
        while True:
            look()
            try:
                ended = self._ended.get(timeout=_LOOK)
            except queue.Empty:
                if len(self._lost) < workers:
                    alone_since = None
                    continue
                alone_since = alone_since or time.monotonic()
                if time.monotonic() - alone_since > self._patience:
                    raise self._nobody_left() from None
                continue
            if isinstance(ended, BaseException):
                raise ended
            return ended

    def _nobody_left(self) -> EngineError:
        why = "; ".join(dict.fromkeys(self._lost.values()))
        return EngineError(
            f"No worker is left, and {self._left} results are missing: {why}. Start one again and "
            "run the same command: results that are there are kept."
        )

    def _stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _tick(self, done: int, total: int) -> None:
        if self._stopped:
            raise _StopError

    def _serve(self, number: int, worker: Worker[T, A]) -> None:
        """What a worker's thread does until no task is left."""
        try:
            while (task := self._take(worker.ahead)) is not None:
                if self._make(number, worker, task):
                    continue
                worker.revive(self._tick)
                self._lost.pop(number, None)
        except _StopError:
            return
        except BaseException as error:  # noqa: BLE001  raised again by whoever waits
            self._ended.put(error)
        finally:
            worker.close()

    def _make(self, number: int, worker: Worker[T, A], task: T) -> bool:
        """Have a worker do a task; False when the worker was lost."""
        self._tries[task.name] += 1
        began = time.perf_counter()
        try:
            answer = worker.work(task, self._tick)
        except WorkerLostError as error:
            self._lost[number] = str(error)
            self._give_back(task, worker, error)
            return False
        except ChatAnythingError as error:
            self._settle(task, worker, began, lambda: None, str(error))
        else:
            self._settle(task, worker, began, lambda: self._results.commit(task, answer))
        return True

    def _settle(
        self,
        task: T,
        worker: Worker[T, A],
        began: float,
        record: Callable[[], R | None],
        error: str = "",
    ) -> None:
        spent = time.perf_counter() - began
        kept = record()
        self._ended.put(Outcome(task, kept, error, worker.name, self._tries[task.name], spent))
        with self._changed:
            self._left -= 1
            self._changed.notify_all()

    def _take(self, ahead: bool) -> T | None:
        """The next task; None when every one is settled.

        Who only keeps a task ready leaves the last ones to workers that are idle.
        """
        with self._changed:
            while self._left:
                self._tick(0, 0)
                if len(self._waiting) > (self._first if ahead else 0):
                    return self._waiting.popleft()
                self._changed.wait(_LOOK)
        return None

    def _give_back(self, task: T, worker: Worker[T, A], error: WorkerLostError) -> None:
        if self._tries[task.name] >= TRIES:
            told = f"It took {TRIES} workers with it, last {worker.name}: {error}"
            self._settle(task, worker, time.perf_counter(), lambda: None, told)
            return
        with self._changed:
            self._waiting.appendleft(task)
            self._changed.notify_all()
