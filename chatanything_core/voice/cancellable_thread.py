"""Work that waits for others, done aside so that the caller can watch the clock and Cancel."""

import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TypeVar

from ..errors import EngineTimeoutError
from ..progress import Tick

T = TypeVar("T")
_LOOK = 0.1
"""Seconds between two looks at the clock."""


def run_cancellable(
    work: Callable[[], T], give_up: Callable[[], None], deadline: float, late: str, tick: Tick
) -> T:
    """Run `work` on a thread; its result, or whatever it raises.

    When `time.monotonic()` passes `deadline`, or `tick` raises, `give_up` makes the work end.

    Raises:
        EngineTimeoutError: with the words `late`.
    """
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001  raised again by `result` below
            outcome.set_exception(error)

    Thread(target=run, name="chatanything-voice", daemon=True).start()
    while not wait([outcome], timeout=_LOOK).done:
        try:
            tick(0, 0)
            if time.monotonic() > deadline:
                raise EngineTimeoutError(late)
        except BaseException:
            give_up()
            raise
    return outcome.result()


def pause(seconds: float, deadline: float, tick: Tick) -> None:
    """Wait, but never past the deadline, and look for Cancel meanwhile."""
    end = min(time.monotonic() + seconds, deadline)
    while (left := end - time.monotonic()) > 0:
        tick(0, 0)
        time.sleep(min(left, _LOOK))
