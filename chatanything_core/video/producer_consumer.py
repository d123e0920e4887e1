"""Two threads, one queue: make things here, use them there."""

import queue
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

import av

from ..errors import OutputError

Item = TypeVar("Item")
Result = TypeVar("Result")
ROOM = (2, 8)
"""Fewest and most things between the maker and the user."""
GLANCE = 0.1
"""Seconds between looks at whether the other side has failed."""


class _StoppedError(Exception):
    """The maker failed; the user is to give up what it began."""


def run_producer_consumer(
    items: Iterator[Item],
    use: Callable[[Iterator[Item]], Result],
    made: Callable[[int], None],
    room: int = ROOM[1],
) -> Result:
    """Iterate `items` on this thread while `use` consumes them on another, `room` items behind.

    `made(n)` is called here after every n-th item and may raise. Whichever fails first, both stop.

    Raises:
        OutputError: `use` met an OSError, such as a full disk, or one of FFmpeg.
    """
    waiting: queue.Queue[Item | None] = queue.Queue(min(max(room, ROOM[0]), ROOM[1]))
    stop = threading.Event()
    results: list[Result] = []
    failures: list[BaseException] = []

    def work() -> None:
        try:
            results.append(use(_taken(waiting, stop)))
        except BaseException as error:  # noqa: BLE001 - raised again by the maker's thread
            failures.append(error)

    thread = threading.Thread(target=work, name="chatanything-encoder", daemon=True)
    thread.start()
    try:
        for done, item in enumerate(items, 1):
            _put(waiting, item, thread)
            del item
            if failures:
                break
            made(done)
    except BaseException:
        stop.set()
        raise
    finally:
        _put(waiting, None, thread)
        thread.join()
    return _result(results, failures)


def _taken(waiting: "queue.Queue[Item | None]", stop: threading.Event) -> Iterator[Item]:
    while (item := waiting.get()) is not None:
        yield item
    if stop.is_set():
        raise _StoppedError


def _put(waiting: "queue.Queue[Item | None]", item: Item | None, thread: threading.Thread) -> None:
    while thread.is_alive():
        try:
            waiting.put(item, timeout=GLANCE)
        except queue.Full:
            continue
        return


def _result(results: list[Result], failures: list[BaseException]) -> Result:
    if not failures:
        return results[0]
    error = failures[0]
    if isinstance(error, (OSError, av.FFmpegError)):
        raise OutputError(
            f"Cannot write the video: {error.strerror or error}. "
            "Free some space or choose another folder."
        ) from error
    raise error
