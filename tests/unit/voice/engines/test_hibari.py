"""hibari: shaped in its parameters, exact in its times, silent about nothing."""

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatanything.errors import EngineError, InputError
from chatanything.persona import VoiceTraits
from chatanything.progress import no_progress
from chatanything.voice import Shaping, Voice, measure, speak, voices
from chatanything.voice.phoneme_shapes import letters

pytest.importorskip("hibari", reason="hibari-tts is not installed")

TEXT = "Bob bought three apples in the church, and my mother made a pie."
PLAIN = Voice("hibari", (("heart", 1.0),), VoiceTraits())
ROOT = Path(__file__).resolve().parents[4]


def said(text=TEXT, **changes):
    return voices.create("hibari").speak(text, replace(PLAIN, **changes), no_progress)


def shaped(**changes):
    return said(shaping=Shaping(**changes), pitch=180.0)


@pytest.mark.parametrize("pitch", [80.0, 120.0, 200.0, 300.0])
def test_it_speaks_as_high_as_it_is_asked(pitch):
    assert measure(said(pitch=pitch), size=False).f0 == pytest.approx(pitch, rel=0.08)


@pytest.mark.parametrize("rate", [0.7, 1.4])
def test_speed_is_exact_and_times_follow(rate):
    plain, other = said(pitch=180.0), said(pitch=180.0, rate=rate)
    ends = [speech.timeline.words[-1].end - 0.06 for speech in (plain, other)]
    assert ends[1] * rate == pytest.approx(ends[0], rel=0.05)
    assert other.timeline.duration == other.seconds


def test_size_moves_the_spectrum_and_leaves_the_pitch():
    from scipy.signal import welch

    def centre(speech):
        hertz, power = welch(speech.samples, speech.rate, nperseg=1024)
        return float((hertz * power).sum() / power.sum())

    small, big = shaped(formant=1.1), shaped(formant=0.82)
    assert centre(small) > 1.1 * centre(big)
    high, low = (measure(speech, size=False).f0 for speech in (small, big))
    assert high == pytest.approx(low, rel=0.04)


def test_breath_and_hoarseness_are_heard():
    clear = measure(shaped(), size=False).hnr
    assert measure(shaped(breath=0.4), size=False).hnr < clear - 3
    assert measure(shaped(rough=1.0), size=False).hnr < clear - 3


def test_a_flat_voice_has_no_melody():
    flat, lively = shaped(flatness=1.0), shaped()
    spans = [measure(speech, size=False).f0_range for speech in (flat, lively)]
    assert spans[0] < 1.5 < 4 < spans[1]


def lengths(text, voice=PLAIN):
    return {word.text: word.end - word.start for word in speak(voice, text).timeline.words}


@pytest.mark.parametrize("changes", [{}, {"pitch": 110.0, "rate": 0.8}])
@pytest.mark.parametrize("word", ["never", "she", "money"])
def test_a_stressed_word_is_longer_and_no_other(word, changes):
    voice = replace(PLAIN, **changes)
    text = "I never said she stole my money"
    plain, marked = lengths(text, voice), lengths(text.replace(word, f"*{word}*"), voice)
    assert list(marked) == list(plain)
    assert 1.25 * plain[word] < marked[word] < 1.6 * plain[word]
    for other in plain.keys() - {word}:
        assert marked[other] == pytest.approx(plain[other], abs=0.026)


def test_a_stressed_word_is_louder_and_higher_than_its_neighbours():
    def level_and_pitch(text):
        speech = speak(replace(PLAIN, pitch=150.0), text)
        word = next(word for word in speech.timeline.words if word.text == "stole")
        inside = slice(*(round(t * speech.rate) for t in (word.start, word.end)))
        whole = np.sqrt(np.mean(speech.samples**2))
        part = replace(speech, samples=speech.samples[inside])
        return np.sqrt(np.mean(part.samples**2)) / whole, measure(part, size=False).f0

    plain, marked = (level_and_pitch(f"She {word} the money.") for word in ("stole", "__stole__"))
    assert marked[0] > 1.1 * plain[0]
    assert marked[1] > 1.06 * plain[1]


def test_the_word_that_is_marked_is_stressed_and_not_its_like():
    plain, marked = (
        [word.end - word.start for word in speak(PLAIN, text).timeline.words]
        for text in ("No means no means no way.", "No means *no* means no way.")
    )
    longer = [b / a > 1.25 for a, b in zip(plain, marked, strict=True)]
    assert longer == [False, False, True, False, False, False]


def test_words_and_sounds_have_times_in_order():
    timeline = said("It costs $42.50, Bob.").timeline
    assert [word.text for word in timeline.words] == ["It", "costs", "$42.50", "Bob"]
    edges = [phone.start for phone in timeline.phones]
    assert edges == sorted(edges)
    assert timeline.phones[-1].end == pytest.approx(timeline.duration)
    for before, after in zip(timeline.phones, timeline.phones[1:], strict=False):
        assert before.end == pytest.approx(after.start, abs=1e-6)


