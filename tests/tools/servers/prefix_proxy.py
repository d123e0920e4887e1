"""A server in front of another one that has it below a path, as in many homes and companies."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import ClientSession, WSMsgType, web

_HOP = {"connection", "transfer-encoding", "content-length", "content-encoding", "keep-alive"}


@contextmanager
def below_prefix(url: str, prefix: str) -> Iterator[str]:
    """Address below which `url` is found while this runs; the host stays the caller's."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    runner, session = asyncio.run_coroutine_threadsafe(_start(url, prefix), loop).result(30)
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}{prefix}"
    finally:
        asyncio.run_coroutine_threadsafe(_stop(runner, session), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _stop(runner: web.AppRunner, session: ClientSession) -> None:
    await session.close()
    await runner.cleanup()
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


async def _start(url: str, prefix: str) -> tuple[web.AppRunner, ClientSession]:
    session = ClientSession(auto_decompress=False)

    async def passed(request: web.Request) -> web.StreamResponse:
        target = url + request.raw_path.removeprefix(prefix)
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await _socket(session, target, request)
        return await _answer(session, target, request)

    app = web.Application(client_max_size=100_000_000)
    app.router.add_route("*", prefix + "/{path:.*}", passed)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, session


async def _answer(session: ClientSession, target: str, request: web.Request) -> web.StreamResponse:
    body = await request.read()
    async with session.request(
        request.method, target, headers=request.headers, data=body, allow_redirects=False
    ) as told:
        kept = {name: value for name, value in told.headers.items() if name.lower() not in _HOP}
        if coding := told.headers.get("Content-Encoding"):
            kept["Content-Encoding"] = coding
        response = web.StreamResponse(status=told.status, headers=kept)
        await response.prepare(request)
        async for chunk in told.content.iter_any():
            await response.write(chunk)
        await response.write_eof()
        return response


async def _socket(session: ClientSession, target: str, request: web.Request) -> web.StreamResponse:
    near = web.WebSocketResponse()
    await near.prepare(request)
    async with session.ws_connect(target) as far:

        async def back() -> None:
            async for message in far:
                if message.type == WSMsgType.TEXT:
                    await near.send_str(message.data)
                elif message.type == WSMsgType.BINARY:
                    await near.send_bytes(message.data)

        answering = asyncio.create_task(back())
        async for message in near:
            if message.type == WSMsgType.TEXT:
                await far.send_str(message.data)
        answering.cancel()
    return near
