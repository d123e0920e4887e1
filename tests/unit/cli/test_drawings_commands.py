"""`chatanything drawings`, `create --drawing` and `animate --face`, as a user calls them."""

import json
import wave
from importlib.util import find_spec

import numpy as np
import pytest
from PIL import Image

from tests.tools.drawings.small import ARCH, POT, body_of, icons_json
from tests.unit.cli.test_cli import run

needs_resvg = pytest.mark.skipif(not find_spec("resvg_py"), reason="pip install resvg-py")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user without sets."""
    monkeypatch.setenv("CHATANYTHING_DRAWINGS", str(tmp_path / "home"))


def cup(path):
    """A picture that shows no face: a round thing before a wall with a slope of grey."""
    y, x = np.mgrid[:256, :256]
    wall = np.repeat((90 + x // 4 + y // 8)[..., None], 3, -1)
    thing = ((x - 128) ** 2 + (y - 130) ** 2 < 90**2)[..., None]
    Image.fromarray(np.where(thing, (190, 80, 50), wall).astype(np.uint8)).save(path)
    return path


def hum(path):
    """Half a second of a humming voice."""
    t = np.arange(8000) / 16000
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16000, 0, "NONE", ""))
        file.writeframes((9000 * np.sin(2 * np.pi * 150 * t)).astype(np.int16).tobytes())
    return path


@needs_resvg
def test_a_set_is_added_listed_searched_shown_and_removed(tmp_path):
    icons = icons_json(tmp_path / "small", loom=body_of(POT), weaving_loom=ARCH)
    done = run("drawings", "add", icons, "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["drawings"] == 2, done.stderr
    listed = json.loads(run("drawings", "list", "--json", cwd=tmp_path).stdout)
    assert [each["id"] for each in listed["sets"]] == ["small"]
    assert [each["id"] for each in listed["fetchable"]] == ["fluent", "noto", "game-icons"]
    assert "CC-BY-3.0" in run("drawings", "list", cwd=tmp_path).stdout
    found = run("drawings", "find", "loom", cwd=tmp_path).stdout.split()
    assert found == ["small:loom", "small:weaving-loom"]
    done = run("drawings", "sheet", "loom", "--style", "ink", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    with Image.open(tmp_path / "drawings.png") as sheet:
        assert sheet.width == 2 * 192
    assert run("drawings", "remove", "small", cwd=tmp_path).returncode == 0
    done = run("drawings", "find", "loom", cwd=tmp_path)
    assert done.returncode == 2
    assert "chatanything drawings get" in done.stderr


def test_nothing_is_fetched_unasked(tmp_path):
    done = run("drawings", "get", "noto", "--json", cwd=tmp_path)
    assert done.returncode == 2
    assert "--yes" in json.loads(done.stdout)["error"]
    done = run("drawings", "get", "noto", cwd=tmp_path)
    assert done.returncode == 1, "nobody answers"
    assert "Apache-2.0" in done.stderr and "3 MB" in done.stderr
    assert not (tmp_path / "home").exists()


@needs_resvg
def test_a_drawing_of_a_set_becomes_the_body_with_its_credit(tmp_path):
    run("drawings", "add", icons_json(tmp_path / "small", loom=body_of(POT)), cwd=tmp_path)
    done = run("create", "grumpy loom", "--text", "No.", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert any("A. Maker, CC-BY-3.0" in note for note in json.loads(done.stdout)["notes"])
    record = json.loads((tmp_path / "out" / "grumpy-loom" / "persona.json").read_text())
    assert record["portrait"]["drawing"]["author"] == "A. Maker"
    assert record["face"]["origin"] == "known"


@needs_resvg
def test_a_mascot_of_ones_own_and_where_its_face_goes(tmp_path):
    (tmp_path / "mascot.svg").write_text(POT)
    words = ("create", "shy logo", "--text", "No.", "--json", "--drawing", "mascot.svg")
    eyes = []
    for place in ((), ("--face", "0.5,0.75,0.3")):
        done = run(*words, *place, "--out", f"made{len(eyes)}", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        record = json.loads((tmp_path / f"made{len(eyes)}" / "persona.json").read_text())
        eyes.append(np.mean(record["face"]["points"][36:48], 0))
    assert eyes[1][1] > eyes[0][1] + 0.05


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--face", "0.5,0.5,0.3"), "Add --drawing"),
        (("--drawing", "none.svg"), "Cannot read"),
        (("--drawing", "noto:harp"), "drawings get"),
        (("--drawing", "cup.png", "--face", "left"), "x,y,width"),
    ],
)
def test_what_cannot_be_used_is_said_before_any_work(tmp_path, words, told):
    cup(tmp_path / "cup.png")
    done = run("create", "shy logo", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.split())
    assert not (tmp_path / "out").exists()


def test_a_face_is_painted_into_a_picture_that_is_to_have_one(tmp_path):
    picture, sound = cup(tmp_path / "cup.png"), hum(tmp_path / "hum.wav")
    done = run(
        *("animate", picture, sound, "--face", "paint", "--show", "shown.png", "--json"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["face"]["origin"] == "known"
    assert "painted" in report["face"]["notes"][0]
    done = run("animate", picture, sound, "--face", "mouth", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["face"]["origin"] == "placed"
    done = run("animate", picture, sound, "--face", "nose", cwd=tmp_path)
    assert done.returncode == 2 and "paint, mouth" in " ".join(done.stderr.split())
