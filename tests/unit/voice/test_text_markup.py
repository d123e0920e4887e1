"""Marks, markup, chunks: what a text says is spoken, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from chatanything.errors import InputError
from chatanything.persona import EMOTIONS, Emotion, VoiceTraits
from chatanything.progress import no_progress
from chatanything.voice import Voice, speak
from chatanything.voice.engines.espeak import EspeakVoice
from chatanything.voice.signal.measure import measure
from chatanything.voice.text.chunks import chunks
from chatanything.voice.text.markup import parse_markup
from tests.tools.humming_voice import registered

PLAIN = Voice("espeak", (("default", 1.0),), VoiceTraits())
STORY = (
    "Dr. Brown came at 3.15 p.m. on Jan. 5. He had two dogs, e.g. a big one! Was it cold? "
    "Nobody knew, nobody asked, and nobody, not even the baker, had seen so much snow. "
) * 8
SNOW = "He had two dogs! Nobody, not even the baker, had seen so much snow. " * 8


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("a [pause:0.5s] b", 0.5),
        ("a [pause: 250 ms] b", 0.25),
        ("a [PAUSE] b", 0.5),
        ("a [pause:2] b", 2.0),
        ("a [pause:1s][pause:1s] b", 2.0),
        ('a <break time="700ms"/> b', 0.7),
        ("<speak>a<break/>b</speak>", 0.5),
    ],
)
def test_pauses_are_read(text, pause):
    parts = parse_markup(text)
    assert [part.text for part in parts] == ["a", "b"]
    assert parts[1].pause == pytest.approx(pause)


@pytest.mark.parametrize("mark", ["[pause:x]", "[pause:-1s]", "[pause:11s]", "[pause:nan]"])
def test_impossible_pauses_are_refused(mark):
    with pytest.raises(InputError, match="must be a time"):
        parse_markup(f"a {mark} b")


def test_markup_is_not_read_but_brackets_and_comparisons_are():
    text = '<prosody rate="slow">5 &lt; 6</prosody> <!-- x --> [see below] a < b'
    assert [part.text for part in parse_markup(text)] == ["5 < 6 [see below] a < b"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("*sighs* Well.", "Well."),
        ("**Never** say __never__, ***please***.", "Never say never, please."),
        ("# Title\nText with `code`.", "Title.\nText with code."),
        ("See [my page](https://example.com/x) now.", "See my page now."),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("~~old~~ new ~ 5", "old new ~ 5"),
    ],
)
def test_markdown_is_not_read_but_sums_are(text, said):
    assert [part.text for part in parse_markup(text)] == [said]


@pytest.mark.parametrize(
    ("text", "stressed"),
    [
        ("I *really* mean it.", ["really"]),
        ("**Never** say __never__, ***please***.", ["Never", "never", "please"]),
        ("Come *right now*, Bob *Lee*.", ["rightnow", "Lee"]),
        ("It is *so _very_ good*, he _said [sad] so_.", ["so", "very", "good", "said"]),
        ("**All of this sentence is bold and none of it stressed.**", []),
        ("*All of it.*", []),
        ('A <b>b</b> <em class="x">c</em> <emphasis level="reduced">d</emphasis>.', ["b", "c"]),
        ("2 * 3 * 4, ~~old~~ snake_case_name \ue000no\ue001", []),
    ],
)
def test_emphasis_is_kept_beside_the_text(text, stressed):
    found = []
    for part in parse_markup(text):
        letters = "".join(part.text.split())
        assert not {"\ue000", "\ue001"} & set(part.text)
        found += [letters[first:after] for first, after in part.stressed]
    assert found == stressed


def test_an_engine_without_stress_is_given_the_plain_words():
    marked, plain = (speak(PLAIN, f"I {word} mean it.") for word in ("*really*", "really"))
    assert marked.samples.tobytes() == plain.samples.tobytes()


def test_a_pause_lasts_as_long_as_it_says():
    plain, paused = speak(PLAIN, "One. Two."), speak(PLAIN, "One. [pause:1.5s] Two.")
    first, second = paused.timeline.words
    assert second.start - first.end > 1.5
    assert paused.seconds > plain.seconds + 1.2
    quiet = paused.samples[
        int((first.end + 0.3) * paused.rate) : int((second.start - 0.1) * paused.rate)
    ]
    assert np.abs(quiet).max() < 1e-3


def test_a_text_of_nothing_but_marks_is_their_silence():
    speech = speak(PLAIN, "[pause:1s] <break/>")
    assert speech.seconds == pytest.approx(1.5, abs=1e-3)
    assert not speech.samples.any()


def test_moods_are_heard():
    figures = {
        emotion: measure(
            speak(PLAIN, f"[{emotion}] The old man walked down to the river today."), size=False
        )
        for emotion in ("neutral", "happy", "sad", "afraid")
    }
    assert figures["sad"].f0 < figures["neutral"].f0 < figures["happy"].f0 < figures["afraid"].f0
    assert figures["sad"].rate < figures["neutral"].rate < figures["afraid"].rate
    assert figures["sad"].f0_range < figures["happy"].f0_range


def test_anger_is_heard():
    calm, angry = (
        measure(speak(PLAIN, f"{mark} The old man walked down to the river today."), size=False)
        for mark in ("", "[angry]")
    )
    assert angry.f0 > 1.04 * calm.f0
    assert angry.f0_range > 1.1 * calm.f0_range
    assert angry.rate > 1.05 * calm.rate
    assert angry.tilt > calm.tilt + 1


def test_no_two_moods_sound_alike():
    spoken = {
        emotion: speak(PLAIN, "Nobody knew.", emotion=Emotion(emotion, 1.0)).samples.tobytes()
        for emotion in EMOTIONS
    }
    assert len(set(spoken.values())) == len(EMOTIONS)


@pytest.mark.parametrize("emotion", [*EMOTIONS, "whisper"])
def test_every_mood_speaks_and_is_not_read_aloud(emotion):
    said = speak(PLAIN, f"Hello. [{emotion}] There.").timeline.words
    assert [word.text for word in said] == ["Hello", "There"]


def test_a_whisper_has_no_pitch():
    spoken, whispered = (
        measure(speak(PLAIN, f"{mark} Come closer and be very quiet."))
        for mark in ("", "[whisper]")
    )
    assert spoken.hnr > 8
    assert whispered.hnr < 2


@pytest.mark.parametrize("limit", [40, 100, 400])
def test_chunks_hold_everything_in_order_and_keep_to_the_limit(limit):
    pieces = chunks(STORY, limit, "en-US")
    assert max(map(len, pieces)) <= limit
    assert "".join("".join(pieces).split()) == "".join(STORY.split())


def test_sentences_are_kept_whole_where_they_fit():
    for piece in chunks(STORY, 200, "en"):
        assert piece[-1] in ".!?"
        assert not piece.endswith(("Dr.", "p.m.", "Jan.", "e.g."))


def test_text_without_a_break_is_cut_all_the_same():
    assert [len(piece) for piece in chunks("x" * 250, 100, "en")] == [100, 100, 50]
    assert max(map(len, chunks("茶壶" * 100, 50, "zh"))) <= 50


class BreathlessVoice(EspeakVoice):
    """Says little at once."""

    limit = 120


def test_joints_of_long_texts_do_not_click():
    with registered(BreathlessVoice()) as engine:
        speech = speak(replace(PLAIN, engine=engine), SNOW)
    alone = [EspeakVoice().speak(piece, PLAIN, no_progress) for piece in chunks(SNOW, 120, "en")]
    joints = np.cumsum([len(piece.samples) for piece in alone])
    assert len(joints) >= 5
    assert joints[-1] == len(speech.samples)
    steps = np.abs(np.diff(speech.samples))
    for joint in joints[:-1]:
        assert steps[joint - 200 : joint + 20].max() < 0.005
    ordered = [phone.start for phone in speech.timeline.phones]
    assert ordered == sorted(ordered)


def test_an_emotion_colours_what_no_mark_colours():
    text = "One. [sad] Two. [neutral] Three."
    emotions = [(part.emotion, part.strength) for part in parse_markup(text, Emotion("angry", 0.5))]
    assert emotions == [("angry", 0.5), ("sad", 1.0), ("neutral", 1.0)]


def test_a_stronger_emotion_is_heard_more():
    def pitch(strength):
        emotion = Emotion("surprised", strength)
        return measure(speak(PLAIN, "Nobody knew where he was.", emotion=emotion)).f0

    none, half, full = pitch(0.0), pitch(0.5), pitch(1.0)
    assert none == measure(speak(PLAIN, "Nobody knew where he was.")).f0
    assert 1.02 * none < half < full / 1.02
