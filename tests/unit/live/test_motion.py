"""The motion of a live face: idle for ever, and speech laid over it, without a jump."""

import numpy as np
import pytest

from chatanything.errors import InputError
from chatanything.live.idle_rows import IDLE_FPS, idle_rows
from chatanything.live.speech_track import SPOKEN, speech_track
from chatanything.persona import Emotion
from tests.tools.samples import spoken


def test_neighbouring_stretches_meet():
    first = idle_rows(0, 30, seed=3, who="Ada")
    second = idle_rows(30, 30, seed=3, who="Ada")
    assert len(first) == 30 * IDLE_FPS + 1
    assert np.array_equal(first[-1], second[0])


def test_a_late_stretch_costs_no_more_than_an_early_one():
    import time

    def cost(start):
        began = time.process_time()
        idle_rows(start, 10)
        return time.process_time() - began

    cost(0)
    assert min(cost(80_000) for _ in range(3)) < 5 * min(cost(0) for _ in range(3)) + 0.02


@pytest.mark.parametrize(
    ("start", "seconds"), [(-1, 5), (0, 0), (0, 1e9), (float("nan"), 5), (float("inf"), 5)]
)
def test_times_out_of_range_are_refused(start, seconds):
    with pytest.raises(InputError, match="Idle motion"):
        idle_rows(start, seconds)


def test_speech_adds_from_nothing_to_nothing():
    track = speech_track(spoken("Good evening. You are late."), 40.0, emotion=Emotion("angry", 0.5))
    assert track.rows.shape[1] == len(SPOKEN)
    assert not track.rows[0].any()
    assert not track.rows[-1].any()
    jaw = track.rows[:, SPOKEN.index("jaw")]
    assert jaw.max() > 0.3
    assert np.isfinite(track.rows).all()
