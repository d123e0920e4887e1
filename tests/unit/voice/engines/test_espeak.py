"""The embedded engine: real speech, exact times, clear errors."""

import hashlib
import itertools
import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatanything.errors import EngineError, InputError
from chatanything.persona import VoiceTraits
from chatanything.voice import Shaping, Voice, speak, voices
from chatanything.voice.engines.espeak import words_per_minute
from chatanything.voice.engines.espeak_processes import workers
from chatanything.voice.phoneme_shapes import phoneme_shapes_of
from chatanything.voice.signal.measure import measure, pitch_track
from tests.tools.speech_checks import check_speech

TEXT = "Hello there, I am a grumpy old teapot. Bubbles make me happy!"
STATEMENT = "A small brown bird sat on the wall of the garden and waited for the morning to begin."
PLAIN = Voice("espeak", (("default", 1.0),), VoiceTraits())


@pytest.fixture(scope="module")
def speech():
    return speak(PLAIN, TEXT)


def test_it_keeps_the_contract_of_engines(speech):
    check_speech(speech, TEXT)


def test_speech_is_audible_and_never_clips(speech):
    assert speech.samples.dtype == np.float32
    assert 0.3 < np.abs(speech.samples).max() <= 0.97
    assert 3 < speech.seconds < 5
    assert speech.timeline.duration == speech.seconds


def test_same_input_same_bytes(speech):
    again = speak(PLAIN, TEXT)
    assert again.samples.tobytes() == speech.samples.tobytes()
    assert again.timeline == speech.timeline


def test_words_are_those_of_the_text(speech):
    said = " ".join(word.text for word in speech.timeline.words)
    assert said == "Hello there I am a grumpy old teapot Bubbles make me happy"


def test_events_are_in_order_and_cover_the_speech(speech):
    for events in (speech.timeline.words, speech.timeline.phones, speech.timeline.visemes):
        assert events
        starts = [event.start for event in events]
        assert starts == sorted(starts)
        assert all(a.end <= b.start + 1e-9 for a, b in itertools.pairwise(events))
        assert events[-1].end <= speech.timeline.duration + 1e-9


def test_phones_fall_where_the_sound_is(speech):
    """Vowels are voiced and pauses are not: the times belong to the audio."""
    f0, _ = pitch_track(speech.samples, speech.rate)
    agreed = total = 0
    for phone in speech.timeline.phones:
        middle = round((phone.start + phone.end) / 2 * 100)
        if phoneme_shapes_of(phone.symbol)[0].vowel or (
            not phone.symbol and phone.end - phone.start > 0.1
        ):
            total += 1
            agreed += (f0[min(middle, len(f0) - 1)] > 0) == bool(phone.symbol)
    assert total > 15
    assert agreed / total > 0.9


def test_pauses_and_stress_are_told(speech):
    assert any(
        not phone.symbol and phone.end - phone.start > 0.1 for phone in speech.timeline.phones
    )
    assert {phone.stress for phone in speech.timeline.phones} >= {0, 2}
    assert all(mark not in p.symbol for p in speech.timeline.phones for mark in "ˈˌ")


@pytest.mark.parametrize("hertz", [80, 120, 180, 260, 350])
def test_pitch_is_what_was_asked_for(hertz):
    found = measure(speak(replace(PLAIN, pitch=hertz), STATEMENT)).f0
    assert abs(12 * np.log2(found / hertz)) < 0.5


def test_formants_move_without_the_pitch():
    figures = [
        measure(speak(replace(PLAIN, pitch=120, shaping=Shaping(formant=f)), STATEMENT))
        for f in (0.85, 1.0, 1.25)
    ]
    assert [f.f3 for f in figures] == sorted(f.f3 for f in figures)
    assert all(abs(f.f0 - 120) < 4 for f in figures)


def test_flat_speech_is_flat():
    flat = measure(speak(replace(PLAIN, shaping=Shaping(flatness=1.0)), TEXT))
    assert flat.f0_range < 0.6


@pytest.mark.parametrize("rate", [0.5, 0.8, 1.5, 2.0])
def test_rate_changes_the_length(rate, speech):
    ratio = speak(replace(PLAIN, rate=rate), TEXT).seconds / speech.seconds
    assert ratio == pytest.approx(1 / rate, rel=0.25)


def test_speed_stays_where_event_times_are_right():
    fast = replace(PLAIN, rate=2.0, shaping=Shaping(tempo=2.0))
    slow = replace(PLAIN, rate=0.5, shaping=Shaping(tempo=0.5))
    assert words_per_minute(fast) == 450
    assert words_per_minute(slow) == 80


