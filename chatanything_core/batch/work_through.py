"""Give the rows of a list to workers, until each has one result or has failed."""

import queue
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Condition, Thread
from typing import Any

from ..errors import ChatAnythingError, EngineError, WorkerLostError
from .records import Made, Outcome, Row, Worker
from .result_folders import ResultFolders

TRIES = 3
"""How many workers a row may take with it before it counts as the cause."""
PATIENCE = 60.0
"""Seconds that are waited for any worker when all of them are lost."""
_LOOK = 0.1


class _StopError(Exception):
    """Nobody waits for the results any more."""


def work_through(
    rows: Sequence[Row],
    jobs: Mapping[str, Any],
    workers: Sequence[Worker],
    folders: ResultFolders,
    patience: float = PATIENCE,
) -> Iterator[Outcome]:
    """Make every row that has no result yet; each outcome as it comes, first those that are there.

    A row whose worker is lost goes to another, thrice at most. What a lost worker may still send
    is never taken: a row has one result.

    Args:
        jobs: All that each row's result depends on, as JSON, by the row's name.
        patience: Seconds to wait when no worker is left.

    Raises:
        EngineError: no worker was left for that long; rows without a result are given up.
    """
    waiting = []
    for row in rows:
        record = folders.finished(row, jobs[row.name])
        if record is None:
            waiting.append(row)
        else:
            yield Outcome(row, record)
    if waiting:
        yield from _Bench(waiting, jobs, folders, patience).outcomes(workers)


class _Bench:
    """The rows that are left, and the threads of the workers that take them."""

    def __init__(
        self,
        rows: Sequence[Row],
        jobs: Mapping[str, Any],
        folders: ResultFolders,
        patience: float,
    ) -> None:
        self._waiting = deque(rows)
        self._left = len(rows)
        self._jobs, self._folders, self._patience = jobs, folders, patience
        self._tries = {row.name: 0 for row in rows}
        self._changed = Condition()
        self._ended: queue.SimpleQueue[Outcome | BaseException] = queue.SimpleQueue()
        self._stopped = False
        self._lost: dict[int, str] = {}
        """Workers that cannot work now, and why."""

    def outcomes(self, workers: Sequence[Worker]) -> Iterator[Outcome]:
        threads = [
            Thread(target=self._serve, args=(number, worker), name=worker.name, daemon=True)
            for number, worker in enumerate(workers)
        ]
        self._first = sum(not worker.ahead for worker in workers)
        for thread in threads:
            thread.start()
        try:
            for _ in range(self._left):
                yield self._next_outcome(len(workers))
        finally:
            self._stop()
            for worker in workers:
                worker.close()
            for thread in threads:
                thread.join()

    def _next_outcome(self, workers: int) -> Outcome:
        alone_since: float | None = None
        while True:
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
            f"No worker is left, and {self._left} rows have no result: {why}. Start one again and "
            "run the same command: results that are there are kept."
        )

    def _stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _tick(self, done: int, total: int) -> None:
        if self._stopped:
            raise _StopError

    def _serve(self, number: int, worker: Worker) -> None:
        """What a worker's thread does until no row is left."""
        try:
            while (row := self._take(worker.ahead)) is not None:
                if self._make(number, worker, row):
                    continue
                worker.revive(self._tick)
                self._lost.pop(number, None)
        except _StopError:
            return
        except BaseException as error:  # noqa: BLE001  raised again by whoever waits
            self._ended.put(error)

    def _make(self, number: int, worker: Worker, row: Row) -> bool:
        """Have a worker make a row; False when the worker was lost."""
        self._tries[row.name] += 1
        began = time.perf_counter()
        try:
            made = worker.work(row, self._tick)
        except WorkerLostError as error:
            self._lost[number] = str(error)
            self._give_back(row, worker, error)
            return False
        except ChatAnythingError as error:
            self._settle(row, worker, began, lambda: None, str(error))
        else:
            self._settle(row, worker, began, lambda: self._commit(row, made))
        return True

    def _commit(self, row: Row, made: Made) -> Mapping[str, Any]:
        return self._folders.commit(row, self._jobs[row.name], made)

    def _settle(
        self,
        row: Row,
        worker: Worker,
        began: float,
        record: Callable[[], Mapping[str, Any] | None],
        error: str = "",
    ) -> None:
        spent = time.perf_counter() - began
        kept = record()
        self._ended.put(Outcome(row, kept, error, worker.name, self._tries[row.name], spent))
        with self._changed:
            self._left -= 1
            self._changed.notify_all()

    def _take(self, ahead: bool) -> Row | None:
        """The next row; None when every row is settled.

        Who only keeps a row ready leaves the last ones to workers that are idle.
        """
        with self._changed:
            while self._left:
                self._tick(0, 0)
                if len(self._waiting) > (self._first if ahead else 0):
                    return self._waiting.popleft()
                self._changed.wait(_LOOK)
        return None

    def _give_back(self, row: Row, worker: Worker, error: WorkerLostError) -> None:
        if self._tries[row.name] >= TRIES:
            told = f"It took {TRIES} workers with it, last {worker.name}: {error}"
            self._settle(row, worker, time.perf_counter(), lambda: None, told)
            return
        with self._changed:
            self._waiting.appendleft(row)
            self._changed.notify_all()
