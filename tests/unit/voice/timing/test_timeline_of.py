"""Times of audio that somebody else made: with its text by alignment, without by its sound."""

import time
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from chatanything.errors import InputError
from chatanything.persona import VoiceTraits
from chatanything.voice import Shaping, Voice, choose_voice, mouth_track, speak, timeline_of
from chatanything.voice.timing.dtw import dtw_path

TEXT = (
    "The old lighthouse keeper poured a cup of tea, while seven small boats came home before the "
    "rain. Nobody asked him why he smiled. He counted them twice, and went to bed."
)
PLAIN = Voice("espeak", (("m3", 1.0),), VoiceTraits())


def onset_errors(truth, found):
    """Milliseconds between the onsets of equal sounds."""
    a = [phone for phone in truth.phones if phone.symbol]
    b = [phone for phone in found.phones if phone.symbol]
    assert [phone.symbol for phone in a] == [phone.symbol for phone in b]
    return 1000 * np.abs(np.subtract([p.start for p in a], [p.start for p in b]))


def test_without_a_text_soft_speech_still_moves_the_mouth_and_noise_does_not():
    """The same sentence loud, then 20 dB softer, then only the noise of the room."""
    speech = speak(PLAIN, "The old man walked down to the river.")
    loud, count = speech.samples, len(speech.samples)
    audio = np.concatenate([loud, 0.1 * loud, np.zeros(count, np.float32)])
    audio += (0.001 * np.random.default_rng(0).standard_normal(3 * count)).astype(np.float32)
    track = mouth_track(timeline_of(audio, speech.rate), 50)
    loud, soft, none = np.array_split(track.closed < 0.5, 3)
    assert loud.mean() > 0.6
    assert soft.mean() > 0.75 * loud.mean()
    assert none.mean() < 0.1


@pytest.mark.parametrize(
    "voice",
    [
        replace(PLAIN, pitch=80.0, shaping=Shaping(formant=0.8, tempo=0.85)),
        replace(PLAIN, mix=(("f3", 1.0),), pitch=300.0, shaping=Shaping(formant=1.25, tempo=1.2)),
        replace(PLAIN, shaping=Shaping(breath=0.5, tremor=0.5)),
        choose_voice(VoiceTraits(age=0.9, roughness=0.8), engine="espeak", preset="giant"),
    ],
    ids=["big", "tiny", "breathy", "giant"],
)
def test_onsets_are_found_after_shaping(voice):
    speech = speak(voice, TEXT)
    noise = 0.002 * np.random.default_rng(0).standard_normal(len(speech.samples))
    audio = (speech.samples + noise).astype(np.float32)
    found = timeline_of(audio, speech.rate, text=TEXT)
    assert found.source == "aligned"
    assert np.median(onset_errors(speech.timeline, found)) <= 15


def test_shaping_moves_engine_times_exactly():
    """The pulses of finished audio are moved by PSOLA; its times must move with them."""
    from chatanything.voice.records import Speech
    from chatanything.voice.signal.postprocess import postprocess

    speech = speak(PLAIN, TEXT)
    slow = postprocess(
        Speech(speech.samples, speech.rate, speech.timeline),
        Voice(
            "espeak", PLAIN.mix, PLAIN.traits, shaping=Shaping(pitch=1.3, formant=0.9, tempo=0.7)
        ),
    )
    assert slow.seconds == pytest.approx(speech.seconds / 0.7, rel=1e-4)
    found = timeline_of(slow.samples, slow.rate, text=TEXT)
    assert np.median(onset_errors(slow.timeline, found)) <= 15


def test_a_pause_the_rendering_has_not_is_found():
    speech = speak(PLAIN, "Nobody asked him [pause:1.2s] why he smiled.")
    found = timeline_of(speech.samples, speech.rate, text="Nobody asked him why he smiled.")
    him, why = (next(w for w in found.words if w.text == word) for word in ("him", "why"))
    assert why.start - him.end > 0.9
    middle = (him.end + why.start) / 2
    assert mouth_track(found, 25).closed[round(middle * 25)] > 0.95


def test_other_languages_and_rates_are_aligned():
    text = "Guten Tag, ich heiße Jürgen und möchte ein Brötchen mit Käse."
    speech = speak(replace(PLAIN, traits=VoiceTraits(language="de")), text)
    half = speech.samples[::2].copy()
    found = timeline_of(half, speech.rate // 2, text=text, language="de")
    assert np.median(onset_errors(speech.timeline, found)) <= 20


def test_without_text_the_jaw_follows_the_sound():
    speech = speak(PLAIN, TEXT)
    found = timeline_of(speech.samples, speech.rate)
    assert found.source == "energy"
    truth, guess = mouth_track(speech.timeline, 25).jaw, mouth_track(found, 25).jaw
    assert np.corrcoef(truth, guess)[0, 1] > 0.6


def test_without_text_silence_is_shut():
    speech = speak(PLAIN, "Hello. [pause:1s] Hello.")
    track = mouth_track(timeline_of(speech.samples, speech.rate), 25)
    a, b = speech.timeline.words
    middle = round((a.end + b.start) / 2 * 25)
    assert track.closed[middle - 5 : middle + 5].min() > 0.95


@pytest.mark.parametrize(
    ("samples", "text", "words"),
    [
        (np.zeros(100, np.float32), "", "too short"),
        (np.zeros((2, 9000), np.float32), "", "too short"),
        (np.full(9000, np.nan, np.float32), "", "not numbers"),
        (np.zeros(22050, np.float32), "Hello.", "silent"),
        (
            0.1 * np.ones(22050, np.float32),
            "Hello. " * 300,
            r"1.0 s of sound, and the text takes about \d+.\d s to say",
        ),
        (0.1 * np.ones(22050, np.float32), "...", "Nothing can be spoken"),
    ],
)
def test_audio_and_text_that_do_not_fit_are_refused(samples, text, words):
    with pytest.raises(InputError, match=words):
        timeline_of(samples, 22050, text=text)


def test_silence_without_text_is_silence():
    found = timeline_of(np.zeros(22050, np.float32), 22050)
    assert [viseme.name for viseme in found.visemes] == ["sil"]


def test_warping_finds_a_known_bend():
    rng = np.random.default_rng(1)
    a = np.cumsum(rng.standard_normal((5000, 8)), 0).astype(np.float32)
    bend = np.clip(np.arange(5000) + 400 * np.sin(np.arange(5000) / 800), 0, None)
    b = a[np.clip(np.round(np.interp(np.arange(5000), bend, np.arange(5000))), 0, 4999).astype(int)]
    found = dtw_path(a, b)
    inside = slice(50, -450)
    assert np.abs(found - bend)[inside].mean() < 5


@pytest.mark.slow
def test_ten_minutes_are_aligned_quickly_in_little_memory():
    text = " ".join(f"{TEXT} It was day {number} of the year." for number in range(50))
    speech = speak(replace(PLAIN, shaping=Shaping(tempo=0.95)), text)
    assert speech.seconds > 600
    tracemalloc.start()
    timeline_of(speech.samples, speech.rate, text=text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300e6
    began = time.process_time()
    found = timeline_of(speech.samples, speech.rate, text=text)
    assert (time.process_time() - began) / speech.seconds < 0.06
    assert np.median(onset_errors(speech.timeline, found)) <= 15
