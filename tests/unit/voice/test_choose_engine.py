"""Which engine speaks when nobody says which."""

from importlib.util import find_spec

import pytest

from chatanything.errors import EngineError
from chatanything.persona import VoiceTraits
from chatanything.voice import choose_engine, choose_voice, voices
from chatanything.voice.vocoder.onnxruntime_builds import how_to_install, repair

BEST = "hibari" if find_spec("hibari") else voices.names()[0]


@pytest.mark.parametrize("language", ["en", "en-US", "en-GB", "en_AU"])
def test_english_goes_to_the_natural_voice_that_is_here(language):
    assert choose_engine(language)[0] == BEST
    assert choose_voice(VoiceTraits(language="en-US")).engine == BEST


@pytest.mark.parametrize("language", ["de", "ru", "sw"])
def test_other_languages_go_to_the_engine_that_speaks_them(language):
    name, why = choose_engine(language)
    assert name == voices.names()[0]
    assert name in why


def test_the_reasons_say_who_speaks_and_why():
    voice = choose_voice(VoiceTraits(), engine="auto")
    assert voice.reasons[0].startswith(f"{BEST} speaks")


def test_an_override_names_voices_of_the_first_engine():
    assert choose_voice(VoiceTraits(), override="f3").engine == voices.names()[0]


def test_an_engine_that_is_named_is_kept():
    assert choose_voice(VoiceTraits(), engine="espeak").engine == "espeak"


def test_a_gpu_build_of_onnxruntime_is_not_overwritten():
    line = how_to_install("hibari-tts", {"onnxruntime-gpu", "onnxruntime"})
    assert line.startswith("pip install --no-deps hibari-tts")
    assert how_to_install("hibari-tts", ()) == "pip install hibari-tts"
    assert "--force-reinstall onnxruntime-gpu" in repair({"onnxruntime-gpu"})
    assert issubclass(EngineError, Exception)
