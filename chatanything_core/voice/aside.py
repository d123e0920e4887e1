"""Work that waits for others, done aside so that the caller can watch the clock and Cancel."""

import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from ..errors import EngineTimeoutError
from ..progress import Tick

T = TypeVar("T")
_LOOK = 0.1
"""Seconds between two looks at the clock."""


def run_aside(
    work: Callable[[], T], give_up: Callable[[], None], deadline: float, late: str, tick: Tick
) -> T:
    """Run `work` on a thread; its result, or whatever it raises.

    When `time.monotonic()` passes `deadline`, or `tick` raises, `give_up` makes the work end.

    Raises:
        EngineTimeoutError: with the words `late`.
    """
    outcome: SimpleQueue[tuple[bool, T | BaseException]] = SimpleQueue()

    def run() -> None:
        try:
            outcome.put((True, work()))
        except BaseException as error:  # noqa: BLE001  handed on to the caller below
            outcome.put((False, error))

    Thread(target=run, name="chatanything-voice", daemon=True).start()
    try:
        done, value = _awaited(outcome, deadline, late, tick)
    except BaseException:
        give_up()
        raise
    if isinstance(value, BaseException) and not done:
        raise value
    return value  # type: ignore[return-value]


def _awaited(
    outcome: "SimpleQueue[tuple[bool, T | BaseException]]", deadline: float, late: str, tick: Tick
) -> "tuple[bool, T | BaseException]":
    while True:
        try:
            return outcome.get(timeout=_LOOK)
        except Empty:
            tick(0, 0)
        if time.monotonic() > deadline:
            raise EngineTimeoutError(late)


def pause(seconds: float, deadline: float, tick: Tick) -> None:
    """Wait, but never past the deadline, and look for Cancel meanwhile."""
    end = min(time.monotonic() + seconds, deadline)
    while (left := end - time.monotonic()) > 0:
        tick(0, 0)
        time.sleep(min(left, _LOOK))
