"""Jobs on processes of this machine; one that dies is replaced and its job given out again."""

import json
import os
import queue
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread

from ..background import next_item
from ..errors import EngineError
from ..progress import Tick
from .records import TRIES, Answer, Job

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = __name__.partition(".cluster")[0]
_Outcome = tuple[int, Answer | str]


def run_locally(
    target: str, jobs: Sequence[Job], workers: int, tick: Tick
) -> Iterator[tuple[int, Answer]]:
    """Index and answer of each job, in the order in which they are done; see `run_jobs`."""
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for index in range(len(jobs)):
        waiting.put(index)
    outcomes: queue.SimpleQueue[_Outcome] = queue.SimpleQueue()
    crew = [_Worker(target) for _ in range(min(workers or os.cpu_count() or 1, len(jobs)))]
    threads = [Thread(target=one.work, args=(jobs, waiting, outcomes), daemon=True) for one in crew]
    try:
        for thread in threads:
            thread.start()
        for done in range(len(jobs)):
            index, answer = next_item(outcomes, partial(_tell, tick, done, len(jobs)))
            if isinstance(answer, str):
                raise EngineError(answer)
            yield index, answer
    finally:
        for one in crew:
            one.stop()


def _tell(tick: Tick, done: int, total: int, *_: int) -> None:
    tick(done, total)


class _Worker:
    """One process, and the thread that feeds it."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def work(
        self,
        jobs: Sequence[Job],
        waiting: "queue.SimpleQueue[int]",
        outcomes: "queue.SimpleQueue[_Outcome]",
    ) -> None:
        """Do jobs until none waits."""
        with suppress(queue.Empty):
            while not self._stopped:
                index = waiting.get_nowait()
                outcomes.put((index, self._answer(jobs[index])))
        self.stop()

    def stop(self) -> None:
        """End the process, which then loses the job that it has."""
        self._stopped = True
        process = self._process
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()

    def _answer(self, job: Job) -> Answer | str:
        """What the job gave, or why it failed in words."""
        line = json.dumps(job).encode() + b"\n"
        for _ in range(TRIES):
            if self._process is None or self._process.poll() is not None:
                self._process = _started(self._target)
            reply = _asked(self._process, line)
            if reply:
                answer = json.loads(reply)
                return answer["done"] if "done" in answer else f"A job failed: {answer['failed']}"
            self._process.wait()
            if self._stopped:
                break
        return f"A worker died {TRIES} times on the same job. See what it printed, and try again."


def _asked(process: "subprocess.Popen[bytes]", line: bytes) -> bytes:
    """The line that the process answers; empty when it died."""
    assert process.stdin and process.stdout
    try:
        process.stdin.write(line)
        process.stdin.flush()
        reply = process.stdout.readline()
    except (OSError, ValueError):
        return b""
    return reply if reply.endswith(b"\n") else b""


def _started(target: str) -> "subprocess.Popen[bytes]":
    script = str(Path(__file__).with_name("job_process.py"))
    return subprocess.Popen(
        [sys.executable, script, PACKAGE, str(ROOT), target],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"},
    )
