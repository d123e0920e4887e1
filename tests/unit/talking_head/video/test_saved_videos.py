"""A video saved in every format keeps what the format can hold, and says what it cannot."""

import av
import numpy as np
import pytest
from PIL import Image

from chatanything.errors import InputError
from chatanything.video import (
    animate,
    join_videos,
    natural_suffix,
    read_film,
    save_video,
)
from chatanything.video.files.read_film import frames_of
from chatanything.voice import load_audio

TAGS = {"prompt": '{"1": {}}', "workflow": '{"nodes": []}'}


@pytest.fixture(scope="module")
def films(portrait, speech, tmp_path_factory):
    """The same film in each format, its upper part clear where that can be."""
    folder, (image, face) = tmp_path_factory.mktemp("films"), portrait
    clear = np.full(image.shape[:2], 255, np.uint8)
    clear[:40] = 0
    cut_out = np.dstack([image, clear])
    made = {"mp4": animate(image, face, speech, folder / "a.mp4", subtitles="track", fps=12)}
    for suffix in ("webm", "mov"):
        path = folder / f"a.{suffix}"
        made[suffix] = animate(cut_out, face, speech, path, subtitles="track", fps=12)
    return {suffix: video.path for suffix, video in made.items()}


def packets(path):
    with av.open(str(path)) as file:
        return [bytes(p) for p in file.demux(file.streams.video[0]) if p.size]


@pytest.mark.parametrize("kind", ["mp4", "webm", "mov"])
def test_its_own_format_is_copied_packet_by_packet(kind, films, tmp_path):
    assert natural_suffix(read_film(films[kind])) == f".{kind}"
    _, lost = save_video(films[kind], tmp_path / f"b.{kind}", tags=TAGS)
    assert lost == ()
    assert packets(tmp_path / f"b.{kind}") == packets(films[kind])


@pytest.mark.parametrize("target", ["mp4", "webm", "mov"])
@pytest.mark.parametrize("source", ["mp4", "webm", "mov"])
def test_everything_that_fits_is_kept(source, target, films, tmp_path):
    path = tmp_path / f"b.{target}"
    video, lost = save_video(films[source], path, tags=TAGS)
    before, after = read_film(films[source]), read_film(path)
    assert (after.count, after.size, float(after.fps)) == (before.count, before.size, 12.0)
    assert {key.lower(): text for key, text in after.tags.items()} == TAGS
    assert [cue.text for cue in after.cues] == ["mama mama"]
    assert after.cues[0].start == pytest.approx(0.5, abs=0.01)
    assert after.clear == (before.clear and target != "mp4")
    assert bool(lost) == (before.clear and target == "mp4")
    sound, rate = load_audio(path)
    assert len(sound) / rate == pytest.approx(2.0, abs=0.1)
    assert np.abs(sound[round(0.6 * rate) : round(1.4 * rate)]).max() > 0.2
    assert video.path == path


@pytest.mark.parametrize("target", ["webm", "mov", "webp", "gif"])
def test_transparency_goes_from_format_to_format(target, films, tmp_path):
    path = tmp_path / f"b.{target}"
    save_video(films["mov"], path)
    if target in ("webp", "gif"):
        with Image.open(path) as picture:
            picture.seek(3)
            seen = np.asarray(picture.convert("RGBA"))
    else:
        seen = list(frames_of(read_film(path), clear=True))[6]
    assert seen.shape[:2] == (256, 256)
    assert seen[10, 128, 3] < 20 and seen[128, 128, 3] > 235


@pytest.mark.parametrize("target", ["gif", "webp"])
def test_loops_say_what_they_lack_and_carry_the_workflow(target, films, tmp_path):
    _, lost = save_video(films["mp4"], tmp_path / f"b.{target}", tags=TAGS)
    assert lost == (f"A {target.upper()} has no sound and no subtitles.",)
    with Image.open(tmp_path / f"b.{target}") as picture:
        assert picture.n_frames == 12
        exif = picture.getexif()
        kept = [exif[0x0110], exif[0x010F]] if target == "webp" else []
    raw = (tmp_path / f"b.{target}").read_bytes()
    assert target == "gif" or kept == [f"{key}:{text}" for key, text in TAGS.items()]
    assert all(text.encode() in raw for text in TAGS.values())


def test_what_is_no_video_and_other_suffixes_are_refused(films, tmp_path):
    (tmp_path / "a.mp4").write_text("no video")
    with pytest.raises(InputError, match=r"a\.mp4 is not a readable video"):
        save_video(tmp_path / "a.mp4", tmp_path / "b.mp4")
    with pytest.raises(InputError, match=r"'b\.avi' cannot be saved\. Choose one of: mp4, webm"):
        save_video(films["mp4"], tmp_path / "b.avi")
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def test_frames_come_at_any_even_rate(films):
    film = read_film(films["mp4"])
    own = list(frames_of(film))
    assert len(own) == 24
    twice = list(frames_of(film, fps=2 * film.fps))
    assert len(twice) == 48
    assert all(np.array_equal(twice[2 * at + 1], frame) for at, frame in enumerate(own))


def test_unlike_videos_are_joined_when_they_are_encoded_again(portrait, speech, films, tmp_path):
    image, face = portrait
    wide = np.repeat(image, 2, 1)
    other = animate(wide, face_of(face, wide), speech, tmp_path / "b.mp4", fps=30).path
    with pytest.raises(
        InputError, match=r"b\.mp4 .*its size is 512x256, that of a\.mp4 is 256x256"
    ):
        join_videos(tmp_path / "c.mp4", [films["mp4"], other])
    ticks = []
    video = join_videos(
        tmp_path / "c.mp4", [films["mp4"], other, films["webm"]], encode=True,
        tick=lambda done, total: ticks.append((done, total)),
    )  # fmt: skip
    film = read_film(video.path)
    assert (film.count, film.size, float(film.fps)) == (72, (256, 256), 12.0)
    assert [round(cue.start, 1) for cue in film.cues] == [0.5, 4.5]
    frames = list(frames_of(film))
    assert frames[36][10].max() < 20 and frames[36][128].max() > 60, "bars above and below"
    sound, rate = load_audio(video.path)
    loud = [float(np.abs(sound[round(t * rate)] if 0 else sound[round(t * rate) : round((t + 0.5) * rate)]).max()) for t in (0.7, 2.7, 4.7, 1.6, 3.6)]  # fmt: skip
    assert min(loud[:3]) > 0.2 and max(loud[3:]) < 0.05
    assert ticks[-1] == (72, 72)


def face_of(face, picture):
    from dataclasses import replace

    return replace(face, size=(picture.shape[1], picture.shape[0]))


def test_transparent_videos_are_not_joined_as_they_are(films, tmp_path):
    with pytest.raises(InputError, match=r"a\.webm is transparent, which is lost"):
        join_videos(tmp_path / "c.mp4", [films["webm"], films["webm"]])
    video = join_videos(tmp_path / "c.webm", [films["webm"], films["webm"]], encode=True)
    assert read_film(video.path).clear


def test_messages_hold_no_bytes(portrait, speech, films, tmp_path):
    other = animate(*portrait, speech, tmp_path / "b.mp4", fps=12, seed=1).path
    save_video(other, tmp_path / "c.webm")
    with pytest.raises(InputError) as caught:
        join_videos(tmp_path / "d.mp4", [films["mp4"], tmp_path / "c.webm"])
    assert "b'" not in str(caught.value) and "picture coding is vp9" in str(caught.value)
