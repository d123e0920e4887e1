"""A real HTTP server that speaks OpenAI's chat completions, as well or as badly as it is told to."""

import asyncio
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Reply:
    """What the server does with one question."""

    text: str = ""
    status: int = 200
    pause: float = 0.0
    """Seconds before the first byte."""
    drip: float = 0.0
    """Seconds between two pieces of the stream."""
    cut: bool = False
    """Break the connection in the middle of the stream."""
    streams: bool = True
    """False: answers in one piece although a stream is asked for."""
    raw: bytes | None = None
    """Sent instead of an event stream."""
    kind: str = "text/event-stream"
    """Content type of `raw`."""
    thought: str = ""
    """Sent before the text, in the field `thought_field`."""
    thought_field: str = "reasoning_content"
    finish: str = "stop"
    """Why the answer ends; empty ends it without a word."""
    done: bool = True
    """Whether [DONE] ends the stream."""
    error: Any = None
    """What a status other than 200 sends instead of `text` as error."""
    headers: dict[str, str] = field(default_factory=dict)


Behave = Callable[[dict[str, Any], int], Reply]
"""Gets the body of a request and how many came before it."""


class LLMServer:
    """Holds what it was asked; `url` is its base address."""

    def __init__(self, path: str = "/v1") -> None:
        self.path = path
        """Where it serves; all other paths are 404."""
        self.behave: Behave = lambda body, number: Reply("{}")
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""
        self.listed = '{"object": "list", "data": [{"id": "tiny", "object": "model"}]}'
        """What `/models` answers."""
        self.listed_status = 200

    async def complete(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.headers.append(dict(request.headers))
        self.asked.append(body)
        reply = self.behave(body, len(self.asked) - 1)
        await asyncio.sleep(reply.pause)
        if reply.status != 200:
            # Like careless servers do, it quotes the key that it was given.
            words = f"{reply.text} (key {request.headers.get('Authorization', '')})"
            error = reply.error or {"error": {"message": words, "type": "error"}}
            return web.json_response(error, status=reply.status, headers=reply.headers)
        if reply.raw is not None:
            headers = {**reply.headers, "Content-Type": reply.kind}
            return web.Response(body=reply.raw, headers=headers)
        if not (body.get("stream") and reply.streams):
            return web.json_response(whole(reply.text, body["model"]))
        return await self._stream(request, reply, body["model"])

    async def _stream(self, request: web.Request, reply: Reply, model: str) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for piece in (reply.thought[i : i + 7] for i in range(0, len(reply.thought), 7)):
            await response.write(event(chunk({reply.thought_field: piece}, None, model)))
        pieces = [reply.text[i : i + 7] for i in range(0, len(reply.text), 7)]
        for index, piece in enumerate(pieces):
            if reply.cut and index > len(pieces) // 2:
                request.transport.close()
                return response
            await response.write(event(chunk({"content": piece}, None, model)))
            await asyncio.sleep(reply.drip)
        await response.write(event(chunk({}, reply.finish or None, model)))
        if reply.done:
            await response.write(b"data: [DONE]\n\n")
        return response

    async def models(self, request: web.Request) -> web.Response:
        return web.Response(text=self.listed, status=self.listed_status)


def event(data: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(data).encode() + b"\n\n"


def chunk(delta: dict[str, Any], reason: str | None = None, model: str = "tiny") -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    base = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": model}
    return {**base, "choices": [choice]}


def whole(text: Any, model: str = "tiny") -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    base = {"id": "x", "object": "chat.completion", "created": 0, "model": model}
    return {**base, "choices": [choice]}


@contextmanager
def running(path: str = "/v1", tls: ssl.SSLContext | None = None) -> Iterator[LLMServer]:
    """A server on a free port of this machine, until the block ends."""
    server = LLMServer(path)
    loop = asyncio.new_event_loop()
    started = threading.Event()
    runners: list[web.AppRunner] = []

    async def start() -> None:
        app = web.Application()
        app.router.add_post(f"{path}/chat/completions", server.complete)
        app.router.add_get(f"{path}/models", server.models)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
        server.url = f"http{'s' if tls else ''}://127.0.0.1:{runner.addresses[0][1]}{path}"
        runners.append(runner)
        started.set()

    def serve() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(start())
        loop.run_forever()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert started.wait(10)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(runners[0].cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
