"""Sizes, sounds, disks and machines that are not what one would like."""

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from chatanything.errors import InputError, OutputError
from chatanything.landmarks import Face, find_face
from chatanything.talking_head import Amounts, heads, idle_motion, plan_motion
from chatanything.talking_head.warp import WarpHead
from chatanything.talking_head.warp.remap import make_remapper
from chatanything.video import animate
from chatanything.voice import Phone, Speech, Timeline

ROOT = Path(__file__).resolve().parents[3]


def resized(portrait, width, height):
    image, face = portrait
    scaled = Image.fromarray(image).resize((width, height), Image.Resampling.BICUBIC)
    return np.array(scaled), replace(face, size=(width, height))


@pytest.mark.parametrize(("width", "height"), [(256, 257), (301, 443), (640, 360)])
def test_any_size_and_shape(portrait, speech, width, height, tmp_path):
    short = Speech(speech.samples[:8000], speech.rate, Timeline(0.5))
    video = animate(*resized(portrait, width, height), short, tmp_path / "a.mp4")
    assert (video.width, video.height) == (width + width % 2, height + height % 2)


def test_landmarks_of_a_smaller_copy_fit(portrait, speech, tmp_path):
    image, _ = resized(portrait, 320, 320)
    short = Speech(speech.samples[:8000], speech.rate, Timeline(0.5))
    assert animate(image, portrait[1], short, tmp_path / "a.mp4").width == 320


def test_landmarks_of_another_shape_are_refused(portrait, speech, tmp_path):
    image, _ = resized(portrait, 320, 480)
    with pytest.raises(InputError, match="other proportions"):
        animate(image, portrait[1], speech, tmp_path / "a.mp4")


def test_a_placed_face_moves_too(portrait, speech):
    face = find_face(portrait[0], detector="none")
    frames = list(WarpHead().prepare(portrait[0], face).frames(plan_motion(speech.timeline)))
    assert any(not np.array_equal(frames[0], frame) for frame in frames)


@pytest.mark.parametrize("where", [(0.02, 0.02), (0.6, 0.7), (-0.2, -0.2)])
def test_a_face_at_the_rim_is_no_reason_to_stop(portrait, where):
    image, face = portrait
    points = face.points * 0.4 + where
    motion = plan_motion(Timeline(0.4), seed=2)
    frames = list(WarpHead().prepare(image, Face(points, face.size, "placed")).frames(motion))
    assert len(frames) == 10


@pytest.mark.parametrize("rate", [8000, 96000])
@pytest.mark.parametrize("seconds", [0.02, 0.5])
def test_short_clips_of_any_rate(portrait, rate, seconds, tmp_path):
    samples = np.zeros(int(rate * seconds), np.float32)
    video = animate(*portrait, Speech(samples, rate, Timeline(seconds)), tmp_path / "a.mp4")
    assert 0 <= video.seconds - seconds < 0.04


def test_silence_keeps_the_mouth_shut(portrait):
    motion = plan_motion(Timeline(2.0), amounts=Amounts(1, 0, 0, 0, 0, 0, 0))
    for frame in WarpHead().prepare(*portrait).frames(motion):
        assert np.array_equal(frame, portrait[0])


def test_outside_the_face_nothing_changes_while_the_head_is_still(portrait, speech):
    still = Amounts(head=0, breath=0)
    motion = plan_motion(speech.timeline, amounts=still, seed=1)
    for frame in WarpHead().prepare(*portrait).frames(motion):
        changed = np.argwhere((frame != portrait[0]).any(-1))
        if len(changed):
            top, left = changed.min(0)
            bottom, right = changed.max(0)
            assert top > 30 and left > 30
            assert right < 226 and bottom < 254


def test_no_field_has_an_edge(portrait):
    """On a smooth slope every step that a field makes is as small as the slope's own."""
    _, face = portrait
    x, y = np.meshgrid(np.arange(256), np.arange(256))
    slope = np.stack([x * 0.5 + y * 0.25, y * 0.9, 255 - x * 0.4 - y * 0.4], -1).astype(np.uint8)
    motion = idle_motion(1.0, seed=1, amounts=Amounts(head=2.0))
    loud = replace(
        motion,
        mouth=replace(motion.mouth, wide=motion.mouth.wide + 1),
        smile=motion.smile + 1,
        brow=motion.brow + 0.8,
        blink=motion.blink * 0,
        gaze=motion.gaze * 0,
    )
    for frame in WarpHead().prepare(slope, face).frames(loud):
        steps = [np.abs(np.diff(frame.astype(int), axis=axis)).max() for axis in (0, 1)]
        assert max(steps) <= 6


