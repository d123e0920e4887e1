"""The engines that ask a server, against real servers on this machine that behave and misbehave."""

import time
from dataclasses import replace

import numpy as np
import pytest

from chatanything.errors import EngineError, EngineTimeoutError, InputError
from chatanything.llm.profiles import Profile, add_profile
from chatanything.persona import VoiceTraits
from chatanything.voice import Voice, choose_voice, speak, voices
from tests.tools.servers.speech_servers import RATE, speech_servers
from tests.tools.speech_checks import check_speech

TEXT = "Hello big world."
SERVER = Voice("openai-speech", (("af_sky", 0.75), ("am_adam", 0.25)), VoiceTraits())
EDGE = Voice("edge", (("en-US-AnaNeural", 1.0),), VoiceTraits())
KEY = "sk-canary-1234567890"


@pytest.fixture(scope="module")
def recording():
    """What the servers say: real speech, so that it can be aligned."""
    plain = Voice("espeak", (("f2", 1.0),), VoiceTraits())
    speech = speak(plain, TEXT)
    at = np.arange(0, len(speech.samples), speech.rate / RATE)
    return np.interp(at, np.arange(len(speech.samples)), speech.samples).astype(np.float32)


@pytest.fixture
def servers(recording, monkeypatch, tmp_path):
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("SPEECH_KEY", KEY)
    with speech_servers(recording) as running:
        address = f"http://127.0.0.1:{running.port}/v1"
        add_profile(Profile("speech", address, "kokoro", "environment", "SPEECH_KEY", timeout=2.0))
        yield running


@pytest.fixture
def edge(servers, monkeypatch):
    pytest.importorskip("edge_tts")
    import edge_tts.communicate
    import edge_tts.drm

    from chatanything.voice.engines import edge as engine

    monkeypatch.setattr(
        edge_tts.communicate, "WSS_URL", f"ws://127.0.0.1:{servers.port}/edge/v1?T=x"
    )
    monkeypatch.setattr(edge_tts.drm.DRM, "clock_skew_seconds", 0.0)
    monkeypatch.setattr(engine, "SECONDS", 2.0)
    monkeypatch.setattr(engine, "_WAIT", 0.1)
    return servers


@pytest.mark.parametrize("voice", [SERVER, EDGE], ids=["openai-speech", "edge"])
def test_they_keep_the_contract_of_engines(edge, voice):
    check_speech(speak(voice, TEXT), TEXT)


def test_server_speaks_and_its_speech_is_timed(servers):
    speech = speak(SERVER, TEXT)
    assert speech.rate == RATE
    assert speech.timeline.source == "aligned"
    assert [word.text for word in speech.timeline.words] == ["Hello", "big", "world"]
    assert '"voice": "af_sky(0.75)+am_adam(0.25)"' in servers.asked[0]
    assert servers.keys == [f"Bearer {KEY}"]


def test_server_lists_its_voices_and_they_are_chosen_by_gender(servers):
    voice = choose_voice(VoiceTraits(presentation=-1), engine="openai-speech")
    assert voice.mix[0][0] == "am_adam"
    servers.mode = "no list"
    names = [card.name for card in voices.create("openai-speech").catalogue()]
    assert "nova" in names


def test_server_pitch_and_rate_are_made_up_by_shaping(servers):
    from chatanything.voice.signal.measure import measure

    plain, moved = speak(SERVER, TEXT), speak(replace(SERVER, pitch=260.0, rate=0.8), TEXT)
    assert abs(12 * np.log2(measure(moved).f0 / 260)) < 1
    assert moved.seconds == pytest.approx(plain.seconds / 0.8, rel=0.02)
    assert moved.timeline.words[-1].end == pytest.approx(
        plain.timeline.words[-1].end / 0.8, abs=0.03
    )


def test_server_refuses_once(servers):
    servers.mode = "403 once"
    assert speak(SERVER, TEXT).seconds > 0.5
    assert len(servers.asked) == 2


@pytest.mark.parametrize(
    ("mode", "error", "words"),
    [
        ("403 always", EngineError, "refused the request"),
        ("empty audio", EngineError, "sent no audio"),
        ("no audio", EngineError, "bytes that are not audio"),
        ("cut stream", EngineError, "broke off"),
        ("redirect", EngineError, "answered 302"),
        ("hang", EngineTimeoutError, "within 2 seconds"),
    ],
)
def test_server_fails_as_stated(servers, mode, error, words):
    servers.mode = mode
    began = time.monotonic()
    with pytest.raises(error, match=words) as caught:
        speak(SERVER, TEXT)
    assert time.monotonic() - began < 4.5
    assert KEY not in str(caught.value)


def test_a_language_that_nothing_aligns_is_timed_by_its_sound(servers):
    speech = speak(replace(SERVER, traits=VoiceTraits(language="zu-ZA")), TEXT)
    assert speech.timeline.source == "energy"
    assert speech.timeline.visemes


def test_a_server_that_says_only_the_beginning_is_found_out(servers):
    with pytest.raises(EngineError, match="did not speak the text"):
        speak(SERVER, TEXT * 12)


def test_no_server_is_there(servers):
    add_profile(Profile("speech", "http://127.0.0.1:9/v1", "tts-1", timeout=3.0))
    with pytest.raises(EngineError, match="cannot be reached"):
        speak(SERVER, TEXT)


def test_without_a_profile_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(tmp_path))
    assert "profiles add speech" in voices.status("openai-speech").reason
    with pytest.raises(InputError, match="profiles add speech"):
        voices.create("openai-speech")


def test_an_interrupt_ends_a_hanging_request(servers):
    servers.mode = "hang"

    class CancelledError(Exception):
        pass

    began = time.monotonic()

    def tick(done, total):
        if time.monotonic() - began > 0.3:
            raise CancelledError

    with pytest.raises(CancelledError):
        speak(SERVER, TEXT, tick=tick)
    assert time.monotonic() - began < 1.5


def test_edge_speaks_with_its_own_word_times(edge):
    speech = speak(EDGE, TEXT)
    assert [(w.text, round(w.start, 2)) for w in speech.timeline.words] == [
        ("Hello", 0.1),
        ("big", 0.5),
        ("world", 0.9),
    ]
    assert speech.timeline.phones
    assert '"wordBoundaryEnabled":"true"' in edge.asked[1]


def test_edge_is_asked_for_the_rate(edge):
    speak(replace(EDGE, rate=1.25), "Fish & <chips>")
    assert "rate='+25%'" in edge.asked[1]
    assert "Fish &amp;" in edge.asked[1]


def test_edge_refuses_once(edge):
    edge.mode = "403 once"
    assert speak(EDGE, TEXT).seconds > 0.5


@pytest.mark.parametrize(
    ("mode", "error", "words"),
    [
        ("403 always", EngineError, "refused \\(403\\)"),
        ("empty audio", EngineError, "no audio"),
        ("cut stream", EngineError, "no audio|failed"),
        ("hang", EngineTimeoutError, "within 2 seconds"),
    ],
)
def test_edge_fails_as_stated(edge, mode, error, words):
    edge.mode = mode
    began = time.monotonic()
    with pytest.raises(error, match=words):
        speak(EDGE, TEXT)
    assert time.monotonic() - began < 6


def test_edge_is_labelled():
    assert "opt-in" in voices.status("edge").about


@pytest.mark.parametrize("engine", ["kokoro", "piper"])
def test_missing_engines_say_what_to_do(engine):
    reason = voices.status(engine).reason
    assert "pip install" in reason or "models/TTS" in reason
