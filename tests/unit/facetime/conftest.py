"""A real server on a thread, and ways to ask it what browsers and others would."""

import asyncio
import json
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from aiohttp import web

from chatanything.facetime.guard import Guard, Rate
from chatanything.facetime.routes import PREFIX
from chatanything.facetime.serve import app_of
from chatanything.facetime.service import Service
from chatanything.live.roster import Roster


class Client:
    """Asks the server as a program does, without the headers of a browser unless given."""

    def __init__(self, port):
        self.port = port
        self.root = f"http://127.0.0.1:{port}"

    def ask(self, path, body=None, method=None, **headers):
        """Status, headers and bytes of the answer."""
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            named.setdefault("Content-Type", "application/json")
        request = urllib.request.Request(self.root + path, body, named, method=method)
        opener = urllib.request.build_opener(NoRedirect)
        try:
            with opener.open(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def api(self, path, body=None, **headers):
        """The JSON of an answer that must be good."""
        status, _, raw = self.ask(PREFIX + path, body, **headers)
        assert status == 200, raw
        return json.loads(raw)

    def events(self, path, body):
        """Every event of a stream, with its payloads."""
        status, _, raw = self.ask(PREFIX + path, body)
        assert status == 200, raw
        return list(unpacked(raw))

    def make(self, concept="grumpy teapot", **more):
        return self.events("/characters", {"concept": concept, **more})[-1][0]["character"]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def unpacked(raw):
    at = 0
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4], "little")
        record = json.loads(raw[at + 4 : at + 4 + size])
        at += 4 + size
        parts = []
        for length in record.get("payload", ()):
            parts.append(raw[at : at + length])
            at += length
        yield record, parts


@contextmanager
def running(service):
    loop = asyncio.new_event_loop()

    async def start():
        runner = web.AppRunner(app_of(service), access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return runner

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(start(), loop).result(30)
    try:
        yield Client(runner.addresses[0][1])
    finally:
        service.close()
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("CHATANYTHING_DATA", str(tmp_path / "data"))


@pytest.fixture
def service(tmp_path):
    fast = Rate(10_000, 0.001)
    return Service(Roster(tmp_path / "data" / "characters"), Guard(), asking=fast, making=fast)


@pytest.fixture
def client(service):
    with running(service) as client:
        yield client
