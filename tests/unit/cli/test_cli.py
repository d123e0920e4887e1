"""The command line as a user meets it: real processes, real files."""

import json
import os
import signal
import subprocess
import sys
import time
import wave
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[3]
FILES = ["persona.json", "portrait.png", "speech.wav", "timeline.json", "video.mp4"]


heed_ctrl_c = partial(signal.signal, signal.SIGINT, signal.SIG_DFL) if os.name == "posix" else None
"""Jobs in the background of a shell begin deaf to Ctrl-C, and so would their children."""


def start(*words: object, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "chatanything_core", *map(str, words)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=heed_ctrl_c,
    )


def run(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    process = start(*words, cwd=cwd)
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def frames(path: Path) -> list[bytes]:
    with av.open(str(path)) as video:
        return [frame.to_ndarray().tobytes() for frame in video.decode(video=0)]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    done = run("create", "sleepy lighthouse", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "out" / "sleepy-lighthouse", json.loads(done.stdout)


def test_create_leaves_exactly_its_five_files(made):
    folder, report = made
    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert sorted(report["files"]) == FILES
    assert [path.name for path in folder.parent.iterdir()] == ["sleepy-lighthouse"]


def test_the_video_has_picture_and_sound_of_equal_length(made):
    folder, _ = made
    with av.open(str(folder / "video.mp4")) as video:
        assert [stream.type for stream in video.streams] == ["video", "audio"]
        picture, sound = video.streams.video[0], video.streams.audio[0]
        assert picture.average_rate == Fraction(25)
        assert min(picture.width, picture.height) >= 512
        length = float(picture.duration * picture.time_base)
        assert sound.codec_context.name == "aac"
    with wave.open(str(folder / "speech.wav")) as speech:
        assert abs(length - speech.getnframes() / speech.getframerate()) <= 0.040


def test_the_same_seed_gives_the_same_bytes_and_frames(made, tmp_path):
    folder, _ = made
    assert run("create", "sleepy lighthouse", "--out", "again", cwd=tmp_path).returncode == 0
    for name in ("persona.json", "portrait.png", "timeline.json"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes(), name
    assert frames(tmp_path / "again" / "video.mp4") == frames(folder / "video.mp4")


def test_animate_makes_any_picture_speak_any_audio(made, tmp_path):
    folder, _ = made
    done = run("animate", folder / "portrait.png", folder / "speech.wav", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert frames(tmp_path / report["file"])


def test_create_takes_guide_reference_expert_and_preset(tmp_path):
    Image.new("RGB", (300, 400), (20, 200, 60)).save(tmp_path / "green.png")
    done = run(
        *("create", "sleepy lighthouse", "--size", "256", "--text", "Hm.", "--out", "green"),
        *("--expert", "ink", "--guide", "average, tilted", "--preset", "giant"),
        *("--reference", "green.png", "--strength", "0.4", "--painter", "sketch"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    kept = json.loads((tmp_path / "green" / "persona.json").read_text(encoding="utf-8"))
    recipe = kept["portrait"]
    assert (recipe["style"], recipe["guided"], recipe["start"]) == ("ink", True, 0.4)
    assert "Shaped as giant." in kept["voice"]["reasons"]
    eyes = np.array(kept["face"]["points"])[[36, 45]]
    assert np.degrees(np.arctan2(*(eyes[1] - eyes[0])[::-1])) == pytest.approx(12, abs=1)
    red, green, blue = np.asarray(Image.open(tmp_path / "green" / "portrait.png")).mean((0, 1))
    assert green > 1.2 * max(red, blue)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["create", ""], "concept"),
        (["create", "x" * 5000], "500"),
        (["create", "🫖🫖"], "letter"),
        (["create", "teapot", "--voice", "nobody"], "Choose one of: espeak"),
        (["create", "teapot", "--portrait", "nobody"], "Choose one of: sketch"),
        (["create", "teapot", "--head", "nobody"], "Choose one of: warp"),
        (["create", "teapot", "--seed", "-1"], "Seed -1"),
        (["create", "teapot", "--size", "99"], "Portrait size is 99"),
        (["create", "teapot", "--out", "file/inside"], "Cannot write"),
        (["create", "teapot", "--preset", "mouse"], "Choose one of: giant"),
        (["create", "teapot", "--expert", "crayon"], "soft 3D"),
        (["create", "teapot", "--mix", "ink: 1, soft 3D: 1"], "one style"),
        (["create", "teapot", "--guide", "nobody"], "child, laughing"),
        (["create", "teapot", "--reference", "file"], "file"),
        (["create", "teapot", "--strength", "2"], "strength is 2"),
        (["animate", "file", "good.wav"], "file"),
        (["animate", "missing.png", "good.wav"], "missing.png"),
        (["animate", "good.png", "file"], "file"),
        (["animate", "good.png", "good.png"], "good.png"),
        (["animate", "good.png", "good.wav", "--head", "nobody"], "Choose one of: warp"),
        (["animate", "good.png", "good.wav", "--out", "file/inside.mp4"], "Cannot write"),
        (["animate", "good.png", "good.wav", "--fps", "5"], "Choose 12 to 60"),
        (["animate", "good.png", "good.wav", "--emotion", "envy"], "Choose one of: neutral"),
        (["animate", "good.png", "good.wav", "--strength", "2"], "Strength is 2"),
        (["animate", "good.png", "good.wav", "--blink", "3"], "Amount blink is 3"),
        (["animate", "good.png", "good.wav", "--head-motion", "-1"], "Amount head is -1"),
        (["animate", "good.png", "good.wav", "--crf", "60"], "crf is 60"),
        (["animate", "good.png", "good.wav", "--preset", "now"], "veryfast"),
        (["animate", "good.png", "good.wav", "--subtitles", "sung"], "none, track, burnt"),
        (["animate", "good.png", "good.wav", "--subtitles", "burnt"], "--text"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(words, says, tmp_path):
    (tmp_path / "file").write_bytes(b"neither picture nor sound")
    Image.new("RGB", (320, 320), "teal").save(tmp_path / "good.png")
    with wave.open(str(tmp_path / "good.wav"), "wb") as sound:
        sound.setparams((1, 2, 16000, 0, "NONE", ""))
        sound.writeframes(np.zeros(16000, np.int16).tobytes())
    before = sorted(tmp_path.iterdir())
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_a_machine_gets_the_error_as_json(tmp_path):
    done = run("create", "teapot", "--voice", "nobody", "--json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "")
    assert "espeak" in json.loads(done.stdout)["error"]


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to a single process")
def test_ctrl_c_leaves_nothing_behind(tmp_path):
    words = "We go on and on and on about the sea. " * 80
    process = start("create", "sleepy lighthouse", "--text", words, cwd=tmp_path)
    out = tmp_path / "out"
    deadline = time.monotonic() + 60
    while not list(out.glob(".making-*/.video-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert list(out.iterdir()) == []


def test_engines_says_what_is_there_and_what_to_install(tmp_path):
    done = run("engines", "--json", cwd=tmp_path)
    found = {(one["kind"], one["name"]): one for one in json.loads(done.stdout)}
    for kind, name in [("voice", "espeak"), ("portrait", "sketch"), ("head", "warp")]:
        assert found[kind, name]["available"]
    assert all(one["available"] or one["reason"] for one in found.values())
