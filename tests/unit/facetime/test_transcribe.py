"""The page sends what its user said and gets the words."""

import json

import pytest

from chatanything.facetime.routes import PREFIX
from chatanything.llm.profiles import Profile, add_profile
from chatanything.transcription.server_listener import wav_bytes
from tests.tools.samples import spoken
from tests.tools.servers.speech_servers import speech_servers


@pytest.fixture(scope="module")
def speech():
    return spoken("Tell me about the rain.")


@pytest.fixture
def sound(speech):
    return wav_bytes(speech.samples, speech.rate)


@pytest.fixture
def path(client):
    return f"{PREFIX}/characters/{client.make()['id']}/transcribe"


def test_without_a_listener_it_says_what_is_missing(client, path, sound):
    assert client.api("/settings")["listener"] == ""
    status, _, raw = client.ask(path, sound, Content_Type="audio/wav")
    assert status == 400 and "Nobody can listen here" in json.loads(raw)["error"]


def test_a_server_writes_down_what_was_said(client, path, sound, speech):
    with speech_servers(speech.samples) as server:
        address = f"http://127.0.0.1:{server.port}/v1"
        add_profile(Profile("transcription", address, "whisper-1", timeout=5.0))
        assert client.api("/settings")["listener"] == "openai-transcription"
        assert client.api("/settings")["profiles"] == []
        status, _, raw = client.ask(path, sound, Content_Type="audio/wav")
        assert status == 200, raw
        assert json.loads(raw) == {"text": "Tell me about the rain."}
        ((fields, seconds),) = server.listened
        assert fields["language"] == "en"
        assert seconds == pytest.approx(speech.seconds, abs=0.01)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"not a sound", "audio/wav", 400),
        (b"RIFFnot a sound", "audio/wav", 400),
        (b"RIFF" + bytes(12_000_001), "audio/wav", 413),
    ],
    ids=["json", "text", "broken", "large"],
)
def test_what_is_no_recording_is_refused(client, path, body, kind, status):
    assert client.ask(path, body, Content_Type=kind)[0] == status


def test_other_sites_and_unknown_characters_are_refused(client, path, sound):
    foreign = {"Content_Type": "audio/wav", "Origin": "http://evil.example"}
    assert client.ask(path, sound, **foreign)[0] == 403
    nobody = path.replace(path.split("/")[-2], "0" * 16)
    assert client.ask(nobody, sound, Content_Type="audio/wav")[0] == 404
