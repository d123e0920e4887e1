"""A head that listens, as most neural ones do: made tiny, and registered as any other."""

import av
import numpy as np
import pytest

from chatanything.errors import MissingModelError
from chatanything.model_folders import ModelFolders
from chatanything.runtime import Runtime
from chatanything.talking_head import heads
from chatanything.video import animate, idle
from chatanything.voice import Speech, Timeline, open_audio, save_wav
from chatanything.voice.signal.mapped_audio import MappedAudio

RATE, FPS = 16000, 25.0


TOLD = []
"""The runtime and the speech of every call."""


class LoudHead:
    """Needs its weights when a models folder for them is named."""

    def prepare(self, image, face, runtime):
        if "loud" in runtime.folders.folders:
            runtime.folders.first("loud", "weights.bin")
        return LoudMouth(image, face, runtime)


class LoudMouth:
    """Blackens its mouth by the loudness of each frame's piece of sound; reads nothing else."""

    def __init__(self, image, face, runtime):
        self.image, self.runtime = image, runtime
        low, high = face.points[48:].min(0), face.points[48:].max(0)
        height, width = image.shape[:2]
        self.left, self.right = int(low[0] * width), int(high[0] * width)
        self.top, self.room = int(low[1] * height), int((high[1] - low[1]) * height)

    def frames(self, motion, speech=None):
        TOLD.append((self.runtime, speech))
        for index in range(len(motion)):
            loud = self.loudness(speech, index, motion.fps) if speech else 0.0
            frame = self.image.copy()
            frame[self.top : self.top + round(loud * self.room), self.left : self.right] = 0
            yield frame

    def loudness(self, speech, index, fps):
        step = speech.rate / fps
        piece = speech.samples[round(index * step) : round((index + 1) * step)]
        return min(3 * float(np.sqrt(np.mean(piece**2))), 1.0) if len(piece) else 0.0


@pytest.fixture(autouse=True)
def loud():
    heads.add("loud", LoudHead, about="opens its mouth by loudness")
    TOLD.clear()
    yield
    del heads._entries["loud"]  # a registry forgets nothing by itself


def sound():
    """A second of silence, one of noise, and one of silence."""
    noise = np.random.default_rng(0).uniform(-0.6, 0.6, RATE)
    return np.concatenate([np.zeros(RATE), noise, np.zeros(RATE)]).astype(np.float32)


def darkness(path, face):
    """How much of the mouth is black in each frame, (F,)."""
    with av.open(str(path)) as film:
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    points = face.points[48:] * (frames[0].shape[1], frames[0].shape[0])
    (left, top), (right, bottom) = points.min(0).astype(int), points.max(0).astype(int)
    return np.array([np.mean(frame[top:bottom, left:right].max(-1) < 40) for frame in frames])


def test_a_mouth_opens_where_the_sound_is(portrait, tmp_path):
    speech = Speech(sound(), RATE, Timeline(3.0))
    video = animate(*portrait, speech, tmp_path / "a.mp4", head="loud", fps=FPS)
    dark = darkness(video.path, portrait[1])
    assert len(dark) == 75
    assert dark[26:49].min() > 0.5
    assert max(dark[:24].max(), dark[51:].max()) < 0.2


def test_long_sound_stays_in_its_file(portrait, tmp_path):
    save_wav(tmp_path / "a.wav", sound(), RATE)
    samples, rate = open_audio(tmp_path / "a.wav", tmp_path)
    speech = Speech(samples, rate, Timeline(len(samples) / rate))
    animate(*portrait, speech, tmp_path / "a.mp4", head="loud", fps=FPS)
    ((_, heard),) = TOLD
    assert isinstance(heard.samples, MappedAudio)
    assert heard.rate == rate and heard.timeline.duration == speech.seconds


def test_an_idle_head_hears_nothing(portrait, tmp_path):
    video = idle(*portrait, 2.0, tmp_path / "a.mp4", head="loud", fps=FPS)
    ((_, heard),) = TOLD
    assert heard is None
    assert darkness(video.path, portrait[1]).max() < 0.2


def test_a_head_works_on_the_machine_that_it_is_given(portrait, tmp_path):
    speech = Speech(sound(), RATE, Timeline(3.0))
    here = Runtime(device="cpu")
    animate(*portrait, speech, tmp_path / "a.mp4", head="loud", runtime=here)
    idle(*portrait, 1.0, tmp_path / "b.mp4", head="loud", runtime=here)
    assert [runtime for runtime, _ in TOLD] == [here, here]
    empty = Runtime(ModelFolders({"loud": (tmp_path,)}))
    with pytest.raises(MissingModelError, match=r"weights\.bin"):
        animate(*portrait, speech, tmp_path / "c.mp4", head="loud", runtime=empty)
    assert not (tmp_path / "c.mp4").exists()
