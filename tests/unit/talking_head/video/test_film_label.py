"""A film says in its file, and where asked for visibly, that a machine made it."""

import uuid

import av
import numpy as np
import pytest

from chatanything.character.make_character import Character
from chatanything.diffusion import Portrait
from chatanything.duet import DuetTurn, film_duet
from chatanything.persona import NEUTRAL, write_persona
from chatanything.provenance import COMPOSITE, TRAINED, source_in, xmp_packet
from chatanything.video import animate, idle, join_videos, read_film, save_video, write_video
from chatanything.video.film_stream import FilmStream
from chatanything.voice import choose_voice

BOX = uuid.UUID("be7acfcb-97a9-42e8-9c71-999491e3afac").bytes
"""Of XMP in MP4, by the XMP specification, part 3."""


@pytest.fixture
def characters(portrait):
    """The same one twice, whose films are marked and are not."""
    who = write_persona("grumpy teapot")
    voice = choose_voice(who.voice, engine="espeak")
    return [Character(who, voice, Portrait(*portrait), mark=mark) for mark in (False, True)]


def boxes(path):
    """Kind and content of the outermost boxes of an MP4 or MOV file."""
    data, at = path.read_bytes(), 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], data[at + 8 : at + size]
        at += size


def xmp_in(path):
    return [
        body[16:].decode() for kind, body in boxes(path) if kind == b"uuid" and body[:16] == BOX
    ]


def comment(path):
    with av.open(str(path)) as file:
        return source_in(file.metadata)


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".webm", ".gif", ".webp"])
def test_every_format_says_so(suffix, portrait, speech, tmp_path):
    path = animate(*portrait, speech, tmp_path / f"a{suffix}", fps=12).path
    if suffix == ".webp":
        assert b"digitalsourcetype/compositeSynthetic" in path.read_bytes()
    else:
        assert comment(path) == COMPOSITE
    assert xmp_in(path) == [xmp_packet(COMPOSITE)] if suffix in (".mp4", ".mov") else True


def test_a_film_is_what_its_maker_says(portrait, speech, tmp_path):
    path = animate(*portrait, speech, tmp_path / "a.mp4", fps=12, source=TRAINED).path
    assert comment(path) == TRAINED
    assert xmp_in(path) == [xmp_packet(TRAINED)]


def test_a_loop_says_so(portrait, tmp_path):
    assert comment(idle(*portrait, 2.0, tmp_path / "a.mp4", fps=12).path) == COMPOSITE


def test_a_stream_says_so(portrait, tmp_path):
    film = FilmStream(256, 256, 25.0, 16000)
    pieces = list(film.add(iter([portrait[0]] * 10), np.zeros(6400, np.float32)))
    (tmp_path / "a.mp4").write_bytes(b"".join([*pieces, film.close()]))
    assert comment(tmp_path / "a.mp4") == COMPOSITE


@pytest.mark.parametrize("target", ["mp4", "mov", "webm", "gif"])
@pytest.mark.parametrize("source", ["mp4", "webm"])
def test_the_label_goes_along_into_every_format(source, target, portrait, speech, tmp_path):
    made = animate(*portrait, speech, tmp_path / f"a.{source}", fps=12, source=TRAINED).path
    saved = tmp_path / f"b.{target}"
    save_video(made, saved, tags={"workflow": "{}"})
    assert comment(saved) == TRAINED
    assert xmp_in(saved) == [xmp_packet(TRAINED)] if target in ("mp4", "mov") else True
    assert read_film(made).tags == {}


@pytest.mark.parametrize("encode", [False, True])
def test_the_label_goes_along_into_a_joined_film(encode, portrait, speech, tmp_path):
    parts = [animate(*portrait, speech, tmp_path / f"{i}.mp4", fps=12, seed=i).path for i in (0, 1)]
    joined = join_videos(tmp_path / "c.mp4", parts, encode=encode).path
    assert comment(joined) == COMPOSITE
    assert xmp_in(joined) == [xmp_packet(COMPOSITE)]


def test_a_film_of_somebody_else_is_not_called_made_by_a_machine(tmp_path):
    grey = (np.full((64, 64, 3), 90, np.uint8) for _ in range(6))
    quiet = np.zeros(16000, np.float32)
    own = write_video(tmp_path / "a.mp4", grey, 6, fps=12, samples=quiet, rate=16000).path
    save_video(own, tmp_path / "b.mp4")
    for path in (own, tmp_path / "b.mp4"):
        assert comment(path) is None
        assert xmp_in(path) == []


def test_a_visible_mark_is_on_every_frame(portrait, speech, tmp_path):
    plain, marked = (
        animate(*portrait, speech, tmp_path / f"{mark}.mp4", fps=12, mark=mark).path
        for mark in (False, True)
    )
    with av.open(str(plain)) as one, av.open(str(marked)) as other:
        pairs = zip(one.decode(video=0), other.decode(video=0), strict=True)
        for a, b in pairs:
            seen = np.abs(a.to_ndarray(format="gray").astype(int) - b.to_ndarray(format="gray"))
            assert np.percentile(seen[:20, 128:], 90) > 60
            assert seen[60:].mean() < 3


def test_a_mark_of_either_is_on_the_film_of_both(characters, speech, tmp_path):
    plain, marked = characters
    turns = [DuetTurn(0, "Mama.", NEUTRAL, speech)]
    brightest = []
    for name, pair in (("a", (plain, plain)), ("b", (plain, marked))):
        path = film_duet(pair, turns, tmp_path / f"{name}.mp4").path
        assert comment(path) == COMPOSITE
        with av.open(str(path)) as film:
            first = next(film.decode(video=0)).to_ndarray(format="gray")
        brightest.append(int((first[:20, -128:] > 220).sum()))
    assert brightest[1] > brightest[0] + 50
