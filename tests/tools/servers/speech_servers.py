"""Real servers on this machine that speak as OpenAI and Edge do, as well or as badly as told."""

import asyncio
import io
import json
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager

import av
import numpy as np
from aiohttp import web

RATE = 24000


def encoded(samples: np.ndarray, kind: str) -> bytes:
    """Mono samples as the bytes of a wav or mp3 file."""
    out = io.BytesIO()
    with av.open(out, "w", format=kind) as file:
        stream = file.add_stream("pcm_s16le" if kind == "wav" else "mp3", rate=RATE, layout="mono")
        data = (samples * 32767).astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(data, "s16", "mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(stream.format, "mono", RATE, stream.frame_size or None)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    return out.getvalue()


class SpeechServers:
    """Both servers; `mode` says how they behave, `asked` what they were asked."""

    def __init__(self, samples: np.ndarray) -> None:
        self.mode = "success"
        self.asked: list[str] = []
        self.keys: list[str] = []
        self.heard = "Tell me about the rain."
        """What the transcription answers, once it was sent a WAV."""
        self.listened: list[tuple[dict[str, str], float]] = []
        """Fields and seconds of each question for a transcription."""
        self.wav, self.mp3 = encoded(samples, "wav"), encoded(samples, "mp3")
        self.port = 0

    async def speech(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.text())
        self.keys.append(request.headers.get("Authorization", ""))
        if self.mode == "403 always" or (self.mode == "403 once" and len(self.asked) == 1):
            return web.json_response({"error": f"no: {self.keys[-1]}"}, status=403)
        if self.mode == "hang":
            await asyncio.sleep(30)
        if self.mode == "redirect":
            raise web.HTTPFound("/v1/stolen")
        body = b"" if self.mode == "empty audio" else self.wav
        body = b"<html>hello</html>" if self.mode == "no audio" else body
        if self.mode != "cut stream":
            return web.Response(body=body, content_type="audio/wav")
        answer = web.StreamResponse(headers={"Content-Length": str(len(body))})
        await answer.prepare(request)
        await answer.write(body[: len(body) // 2])
        assert request.transport
        request.transport.close()
        return answer

    async def transcription(self, request: web.Request) -> web.StreamResponse:
        self.keys.append(request.headers.get("Authorization", ""))
        fields, seconds = {}, 0.0
        async for part in await request.multipart():
            if part.name != "file":
                fields[part.name] = await part.text()
                continue
            with wave.open(io.BytesIO(await part.read())) as sound:
                seconds = sound.getnframes() / sound.getframerate()
        self.listened.append((fields, seconds))
        if self.mode == "refuse":
            return web.json_response({"error": f"no: {self.keys[-1]}"}, status=401)
        if self.mode == "hang":
            await asyncio.sleep(30)
        if self.mode == "redirect":
            raise web.HTTPFound("/v1/stolen")
        if self.mode == "no text":
            return web.Response(text="<html>hello</html>")
        return web.json_response({"text": self.heard})

    async def voices(self, request: web.Request) -> web.Response:
        if self.mode == "no list":
            return web.Response(status=404)
        return web.json_response({"voices": ["af_sky", "am_adam", "bf_emma"]})

    async def edge(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(self.mode)
        # edge-tts itself tries twice when it is refused.
        if self.mode == "403 always" or (self.mode == "403 once" and len(self.asked) == 1):
            return web.Response(status=403, headers={"Date": "Wed, 01 Jan 2025 00:00:00 GMT"})
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        config, words = await socket.receive_str(), await socket.receive_str()
        self.asked.append(config + words)
        if self.mode == "hang":
            await asyncio.sleep(30)
        await self._edge_answer(socket)
        await socket.close()
        return socket

    async def _edge_answer(self, socket: web.WebSocketResponse) -> None:
        head = "X-RequestId:1\r\n"
        await socket.send_str(head + "Path:turn.start\r\n\r\n{}")
        await socket.send_str(head + "Path:response\r\n\r\n{}")
        if self.mode not in ("empty audio", "cut stream"):
            kind = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n"
            await socket.send_bytes(len(kind).to_bytes(2, "big") + kind + self.mp3)
            for number, word in enumerate(("Hello", "big", "world")):
                data = {
                    "Offset": number * 4_000_000 + 1_000_000,
                    "Duration": 3_000_000,
                    "text": {"Text": word, "Length": len(word), "BoundaryType": "WordBoundary"},
                }
                event = {"Metadata": [{"Type": "WordBoundary", "Data": data}]}
                await socket.send_str(head + "Path:audio.metadata\r\n\r\n" + json.dumps(event))
        if self.mode == "cut stream":
            assert socket._req and socket._req.transport
            socket._req.transport.abort()
            return
        await socket.send_str(head + "Path:turn.end\r\n\r\n{}")


async def _ended(runner: web.AppRunner) -> None:
    await runner.cleanup()
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


@contextmanager
def speech_servers(samples: np.ndarray) -> Iterator[SpeechServers]:
    """Run them on a free port of this machine while the block runs."""
    servers = SpeechServers(samples)
    loop = asyncio.new_event_loop()
    app = web.Application()
    app.router.add_post("/v1/audio/speech", servers.speech)
    app.router.add_post("/v1/audio/transcriptions", servers.transcription)
    app.router.add_get("/v1/audio/voices", servers.voices)
    app.router.add_get("/edge/v1", servers.edge)
    runner = web.AppRunner(app, shutdown_timeout=0.1)

    async def start() -> None:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        servers.port = site._server.sockets[0].getsockname()[1]

    loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield servers
    finally:
        asyncio.run_coroutine_threadsafe(_ended(runner), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
