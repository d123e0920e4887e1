"""MediaPipe, which knows nothing of how they are made, sees heads talk."""

import numpy as np
import pytest

from benchmarks.head import quality
from benchmarks.head.meters import (
    best_lag,
    closed_in_silence,
    closed_on_labials,
    loudness,
    mouth_opening,
    told_opening,
    unrest,
)
from chatanything.runtime import Runtime
from chatanything.talking_head import heads
from tests.tools.samples import photograph, portrait_of, spoken

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def judge():
    pytest.importorskip("mediapipe")
    return quality.face_mesh()


@pytest.fixture(scope="module")
def speech():
    pytest.importorskip("espeakng_loader")
    return spoken("Rice is often served in round bowls. Peter bought a big blue umbrella.")


def judged(drawn, speech, judge):
    """Share of frames with a face, the points seen in all frames, and the gap told."""
    image, face = drawn
    motion = quality.motion_of(speech)
    frames = list(heads.create("warp").prepare(image, face, Runtime()).frames(motion))
    found, seen = quality.looked_at(frames, judge)
    return found, seen, told_opening((image.shape[1], image.shape[0]), face, motion)


@pytest.mark.parametrize("who", ["a photograph", "coffee mug"])
def test_a_judge_reads_from_the_lips_what_they_were_told(who, speech, judge):
    if who == "a photograph":
        pytest.importorskip("skimage")
    drawn = photograph() if who == "a photograph" else portrait_of(who)
    found, seen, told = judged(drawn, speech, judge)
    mouth, heard = mouth_opening(seen), loudness(speech, len(seen), quality.FPS)
    assert found == 1
    lag, agreement = best_lag(mouth, told)
    assert lag == 0
    assert agreement > 0.96
    lag, agreement = best_lag(mouth, heard)
    assert abs(lag) <= 1
    assert agreement > 0.7
    assert closed_in_silence(mouth, speech, quality.FPS) > 0.97
    assert closed_on_labials(mouth, speech.timeline, quality.FPS) == 1
    assert np.percentile(mouth, 95) > 0.12
    assert unrest(seen) < 14e-3