def test_lips_are_closed_where_p_is_silent():
    speech = said("A puppy keeps a happy copper pumpkin up.", pitch=180.0)
    power = np.convolve(speech.samples**2, np.ones(240) / 240, mode="same")
    loud = np.percentile(power, 90)
    stops = [p for p in speech.timeline.phones if letters(p.symbol) == "p"]
    dips = [power[round(p.start * 24000) : round(p.end * 24000)].min() / loud for p in stops]
    assert len(dips) >= 7
    assert np.median(dips) < 0.01


def test_little_silence_stands_around_a_sentence():
    phones = said("Hello.").timeline.phones
    assert phones[0].symbol == ""
    assert phones[0].end <= 0.08
    assert phones[-1].end - phones[-1].start <= 0.3


def test_the_same_bytes_from_two_threads_and_another_process():
    wanted = said(pitch=150.0, rate=1.1).samples.tobytes()
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(said(pitch=150.0, rate=1.1))) for _ in "ab"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {speech.samples.tobytes() for speech in found} == {wanted}
    script = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1])\n"
        "from dataclasses import replace\n"
        "from chatanything_core.persona import VoiceTraits\n"
        "from chatanything_core.progress import no_progress\n"
        "from chatanything_core.voice import Voice, voices\n"
        "voice = Voice('hibari', (('heart', 1.0),), VoiceTraits(), pitch=150.0, rate=1.1)\n"
        "speech = voices.create('hibari').speak(sys.argv[2], voice, lambda done, total: None)\n"
        "print(hashlib.sha256(speech.samples.tobytes()).hexdigest())"
    )
    out = subprocess.run(
        [sys.executable, "-c", script, str(ROOT), TEXT], capture_output=True, text=True, check=True
    )
    from hashlib import sha256

    assert out.stdout.strip() == sha256(wanted).hexdigest()


@pytest.mark.parametrize("text", ["", "...", "😀", "你好", "Привет", "Hello, 世界, my friend."])
def test_what_it_cannot_read_is_refused_and_never_left_out(text):
    with pytest.raises(InputError):
        said(text)


def test_long_numbers_are_read_digit_by_digit():
    long, digits = (speak(PLAIN, f"It is {n}, Bob.") for n in ("1234" * 10, "1 2 3 4 " * 10))
    assert [word.text for word in long.timeline.words] == ["It", "is", "1234" * 10, "Bob"]
    assert long.seconds == pytest.approx(digits.seconds, rel=0.05)


@pytest.mark.parametrize(
    "text", ["1234567890" * 4, "a" * 600, "x " * 500, "Wait... what?! <break/>"]
)
def test_odd_texts_are_spoken_or_refused(text):
    try:
        assert said(text).seconds > 0.3
    except InputError as error:
        assert len(str(error)) < 300


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_five_minutes_of_text_take_little_memory():
    """In a process of its own, whose highest resident size is that of the speech alone."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from chatanything_core.persona import VoiceTraits\n"
        "from chatanything_core.voice import choose_voice, speak\n"
        "voice = choose_voice(VoiceTraits(), engine='hibari')\n"
        "text = 'The old man walked slowly down the road to the river in the morning. ' * 66\n"
        "speech = speak(voice, text)\n"
        "peak = next(l for l in open('/proc/self/status') if l.startswith('VmHWM'))\n"
        "print(speech.seconds, peak.split()[1])"
    )
    out = subprocess.run(
        [sys.executable, "-c", script, str(ROOT)], capture_output=True, text=True, check=True
    )
    seconds, peak = map(float, out.stdout.split())
    assert seconds > 300
    assert peak < 300 * 1024


def test_ten_thousand_characters_are_spoken_in_pieces():
    text = "The old man walked slowly down the road to the river. " * 20
    speech = speak(PLAIN, text)
    assert len(speech.timeline.words) == 220


def test_a_foreign_sentence_goes_to_a_voice_of_its_language():
    speech = speak(PLAIN, "Hello there. Где находится вокзал?")
    assert any("hibari" in note and "ru" in note for note in speech.notes)
    assert [word.text for word in speech.timeline.words][-1] == "вокзал"


def test_a_damaged_model_is_named(tmp_path):
    """In a process of its own, with a package whose model is not the one that we know."""
    import hibari

    folder = tmp_path / "hibari"
    import shutil

    shutil.copytree(Path(hibari.__file__).parent, folder)
    model = folder / "assets" / "hibari.onnx"
    model.write_bytes(model.read_bytes()[:-1] + b"x")
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from chatanything_core.voice.vocoder.hibari_network import frames_of\n"
        "frames_of('a')"
    )
    out = subprocess.run(
        [sys.executable, "-c", script, str(ROOT)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert EngineError.__name__ in out.stderr
    assert "hibari.onnx" in out.stderr
    assert "Reinstall" in out.stderr
