"""The figures that judge a head are right where the answer is known."""

import numpy as np
import pytest

from benchmarks.head.meters import (
    STABLE,
    best_lag,
    blink_agreement,
    closed_in_silence,
    closed_on_labials,
    loudness,
    mouth_opening,
    shuffled,
    told_opening,
    unrest,
)
from benchmarks.head.pictures import coded, swayed
from chatanything.runtime import Runtime
from chatanything.talking_head import Amounts, heads, plan_motion
from chatanything.voice import Timeline
from tests.unit.talking_head.test_warp import STILL, pose

FPS = 25.0


def mesh(frames: int) -> np.ndarray:
    """A face with eyes 100 pixels apart that does not move."""
    seen = np.random.default_rng(0).uniform(0, 512, (1, 478, 2)).repeat(frames, 0)
    seen[:, 468], seen[:, 473] = (200, 200), (300, 200)
    seen[:, 13] = seen[:, 14] = (250, 300)
    return seen


def test_a_delay_is_found_with_its_sign():
    track = np.random.default_rng(1).random(200)
    assert best_lag(np.roll(track, 3), track) == (3, pytest.approx(1.0))
    assert best_lag(np.roll(track, -2), track)[0] == -2
    assert best_lag(track, shuffled(track))[1] < 0.3
    assert sorted(shuffled(track)) == sorted(track)


def test_rest_and_even_motion_are_no_unrest_and_shaking_is():
    seen = mesh(50)
    assert unrest(seen) == 0
    assert unrest(seen + np.arange(50)[:, None, None]) == pytest.approx(0, abs=1e-12)
    shaken = seen.copy()
    shaken[::2, list(STABLE), 0] += 1
    assert unrest(shaken) == pytest.approx(0.02)


def test_the_opening_is_measured_in_eye_distances():
    seen = mesh(10)
    seen[:, 14, 1] += 25
    assert mouth_opening(seen) == pytest.approx(0.25)


def _line(red):
    """Index of the first dark line."""
    start = int(np.argmax(red < 150))
    return start + int(np.argmax(np.diff(red[start:]) > 0))


@pytest.mark.parametrize("kind", [{"jaw": 1}, {"jaw": 0.6}, {"jaw": 0.8, "round": 0.8}])
def test_what_was_told_is_what_is_rendered(portrait, kind):
    image, face = portrait
    side = image.shape[0]
    told = told_opening((side, side), face, pose(**kind))[0] * 0.24 * side
    actor = heads.create("warp").prepare(image, face, Runtime())
    opened, closed = (
        next(iter(actor.frames(pose(**p)))).astype(int) for p in (kind, {"closed": 1})
    )
    # Each lip keeps the dark line on which the two met.
    red = opened[int(0.6 * side) : int(0.85 * side), side // 2 - 1 : side // 2 + 2, 0].mean(1)
    seen = len(red) - 1 - _line(red[::-1]) - _line(red)
    assert seen == pytest.approx(told, abs=1)
    assert told_opening((side, side), face, pose(closed=1))[0] == 0
    assert np.array_equal(closed, image)


def test_closed_lips_are_told_from_open_ones(speech):
    frames = 50
    told = plan_motion(speech.timeline, amounts=Amounts(blink=2.0)).mouth
    mouth = told.jaw * (1 - told.closed)
    assert closed_in_silence(mouth, speech, FPS) == 1
    assert closed_on_labials(mouth, speech.timeline, FPS) == 1
    gaping = np.full(frames, 0.3) + 0.01 * np.sin(np.arange(frames))
    gaping[:2] = 0
    assert closed_in_silence(gaping, speech, FPS) < 0.3
    assert closed_on_labials(gaping, speech.timeline, FPS) == 0
    heard = loudness(speech, frames, FPS)
    assert heard[:10].max() == 0
    assert heard[15:34].min() > 0.9


def test_blinks_are_counted_both_ways():
    motion = plan_motion(Timeline(20.0), seed=2)
    seen = mesh(len(motion))
    for upper, lower, (left, right) in (
        ((160, 158), (144, 153), (33, 133)),
        ((385, 387), (380, 373), (362, 263)),
    ):
        seen[:, left], seen[:, right] = (0, 0), (30, 0)
        for u, w in zip(upper, lower, strict=True):
            seen[:, w] = (15, 0)
            seen[:, u] = np.stack([np.full(len(motion), 15.0), -10 * (1 - motion.blink[:, 0])], -1)
    assert blink_agreement(seen, motion) == (1, 1)
    still = mesh(len(motion))
    assert blink_agreement(still, motion)[0] == 0


def test_the_encoder_is_measured_with_and_without_the_loss_of_colour(portrait, speech):
    image, face = portrait
    motion = plan_motion(speech.timeline, amounts=STILL)
    frames = list(heads.create("warp").prepare(image, face, Runtime()).frames(motion))
    stored, seen, apart = coded(frames, speech, FPS)
    assert 36 < seen < stored < 60
    assert apart <= 40


def test_a_picture_sways_as_a_whole_and_by_one_pixel(portrait):
    image, _ = portrait
    frames = swayed(image, 40)
    assert np.abs(frames[0].astype(int) - image).max() <= 1
    assert np.abs(frames[10][1:].astype(int) - image[:-1]).max() <= 1
    assert np.abs(frames[30][:-1].astype(int) - image[1:]).max() <= 1
    assert np.abs(frames[5].astype(int) - image).max() > 5
