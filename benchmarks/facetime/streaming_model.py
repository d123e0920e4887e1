"""A language-model server that streams 20 tokens a second, and remembers when it said what."""

import asyncio
import contextlib
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

PACE = 0.05
"""Seconds between two tokens."""
FIRST = "Well, I was boiled by Dr. Brown at 98.6 degrees."
STORY = f"{FIRST} I did not like it at all. Nobody asked me, of course."


class StreamingModel:
    """Answers every question with the same story; `address` is its base URL."""

    def __init__(self) -> None:
        self.address = ""
        self.whole: list[float] = []
        """When the first sentence of each answer was sent, in milliseconds since 1970."""

    async def complete(self, request: web.Request) -> web.StreamResponse:
        """One answer, token by token, in the form of OpenAI's chat completions."""
        await request.read()
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        draft = {"emotion": "sad", "emotion_strength": 0.6, "reply": STORY, "remember": []}
        with contextlib.suppress(ConnectionError):  # it may be interrupted
            await self._stream(response, json.dumps(draft))
        return response

    async def _stream(self, response: web.StreamResponse, answer: str) -> None:
        said = ""
        for token in re.findall(r"\s?[\w.]+|\s?\W", answer):
            await response.write(_event({"content": token}, None))
            if FIRST not in said and FIRST in said + token:
                self.whole.append(time.time() * 1000)
            said += token
            await asyncio.sleep(PACE)
        await response.write(_event({}, "stop") + b"data: [DONE]\n\n")


def _event(delta: dict[str, str], reason: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    base = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "tiny"}
    return b"data: " + json.dumps({**base, "choices": [choice]}).encode() + b"\n\n"


@contextmanager
def streaming_model() -> Iterator[StreamingModel]:
    """The server on a free port, until the block ends."""
    model, loop = StreamingModel(), asyncio.new_event_loop()

    async def start() -> web.AppRunner:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", model.complete)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        model.address = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        return runner

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(start(), loop).result(30)
    try:
        yield model
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
