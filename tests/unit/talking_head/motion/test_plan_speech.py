"""A face lives without a seam, and speech is laid over it."""

import time
from dataclasses import fields, replace

import numpy as np
import pytest

from chatanything.errors import InputError
from chatanything.persona import EMOTIONS, Emotion
from chatanything.talking_head import (
    LEAD,
    TAIL,
    Amounts,
    EmotionChange,
    Motion,
    plan_motion,
    plan_speech,
)
from chatanything.voice import MouthTrack, Phone, Speech, Timeline, Word

TRACKS = ("blink", "gaze", "brow", "frown", "lid", "smile", "head", "breath")
MOUTH = ("jaw", "wide", "round", "closed", "tongue", "teeth")


def table(motion: Motion) -> np.ndarray:
    """The 21 numbers of every frame."""
    rows = [getattr(motion.mouth, name) for name in MOUTH]
    rows += [*motion.blink.T, *motion.gaze.T, *motion.brow.T, motion.frown, motion.lid]
    return np.stack([*rows, motion.smile, *motion.head.T, motion.breath], -1)


def saying(seconds: float, gap: float = 0.25, text: str = "well") -> Speech:
    """Vowels at every quarter of a second, and a hum to hear."""
    starts = np.arange(0, seconds - 0.2, gap)
    phones = tuple(Phone("mɑ"[i % 2], t, t + 0.2, 2 * (i % 2)) for i, t in enumerate(starts))
    words = tuple(Word(f"{text}{i}", t, t + 0.2) for i, t in enumerate(starts))
    hum = 0.3 * np.sin(np.arange(int(seconds * 16000)) / 16)
    return Speech(hum.astype(np.float32), 16000, Timeline(seconds, words, phones))


@pytest.mark.parametrize("fps", [12.5, 24.0, 25.0, 60.0])
@pytest.mark.parametrize("start", [0.0, 28.0, 50.0, 118.0])
def test_a_part_of_a_life_is_the_same_as_in_the_whole(fps, start):
    sad = Emotion("sad", 0.8)
    whole = plan_motion(Timeline(125.0), fps=fps, emotion=sad, seed=4, who="teapot")
    part = plan_motion(Timeline(6.0), fps=fps, emotion=sad, seed=4, who="teapot", start=start)
    first = round(start * fps)
    assert np.array_equal(table(part), table(whole)[first : first + len(part)])


def test_frame_rates_agree_about_the_same_moment():
    slow, fast = (
        table(plan_motion(Timeline(60.0), fps=fps, seed=2, start=7.0)) for fps in (25.0, 50.0)
    )
    assert np.allclose(slow, fast[::2], atol=1e-6)


def test_four_seconds_cost_the_same_at_the_end_of_a_day():
    def cost(start):
        began = time.process_time()
        plan_motion(Timeline(4.0), start=start)
        return time.process_time() - began

    early, late = (min(cost(start) for _ in range(7)) for start in (0.0, 86_400.0))
    assert late < 3 * early


@pytest.mark.parametrize("emotion", EMOTIONS)
def test_speech_is_a_track_over_silence(emotion):
    manner = {"emotion": Emotion(emotion, 0.8), "seed": 3, "who": "cat", "fps": 25.0}
    speech = saying(3.0)
    added = plan_speech(speech, 41.3, **manner)
    quiet = plan_motion(Timeline(LEAD + 3.0 + TAIL), start=41.3 - LEAD, **manner)
    assert len(added) == len(quiet)
    both = table(added) + table(quiet)
    assert np.abs(both[:, :15]).max() <= 1 + 1e-6
    assert both[:, :6].min() >= -1 and both[:, 0].max() > 0.5
    assert not np.allclose(table(added)[20:60, 18], 0)


