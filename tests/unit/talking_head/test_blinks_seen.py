"""Closed eyes are seen to be closed, by a detector that never saw how they are drawn."""

import pytest

from benchmarks.head.meters import blink_agreement
from benchmarks.head.round_eyes import round_eyed
from chatanything.runtime import Runtime
from chatanything.talking_head import heads, plan_motion
from chatanything.voice import Timeline
from tests.tools.samples import portrait_of

pytestmark = pytest.mark.engines


@pytest.mark.parametrize("eyes", ["almond", "round"])
def test_every_blink_is_seen_and_no_other(eyes):
    pytest.importorskip("mediapipe")
    from benchmarks.head.quality import face_mesh, looked_at

    image, face = portrait_of("cartoon star")
    if eyes == "round":
        image, face = round_eyed(image, face)
    motion = plan_motion(Timeline(6.0), fps=25, seed=4)
    assert (motion.blink[:, 0] > 0.5).any()
    frames = list(heads.create("warp").prepare(image, face, Runtime()).frames(motion))
    found, seen = looked_at(frames, face_mesh())
    assert found > 0.95
    assert blink_agreement(seen, motion) == (1.0, 1.0)
