"""Run a coroutine on a thread of its own and hear from it, while the caller stays interruptible."""

import asyncio
import queue
from collections.abc import Coroutine, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from threading import Thread
from typing import Any

from ..progress import Tick

Pieces = queue.SimpleQueue[str | None]
"""Text as it comes; None at the end."""


def next_piece(pieces: Pieces, tick: Tick) -> str | None:
    """Wait for the next piece; `tick` may raise meanwhile."""
    while True:
        tick(0, 0)
        try:
            return pieces.get(timeout=0.2)
        except queue.Empty:
            continue


@contextmanager
def run_coroutine(work: Coroutine[Any, Any, None]) -> Iterator["Future[None]"]:
    """Run `work` on a loop of its own; leaving early cancels it and closes its connection."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="chatanything-llm", daemon=True)
    thread.start()
    result: Future[None] = asyncio.run_coroutine_threadsafe(work, loop)
    try:
        yield result
    finally:
        result.cancel()
        _settle(loop)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


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
