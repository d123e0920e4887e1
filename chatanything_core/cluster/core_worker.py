"""A core of this machine that does one task at a time, in a process of its own."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any, Generic, TypeVar

from ..background import next_item
from ..errors import EngineError, WorkerLostError
from ..progress import Tick
from .answer_jobs import PACKAGE, SCRIPT, Reply
from .records import Task

A = TypeVar("A")
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""The cores are shared out already; and what is added up in one order has the same last bit."""


class CoreWorker(Generic[A]):
    """Calls a function in a child process, which is started anew when it has died."""

    ahead = False

    def __init__(self, number: int, function: Callable[[Any], A], jobs: Mapping[str, Any]) -> None:
        """`jobs` has what the function is called with, by the task's name; both are pickled."""
        self.name = f"core {number}"
        self._function = function
        self._jobs = jobs
        self._child: _Child | None = None

    def work(self, task: Task, tick: Tick) -> A:
        """Do one task; raises as `Worker.work` does."""
        child = self._child = self._child or _Child()
        reply = child.reply(pickle.dumps((self._function, self._jobs[task.name])), tick)
        if reply is None:
            self.close()
            raise WorkerLostError(
                f"The process of {self.name} ended with code {child.code}. When memory is short, "
                "use fewer --workers."
            )
        made: A = answer_of(reply)
        return made

    def revive(self, tick: Tick) -> None:
        """The next task starts another process."""

    def close(self) -> None:
        """End the process, whatever it is at."""
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """A process, and the thread that waits for what it answers."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **dict.fromkeys(_ONE_THREAD, "1"), "PYTHONUTF8": "1"},
        )
        self._replies: SimpleQueue[Reply | None] = SimpleQueue()
        assert self._process.stdout
        read = (self._process.stdout, self._replies)
        self._reader = Thread(target=_read, args=read, name="answers", daemon=True)
        self._reader.start()
        self._send((PACKAGE, sys.path))

    @property
    def code(self) -> int | None:
        """What it ended with."""
        return self._process.returncode

    def reply(self, job: bytes, tick: Tick) -> Reply | None:
        """What it answers; None when it died."""
        self._send(job)
        return next_item(self._replies, tick)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()

    def _send(self, message: Any) -> None:
        """Write to it; that it is dead is seen by who reads."""
        assert self._process.stdin
        with suppress(OSError):
            pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()


def _read(answers: IO[bytes], replies: "SimpleQueue[Reply | None]") -> None:
    """Hand on every answer, and None when no more will come."""
    try:
        with suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                replies.put(pickle.load(answers))
    finally:
        replies.put(None)


def answer_of(reply: Reply) -> Any:
    """What a job's function returned.

    Raises:
        EngineError: the job failed.
    """
    done, answer = reply
    if not done:
        raise EngineError(answer)
    return answer