def test_a_mug_keeps_its_outline(portrait, speech):
    image, face = portrait
    motion = plan_motion(speech.timeline, amounts=Amounts(head=0, breath=0), seed=1)
    chin = slice(int(0.88 * 256), int(0.92 * 256))
    moved = []
    for rigid in (True, False):
        frames = WarpHead().prepare(image, replace(face, rigid=rigid)).frames(motion)
        moved.append(max(np.abs(f[chin].astype(int) - image[chin]).max() for f in frames))
    assert moved[0] == 0
    assert moved[1] > 20


def test_an_interrupt_stops_at_once(portrait, tmp_path):
    samples = np.zeros(16000 * 60, np.float32)
    called = []

    def stop(done, total):
        called.append(time.monotonic())
        if done == 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        animate(*portrait, Speech(samples, 16000, Timeline(60.0)), tmp_path / "a.mp4", tick=stop)
    assert time.monotonic() - called[-1] < 0.5
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_a_clear_error(portrait, tmp_path):
    """A limit on the size of files stands in for the disk; the child meets it while writing."""
    np.save(tmp_path / "image.npy", portrait[0])
    np.save(tmp_path / "points.npy", portrait[1].points)
    program = f"""
import resource, signal, sys
import numpy as np
sys.path.insert(0, {str(ROOT)!r})
from chatanything_core.landmarks import Face
from chatanything_core.video import animate
from chatanything_core.voice import Speech, Timeline
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (30000, 30000))
image = np.load("image.npy")
noise = np.random.default_rng(0).integers(0, 40, image.shape, dtype=np.uint8)
face = Face(np.load("points.npy"), (256, 256), "known")
speech = Speech(np.zeros(80000, np.float32), 16000, Timeline(5.0))
animate(image // 2 + noise, face, speech, "full/a.mp4")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 1
    assert "OutputError: Cannot write" in done.stderr
    assert not list((tmp_path / "full").iterdir())


def test_an_unwritable_folder_is_a_clear_error(portrait, speech, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="Choose a folder that you can write to"):
        animate(*portrait, speech, tmp_path / "file" / "a.mp4")


@pytest.mark.engines
def test_pytorch_gives_the_same_pictures(portrait, cartoon, speech):
    pytest.importorskip("torch")
    motion = plan_motion(speech.timeline, seed=3)
    for drawn in (portrait, cartoon):
        pairs = zip(
            WarpHead(make_remapper("cv2")).prepare(*drawn).frames(motion),
            WarpHead(make_remapper("torch")).prepare(*drawn).frames(motion),
            strict=True,
        )
        for ours, theirs in pairs:
            difference = np.abs(ours.astype(int) - theirs)
            assert difference.mean() < 0.5
            assert np.percentile(difference, 99.9) <= 8


@pytest.mark.slow
def test_forty_minutes_stay_in_step_and_in_memory(portrait, tmp_path):
    """The child measures its own peak, so what other tests have used does not count."""
    np.save(tmp_path / "image.npy", portrait[0])
    np.save(tmp_path / "points.npy", portrait[1].points)
    program = f"""
import resource, sys, wave
from pathlib import Path
import numpy as np
sys.path.insert(0, {str(ROOT)!r})
from chatanything_core.landmarks import Face
from chatanything_core.video import Coding, animate
from chatanything_core.voice import Phone, Speech, Timeline, open_audio
face = Face(np.load("points.npy"), (256, 256), "known")
for seconds in (10, 2400):
    phones = tuple(Phone("mɑ"[i % 2], 0.2 * i, 0.2 * i + 0.2) for i in range(seconds * 5))
    with wave.open("sound.wav", "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        for _ in range(seconds):
            file.writeframes(bytes(16000))
    samples, rate = open_audio(Path("sound.wav"), Path("."))
    speech = Speech(samples, rate, Timeline(float(seconds), (), phones))
    animate(np.load("image.npy"), face, speech, f"{{seconds}}.mp4", fps=12,
            coding=Coding(30, "ultrafast"))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    short, long = (int(line) for line in done.stdout.split())
    assert long - short < 60, "only plans and the index of the file grow; the sound alone is 77 MB"
    with av.open(str(tmp_path / "2400.mp4")) as file:
        ends = [float(s.duration * s.time_base) for s in file.streams]
    assert abs(ends[0] - ends[1]) <= 1 / 12


def test_only_known_heads(portrait, speech, tmp_path):
    with pytest.raises(InputError, match="Choose one of: warp"):
        animate(*portrait, speech, tmp_path / "a.mp4", head="neural")
    assert heads.status("warp").available


def test_loud_sounds_open_wider(speech):
    phones = tuple(Phone("ɑ", 0.5 * i, 0.5 * i + 0.5) for i in range(4))
    line = Timeline(2.0, (), phones)
    soft, loud = (plan_motion(line, level=np.full(50, v)).mouth.jaw.max() for v in (0.0, 1.0))
    assert soft < 0.6 * loud
