import asyncio
import itertools
import queue
import threading
import time

import pytest

from chatanything.background import (
    next_item,
    pause,
    run_cancellable,
    run_coroutine,
    run_producer_consumer,
    wait_for,
)
from chatanything.errors import EngineTimeoutError
from chatanything.progress import no_progress

SOON = 0.5
"""Seconds within which Cancel has worked, a busy machine included."""


def cancelled_after(looks):
    left = itertools.count(looks, -1)

    def tick(done, total):
        if next(left) <= 0:
            raise KeyboardInterrupt

    return tick


def far():
    return time.monotonic() + 60


def test_a_call_gives_its_result_or_what_it_raises():
    given_up = []

    def fail():
        raise ValueError("broken")

    def give_up():
        given_up.append(True)

    def who():
        return threading.current_thread().name

    assert run_cancellable(who, give_up, far(), "late", no_progress, name="aside") == "aside"
    with pytest.raises(ValueError, match="broken"):
        run_cancellable(fail, give_up, far(), "late", no_progress, name="aside")
    assert not given_up


@pytest.mark.parametrize(
    ("seconds", "tick", "error"),
    [(60, cancelled_after(1), KeyboardInterrupt), (0.1, no_progress, EngineTimeoutError)],
)
def test_a_call_is_given_up_at_cancel_and_at_its_deadline(seconds, tick, error):
    stop = threading.Event()
    began = time.monotonic()
    with pytest.raises(error):
        run_cancellable(stop.wait, stop.set, began + seconds, "late", tick, name="aside")
    assert time.monotonic() - began < SOON
    assert stop.is_set()


def test_a_pause_ends_at_its_deadline_and_at_cancel():
    began = time.monotonic()
    pause(60, began + 0.05, no_progress)
    with pytest.raises(KeyboardInterrupt):
        pause(60, far(), cancelled_after(1))
    assert time.monotonic() - began < SOON


def test_a_coroutine_runs_where_a_loop_is_running_already():
    async def add():
        await asyncio.sleep(0)
        return 2, threading.current_thread().name

    async def host():
        with run_coroutine(add(), "loop") as answer:
            return wait_for(answer, far(), "late", no_progress)

    assert asyncio.run(host()) == (2, "loop")


def test_a_coroutine_left_early_closes_what_it_opened():
    closed = []

    async def listen():
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            closed.append(True)

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), run_coroutine(listen(), "loop") as answer:
        wait_for(answer, far(), "late", cancelled_after(1))
    assert closed and time.monotonic() - began < SOON
    assert "loop" not in {thread.name for thread in threading.enumerate()}


def test_waiting_for_the_next_thing_can_be_cancelled():
    things = queue.SimpleQueue()
    threading.Timer(0.15, things.put, ["here"]).start()
    assert next_item(things, no_progress) == "here"
    with pytest.raises(KeyboardInterrupt):
        next_item(things, cancelled_after(1))


def test_a_producer_stays_few_things_ahead_of_its_consumer():
    made, ahead = [], []

    def use(items):
        total = 0
        for item in items:
            time.sleep(0.002)
            ahead.append(len(made) - item)
            total += item
        return total

    total = run_producer_consumer(iter(range(40)), use, made.append, 2, name="user")
    assert total == sum(range(40)) and made == list(range(1, 41))
    assert max(ahead) <= 4


def test_whichever_side_fails_both_stop():
    seen = []

    def breaks(items):
        for item in items:
            if item == 3:
                raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        run_producer_consumer(itertools.count(), breaks, seen.append, name="user")
    assert len(seen) < 20

    def keep(items):
        try:
            for item in items:
                seen.append(item)
        except Exception as error:
            seen.append(type(error).__name__)
            raise

    def cancel(done):
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_producer_consumer(itertools.count(), keep, cancel, name="user")
    assert seen[-1] == "_StoppedError"
