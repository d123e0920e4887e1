"""Other files than plain MP4s: transparency, previews, subtitles, joins and frames."""

from itertools import pairwise

import av
import numpy as np
import pytest
from PIL import Image

from chatanything.errors import InputError
from chatanything.video import (
    animate,
    cues_of,
    frames_memory,
    idle,
    join_videos,
    read_frames,
    to_srt,
    to_vtt,
)
from chatanything.voice import Speech, Timeline, Word


def cut_out(portrait):
    """The portrait with its green wall made transparent."""
    image, face = portrait
    wall = (image[..., 1].astype(int) > image[..., 0]).astype(np.uint8)
    return np.dstack([image, 255 - 255 * wall]), face


def decoded(path, form="rgb24", codec=None):
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        if codec is None:
            return [frame.to_ndarray(format=form) for frame in file.decode(stream)]
        decoder = av.CodecContext.create(codec, "r")
        frames = [f for p in file.demux(stream) for f in decoder.decode(p)]
        return [frame.to_ndarray(format=form) for frame in frames]


@pytest.mark.parametrize(("suffix", "codec"), [(".webm", "libvpx-vp9"), (".mov", "prores")])
def test_transparency_is_kept(suffix, codec, portrait, speech, tmp_path):
    image, face = cut_out(portrait)
    short = Speech(speech.samples[:3200], speech.rate, Timeline(0.2))
    video = animate(image, face, short, tmp_path / f"a{suffix}")
    frames = decoded(video.path, "rgba", codec)
    assert len(frames) == 5
    assert frames[0][4, 4, 3] < 20
    assert frames[0][128, 128, 3] > 235


def test_an_mp4_says_that_it_holds_no_transparency(portrait, speech, tmp_path):
    with pytest.raises(InputError, match="transparency"):
        animate(*cut_out(portrait), speech, tmp_path / "a.mp4")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_previews_loop(suffix, portrait, speech, tmp_path):
    video = animate(*portrait, speech, tmp_path / f"a{suffix}")
    with Image.open(video.path) as picture:
        assert picture.n_frames == 25
        assert picture.info.get("loop") == 0
        first = np.array(picture.convert("RGB")).astype(int)
    assert np.abs(first - portrait[0].astype(int)).mean() < 8


def test_a_subtitle_track_says_the_words(portrait, speech, tmp_path):
    video = animate(*portrait, speech, tmp_path / "a.mp4", subtitles="track")
    with av.open(str(video.path)) as file:
        stream = file.streams.subtitles[0]
        shown = [(p.pts * p.time_base, bytes(p)[2:]) for p in file.demux(stream) if p.size > 2]
    assert shown == [(0.5, b"mama mama")]


def test_burnt_subtitles_change_the_lower_edge_while_they_show(portrait, speech, tmp_path):
    plain = decoded(animate(*portrait, speech, tmp_path / "a.mp4").path)
    burnt = decoded(animate(*portrait, speech, tmp_path / "b.mp4", subtitles="burnt").path)
    changed = [
        np.abs(a[220:].astype(int) - b[220:]).max() for a, b in zip(plain, burnt, strict=True)
    ]
    assert max(changed[:12]) < 40
    assert min(changed[13:30]) > 100


def test_cues_fit_a_line_and_end_at_pauses():
    words = [Word(f"word{i}", 0.3 * i, 0.3 * i + 0.25) for i in range(12)]
    words.append(Word("late", 9.0, 9.5))
    cues = cues_of(Timeline(10.0, tuple(words)))
    assert all(len(cue.text) <= 42 for cue in cues)
    assert cues[-1].text == "late"
    assert all(a.end <= b.start for a, b in pairwise(cues))
    assert to_srt(cues).startswith("1\n00:00:00,000 --> 00:00:0")
    assert to_vtt(cues).startswith("WEBVTT\n\n00:00:00.000 --> ")


def test_cues_have_the_marks_of_the_text():
    words = tuple(Word(w, 0.3 * i, 0.3 * i + 0.25) for i, w in enumerate(["oh", "no", "who", "me"]))
    cues = cues_of(Timeline(2.0, words, text="Oh no! Who, me?"))
    assert [cue.text for cue in cues] == ["Oh no!", "Who, me?"]


def test_joined_videos_hold_every_frame_and_stay_in_step(portrait, speech, tmp_path):
    parts = [animate(*portrait, speech, tmp_path / f"{i}.mp4", seed=i).path for i in range(3)]
    video = join_videos(tmp_path / "all.mp4", parts)
    frames = decoded(video.path)
    assert len(frames) == 150
    assert video.seconds == 6.0
    for index, part in enumerate(parts):
        assert np.array_equal(frames[50 * index + 20], decoded(part)[20])
    with av.open(str(video.path)) as file:
        ends = [float(stream.duration * stream.time_base) for stream in file.streams]
        rate = file.streams.audio[0].rate
        sound = np.concatenate([f.to_ndarray()[0] for f in file.decode(audio=0)])
    assert max(ends) - min(ends) < 0.07
    voiced = np.abs(sound) > 0.05
    onsets = np.flatnonzero(voiced[1:] & ~voiced[:-1])
    far = onsets[np.diff(onsets, prepend=-rate) > rate / 2] / rate
    assert np.allclose(far, [0.5, 2.5, 4.5], atol=0.035)


def test_unlike_videos_are_not_joined(portrait, speech, tmp_path):
    first = animate(*portrait, speech, tmp_path / "a.mp4").path
    other = animate(*portrait, speech, tmp_path / "b.mp4", fps=30).path
    with pytest.raises(InputError, match=r"b\.mp4 cannot be joined as it is: its frame rate is 30"):
        join_videos(tmp_path / "c.mp4", [first, other])
    with pytest.raises(InputError, match="no videos to join"):
        join_videos(tmp_path / "c.mp4", [])
    (tmp_path / "d.mp4").write_text("no video")
    with pytest.raises(InputError, match=r"d\.mp4 is not a readable video"):
        join_videos(tmp_path / "c.mp4", [first, tmp_path / "d.mp4"])


def test_an_idle_loop_has_no_seam(portrait, tmp_path):
    frames = decoded(idle(*portrait, 4.0, tmp_path / "a.mp4", seed=2).path)
    assert len(frames) == 100
    steps = [np.abs(a.astype(int) - b).mean() for a, b in pairwise(frames)]
    assert np.abs(frames[-1].astype(int) - frames[0]).mean() <= max(steps)


def test_frames_state_their_memory_before_they_are_read(portrait, speech, tmp_path):
    path = animate(*portrait, speech, tmp_path / "a.mp4").path
    count, needed = frames_memory(path)
    assert (count, needed) == (50, 50 * 256 * 256 * 12 / 2**20)
    assert read_frames(path, 10, 5).shape == (5, 256, 256, 3)
    with pytest.raises(InputError, match="50 frames need 38 MB of memory; the cap is 10 MB"):
        read_frames(path, megabytes=10)
    with pytest.raises(InputError, match="no frame 50"):
        read_frames(path, 50)


def test_a_damaged_video_says_how_far_it_goes(portrait, speech, tmp_path):
    path = animate(*portrait, speech, tmp_path / "a.mp4").path
    data = bytearray(path.read_bytes())
    start = data.index(b"mdat") + 4
    data[start + 200 :] = bytes(len(data) - start - 200)
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"a\.mp4 is damaged after \d+ frames"):
        read_frames(path)
