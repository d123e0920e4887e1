"""Videos that players play, and that are whole or not there."""

from pathlib import Path

import av
import numpy as np
import pytest

from chatanything.errors import InputError, OutputError
from chatanything.video import Coding, animate, join_videos, read_frames, write_video
from chatanything.video.pixel_format import frame_converter
from chatanything.voice import Speech, Timeline


def decoded(path):
    with av.open(str(path)) as file:
        return [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)]


def noise(count, height=64, width=64):
    rng = np.random.default_rng(0)
    return [rng.integers(0, 256, (height, width, 3), dtype=np.uint8) for _ in range(count)]


def test_a_talking_portrait_is_a_plain_mp4(portrait, speech, tmp_path):
    ticks = []
    video = animate(*portrait, speech, tmp_path / "a.mp4", tick=lambda *n: ticks.append(n))
    assert (video.width, video.height, video.fps, video.seconds) == (256, 256, 25.0, 2.0)
    with av.open(str(video.path)) as file:
        picture, sound = file.streams.video[0], file.streams.audio[0]
        assert len(file.streams) == 2
        assert (picture.codec_context.name, picture.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert sound.codec_context.name == "aac"
        assert picture.average_rate == 25
        assert float(picture.duration * picture.time_base) == pytest.approx(2.0)
        assert float(sound.duration * sound.time_base) == pytest.approx(2.0, abs=0.04)
    head = video.path.read_bytes()
    assert head.index(b"moov") < head.index(b"mdat")
    assert ticks[-1] == (50, 50)


def test_the_same_input_gives_the_same_frames(portrait, speech, tmp_path):
    files = [
        animate(*portrait, speech, tmp_path / name, seed=4).path for name in ("a.mp4", "b.mp4")
    ]
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("size", [(64, 64), (65, 63), (64, 99)])
def test_odd_sizes_gain_a_row_or_a_column(size, tmp_path):
    frames = noise(3, *size)
    silence = np.zeros(1600, np.float32)
    video = write_video(tmp_path / "a.mp4", iter(frames), 3, fps=25, samples=silence, rate=16000)
    made = decoded(video.path)
    assert len(made) == 3
    assert made[0].shape[:2] == (video.height, video.width)
    assert (video.height, video.width) == tuple(side + side % 2 for side in size)


@pytest.mark.parametrize("rate", [8000, 11000, 22050, 44100, 96000])
@pytest.mark.parametrize("fps", [12.0, 23.976, 60.0])
def test_sound_and_picture_end_together(rate, fps, tmp_path):
    samples = np.random.default_rng(0).uniform(-2, 2, rate).astype(np.float32)
    count = int(np.ceil(fps))
    video = write_video(
        tmp_path / "a.mp4", iter(noise(count)), count, fps=fps, samples=samples, rate=rate
    )
    with av.open(str(video.path)) as file:
        ends = [float(stream.duration * stream.time_base) for stream in file.streams]
    assert abs(ends[0] - ends[1]) < 0.03
    assert ends[0] >= 1.0


def test_an_interrupt_leaves_nothing_behind(portrait, speech, tmp_path):
    def stop(done, total):
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        animate(*portrait, speech, tmp_path / "a.mp4", tick=stop)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_a_clear_error(portrait, speech):
    with pytest.raises(OutputError, match="Cannot write"):
        animate(*portrait, speech, "/dev/full/a.mp4")


def test_a_failing_renderer_leaves_nothing_behind(tmp_path):
    def frames():
        yield from noise(3)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_video(tmp_path / "a.mp4", frames(), 9, fps=25, samples=np.zeros(9), rate=8000)
    assert not list(tmp_path.iterdir())


def test_unknown_codings_are_refused():
    with pytest.raises(InputError, match="veryfast"):
        Coding(preset="warp speed")
    with pytest.raises(InputError, match="crf is 52"):
        Coding(crf=52)


@pytest.mark.parametrize(
    ("samples", "message"),
    [([], "empty"), ([0.0, np.nan, np.inf], "2 samples")],
)
def test_broken_sound_is_refused(portrait, samples, message, tmp_path):
    broken = Speech(np.array(samples, np.float32), 16000, Timeline(0.1))
    with pytest.raises(InputError, match=message):
        animate(*portrait, broken, tmp_path / "a.mp4")


@pytest.mark.parametrize("shape", [(4000, 3000, 3), (64, 64, 3), (256, 256), (256, 256, 4)])
def test_what_is_no_portrait_is_refused(portrait, speech, shape, tmp_path):
    with pytest.raises(InputError, match="portrait"):
        animate(np.zeros(shape, np.uint8), portrait[1], speech, tmp_path / "a.mp4")


def test_colours_of_four_pixels_are_their_mean():
    """One of four would make a fine red and blue pattern all red or all blue."""
    image = np.zeros((64, 64, 3), np.uint8)
    image[:, ::2, 0], image[:, 1::2, 2] = 255, 255
    planes = frame_converter((64, 64), 3, "yuv420p")(image).to_ndarray(format="yuv420p")
    u, v = planes[64:].reshape(2, 32, 32)
    assert (np.abs(u - 165.0) <= 2).all() and (np.abs(v - 175.0) <= 2).all()


@pytest.mark.parametrize("suffix", [".mp4", ".mov"])
def test_a_voice_comes_back_nearly_as_it_went_in(suffix, tmp_path):
    """30 dB; the coder that FFmpeg takes of itself reaches 18."""
    t = np.arange(2 * 48000) / 48000
    pitch = 2 * np.pi * np.cumsum(140 + 20 * np.sin(2 * np.pi * 3 * t)) / 48000
    tones = sum(np.sin(k * pitch) / k for k in range(1, 25))
    samples = (0.2 * tones * (1 + np.sin(2 * np.pi * 4 * t)) / 2).astype(np.float32)
    path = tmp_path / f"a{suffix}"
    write_video(path, iter(noise(50)), 50, fps=25, samples=samples, rate=48000)
    with av.open(str(path)) as file:
        heard = np.concatenate([f.to_ndarray()[0] for f in file.decode(audio=0)])[: len(samples)]
    error = np.mean((heard - samples) ** 2)
    nearness = 10 * np.log10(np.mean(samples**2) / error)
    assert nearness > 30, nearness


@pytest.mark.parametrize("name", ["a:b.mp4", "12:30.webm", "a:b.mov", "a:b.gif", "http:x.webp"])
def test_names_with_colons(name, portrait, speech, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    short = Speech(speech.samples[:3200], speech.rate, Timeline(0.2))
    video = animate(*portrait, short, Path(name))
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert video.path.stat().st_size > 1000
    if name.endswith(".mp4"):
        joined = join_videos(Path("c:d.mp4"), [video.path, video.path])
        assert len(read_frames(joined.path)) == 10


def test_unknown_suffixes_name_all_that_can_be_made(portrait, speech, tmp_path):
    with pytest.raises(InputError, match=r"\.mp4, \.webm, \.mov, \.gif, \.webp"):
        animate(*portrait, speech, tmp_path / "a.avi")


def test_what_ffmpeg_refuses_is_one_sentence(tmp_path):
    size = (16, 20000)  # More than H.264 has.
    frames = [np.zeros((*size, 3), np.uint8)] * 3
    with pytest.raises(OutputError, match="Cannot write the video"):
        write_video(
            tmp_path / "a.mp4", iter(frames), 3, fps=25, samples=np.zeros(9, np.float32), rate=16000
        )
    assert not list(tmp_path.iterdir())
