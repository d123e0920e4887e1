"""A stage looks on at a conversation that is held elsewhere."""

import json
import threading
import urllib.request
from urllib.parse import quote

import numpy as np
import pytest

from chatanything.facetime.follow import MOST
from chatanything.facetime.routes import PREFIX
from chatanything.transcription.server_listener import wav_bytes
from tests.tools.samples import spoken

from .conftest import unpacked


@pytest.fixture
def onlooker(client):
    """Opens onlookers; the server ends them."""
    return lambda path: Onlooker(client, path)


class Onlooker:
    """Reads what `follow` tells until it is closed."""

    def __init__(self, client, path):
        self.answer = urllib.request.urlopen(f"{client.root}{PREFIX}{path}/follow", timeout=60)
        self.raw = b""
        self.more = threading.Event()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()
        assert self.more.wait(10)  # ALIVE: from now on nothing is missed

    def _read(self):
        while chunk := self.answer.read1(65536):
            self.raw += chunk
            self.more.set()

    def events(self):
        return [record for record, _ in unpacked(self.raw) if record["type"] != "ALIVE"]

    def wait_for(self, kind):
        for _ in range(200):
            self.more.clear()
            try:
                found = [record["type"] for record in self.events()]
            except (ValueError, IndexError):
                found = []  # half of an event
            if kind in found:
                return
            self.more.wait(0.1)
        raise AssertionError(f"no {kind}")


def test_it_hears_and_sees_what_the_page_does(client, onlooker):
    path = f"/characters/{client.make()['id']}"
    stages = [onlooker(path), onlooker(path)]
    told = client.events(f"{path}/say", {"message": "Tell me a story.", "turn": "turn-0001"})
    for stage in stages:
        stage.wait_for("RUN_FINISHED")
        assert stage.events() == [record for record, _ in told]
    client.api(f"{path}/heard", {"turn": "turn-0001", "text": "A"})
    stages[0].wait_for("CUT")


def test_of_another_character_it_hears_nothing(client, onlooker):
    path = f"/characters/{client.make()['id']}"
    other = f"/characters/{client.make('red apple')['id']}"
    stage = onlooker(other)
    client.events(f"{path}/say", {"message": "Hello!", "turn": "turn-0001"})
    client.events(f"{other}/greet", {"turn": "turn-0002"})
    stage.wait_for("RUN_FINISHED")
    assert [record["turn"] for record in stage.events() if "turn" in record] == ["turn-0002"]


@pytest.mark.parametrize("text", ["Tell me about the rain.", ""], ids=["with text", "sound alone"])
def test_a_voice_from_outside_gets_the_face(client, onlooker, text):
    path = f"/characters/{client.make()['id']}"
    stage, speech = onlooker(path), spoken("Tell me about the rain.")
    sound = wav_bytes(speech.samples, speech.rate)
    address = f"{PREFIX}{path}/speak?text={quote(text)}"
    status, _, raw = client.ask(address, sound, Content_Type="audio/wav")
    assert status == 200, raw
    assert json.loads(raw)["seconds"] == pytest.approx(speech.seconds, abs=0.01)
    stage.wait_for("RUN_FINISHED")
    record, (heard, rows) = next(
        event for event in unpacked(stage.raw) if event[0]["type"] == "SENTENCE"
    )
    assert len(heard) == 2 * len(speech.samples)
    assert len(record["words"]) == (5 if text else 0)
    columns = record["track"]["columns"]
    moved = np.frombuffer(rows, "<f2").reshape(-1, len(columns))
    assert moved[:, columns.index("jaw")].max() > 0.2
    assert client.api(path)["turns"] == []
    other = {"Content_Type": "audio/wav", "Origin": "http://evil.example"}
    assert client.ask(address, sound, **other)[0] == 403
    assert client.ask(address, b"{}")[0] == 415


def test_so_many_look_on_and_no_more(client, onlooker):
    path = f"/characters/{client.make()['id']}"
    kept = [onlooker(path) for _ in range(MOST)]
    assert client.ask(f"{PREFIX}{path}/follow")[0] == 429
    assert len(kept) == MOST
    assert client.ask(f"{PREFIX}/characters/{'0' * 16}/follow")[0] == 404


def test_the_stage_is_a_page_beside_the_others(client):
    found = client.make()["id"]
    status, headers, _ = client.ask(f"/chatanything/stage?character={found}&captions=1")
    assert (status, headers["Location"]) == (302, f"../stage?character={found}&captions=1")
    status, headers, page = client.ask(f"/stage?character={found}")
    assert status == 200 and b"web/facetime/alone.mjs" in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    status, headers, png = client.ask(f"{PREFIX}/characters/{found}/cutout.png")
    assert status == 200 and png.startswith(b"\x89PNG")


@pytest.mark.parametrize("path", ["/chatanything/stage", "/stage"])
def test_other_sites_cannot_read_it(client, path):
    assert client.ask(path, Host="evil.example")[0] in (302, 403)
    assert client.ask("/stage", Host="evil.example")[0] == 403