def test_blending_moves_pitch_and_size_monotonically():
    figures = [
        measure(speak(replace(PLAIN, mix=(("m3", 1 - w), ("f3", w))), TEXT))
        for w in (0, 0.25, 0.5, 0.75, 1)
    ]
    for name in ("f0", "f3"):
        values = [getattr(f, name) for f in figures]
        assert values == sorted(values), name
    assert figures[-1].f0 > 1.6 * figures[0].f0
    assert figures[-1].f3 > 1.15 * figures[0].f3


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("de-DE", "Guten Tag, ich heiße Jürgen.", "heiße"),
        ("fr-FR", "Bonjour, je suis une théière.", "théière"),
        ("es-MX", "Hola, soy una tetera.", "tetera"),
        ("ru-RU", "Привет, я чайник.", "чайник"),
        ("zh-CN", "你好，我是茶壶。", "你"),
        ("ja-JP", "こんにちは。", "こ"),
        ("pt-BR", "Olá, eu sou um bule.", "bule"),
    ],
)
def test_many_languages(language, text, word):
    speech = speak(replace(PLAIN, traits=VoiceTraits(language=language)), text)
    assert any(word in said.text for said in speech.timeline.words)
    known = [
        phoneme_shapes_of(phone.symbol)[0].viseme
        for phone in speech.timeline.phones
        if phone.symbol
    ]
    assert len(set(known)) > 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no text"),
        (" \n\t", "no text"),
        ("a\0b", "NUL"),
        ("a" * 100_000, "100,000 characters"),
    ],
)
def test_text_that_cannot_be_spoken(text, message):
    with pytest.raises(InputError, match=message):
        speak(PLAIN, text)


@pytest.mark.parametrize(
    "text", ["😀🫖", "Hello мир 世界 مرحبا 123.50 €", "<b>&amp;\u202e\ufeff a"]
)
def test_odd_text_is_spoken(text):
    assert speak(PLAIN, text).seconds > 0.2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mix": (("nope", 1.0),)}, "no voice 'nope'"),
        ({"mix": (("../../m1", 1.0),)}, "no voice"),
        ({"mix": ()}, "at least one"),
        ({"rate": 3.0}, "rate is 3. Choose 0.5 to 2"),
        ({"rate": float("nan")}, "rate is nan. Choose 0.5 to 2"),
        ({"pitch": 20.0}, "pitch .* is 20. Choose 40 to 500 Hz"),
        ({"traits": VoiceTraits(language="tlh-x-none")}, "does not speak"),
        ({"engine": "festival"}, "Unknown voice engine"),
        ({"shaping": Shaping(formant=9)}, "formant is 9. Choose 0.6 to 1.6"),
    ],
)
def test_voices_that_cannot_be(change, message):
    with pytest.raises(InputError, match=message):
        speak(replace(PLAIN, **change), "Hello.")


def test_an_interrupt_ends_the_process_and_the_next_call_works():
    long = "All work and no play makes a dull teapot. " * 450

    class CancelledError(Exception):
        pass

    def cancel(done, total):
        raise CancelledError

    began = time.monotonic()
    with pytest.raises(CancelledError):
        speak(PLAIN, long, tick=cancel)
    assert time.monotonic() - began < 1.5
    assert speak(PLAIN, "Hello.").seconds > 0.3


def children():
    """Processes that this one has started and not ended."""
    found = [task.joinpath("children").read_text() for task in Path("/proc/self/task").iterdir()]
    return {int(number) for text in found for number in text.split()}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
def test_a_killed_process_is_a_clear_error_and_the_next_call_works():
    workers.close()  # what another test had wait would speak instead
    before = children()

    def kill():
        limit = time.monotonic() + 5
        while not (fresh := children() - before) and time.monotonic() < limit:
            time.sleep(0.001)
        for number in fresh:
            os.kill(number, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(EngineError, match="stopped by signal 9"):
        speak(PLAIN, "All work and no play makes a dull teapot. " * 60)
    killer.join()
    assert speak(PLAIN, "Hello.").seconds > 0.3


def spoken_by_threads(seconds):
    """What 8 threads get for three inputs while they speak at once; (input, digest) pairs."""
    inputs = [
        (PLAIN, "Hello from a thread."),
        (replace(PLAIN, mix=(("m3", 0.5), ("f3", 0.5)), pitch=180.0), TEXT),
        (replace(PLAIN, traits=VoiceTraits(language="de")), "Guten Abend, mein Freund."),
    ]
    found, failures = set(), []
    end = time.monotonic() + seconds

    def run(number):
        count = number
        while time.monotonic() < end and not failures:
            which = count % len(inputs)
            try:
                speech = speak(*inputs[which])
            except Exception as error:  # noqa: BLE001  whatever a thread dies of is the finding
                failures.append(error)
                return
            digest = hashlib.sha256(speech.samples.tobytes() + repr(speech.timeline).encode())
            found.add((which, digest.hexdigest()))
            count += 1

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found, failures


def test_eight_threads_speak_at_once():
    found, failures = spoken_by_threads(1.5)
    assert not failures
    assert len(found) == len({which for which, _ in found}) == 3


@pytest.mark.slow
def test_eight_threads_speak_for_a_minute():
    found, failures = spoken_by_threads(60)
    assert not failures
    assert len(found) == len({which for which, _ in found}) == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows does not tell the time of ended processes")
def test_one_sentence_costs_little():
    """At most 80 ms and 0.02 of the speech; processor time, so that a busy machine cannot fail it."""
    engine = voices.create("espeak")
    engine.speak("Warm.", PLAIN, lambda *_: None)
    before = sum(os.times()[:4])
    seconds = sum(engine.speak(TEXT, PLAIN, lambda *_: None).seconds for _ in range(10))
    spent = sum(os.times()[:4]) - before
    assert spent / 10 < 0.08
    assert spent / seconds < 0.02
