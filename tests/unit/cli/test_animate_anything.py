"""`chatanything animate` with photographs, avatars, cut-outs, films and faces that are known."""

import json
import shlex
import wave

import av
import numpy as np
import pytest
from PIL import Image

from .test_cli import run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A second of a humming voice, and a portrait of ours with its persona."""
    folder = tmp_path_factory.mktemp("folder")
    t = np.arange(16000) / 16000
    hum = 9000 * np.sin(2 * np.pi * 150 * t) * (np.sin(2 * np.pi * 3 * t) > 0)
    with wave.open(str(folder / "hum.wav"), "wb") as file:
        file.setparams((1, 2, 16000, 0, "NONE", ""))
        file.writeframes(hum.astype("<i2").tobytes())
    done = run("create", "pear", "--text", "Hi.", "--size", "256", "--out", "pear", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def animated(folder, *words):
    done = run("animate", *words, "--json", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def refused(folder, *words):
    done = run("animate", *words, cwd=folder)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr.startswith("Error: ") and "Traceback" not in done.stderr
    return " ".join(done.stderr.split())


def picture(path, width, height, mode="RGB"):
    rough = np.random.default_rng(0).integers(0, 256, (9, 12, len(mode)), np.uint8)
    Image.fromarray(rough).resize((width, height)).save(path)
    return path


def size_of(path):
    with av.open(f"file:{path}") as film:
        return film.streams.video[0].width, film.streams.video[0].height


@pytest.mark.parametrize(
    ("was", "now"),
    [((3024, 4032), (1440, 1920)), ((8192, 2000), (1920, 469)), ((120, 96), (320, 256))],
)
def test_any_size_is_scaled_and_said(folder, tmp_path, was, now):
    picture(tmp_path / "a.jpg", *was)
    made = animated(tmp_path, "a.jpg", folder / "hum.wav")
    note = f"scaled from {was[0]}x{was[1]} to {now[0]}x{now[1]} pixels"
    assert made["notes"] == [note]
    assert size_of(tmp_path / made["file"]) == (now[0] + now[0] % 2, now[1] + now[1] % 2)


@pytest.mark.parametrize(
    ("size", "words"), [((95, 300), "at least 96"), ((3000, 300), "7.5 times")]
)
def test_what_cannot_be_scaled_says_what_can(folder, tmp_path, size, words):
    picture(tmp_path / "a.png", *size)
    assert words in refused(tmp_path, "a.png", folder / "hum.wav")


@pytest.mark.parametrize("suffix", ["webm", "mov", "mp4", "gif"])
def test_a_cut_out_stays_transparent_where_it_can(folder, tmp_path, suffix):
    clear = np.array(Image.open(picture(tmp_path / "a.png", 300, 300, "RGBA")))
    clear[..., 3] = 255
    clear[:60] = (255, 0, 255, 0)
    Image.fromarray(clear).save(tmp_path / "a.png")
    animated(tmp_path, "a.png", folder / "hum.wav", "--out", f"b.{suffix}")
    with av.open(str(tmp_path / f"b.{suffix}")) as film:
        stream = film.streams.video[0]
        decoder = stream if suffix != "webm" else av.CodecContext.create("libvpx-vp9", "r")
        first = next(f for packet in film.demux(stream) for f in decoder.decode(packet))
        shown = first.to_ndarray(format="rgba")
    if suffix in ("webm", "mov"):
        assert shown[10, 150, 3] < 20 and shown[200, 150, 3] > 235
    else:
        assert np.abs(shown[10, 150, :3].astype(int) - 128).max() < 12, "grey, not the hidden pink"


def test_a_film_is_animated_from_its_first_frame(folder, tmp_path):
    made = animated(tmp_path, folder / "pear" / "video.mp4", folder / "hum.wav", "--out", "a.mp4")
    assert size_of(tmp_path / made["file"]) == (256, 256)


def test_our_own_portrait_has_its_own_face(folder, tmp_path):
    made = animated(tmp_path, folder / "pear" / "portrait.png", folder / "hum.wav")
    assert made["face"]["origin"] == "known" and made["face"]["score"] > 0.8
    assert made["face"]["notes"] == ["read from persona.json"]


def test_our_own_portrait_can_be_looked_at_anew(folder, tmp_path):
    words = [folder / "pear" / "portrait.png", folder / "hum.wav", "--detector", "none"]
    assert animated(tmp_path, *words)["face"]["origin"] == "placed"


@pytest.mark.parametrize("kind", ["face", "points", "broken", "other"])
def test_a_face_lies_beside_its_picture(folder, tmp_path, kind):
    picture(tmp_path / "a.png", 400, 300)
    known = json.loads((folder / "pear" / "persona.json").read_text(encoding="utf-8"))["face"]
    known["size"] = [800, 600]
    corners = [[150, 100], [180, 100], [220, 100], [250, 100], [170, 180], [230, 180]]
    text = {"face": known, "points": corners, "broken": "{", "other": known | {"size": [9, 16]}}
    (tmp_path / "a.png.face.json").write_text(json.dumps(text[kind]), encoding="utf-8")
    if kind in ("broken", "other"):
        assert "a.png.face.json cannot be used" in refused(tmp_path, "a.png", folder / "hum.wav")
        return
    made = animated(tmp_path, "a.png", folder / "hum.wav")
    assert made["face"]["origin"] == "known"
    assert made["face"]["notes"] == ["read from a.png.face.json"]


@pytest.mark.parametrize("written", ["text", "file"])
def test_points_are_pixels_of_the_picture_as_it_is(folder, tmp_path, written):
    picture(tmp_path / "a.png", 3000, 3000)
    corners = [[900, 900], [1200, 900], [1500, 900], [1800, 900], [1100, 1800], [1600, 1800]]
    points = json.dumps(corners)
    if written == "file":
        (tmp_path / "corners.json").write_text(points, encoding="utf-8")
        points = "corners.json"
    words = ["a.png", folder / "hum.wav", "--points", points, "--show", "shown.png"]
    made = animated(tmp_path, *words)
    assert made["face"]["notes"] == ["points set by the user"]
    with Image.open(tmp_path / "shown.png") as shown:
        assert shown.size == (1920, 1920)
        drawn = np.asarray(shown.convert("RGB"))
    for x, y in corners:
        x, y = round(x * 0.64), round(y * 0.64)
        assert drawn[y - 3 : y + 4, x - 3 : x + 4].min(-1).max() > 240, "a white point"


def test_points_that_are_nowhere(folder, tmp_path):
    picture(tmp_path / "a.png", 300, 300)
    assert "no.json" in refused(tmp_path, "a.png", folder / "hum.wav", "--points", "no.json")


def test_nobody_looked_and_that_is_said(folder, tmp_path):
    picture(tmp_path / "a.png", 300, 300)
    done = run("animate", "a.png", folder / "hum.wav", "--detector", "none", cwd=tmp_path)
    assert "so a face was placed by guess and the mouth may be wrong" in done.stdout
    assert "--points" in done.stdout


def test_a_detector_that_nobody_knows(folder, tmp_path):
    picture(tmp_path / "a.png", 300, 300)
    said = refused(tmp_path, "a.png", folder / "hum.wav", "--detector", "eagle")
    assert "'eagle'" in said and "Choose one of" in said


def test_swapped_files_are_noticed(folder, tmp_path):
    picture(tmp_path / "a.png", 300, 300)
    said = refused(tmp_path, folder / "hum.wav", "a.png")
    assert "Give the picture first: chatanything animate a.png" in said


@pytest.mark.parametrize("text", ["Hello there, my friend.", "It's 9.5 metres", "你好 朋友"])
def test_words_instead_of_a_sound_are_noticed(folder, tmp_path, text):
    picture(tmp_path / "a.png", 300, 300)
    said = refused(tmp_path, "a.png", text)
    assert "animate needs a sound" in said
    command = said.split("first: chatanything ")[1].split(";")[0]
    done = run(*shlex.split(command), cwd=tmp_path)
    assert done.returncode == 0 and (tmp_path / "speech.wav").is_file(), done.stderr


@pytest.mark.parametrize("name", ["my recording.wav", "speech", "some where/speech.wav"])
def test_a_sound_that_is_not_there_is_a_file(folder, tmp_path, name):
    picture(tmp_path / "a.png", 300, 300)
    assert f"There is no file {name}" in refused(tmp_path, "a.png", name)


@pytest.mark.parametrize("option", ["--out", "--show"])
def test_nothing_that_is_read_is_overwritten(folder, tmp_path, option):
    film = tmp_path / ("film.mp4" if option == "--out" else "film.png")
    film.write_bytes((folder / "pear" / "video.mp4").read_bytes())
    before = film.read_bytes()
    said = refused(tmp_path, picture(tmp_path / "a.png", 300, 300), film, option, film)
    assert "would be overwritten" in said and film.read_bytes() == before


def test_every_suffix_is_named(folder, tmp_path):
    picture(tmp_path / "a.png", 300, 300)
    said = refused(tmp_path, "a.png", folder / "hum.wav", "--out", "a.avi")
    assert ".mp4, .webm, .mov, .gif, .webp" in said


def test_what_was_done_to_the_sound_is_said(folder, tmp_path):
    picture(tmp_path / "a.png", 300, 300)
    with wave.open(str(folder / "hum.wav")) as file:
        hum = np.frombuffer(file.readframes(16000), "<i2")
    with wave.open(str(tmp_path / "rec:1.wav"), "wb") as file:
        file.setparams((8, 2, 16000, 0, "NONE", ""))
        file.writeframes(np.stack([hum, -hum] * 4, 1).tobytes())
    made = animated(tmp_path, "a.png", "rec:1.wav", "--out", "a:b.mp4")
    assert made["notes"] == [
        "rec:1.wav: Its channels cancel each other, so only channel 1 is heard."
    ]
    assert size_of(tmp_path / "a:b.mp4") == (300, 300)
