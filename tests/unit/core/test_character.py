import numpy as np
import pytest

from chatanything.character.make_character import make_character, perform
from chatanything.character.request import Request
from chatanything.persona import Emotion, write_persona
from chatanything.progress import no_progress
from chatanything.video import read_frames

TEXT = "Nobody knew."


class Stages(list):
    """Remembers the names of the stages that are reported to it."""

    def __call__(self, name):
        self.append(name)
        return no_progress


@pytest.fixture(scope="module")
def actor():
    return make_character(Request(write_persona("grumpy teapot"), size=256))


def test_what_is_cast_once_speaks_often(actor, tmp_path):
    stages = Stages()
    for number in range(2):
        _, made = perform(actor, TEXT, tmp_path / f"{number}.mp4", watch=stages)
        assert made.seconds > 0.4
    assert stages == ["speech", "video"] * 2
    assert (tmp_path / "0.mp4").read_bytes() == (tmp_path / "1.mp4").read_bytes()


def test_an_emotion_is_seen_and_heard(actor, tmp_path):
    plain, _ = perform(actor, TEXT, tmp_path / "plain.mp4")
    surprise = Emotion("surprised", 1.0)
    moved, _ = perform(actor, TEXT, tmp_path / "moved.mp4", emotion=surprise)
    assert plain.samples.tobytes() != moved.samples.tobytes()
    first, second = (
        next(iter(read_frames(tmp_path / f"{name}.mp4"))) for name in ("plain", "moved")
    )
    assert np.abs(first.astype(int) - second).max() > 30


def test_a_portrait_that_it_has_is_not_painted_again(actor):
    stages = Stages()
    again = make_character(Request(actor.persona, portrait=actor.portrait), watch=stages)
    assert again.portrait is actor.portrait
    assert stages == ["voice"]
