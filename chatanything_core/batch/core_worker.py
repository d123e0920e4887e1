"""A core of this machine that makes one row at a time, in a process of its own."""

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from ..character.request import Request
from ..errors import EngineError, WorkerLostError
from ..progress import Tick
from .make_row import make_row
from .records import Made, Row

_LOOK = 0.1
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""The cores are shared out already; and what is added up in one order has the same last bit."""


class CoreWorker:
    """Makes rows in a child process, which is started anew when it has died."""

    ahead = False

    def __init__(self, number: int, requests: Mapping[str, Request]) -> None:
        """`requests` has what each row asks for, by the row's name."""
        self.name = f"core {number}"
        self._requests = requests
        self._child: tuple[BaseProcess, Connection] | None = None

    def work(self, row: Row, tick: Tick) -> Made:
        """Make one row; raises as `Worker.work` does."""
        process, pipe = self._child = self._child or _started()
        try:
            pipe.send(self._requests[row.name])
            while not pipe.poll(_LOOK):
                tick(0, 0)
            made: Made | str = pipe.recv()
        except (EOFError, OSError) as error:
            self.close()
            raise WorkerLostError(
                f"The process of {self.name} ended with code {process.exitcode}. When memory is "
                "short, use fewer --workers."
            ) from error
        if isinstance(made, str):
            raise EngineError(made)
        return made

    def revive(self, tick: Tick) -> None:
        """The next row starts another process."""

    def close(self) -> None:
        """End the process, whatever it is at."""
        if self._child is not None:
            process, pipe = self._child
            self._child = None
            process.kill()
            process.join()
            pipe.close()


def _started() -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _serve(pipe: Connection) -> None:
    """What the child does until its parent is gone; Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(make_row(pipe.recv()))
