"""What is made on a thread, sent while it is made."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Flag

from aiohttp import web

from ..errors import ChatAnythingError
from ..live.records import RunError
from .service import Put
from .wire import ALIVE, HEADERS, MEDIA_TYPE, packed, packed_event

TOGETHER = 24
"""Answers that are made at the same time; more wait."""
_pool = ThreadPoolExecutor(TOGETHER, thread_name_prefix="chatanything-facetime")
_LOOK = 0.25
"""Seconds between two looks at whether the page is still there."""


async def streamed(
    request: web.Request, work: Callable[[Put], None], stop: Callable[[], None] = lambda: None
) -> web.StreamResponse:
    """Send what `work` puts as it comes; `stop` is called when the page goes before the end."""
    response = web.StreamResponse(headers={**HEADERS, "Content-Type": MEDIA_TYPE})
    await response.prepare(request)
    waiting: asyncio.Queue[bytes | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    gone = Flag()
    done = loop.run_in_executor(_pool, _run, work, waiting, loop, gone)
    try:
        async for chunk in _taken(request, waiting):
            await response.write(chunk)
        await response.write_eof()
    except ConnectionError:
        pass  # nobody is left who could be told
    finally:
        gone.set()
        if not done.done():
            stop()
        await asyncio.shield(done)
    return response


def _run(
    work: Callable[[Put], None],
    waiting: "asyncio.Queue[bytes | None]",
    loop: asyncio.AbstractEventLoop,
    gone: Flag,
) -> None:
    def put(chunk: bytes | None) -> None:
        if chunk and gone.is_set():
            raise ConnectionResetError
        loop.call_soon_threadsafe(waiting.put_nowait, chunk)

    try:
        work(put)
    except ConnectionResetError:
        pass
    except ChatAnythingError as error:
        put(packed_event(RunError(str(error))))
    except Exception as error:  # noqa: BLE001  the page is the only one who can be told
        put(packed_event(RunError(f"{type(error).__name__}: {error}")))
    finally:
        put(None)


async def _taken(
    request: web.Request, waiting: "asyncio.Queue[bytes | None]"
) -> AsyncIterator[bytes]:
    """Chunks until the end, with a sign of life when there is none for long.

    Raises:
        ConnectionError: the page has gone.
    """
    quiet = 0.0
    while True:
        try:
            chunk = await asyncio.wait_for(waiting.get(), _LOOK)
        except asyncio.TimeoutError:
            if request.transport is None or request.transport.is_closing():
                raise ConnectionResetError("The page has gone.") from None
            quiet += _LOOK
            if quiet < ALIVE:
                continue
            chunk = packed({"type": "ALIVE"})
        if chunk is None:
            return
        quiet = 0.0
        yield chunk
