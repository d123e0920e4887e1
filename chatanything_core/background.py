"""Work in the background, while the caller that waits for it can be interrupted.

The caller looks at the clock and at Cancel (a `Tick`, which may raise) ten times a second. The work
is a call (`run_cancellable`), a coroutine (`run_coroutine`), or a consumer of things
that are made here (`run_producer_consumer`).
"""

import asyncio
import queue
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import CancelledError, Future, wait
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any, TypeVar

from .errors import EngineTimeoutError
from .progress import Tick

T = TypeVar("T")
Item = TypeVar("Item")
_LOOK = 0.1
"""Seconds between two looks at the clock and at Cancel."""
ROOM = (2, 8)
"""Fewest and most things between a producer and its consumer."""


def run_cancellable(
    work: Callable[[], T],
    give_up: Callable[[], None],
    deadline: float,
    late: str,
    tick: Tick,
    *,
    name: str,
) -> T:
    """Run `work` on a thread called `name`; its result, or whatever it raises.

    When `time.monotonic()` passes `deadline`, or `tick` raises, `give_up` makes the work end.

    Raises:
        EngineTimeoutError: with the words `late`.
    """
    outcome = _start(work, name)
    try:
        return wait_for(outcome, deadline, late, tick)
    finally:
        if not outcome.done():
            give_up()


def wait_for(outcome: "Future[T]", deadline: float, late: str, tick: Tick) -> T:
    """The result of work that is under way; see `run_cancellable`."""
    while not wait([outcome], timeout=_LOOK).done:
        tick(0, 0)
        if time.monotonic() > deadline:
            raise EngineTimeoutError(late)
    return outcome.result()


def pause(seconds: float, deadline: float, tick: Tick) -> None:
    """Wait, but never past the deadline, and look for Cancel meanwhile."""
    end = min(time.monotonic() + seconds, deadline)
    while (left := end - time.monotonic()) > 0:
        tick(0, 0)
        time.sleep(min(left, _LOOK))


@contextmanager
def run_coroutine(work: Coroutine[Any, Any, T], name: str) -> Iterator["Future[T]"]:
    """Run `work` on a loop of its own, on a thread called `name`.

    Leaving early cancels it and closes its connection. It also works where a loop is running
    already, as inside ComfyUI.
    """
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name=name, daemon=True)
    thread.start()
    result = asyncio.run_coroutine_threadsafe(work, loop)
    try:
        yield result
    finally:
        result.cancel()
        _settle(loop)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def next_item(items: "queue.SimpleQueue[Item]", tick: Tick) -> Item:
    """Wait for the next thing that somebody puts into a queue; `tick` may raise meanwhile."""
    while True:
        tick(0, 0)
        try:
            return items.get(timeout=_LOOK)
        except queue.Empty:
            continue


def run_producer_consumer(
    items: Iterator[Item],
    use: Callable[[Iterator[Item]], T],
    made: Callable[[int], None],
    room: int = ROOM[1],
    *,
    name: str,
) -> T:
    """Iterate `items` on this thread while `use` consumes them on another, `room` items behind.

    `made(n)` is called here after every n-th item and may raise. Whichever fails first, both
    stop, and what it raised is raised here.
    """
    waiting: queue.Queue[Item | None] = queue.Queue(min(max(room, ROOM[0]), ROOM[1]))
    stop = Event()
    outcome = _start(lambda: use(_taken(waiting, stop)), name)
    try:
        for done, item in enumerate(items, 1):
            _put(waiting, item, outcome)
            del item
            if outcome.done() and outcome.exception():
                break
            made(done)
    except BaseException:
        stop.set()
        raise
    finally:
        _put(waiting, None, outcome)
        wait([outcome])
    return outcome.result()


class _StoppedError(Exception):
    """The producer failed; the consumer is to give up what it began."""


def _start(work: Callable[[], T], name: str) -> "Future[T]":
    """Run `work` on a thread of its own."""
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001  raised again by whoever waits
            outcome.set_exception(error)

    Thread(target=run, name=name, daemon=True).start()
    return outcome


def _settle(loop: asyncio.AbstractEventLoop) -> None:
    """Let cancelled tasks close what they opened."""

    async def rest() -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.wait(others, timeout=5) if others else None
        await asyncio.get_running_loop().shutdown_asyncgens()

    try:
        asyncio.run_coroutine_threadsafe(rest(), loop).result()
    except CancelledError:
        return


def _taken(waiting: "queue.Queue[Item | None]", stop: Event) -> Iterator[Item]:
    while (item := waiting.get()) is not None:
        yield item
    if stop.is_set():
        raise _StoppedError


def _put(waiting: "queue.Queue[Item | None]", item: Item | None, outcome: "Future[Any]") -> None:
    """Hand a thing to the consumer, unless it has ended."""
    while not outcome.done():
        try:
            waiting.put(item, timeout=_LOOK)
        except queue.Full:
            continue
        return
