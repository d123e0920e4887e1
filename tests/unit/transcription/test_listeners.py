"""What is said is written down by a server or by a model on this machine."""

import importlib.util

import numpy as np
import pytest

from chatanything.errors import EngineError, InputError, MissingDependencyError, MissingModelError
from chatanything.llm.profiles import Profile, add_profile
from chatanything.transcription import listeners, transcribe
from chatanything.transcription.converted_whisper import converted_whisper
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


@pytest.mark.engines
def test_a_converted_whisper_on_this_machine(tmp_path, speech, monkeypatch):
    pytest.importorskip("faster_whisper")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from tests.tools.models.tiny_whisper import converted_folder

    converted_folder(tmp_path / "models" / "whisper" / "tiny", says="moon")
    assert listeners.status("faster-whisper").available
    for language in ("en", "tlh", ""):
        heard = transcribe(speech.samples, speech.rate, language=language, engine="faster-whisper")
        assert set(heard.split()) == {"moon"}


@pytest.mark.engines
def test_a_converted_whisper_that_is_damaged_is_an_error(tmp_path, speech):
    pytest.importorskip("faster_whisper")
    folder = tmp_path / "models" / "whisper" / "broken"
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(b"not a model")
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(EngineError, match="broken"):
        transcribe(speech.samples, speech.rate, engine="faster-whisper")


def test_a_converted_whisper_without_its_tokenizer_is_not_used(tmp_path):
    folder = tmp_path / "models" / "whisper" / "tiny"
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(b"weights")
    with pytest.raises(MissingModelError, match=r"tokenizer\.json"):
        converted_whisper()
    assert ready_listener() == ""


def test_without_its_package_the_line_that_installs_it_is_told():
    if importlib.util.find_spec("faster_whisper"):
        pytest.skip("it is installed")
    with pytest.raises(MissingDependencyError, match="pip install faster-whisper"):
        listeners.create("faster-whisper")
