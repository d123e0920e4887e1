"""The processes that speak for espeak: one an utterance, started ahead where speech must come soon.

A process that waits has Python, the library and its data loaded, and still speaks the first words
of a fresh state machine: its bytes are those of one that is started when it is needed. It ends with
this program, when its standard input is closed.
"""

import atexit
import subprocess
import sys
from pathlib import Path
from threading import Lock, Timer

from ...errors import EngineError
from .espeak_data import EspeakData

SPARE = 2
"""Processes that wait: the second is ready while the one after it starts."""
LATER = 0.4
"""Seconds after which a process is replaced while another still waits."""
_WORKER = Path(__file__).with_name("espeak_worker.py")
Worker = subprocess.Popen[bytes]


class Workers:
    """Processes to speak with; a few wait once `keep` was called."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._spare: list[Worker] = []
        self._kept: EspeakData | None = None
        self._timer: Timer | None = None

    def keep(self, data: EspeakData) -> None:
        """Have SPARE processes wait from now on."""
        with self._lock:
            if self._kept is None:
                atexit.register(self.close)
            if self._kept != data:
                self._drop()
            self._kept = data
        self.refill()

    def take(self, data: EspeakData) -> Worker:
        """A process that takes one request; one that waited, where there is one."""
        with self._lock:
            ready = self._spare if data == self._kept else []
            while ready:
                worker = ready.pop(0)
                if worker.poll() is None:
                    return worker
                _end(worker)
        return _started(data)

    def refill(self) -> None:
        """Start what `take` took; does nothing unless processes are kept."""
        with self._lock:
            while self._kept and len(self._spare) < SPARE:
                self._spare.append(_started(self._kept))

    def refill_soon(self) -> None:
        """Start what `take` took: at once when none is left, else when the machine is less busy.

        What was just said is about to be shown, and starting a process takes as long as speaking.
        """
        with self._lock:
            if self._kept and self._spare:
                if self._timer is None or not self._timer.is_alive():
                    self._timer = Timer(LATER, self.refill)
                    self._timer.daemon = True
                    self._timer.start()
                return
        self.refill()

    def close(self) -> None:
        """End those that wait, and keep none any more."""
        with self._lock:
            self._kept = None
            if self._timer:
                self._timer.cancel()
            self._drop()

    def _drop(self) -> None:
        while self._spare:
            _end(self._spare.pop())


workers = Workers()


def _started(data: EspeakData) -> Worker:
    if not sys.executable:
        raise EngineError("espeak runs in a process of its own and needs a Python executable.")
    return subprocess.Popen(
        [sys.executable, "-I", "-S", str(_WORKER), str(data.library), str(data.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _end(worker: Worker) -> None:
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout, worker.stderr):
        if pipe:
            pipe.close()
