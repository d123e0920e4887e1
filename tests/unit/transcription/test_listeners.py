"""What is said is written down by a server or by a model on this machine."""

import numpy as np
import pytest

from chatanything.errors import EngineError, InputError
from chatanything.llm.profiles import Profile, add_profile
from chatanything.transcription import listeners, transcribe
from chatanything.transcription.transcribe import LONGEST, ready_listener
from tests.tools.samples import spoken
from tests.tools.servers.speech_servers import speech_servers

KEY = "sk-very-secret"


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("CHATANYTHING_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("LISTEN_KEY", KEY)


@pytest.fixture(scope="module")
def speech():
    return spoken("Tell me about the rain.")


@pytest.fixture
def server(speech):
    with speech_servers(speech.samples) as running:
        address = f"http://127.0.0.1:{running.port}/v1"
        add_profile(
            Profile(
                "transcription",
                address,
                "whisper-1",
                key="environment",
                variable="LISTEN_KEY",
                timeout=2.0,
            )
        )
        yield running


def test_a_server_gets_a_wav_and_the_language(server, speech):
    assert ready_listener() == "openai-transcription"
    assert transcribe(speech.samples, speech.rate, language="en-GB") == "Tell me about the rain."
    ((fields, seconds),) = server.listened
    assert fields == {"model": "whisper-1", "response_format": "json", "language": "en"}
    assert seconds == pytest.approx(speech.seconds, abs=0.01)
    assert server.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize("mode", ["refuse", "no text", "redirect", "hang"])
def test_a_server_that_fails_is_told_without_its_key(server, speech, mode):
    server.mode = mode
    with pytest.raises(EngineError) as told:
        transcribe(speech.samples, speech.rate)
    assert "profile 'transcription'" in str(told.value)
    assert KEY not in str(told.value)


def test_nobody_listens_without_a_model(speech):
    assert ready_listener() == ""
    with pytest.raises(InputError, match="Nobody can listen here"):
        transcribe(speech.samples, speech.rate)


def test_silence_of_no_length_and_speeches_without_end(server):
    assert transcribe(np.zeros(0, np.float32), 16_000) == ""
    with pytest.raises(InputError, match="too long"):
        transcribe(np.zeros(int(16_000 * (LONGEST + 1)), np.float32), 16_000)


@pytest.mark.engines
def test_a_whisper_on_this_machine(tmp_path, speech):
    pytest.importorskip("transformers")
    from tests.tools.models.tiny_whisper import whisper_folder

    whisper_folder(tmp_path / "models" / "whisper" / "tiny", says="moon")
    assert listeners.status("whisper").available
    heard = transcribe(speech.samples, speech.rate, language="en", engine="whisper")
    assert set(heard.split()) == {"moon"}
