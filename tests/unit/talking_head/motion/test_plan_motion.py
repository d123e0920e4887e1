"""What a face is told to do."""

from dataclasses import fields, replace

import numpy as np
import pytest

from benchmarks.head.meters import best_lag, closed_on_labials, loudness
from benchmarks.head.quality import FPS, motion_of
from chatanything.errors import InputError
from chatanything.persona import EMOTIONS, Emotion
from chatanything.talking_head import (
    Amounts,
    Motion,
    idle_motion,
    loudness_levels,
    plan_motion,
)
from chatanything.voice import Phone, Timeline, Viseme
from tests.tools.samples import spoken

LONG = Timeline(60.0)
TRACKS = ("blink", "gaze", "brow", "frown", "lid", "smile", "head", "breath")


def same(a: Motion, b: Motion, track: str) -> bool:
    return np.array_equal(getattr(a, track), getattr(b, track))


def test_frames_cover_the_speech():
    for seconds, fps, frames in (
        (2.0, 25.0, 50),
        (2.01, 25.0, 51),
        (0.02, 25.0, 1),
        (1.0, 12.0, 12),
    ):
        motion = plan_motion(Timeline(seconds), fps=fps)
        assert len(motion) == frames
        assert all(len(getattr(motion, track)) == frames for track in TRACKS)


@pytest.mark.parametrize("motion", [plan_motion(LONG), idle_motion(60)], ids=["said", "idle"])
def test_a_face_at_rest_takes_twelve_to_twenty_breaths_a_minute(motion):
    fills = motion.breath > 0
    assert 12 <= np.count_nonzero(fills[1:] & ~fills[:-1]) <= 20
    assert motion.breath.min() < -0.9 and motion.breath.max() > 0.9


def test_the_seed_fixes_everything():
    first, again, other = (plan_motion(LONG, seed=seed) for seed in (1, 1, 2))
    assert all(same(first, again, track) for track in TRACKS)
    assert not same(first, other, "blink")
    assert not same(first, other, "head")


@pytest.mark.parametrize("part", [item.name for item in fields(Amounts)])
def test_amounts_do_not_leak_into_other_parts(part):
    belongs = {
        "mouth": set(),
        "blink": {"blink"},
        "brows": {"brow"},
        "gaze": {"gaze"},
        "head": {"head"},
        "breath": {"breath"},
        "emotion": {"brow", "frown", "lid", "smile"},
    }[part]
    natural = plan_motion(LONG, seed=3)
    changed = plan_motion(LONG, seed=3, amounts=replace(Amounts(), **{part: 1.7}))
    assert {track for track in TRACKS if not same(natural, changed, track)} <= belongs


def test_eyes_blink_as_often_as_people_do():
    shut = plan_motion(LONG, seed=5).blink[:, 0] == 1
    assert 8 <= np.count_nonzero(shut[1:] & ~shut[:-1]) <= 30


@pytest.mark.parametrize("fps", [12.0, 25.0, 60.0])
def test_every_blink_closes_fully_and_is_short(fps):
    lids = plan_motion(Timeline(30.0), fps=fps, seed=1).blink[:, 0]
    moving = np.flatnonzero(np.diff((lids > 0).astype(int), prepend=0, append=0))
    for start, end in moving.reshape(-1, 2):
        assert lids[start:end].max() == 1
        assert (end - start) / fps <= 0.4


def test_nothing_moves_when_every_amount_is_zero():
    still = plan_motion(LONG, amounts=Amounts(0, 0, 0, 0, 0, 0, 0))
    assert all(not getattr(still, track).any() for track in TRACKS)
    assert not still.mouth.jaw.any()


def test_lips_still_meet_with_a_large_mouth(speech):
    closed = plan_motion(speech.timeline, amounts=Amounts(mouth=2.0)).mouth.closed
    assert np.array_equal(closed, plan_motion(speech.timeline).mouth.closed)


@pytest.mark.parametrize("fps", [0.0, 11.9, 61.0, float("nan")])
def test_impossible_rates_are_refused(fps):
    with pytest.raises(InputError, match="12 to 60"):
        plan_motion(LONG, fps=fps)


@pytest.mark.parametrize("amount", [-0.1, 2.1, float("nan")])
def test_impossible_amounts_are_refused(amount):
    with pytest.raises(InputError, match="blink"):
        plan_motion(LONG, amounts=Amounts(blink=amount))


@pytest.mark.parametrize("seed", range(5))
def test_an_idle_loop_flows_into_its_beginning(seed):
    loop = idle_motion(8.0, seed=seed)
    assert len(loop) == 200
    assert not loop.mouth.jaw.any()
    assert loop.mouth.closed.all()
    for track in TRACKS:
        values = getattr(loop, track).reshape(200, -1)
        steps = np.abs(np.diff(values, axis=0)).max(0)
        assert (np.abs(values[0] - values[-1]) <= steps + 1e-6).all(), track


@pytest.mark.parametrize("seconds", [0.5, 3601, float("nan")])
def test_impossible_loops_are_refused(seconds):
    with pytest.raises(InputError, match="1 to 3600"):
        idle_motion(seconds)


