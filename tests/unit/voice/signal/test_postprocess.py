"""Finished audio is shaped as asked, and only so."""

import numpy as np
import pytest

from benchmarks.voice.psola_against_world import NEARLY, harmonicity, judge, psola
from chatanything.persona import VoiceTraits
from chatanything.voice import PRESETS, Shaping, Voice, choose_voice, speak
from chatanything.voice.mixture.presets import with_preset
from chatanything.voice.signal.effects import TAIL, breathed, combed, echoed, levelled, shelved
from chatanything.voice.signal.measure import measure, pitch_track, tilt
from chatanything.voice.signal.psola import Moves, moved, refined

RATE = 22050
TEXT = "The old lighthouse keeper poured a cup of tea before the rain."


@pytest.fixture(scope="module")
def speech():
    return speak(Voice("espeak", (("f3", 1.0),), VoiceTraits()), TEXT)


@pytest.mark.parametrize(
    "moves",
    [
        Moves(pitch=1.6),
        Moves(pitch=0.6, formant=0.8),
        Moves(formant=1.35),
        Moves(tempo=0.6),
        Moves(pitch=1.8, formant=1.2, tempo=1.7),
    ],
    ids=["up", "big", "small", "slow", "tiny"],
)
def test_pitch_size_and_tempo_move_apart(speech, moves):
    row = judge(psola, speech.samples, speech.rate, moves)
    assert row.pitch < 4
    assert row.envelope > 0.96
    assert row.length < 0.01


def test_what_is_not_to_move_stays_bit_for_bit(speech):
    assert moved(speech.samples, speech.rate, Moves()) is speech.samples


def test_passing_through_costs_no_clarity(speech):
    after = moved(speech.samples, speech.rate, NEARLY)
    assert harmonicity(after, speech.rate) > harmonicity(speech.samples, speech.rate) - 0.7


def test_same_input_same_bytes(speech):
    moves = Moves(pitch=1.3, tempo=0.8, rough=0.5, tremor=0.5)
    once, twice = (moved(speech.samples, speech.rate, moves).tobytes() for _ in range(2))
    assert once == twice


def test_flat_speech_has_one_pitch_and_rough_speech_less_harmony(speech):
    f0, _ = pitch_track(moved(speech.samples, speech.rate, Moves(flatness=1.0)), speech.rate)
    voiced = f0[f0 > 0]
    assert 12 * np.log2(np.percentile(voiced, 90) / np.percentile(voiced, 10)) < 1.5
    rough = moved(speech.samples, speech.rate, Moves(rough=1.0))
    assert harmonicity(rough, speech.rate) < harmonicity(speech.samples, speech.rate) - 2


@pytest.mark.parametrize("samples", [0, 1, 50, 400])
def test_very_short_audio_survives(samples):
    assert len(moved(np.ones(samples, np.float32), RATE, Moves(pitch=1.5))) == samples


@pytest.mark.parametrize("factor", [1.0, 0.8, 1.3])
def test_refining_hits_the_wave_between_its_samples(factor):
    t = np.arange(4000) / RATE
    fine = refined(np.sin(2 * np.pi * 1500 * t).astype(np.float32), factor)
    at = np.arange(len(fine)) * factor / 4 / RATE
    inside = slice(400, -400)
    assert np.abs(fine - np.sin(2 * np.pi * 1500 * at))[inside].max() < 0.003


@pytest.mark.parametrize("gain", [-9.0, 6.0])
def test_a_shelf_lifts_what_lies_above_it(gain):
    t = np.arange(RATE) / RATE
    for hertz, wanted in ((200, 0.0), (4000, gain)):
        wave = np.sin(2 * np.pi * hertz * t).astype(np.float32)
        lifted = shelved(wave, RATE, gain)[2000:-2000]
        assert 10 * np.log10((lifted**2).mean() / 0.5) == pytest.approx(wanted, abs=0.8)


def test_a_full_breath_whispers_the_same_words(speech):
    whisper = breathed(speech.samples, speech.rate, 1.0)
    f0, _ = pitch_track(whisper, speech.rate)
    assert (f0 > 0).mean() < 0.2
    assert len(whisper) == len(speech.samples)
    assert 0 < tilt(whisper, speech.rate) - tilt(speech.samples, speech.rate) < 12


def test_echoes_and_combs_repeat_a_click():
    click = np.zeros(RATE, np.float32)
    click[100] = 1.0
    hall = echoed(click, RATE, 0.5)
    assert len(hall) == RATE + round(TAIL * RATE)
    assert np.count_nonzero(hall) == 6
    assert np.count_nonzero(combed(click, RATE, 0.6)) == 3


@pytest.mark.parametrize("volume", [0.3, 1.0, 2.0])
def test_levels_are_even_and_never_clip(speech, volume):
    quiet, loud = (levelled(speech.samples * g, speech.rate, volume) for g in (0.01, 0.9))
    np.testing.assert_allclose(quiet, loud, atol=1e-4)
    assert np.abs(loud).max() <= 0.971


def test_silence_stays_silence():
    assert not levelled(np.zeros(1000, np.float32), RATE, 1.0).any()


def test_presets_multiply_factors_and_stay_in_range():
    voice = Voice("espeak", (("f3", 1.0),), VoiceTraits(), shaping=Shaping(pitch=2.0, breath=0.8))
    tiny, ghost = with_preset(voice, "tiny"), with_preset(voice, "ghost")
    assert tiny.shaping.pitch == 2.5
    assert ghost.shaping.breath == 1.0


def test_presets_sound_as_they_are_called():
    found = {
        name: measure(speak(choose_voice(VoiceTraits(), engine="espeak", preset=name), TEXT))
        for name in (*PRESETS, "")
    }
    plain = found[""]
    assert found["giant"].f0 < 0.75 * plain.f0
    assert found["giant"].f3 < 0.95 * plain.f3
    assert found["tiny"].f0 > 1.5 * plain.f0
    assert found["helium"].f3 > 1.15 * plain.f3
    assert abs(found["helium"].f0 / plain.f0 - 1) < 0.05
    assert found["robot"].f0_range < 0.3 * plain.f0_range
    assert found["ghost"].hnr < plain.hnr - 4
    assert found["ancient"].rate < plain.rate
