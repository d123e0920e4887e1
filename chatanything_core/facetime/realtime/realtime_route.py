"""The socket as a route."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiohttp import WSMsgType, web

from ...live.roster import Prepared
from ..guard import RefusedError
from ..service import Service
from .dialect import Record, new_id
from .session import Session

MOST = 8
"""Sockets that are open at once on one server."""
LARGEST_EVENT = 16_000_000
"""Bytes of one event: two minutes of sound in base64, and some more."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def realtime_route(
    found: Callable[[web.Request], Awaitable[Prepared]], service: Service
) -> Handler:
    """A GET that becomes a socket, for a character that the address names."""
    sockets: set[web.WebSocketResponse] = set()

    async def answer(request: web.Request) -> web.StreamResponse:
        prepared = await found(request)
        if len(sockets) >= MOST:
            raise RefusedError(429, f"{MOST} sockets are open already.")
        socket = web.WebSocketResponse(
            heartbeat=20, max_msg_size=LARGEST_EVENT, protocols=("realtime",)
        )
        if not socket.can_prepare(request):
            raise RefusedError(426, "This address is a socket: open it with ws:// or wss://.")
        await socket.prepare(request)
        sockets.add(socket)
        try:
            await _held(socket, service, prepared)
        finally:
            sockets.discard(socket)
        return socket

    return answer


async def _held(socket: web.WebSocketResponse, service: Service, prepared: Prepared) -> None:
    loop = asyncio.get_running_loop()
    waiting: asyncio.Queue[Record] = asyncio.Queue()

    def send(record: Record) -> None:
        loop.call_soon_threadsafe(waiting.put_nowait, {"event_id": new_id("event"), **record})

    writer = loop.create_task(_write(socket, waiting))
    session = Session(service, prepared, send)
    try:
        session.begin()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await session.take(_event(message.data))
    finally:
        await session.end()
        writer.cancel()
        with suppress(asyncio.CancelledError):
            await writer


async def _write(socket: web.WebSocketResponse, waiting: "asyncio.Queue[Record]") -> None:
    with suppress(ConnectionError):
        while True:
            await socket.send_str(json.dumps(await waiting.get(), ensure_ascii=False))


def _event(text: str) -> Record:
    """The event; one of no known kind when it is no JSON object."""
    with suppress(ValueError, RecursionError):
        event = json.loads(text)
        if isinstance(event, dict):
            return event
    return {"type": "no JSON object"}
