"""Moods move, each in its way; and nobody speaks without a breath."""

import numpy as np
import pytest

from benchmarks.head.motion import blinks, in_step, looks_away, said
from chatanything.persona import Emotion
from chatanything.talking_head import plan_motion, with_lead_in
from chatanything.voice import Phone, Speech, Timeline, Word, delayed
from tests.tools.samples import spoken

SAID = (
    "I was made in a hurry one winter morning, and nobody ever asked me whether I wanted to "
    "hold all that boiling water for a living."
)


@pytest.fixture(scope="module")
def talk():
    """What ten personas of one seed do in four moods who say one long sentence."""
    pytest.importorskip("espeakng_loader")
    speech = with_lead_in(spoken(SAID))
    return {name: said(speech, Emotion(name, 1.0)) for name in ("neutral", "happy", "sad", "angry")}


@pytest.fixture(scope="module")
def silence():
    line = Timeline(180.0)
    return {
        name: [plan_motion(line, emotion=Emotion(name, 1.0), who=str(n)) for n in range(5)]
        for name in ("neutral", "happy", "sad", "angry")
    }


def reach(motions, track):
    return float(np.median([np.ptp(track(motion)) for motion in motions]))


def test_heads_turn_by_five_to_twelve_degrees_in_a_long_sentence(talk):
    yaw = {name: reach(motions, lambda m: m.head[:, 3]) for name, motions in talk.items()}
    assert all(5 <= value <= 12 for value in yaw.values()), yaw
    assert min(yaw["happy"], yaw["angry"]) > yaw["neutral"] > yaw["sad"]
    assert all(np.ptp(m.head[:, 3]) < 14 for motions in talk.values() for m in motions)


def test_moods_rise_and_fall_within_a_clip(talk):
    assert reach(talk["happy"], lambda m: m.smile) > 0.2
    assert reach(talk["angry"], lambda m: m.frown) > 0.2
    assert reach(talk["sad"], lambda m: m.frown) > 0.2
    smile = np.median([m.smile for m in talk["happy"]], axis=0)
    assert smile[60:150].mean() > smile[0] + 0.1
    assert smile[60:150].mean() > smile[-1] + 0.1


def test_stressed_words_smile():
    phones = tuple(Phone("ɑ", float(t), t + 0.9, 2) for t in range(1, 40))
    line, happy = Timeline(41.0, (), phones), Emotion("happy", 1.0)
    smile = plan_motion(line, emotion=happy, start=0.0).smile
    on = np.arange(2, 38) * 25
    assert smile[on + 2].mean() > smile[on + 14].mean() + 0.08


def test_sad_heads_are_bowed_and_happy_ones_held_high(talk):
    pitch = {n: float(np.mean([m.head[:, 4].mean() for m in ms])) for n, ms in talk.items()}
    assert pitch["happy"] < pitch["neutral"] < pitch["sad"]


def test_brows_are_lifted_in_joy_and_drawn_in_anger(talk):
    lift = {name: reach(motions, lambda m: m.brow[:, 0]) for name, motions in talk.items()}
    assert lift["happy"] > lift["neutral"] > lift["sad"] > lift["angry"]


def test_blinks_follow_the_mood(silence):
    rate = {n: float(np.mean([blinks(m) for m in ms])) for n, ms in silence.items()}
    assert 12 < rate["neutral"] < 20
    assert rate["angry"] > rate["sad"] > rate["neutral"]


def test_the_sad_look_away_and_down_and_the_angry_stare(silence):
    share = {n: float(np.mean([looks_away(m)[1] for m in ms])) for n, ms in silence.items()}
    assert share["sad"] > 1.5 * share["neutral"] > 2.5 * share["angry"]
    down = {n: np.mean([m.gaze[:, 1].mean() for m in ms]) for n, ms in silence.items()}
    assert down["sad"] > down["neutral"] + 0.08


def test_ten_personas_of_one_seed_do_not_move_in_step():
    assert np.abs(in_step()).max() < 0.3


def test_loud_speech_moves_the_head_further():
    phones = tuple(Phone("ɑ", 0.3 * t, 0.3 * t + 0.3, 2) for t in range(1, 30))
    line = Timeline(10.0, (), phones)
    soft, loud = (
        np.median([np.ptp(plan_motion(line, level=np.full(250, v), who=str(n)).head, axis=0)
                   for n in range(8)], axis=0)
        for v in (0.0, 1.0)
    )  # fmt: skip
    assert loud[3] > 1.4 * soft[3]


def test_lungs_fill_before_the_first_word_and_empty_while_it_lasts():
    phones = tuple(Phone("ɑ", 1 + 0.3 * t, 1.3 + 0.3 * t, 1) for t in range(10))
    breath = plan_motion(Timeline(5.0, (), phones), start=3.0).breath
    assert np.argmax(breath[10:30]) in range(8, 17)
    assert breath[25] > 0.5 and breath[97] < -0.4
    assert (np.diff(breath[27:98]) < 1e-6).all()


def saying(start, text="hello"):
    line = Timeline(1.0, (Word(text, start, 0.9),), (Phone("ɑ", start, 0.9, 2),))
    return Speech(np.ones(16000, np.float32), 16000, line)


@pytest.mark.parametrize("start", [0.0, 0.05])
def test_the_first_word_waits_for_a_breath(start):
    waits = [with_lead_in(saying(start), seed).timeline.words[0].start for seed in range(30)]
    assert min(waits) >= 0.15 - 1e-4 and max(waits) <= 0.3 + 1e-4
    assert np.ptp(waits) > 0.1
    speech = with_lead_in(saying(start), 1)
    late = speech.timeline.words[0].start - start
    assert not speech.samples[: int(late * 16000) - 1].any()
    assert speech.seconds == pytest.approx(1.0 + late, abs=1e-4)
    assert speech.timeline.duration == pytest.approx(speech.seconds, abs=1e-4)
    assert speech.timeline.phones[0].end == pytest.approx(0.9 + late, abs=1e-4)


def test_a_speech_that_waits_by_itself_is_left_alone():
    waiting, silent = saying(0.6), Speech(np.zeros(99, np.float32), 16000, Timeline(99 / 16000))
    assert with_lead_in(waiting) is waiting
    assert with_lead_in(silent) is silent
    assert delayed(waiting, 0.0) is waiting
