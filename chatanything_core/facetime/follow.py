"""What is said with a character, told to everybody who looks on: stages of streaming programs."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from threading import Lock

from aiohttp import web

from ..live.roster import Prepared
from .guard import RefusedError
from .wire import ALIVE, HEADERS, MEDIA_TYPE, packed

MOST = 8
"""Who may look on at one character."""
LATE = 400
"""Events that wait for somebody before they are let go as too slow."""
_LOOK = 0.5
"""Seconds between two looks at whether the page is still there."""
CUT = packed({"type": "CUT"})
"""The user cut in: whatever is said ends now."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_Queue = asyncio.Queue[bytes | None]


class Followers:
    """Who looks on, by character. Events come from threads, those who look on are on the loop."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._all: dict[str, list[tuple[asyncio.AbstractEventLoop, _Queue]]] = {}

    def tell(self, character: str, event: bytes) -> None:
        """Send an event to everybody who looks on."""
        with self._lock:
            known = list(self._all.get(character, ()))
        for loop, waiting in known:
            with suppress(RuntimeError):  # the loop of a server that ends
                loop.call_soon_threadsafe(_put, waiting, event)

    def join(self, character: str) -> _Queue:
        """Look on; called on the loop.

        Raises:
            RefusedError: too many do.
        """
        waiting: _Queue = asyncio.Queue()
        with self._lock:
            known = self._all.setdefault(character, [])
            if len(known) >= MOST:
                raise RefusedError(429, f"{MOST} pages look on at this character already.")
            known.append((asyncio.get_running_loop(), waiting))
        return waiting

    def close(self) -> None:
        """The server ends: nobody is told anything more."""
        with self._lock:
            known = [one for all_of in self._all.values() for one in all_of]
        for loop, waiting in known:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(waiting.put_nowait, None)

    def leave(self, character: str, waiting: _Queue) -> None:
        """Look on no more."""
        with self._lock:
            known = [one for one in self._all.get(character, ()) if one[1] is not waiting]
            self._all[character] = known
            if not known:
                del self._all[character]


def follow_route(
    found: Callable[[web.Request], Awaitable[Prepared]], followers: Followers
) -> Handler:
    """A GET whose answer has every event of the character's conversation, as long as one looks."""

    async def answer(request: web.Request) -> web.StreamResponse:
        prepared = await found(request)
        waiting = followers.join(prepared.id)
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": MEDIA_TYPE})
        try:
            await response.prepare(request)
            await response.write(packed({"type": "ALIVE"}))
            while (event := await _next(request, waiting)) is not None:
                await response.write(event)
        except ConnectionError:
            pass  # nobody is left who could be told
        finally:
            followers.leave(prepared.id, waiting)
        return response

    return answer


def _put(waiting: _Queue, event: bytes) -> None:
    if waiting.qsize() < LATE:
        waiting.put_nowait(event)
    else:
        waiting.put_nowait(None)


async def _next(request: web.Request, waiting: _Queue) -> bytes | None:
    """The next event, or a sign of life; None when the page or the server has gone."""
    for _ in range(round(ALIVE / _LOOK)):
        with suppress(asyncio.TimeoutError):
            return await asyncio.wait_for(waiting.get(), _LOOK)
        if request.transport is None or request.transport.is_closing():
            return None
    return packed({"type": "ALIVE"})
