"""The voice nodes on a real server: mix, speak, and time what was spoken."""

import json

import pytest

from tests.tools.comfyui.graphs import change, find, template

pytestmark = pytest.mark.comfyui
TEXT = "Hello big world. [pause:0.5s] Bye."


@pytest.fixture(scope="module")
def prompt():
    """Persona, voice and speech of the template; the speech's audio is timed and shown."""
    whole = template("2 The whole chain")
    kept = {
        find(whole, kind): whole[find(whole, kind)] for kind in ("Persona", "VoiceMixer", "Speak")
    }
    speak = find(kept, "Speak")
    timeline = {"audio": [speak, 0], "text": TEXT, "language": "en-US"}
    kept["900"] = {"class_type": "ChatAnythingTimeline", "inputs": timeline}
    kept["901"] = {"class_type": "PreviewAny", "inputs": {"source": ["900", 1]}}
    return change(kept, "Speak", text=TEXT)


def timed(server, prompt):
    run = server.run(prompt)
    assert run.error is None
    return json.loads(run.outputs["901"]["text"][0])


def test_speech_is_timed_by_its_text(server, prompt):
    found = timed(server, change(prompt, "VoiceMixer", preset="giant", pace=-0.5))
    assert found["source"] == "aligned"
    assert [word[0] for word in found["words"]] == ["Hello", "big", "world", "Bye"]
    pause = found["words"][3][1] - found["words"][2][2]
    assert pause > 0.5


def test_speech_is_timed_without_a_text(server, prompt):
    found = timed(server, change(prompt, "Timeline", text=""))
    assert found["source"] == "energy"
    assert {viseme[0] for viseme in found["visemes"]} > {"sil"}


def test_sliders_and_overrides_are_heard(server, prompt):
    slow = timed(server, change(prompt, "VoiceMixer", pace=-1.0, override="m3:0.5,f3:0.5"))
    fast = timed(server, change(prompt, "VoiceMixer", pace=1.0, override="m3:0.5,f3:0.5"))
    assert slow["duration"] > 1.3 * fast["duration"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"override": "nobody"}, "Unknown espeak voice 'nobody'"),
        ({"language": "tlh-x"}, "does not speak"),
        ({"engine": "kokoro"}, "pip install kokoro-onnx"),
    ],
)
def test_what_cannot_be_spoken_is_explained(server, prompt, values, words):
    run = server.run(change(prompt, "VoiceMixer", **values))
    assert words in run.error["exception_message"]
