"""Kokoro and Piper with their own runtimes and with models made tiny."""

import numpy as np
import pytest

from chatanything.errors import InputError
from chatanything.persona import VoiceTraits
from chatanything.voice import Voice, choose_voice, speak, voices
from chatanything.voice.engines.kokoro import blended
from chatanything.voice.mixture.choose_voice import parse_voices
from tests.tools.speech_checks import check_speech

TEXT = "Hello big world."
LOW = np.concatenate([np.full((510, 1, 128), 2.4), np.full((510, 1, 128), 0.11)], 2)
HIGH = np.concatenate([np.full((510, 1, 128), 3.1), np.full((510, 1, 128), 0.22)], 2)
PACKS = {"am_low": LOW.astype(np.float32), "af_high": HIGH.astype(np.float32)}


def peaks(speech):
    """The strongest tone below and above 1 kHz, in Hz."""
    loud = np.flatnonzero(np.abs(speech.samples) > 0.01)
    wave = speech.samples[loud[0] : loud[-1]]
    power = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), 1 << 17))
    hertz = np.fft.rfftfreq(1 << 17, 1 / speech.rate)
    low, high = hertz < 1000, hertz >= 1000
    return hertz[low][power[low].argmax()], hertz[high][power[high].argmax()]


def test_style_packs_blend_in_proportion():
    mixed = [blended(PACKS, (("am_low", 1 - w), ("af_high", w))) for w in (0, 0.25, 0.5, 0.75, 1)]
    for column in (0, 200):
        values = [float(pack[7, 0, column]) for pack in mixed]
        assert values == sorted(values)
        np.testing.assert_allclose(np.diff(values), np.diff(values)[0], rtol=1e-4)
    np.testing.assert_allclose(mixed[0], PACKS["am_low"])
    np.testing.assert_allclose(mixed[-1], PACKS["af_high"])


def test_timbre_and_prosody_have_weights_of_their_own():
    mixed = blended(PACKS, (("am_low@timbre", 1.0), ("af_high@prosody", 1.0)))
    assert mixed[0, 0, 0] == pytest.approx(2.4)
    assert mixed[0, 0, 255] == pytest.approx(0.22)


@pytest.mark.parametrize(
    ("mix", "words"),
    [
        ((("nobody", 1.0),), "no voice 'nobody'"),
        ((("am_low@nose", 1.0),), "no voice 'am_low@nose'"),
        ((("am_low@timbre", 1.0),), "provides its prosody"),
    ],
)
def test_blends_that_cannot_be(mix, words):
    with pytest.raises(InputError, match=words):
        blended(PACKS, mix)


def test_an_override_can_name_the_halves():
    names = list(PACKS)
    mix = parse_voices("am_low@timbre:1, af_high@prosody:3", names, "kokoro")
    assert mix == (("am_low@timbre", 0.25), ("af_high@prosody", 0.75))


@pytest.fixture
def kokoro(tmp_path, monkeypatch):
    pytest.importorskip("kokoro_onnx")
    pytest.importorskip("onnx")
    from tests.tools.models.tiny_voices import kokoro_folder

    monkeypatch.setenv("CHATANYTHING_MODELS", str(kokoro_folder(tmp_path, PACKS)))


@pytest.mark.engines
def test_kokoro_moves_pitch_and_formant_monotonically(kokoro):
    tones = [
        peaks(speak(Voice("kokoro", (("am_low", 1 - w), ("af_high", w)), VoiceTraits()), TEXT))
        for w in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    for values in zip(*tones, strict=True):
        assert list(values) == sorted(values)
        assert values[-1] > 1.2 * values[0]


@pytest.mark.engines
def test_kokoro_gives_times_and_words(kokoro):
    speech = speak(Voice("kokoro", (("af_high", 1.0),), VoiceTraits()), TEXT)
    assert speech.timeline.source == "engine"
    assert [word.text for word in speech.timeline.words] == ["Hello", "big", "world"]
    assert any(phone.stress == 2 for phone in speech.timeline.phones)
    assert all(phone.symbol not in "ˈˌː" or not phone.symbol for phone in speech.timeline.phones)


@pytest.mark.engines
def test_kokoro_is_chosen_by_gender_and_accent(kokoro):
    voice = choose_voice(VoiceTraits(presentation=-1), engine="kokoro")
    assert voice.mix[0][0] == "am_low"
    with pytest.raises(InputError, match="no voice for 'fi'"):
        choose_voice(VoiceTraits(language="fi"), engine="kokoro")


@pytest.mark.engines
def test_kokoro_keeps_the_contract_of_engines(kokoro):
    check_speech(speak(Voice("kokoro", (("af_high", 1.0),), VoiceTraits()), TEXT), TEXT)


@pytest.mark.engines
def test_kokoro_speed_changes_the_length(kokoro):
    plain = Voice("kokoro", (("af_high", 1.0),), VoiceTraits())
    fast = Voice("kokoro", (("af_high", 1.0),), VoiceTraits(), rate=2.0)
    assert speak(fast, TEXT).seconds < 0.7 * speak(plain, TEXT).seconds


@pytest.mark.engines
def test_piper_speaks_with_times(tmp_path, monkeypatch):
    pytest.importorskip("piper")
    pytest.importorskip("onnx")
    from tests.tools.models.tiny_voices import piper_folder

    monkeypatch.setenv("CHATANYTHING_MODELS", str(piper_folder(tmp_path, "en_US-hum-tiny")))
    assert voices.status("piper").available
    voice = choose_voice(VoiceTraits(), engine="piper")
    assert voice.mix == (("en_US-hum-tiny", 1.0),)
    speech = speak(Voice("piper", voice.mix, VoiceTraits()), TEXT)
    assert speech.timeline.source == "engine"
    assert len([phone for phone in speech.timeline.phones if phone.symbol]) > 6
    check_speech(speech, TEXT)
    slow = speak(Voice("piper", voice.mix, VoiceTraits(), rate=0.5), TEXT)
    assert slow.seconds > 1.5 * speech.seconds