@pytest.mark.parametrize("name", EMOTIONS[1:])
def test_every_emotion_has_a_face_of_its_own(name):
    faces = [plan_motion(LONG, emotion=Emotion(other, 1.0)) for other in EMOTIONS]
    shown = plan_motion(LONG, emotion=Emotion(name, 1.0))
    held = [(f.brow.mean(), f.frown[0], f.lid[0], f.smile[0]) for f in faces]
    mine = (shown.brow.mean(), shown.frown[0], shown.lid[0], shown.smile[0])
    assert sum(np.allclose(mine, other, atol=0.05) for other in held) == 1
    half = plan_motion(LONG, emotion=Emotion(name, 0.5))
    assert np.allclose(half.smile, shown.smile / 2)


def test_heads_nod_and_brows_rise_with_stress():
    phones = tuple(Phone("ɑ", float(t), t + 0.3, 2) for t in range(1, 59))
    told = plan_motion(Timeline(60.0, (), phones), seed=1)
    calm = plan_motion(LONG, seed=1)
    nods = told.head[:, 4] - calm.head[:, 4]
    lifts = told.brow[:, 0] - calm.brow[:, 0]
    assert nods.max() > 1
    assert lifts.max() > 0.3
    on = np.arange(25, 1475, 25)
    assert nods[on + 2].mean() > 5 * nods[on + 15].mean()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("spacing", [0.5, 1.0])
def test_heads_and_brows_are_moved_by_muscles_not_by_motors(seed, spacing):
    starts = np.arange(1, 20, spacing)
    phones = tuple(Phone("ɑ", float(t), float(t) + 0.3, 2) for t in starts)
    motion = plan_motion(Timeline(21.0, (), phones), seed=seed, fps=60)
    pitch = np.diff(motion.head[:, 4].astype(np.float64), 2) * 60**2
    assert np.abs(pitch).max() < 90  # degrees per second squared
    assert np.abs(np.diff(pitch)).max() < 45  # no kink: it is much the same a frame later
    brow = np.diff(motion.brow[:, 0].astype(np.float64), 2) * 60**2
    assert np.abs(brow).max() < 50


def test_a_jaw_follows_syllables_but_not_flutter():
    phones = (Phone("ɑ", 0.0, 4.0, 2),)
    at = np.arange(240) / 60

    def swing(hertz):
        level = 0.5 + 0.5 * np.sin(2 * np.pi * hertz * at)
        jaw = plan_motion(Timeline(4.0, (), phones), fps=60, level=level).mouth.jaw[30:-30]
        return jaw.max() - jaw.min()

    assert swing(3) > 0.8 * swing(0.5)
    assert swing(15) < 0.15 * swing(0.5)


def test_a_mouth_opens_with_the_voice_and_the_vowel_still_decides():
    pytest.importorskip("espeakng_loader")
    speech = spoken(
        "The birch canoe slid on the smooth planks. Peter bought a big blue umbrella. "
        "Mama made more marmalade, and Bob blew a bubble."
    )
    motion = motion_of(speech)
    heard = loudness(speech, len(motion), FPS)
    gap = motion.mouth.jaw * (1 - motion.mouth.closed)
    lag, agreement = best_lag(gap, heard)
    assert lag == 0
    assert 0.68 < agreement < 0.9  # above it the voice alone would flap the jaw
    assert closed_on_labials(gap, speech.timeline, FPS) == 1
    loud = np.ones(25, np.float32)
    open_, spread = (
        plan_motion(Timeline(1.0, (), (Phone(vowel, 0.2, 0.8, 2),)), level=loud).mouth.jaw.max()
        for vowel in ("ɑ", "i")
    )
    assert open_ > 1.6 * spread


def test_eyes_mostly_rest_on_the_viewer():
    gaze = plan_motion(LONG, seed=4).gaze
    assert 0.3 < (np.abs(gaze).max(1) < 0.02).mean() < 0.9
    assert np.abs(gaze).max() > 0.3


def noisy(floor):
    """Two seconds of a tone that comes and goes four times a second, over noise `floor` dB under it."""
    rate = 16000
    times = np.arange(2 * rate) / rate
    tone = np.sin(2 * np.pi * 150 * times) * (np.sin(2 * np.pi * 2 * times) > 0)
    noise = np.random.default_rng(2).normal(0, 10 ** (floor / 20) * 0.7, len(times))
    return (0.5 * (tone + noise)).astype(np.float32), rate


@pytest.mark.parametrize("floor", [-60, -25, -16])
def test_the_noise_of_a_room_is_no_voice(floor):
    levels = loudness_levels(*noisy(floor), 50, 25.0)
    sounding = np.sin(2 * np.pi * 2 * (np.arange(50) / 25 + 1e-3)) > 0
    assert np.median(levels[~sounding]) < 0.15 and np.median(levels[sounding]) > 0.9


def test_a_jaw_follows_the_sound_more_closely_where_nothing_else_is_known():
    level = np.full(50, 0.5, np.float32)
    visemes = (Viseme("aa", 0.0, 2.0, 1.0),)
    known, guessed = (
        plan_motion(Timeline(2.0, visemes=visemes, source=source), level=level).mouth.jaw[25]
        for source in ("engine", "energy")
    )
    assert 0 < guessed < 0.8 * known