@pytest.mark.parametrize("seconds", [0.4, 1.0, 6.0])
@pytest.mark.parametrize("seed", range(4))
def test_what_speech_adds_begins_and_ends_with_nothing(seconds, seed):
    for emotion in ("neutral", "happy", "angry", "sad"):
        speech = saying(seconds)
        added = table(plan_speech(speech, 8.0, emotion=Emotion(emotion, 1.0), seed=seed, fps=50))
        assert np.abs(added[0]).max() == 0
        assert np.abs(added[-1]).max() < 1e-6


def test_a_life_with_talk_never_jumps():
    """Idle, two sentences that overlap at their ends, idle: no step beyond those of a film."""
    manner = {"seed": 6, "who": "mug", "emotion": Emotion("happy", 0.7), "fps": 50.0}
    life = table(plan_motion(Timeline(20.0), start=100.0, **manner))
    film = plan_motion(saying(3.0).timeline, start=105.0, level=np.ones(150), **manner)
    most = np.abs(np.diff(table(film), axis=0)).max(0)
    for start in (105.02, 108.4):
        added = table(plan_speech(saying(3.0, text=str(start)), start, **manner))
        first = round((start - LEAD - 100.0) * 50)
        life[first : first + len(added)] += added
    steps = np.abs(np.diff(life, axis=0)).max(0)
    assert (steps[15:20] <= 1.5 * most[15:20] + 0.02).all()
    assert steps[[8, 9]].max() < 0.9
    assert steps[20] < 0.2


def test_a_change_of_mood_glides_and_the_past_stays():
    calm = (EmotionChange(0.0, Emotion()),)
    angry = (*calm, EmotionChange(40.0, Emotion("angry", 1.0)))
    before, after = (
        plan_motion(Timeline(60.0), emotion=moods, seed=5, who="cup", start=0.0)
        for moods in (calm, angry)
    )
    now = 40 * 25
    assert np.array_equal(table(before)[: now + 1], table(after)[: now + 1])
    for track in ("brow", "frown", "lid", "smile", "head"):
        steps = np.abs(np.diff(getattr(after, track)[now - 2 : now + 25], axis=0)).max()
        assert steps < (0.5 if track == "head" else 0.12), track
    assert after.frown[now + 25] > 0.3
    part = plan_motion(Timeline(5.0), emotion=angry, seed=5, who="cup", start=38.0)
    assert np.array_equal(table(part), table(after)[38 * 25 : 43 * 25])


def test_every_text_has_glances_and_turns_of_its_own():
    one, other = (plan_motion(saying(8.0, text=text).timeline, seed=7) for text in ("yes", "no"))
    for track in ("gaze", "head", "blink"):
        assert not np.array_equal(getattr(one, track), getattr(other, track))
    again = plan_motion(saying(8.0, text="yes").timeline, seed=7)
    assert np.array_equal(table(one), table(again))


@pytest.mark.parametrize("part", [field.name for field in fields(Amounts)])
def test_amounts_do_not_leak_in_speech(part):
    belongs = {
        "mouth": set(),
        "brows": {"brow"},
        "emotion": {"brow", "frown", "lid", "smile"},
    }.get(part, {part})
    manner = {"emotion": Emotion("happy", 1.0), "seed": 3, "level": np.ones(150)}
    line = saying(6.0).timeline
    natural = plan_motion(line, **manner)
    changed = plan_motion(line, **manner, amounts=replace(Amounts(), **{part: 1.7}))
    moved = {t for t in TRACKS if not np.array_equal(getattr(natural, t), getattr(changed, t))}
    assert moved <= belongs


@pytest.mark.parametrize("start", [float("nan"), float("inf")])
def test_impossible_starts_are_refused(start):
    with pytest.raises(InputError, match="cannot start"):
        plan_motion(Timeline(1.0), start=start)


def test_a_mouth_or_a_level_of_another_length_is_refused():
    track = MouthTrack(25.0, *(np.zeros(3, np.float32) for _ in MOUTH))
    with pytest.raises(InputError, match="has 3 frames"):
        plan_motion(Timeline(1.0), mouth=track)
    with pytest.raises(InputError, match="has 3 frames"):
        plan_motion(Timeline(1.0), level=np.ones(3))
