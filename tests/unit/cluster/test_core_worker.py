"""Real processes: what they give back, what they say when they cannot, and how they die."""

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from chatanything.batch import read_list
from chatanything.cluster.core_worker import CoreWorker
from chatanything.errors import EngineError, WorkerLostError
from chatanything.progress import no_progress


@dataclass(frozen=True)
class Named:
    """A task that is nothing but a name."""

    name: str


ONE = Named("one")


@pytest.fixture
def worker():
    """Evaluates a line of Python for each task."""
    started = []

    def start(**lines):
        started.append(CoreWorker(7, eval, lines))
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_one_process_does_task_after_task(worker):
    core = worker(one="__import__('os').getpid()", two="__import__('os').getpid()")
    first, second = (core.work(Named(name), no_progress) for name in ("one", "two"))
    assert first == second != os.getpid()


def test_it_has_the_package_of_this_checkout_under_its_name(worker):
    core = worker(one="__import__('chatanything.cluster').__file__")
    assert Path(core.work(ONE, no_progress)).parent == Path(__file__).parents[3] / (
        "chatanything_core"
    )


def test_it_computes_on_one_thread(worker):
    core = worker(one="__import__('os').environ['OMP_NUM_THREADS']")
    assert core.work(ONE, no_progress) == "1"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("print('hello') or 1", 1),
        ("__import__('os').write(1, b'hello')", 5),
        ("__import__('sys').stdin.read()", ""),
        ("'x' * 300_000", "x" * 300_000),
    ],
    ids=["prints", "writes", "reads", "says much"],
)
def test_what_a_job_prints_or_reads_does_not_disturb_it(worker, line, answer):
    core = worker(one=line, two="2")
    assert core.work(ONE, no_progress) == answer
    assert core.work(Named("two"), no_progress) == 2


def test_a_refusal_is_told_in_its_own_words(tmp_path):
    core = CoreWorker(1, read_list, {"one": tmp_path / "none.csv"})
    with pytest.raises(EngineError, match=r"^Cannot read the list"):
        core.work(ONE, no_progress)
    core.close()


def test_any_other_error_is_told_and_the_process_goes_on(worker):
    core = worker(one="1 / 0", two="2")
    with pytest.raises(EngineError, match="ZeroDivisionError"):
        core.work(ONE, no_progress)
    assert core.work(Named("two"), no_progress) == 2


def test_a_process_that_died_is_replaced(worker):
    core = worker(one="__import__('os')._exit(3)", two="2")
    with pytest.raises(WorkerLostError, match="core 7 ended with code 3"):
        core.work(ONE, no_progress)
    assert core.work(Named("two"), no_progress) == 2


def test_a_tick_that_raises_ends_the_wait_and_closing_ends_the_process(worker):
    core = worker(one="__import__('time').sleep(600)")
    began = time.monotonic()

    def tick(done, total):
        if time.monotonic() - began > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        core.work(ONE, tick)
    core.close()
    assert time.monotonic() - began < 30
    assert "answers" not in [thread.name for thread in threading.enumerate()]
