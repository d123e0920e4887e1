"""The page hears its user: it is interrupted at once, never by itself, and says why it cannot hear."""

from pathlib import Path

import numpy as np
import pytest

from chatanything.transcription.server_listener import wav_bytes
from tests.browser.conftest import driven
from tests.tools.browser.page_server import page_server
from tests.tools.samples import spoken
from tests.tools.servers.speech_servers import speech_servers

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "browser"
PICTURES = ROOT / "out" / "voice"
SAID = "Wait, tell me about the rain instead."


def scene(node, name, address, *more):
    PICTURES.mkdir(parents=True, exist_ok=True)
    words = (name, address, str(PICTURES), *more)
    return driven(node, "facetime/voice.mjs", *words, seconds=400)


@pytest.fixture(scope="module")
def speech():
    return spoken(SAID)


def test_a_voice_cuts_in_and_is_answered(node, tmp_path, speech):
    """Sound and mouth are still within 200 ms after the 130 ms of speech by which it is noticed."""
    # Opening a microphone takes a busy machine a second or two.
    samples = np.pad(speech.samples, (4 * speech.rate, 40 * speech.rate))
    samples += np.random.default_rng(1).normal(0, 1e-3, len(samples)).astype(np.float32)
    sound = tmp_path / "user.wav"
    sound.write_bytes(wav_bytes(samples, speech.rate))
    with speech_servers(speech.samples) as servers:
        servers.heard = SAID
        with page_server(tmp_path, servers.port) as address:
            seen = scene(node, "barge", address, str(sound))
        ((fields, seconds),) = servers.listened
    assert seen["complaints"] == []
    noticed = seen["first"]["noticed"]
    assert seen["first"]["talking"] == 1
    assert seen["seen"]["sound"] - noticed < 200
    assert seen["seen"]["mouth"] - noticed < 200
    story, answer = seen["turns"]
    assert story["interrupted"] and not story["reply"].endswith(".")
    assert answer["message"] == SAID
    assert fields["language"] == "en"
    # The beginning of the first word is on the recording, and the pause after the last.
    assert speech.seconds < seconds < speech.seconds + 2


def test_its_own_loudspeaker_does_not_interrupt_it(node, tmp_path, speech):
    with (
        speech_servers(speech.samples) as servers,
        page_server(tmp_path, servers.port) as address,
    ):
        seen = scene(node, "itself", address)
    assert seen["complaints"] == []
    assert (seen["heard"], seen["starts"]) == (True, [])
    assert [turn["interrupted"] for turn in seen["turns"]] == [False, False]
    assert servers.listened == []


CAUSES = {
    "insecure": "https",
    "unsupported": "gives pages none",
    "unrecorded": "cannot record",
    "unheard": "nobody here understands speech",
}


def test_each_of_the_four_causes_is_told(node, tmp_path):
    with page_server(tmp_path) as address:
        told = scene(node, "causes", address)
    assert told.keys() == CAUSES.keys()
    for cause, words in CAUSES.items():
        assert words in told[cause]["text"], cause
        assert told[cause]["hidden"], cause
