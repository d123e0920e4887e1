"""`chatanything animate` with what users really have, and with options."""

import json
import wave

import av
import numpy as np
from PIL import Image

from tests.unit.cli.test_cli import run


def deep_picture(path, side=320):
    """A 16-bit grey PNG with a slope."""
    row = np.linspace(0, 65535, side).astype(np.uint16)
    Image.fromarray(np.tile(row, (side, 1))).save(path)
    return path


def surround(path, channels=6, rate=48000):
    """A second of a humming voice on every one of six channels."""
    t = np.arange(rate) / rate
    hum = 9000 * np.sin(2 * np.pi * 150 * t) * (np.sin(2 * np.pi * 3 * t) > 0)
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, rate, 0, "NONE", ""))
        file.writeframes(np.repeat(hum.astype(np.int16)[:, None], channels, 1).tobytes())
    return path


def test_sixteen_bits_and_six_channels_will_do(tmp_path):
    picture, sound = deep_picture(tmp_path / "deep.png"), surround(tmp_path / "six.wav")
    done = run("animate", picture, sound, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    with av.open(str(tmp_path / report["file"])) as film:
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    assert len(frames) == 25
    middle = frames[0][160].mean(-1)
    assert middle[20] < 60 and middle[300] > 200, "16 bits are scaled, not cut"
    with av.open(str(tmp_path / report["file"])) as film:
        heard = np.concatenate([f.to_ndarray().mean(0) for f in film.decode(audio=0)])
    assert np.abs(heard).max() > 0.15


def test_options_reach_the_video(tmp_path):
    picture, sound = tmp_path / "rough.png", surround(tmp_path / "six.wav")
    rough = np.random.default_rng(0).integers(0, 256, (40, 40, 3), np.uint8)
    Image.fromarray(rough).resize((320, 320)).save(picture)
    words = ["--text", "mama mama", "--subtitles", "track", "--fps", "30", "--preset", "ultrafast"]
    words += ["--crf", "5", "--emotion", "happy", "--strength", "0.5", "--mouth", "0.5"]
    still = ["--blink", "0", "--brows", "0", "--gaze", "0", "--head-motion", "0", "--breath", "0"]
    done = run("animate", picture, sound, *words, *still, "--out", "a.mp4", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    with av.open(str(tmp_path / "a.mp4")) as film:
        assert [stream.type for stream in film.streams] == ["video", "audio", "subtitle"]
        assert film.streams.video[0].average_rate == 30
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    moved = np.ptp(frames, axis=0)
    assert moved[:150].max() < 12, "brows, head and breath are off"
    assert moved[150:].max() > 100, "the mouth is not"
    smile = np.abs(frames[0].astype(int) - np.array(Image.open(picture)))
    assert smile[150:].max() > 60
    # x264 writes down its settings.
    assert b"crf=5.0" in (tmp_path / "a.mp4").read_bytes()


def test_a_film_is_marked_where_that_is_asked_for(tmp_path):
    picture, sound = deep_picture(tmp_path / "deep.png"), surround(tmp_path / "six.wav")
    corners = []
    for name, words in (("a.mp4", ()), ("b.mp4", ("--mark",))):
        done = run("animate", picture, sound, "--out", name, *words, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        with av.open(str(tmp_path / name)) as film:
            assert "digitalsourcetype/compositeSynthetic" in film.metadata["comment"]
            corners.append(next(film.decode(video=0)).to_ndarray(format="gray")[:18, -90:])
    assert (corners[0] < 110).sum() == 0, "the corner is bright"
    assert (corners[1] < 110).sum() > 600, "but for the plate"
