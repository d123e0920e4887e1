"""`chatanything models`: what it shows, what it asks, what it fetches, how it stops."""

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chatanything.cli import app
from chatanything.downloads import catalogue, find_model, models
from tests.tools.servers.file_server import FileServer, serve

ROOT = Path(__file__).resolve().parents[3]
CONTENT = b"weights" * 1000
HASH = sha256(CONTENT).hexdigest()


def run(*words, **more):
    return CliRunner().invoke(app, ["models", *words], **more)


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    """A home without any model, and a network without proxies."""
    for name in list(os.environ):
        if name.startswith(("CHATANYTHING_", "XDG_", "HF_", "COMFYUI")) or name.lower().endswith(
            "_proxy"
        ):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "home"


@pytest.fixture
def tiny(monkeypatch, tmp_path):
    """Another catalogue: one model that is on record, and one of which nobody knows the hash."""

    def entry(name, **more):
        file = {
            "kind": "vae",
            "name": f"{name}.bin",
            "address": f"https://models.invalid/{name}.bin",
        }
        return {"id": name, "purpose": "is fetched in tests", "licence": "MIT",
                "page": "https://models.invalid", "files": [file | more]}  # fmt: skip

    path = tmp_path / "catalogue.json"
    known = entry("known", bytes=len(CONTENT), sha256=HASH)
    path.write_text(json.dumps([known, entry("unknown", about=7000)]))
    monkeypatch.setattr(catalogue, "CATALOGUE", path)
    own = tmp_path / "own.bin"
    own.write_bytes(CONTENT)
    return str(own)


def test_the_list_has_every_model():
    shown = run("list")
    assert shown.exit_code == 0
    for model in models():
        line = next(line for line in shown.stdout.splitlines() if line.startswith(f"{model.id} "))
        # The starter comes with a checkout; everything else is fetched.
        assert ("here" if model.id == "starter" else "missing") in line and model.licence in line


def test_the_list_as_json_says_what_is_here(home):
    folder = home / ".cache/chatanything/models/TTS/piper"
    folder.mkdir(parents=True)
    small, large = find_model("piper-siwis").files
    (folder / small.name).write_bytes(b"x" * small.bytes)
    (folder / "en_US-ljspeech-medium.onnx").write_bytes(b"short")
    states = {entry["id"]: entry["state"] for entry in json.loads(run("list", "--json").stdout)}
    assert states["piper-siwis"] == "partly here"
    assert states["piper-ljspeech"] == "another file"
    assert states["kokoro"] == "missing"
    assert not (folder / large.name).exists()


def test_the_path_is_where_it_would_be(home, monkeypatch):
    cache = home / ".cache/chatanything/models"
    assert run("path", "face").stdout.split() == [str(cache / "mediapipe/face_landmarker.task")]
    monkeypatch.setenv("CHATANYTHING_MODELS", str(home / "mine"))
    assert run("path", "face").stdout.split() == [str(home / "mine/mediapipe/face_landmarker.task")]
    found = json.loads(run("path", "potion", "--json").stdout)
    assert found["state"] == "missing" and len(found["files"]) == 3


@pytest.mark.parametrize("command", ["path", "get"])
def test_unknown_names_are_answered_with_the_known_ones(command):
    found = run(command, "faces")
    assert found.exit_code == 2
    assert "no model 'faces'" in found.stderr and "piper-thorsten" in found.stderr


def test_get_shows_everything_and_asks(tiny, home):
    told = run("get", "known", "--from", tiny, input="n\n")
    assert told.exit_code == 1 and "Nothing was fetched" in told.stderr
    place = home / ".cache/chatanything/models/vae/known.bin"
    for part in ("7.0 kB", "MIT", "https://models.invalid", tiny, str(place), HASH):
        assert part in told.stderr
    assert not place.exists()
    done = run("get", "known", "--from", tiny, input="y\n")
    assert done.exit_code == 0 and done.stdout.splitlines()[-1] == str(place)
    assert place.read_bytes() == CONTENT
    again = run("get", "known")
    assert again.exit_code == 0 and "Fetch" not in again.stderr


def test_without_an_answer_nothing_is_fetched(tiny, home):
    assert run("get", "known", "--from", tiny, input="").exit_code == 1
    assert not (home / ".cache").exists()


def test_get_as_json(tiny):
    refused = run("get", "known", "--from", tiny, "--json")
    assert refused.exit_code == 2 and "--yes" in json.loads(refused.stdout)["error"]
    done = json.loads(run("get", "known", "--from", tiny, "--json", "--yes").stdout)
    assert done["state"] == "here" and Path(done["files"][0]["path"]).read_bytes() == CONTENT


def test_an_unknown_hash_is_asked_about(tiny, home):
    place = home / ".cache/chatanything/models/vae/unknown.bin"
    refused = run("get", "unknown", "--from", tiny, "--yes")
    assert refused.exit_code == 2 and "--no-check" in refused.stderr
    declined = run("get", "unknown", "--from", tiny, input="y\nn\n")
    assert declined.exit_code == 2 and HASH in declined.stderr and not place.exists()
    assert run("get", "unknown", "--from", tiny, input="y\ny\n").exit_code == 0
    place.unlink()
    assert run("get", "unknown", "--from", tiny, "--yes", "--no-check").exit_code == 0
    assert place.read_bytes() == CONTENT


def test_the_switch_is_said_before_anything_is_asked(monkeypatch):
    monkeypatch.setenv("CHATANYTHING_OFFLINE", "1")
    refused = run("get", "face")
    assert refused.exit_code == 2 and "CHATANYTHING_OFFLINE is set" in refused.stderr
    assert "Fetch it" not in refused.stderr


def test_ctrl_c_keeps_what_has_come(home):
    """A real process, a real signal; then it goes on, and finds that this is no face model."""
    fake = FileServer(bytes(find_model("face").files[0].bytes), pause=0.05)
    part = home / ".cache/chatanything/models/mediapipe/face_landmarker.task.part"
    with serve(fake) as address:
        command = [sys.executable, "-m", "chatanything_core", "models", "get", "face", "--yes"]
        command += ["--from", address]
        heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL) if os.name == "posix" else None
        with subprocess.Popen(
            command, cwd=ROOT, stderr=subprocess.PIPE, text=True, preexec_fn=heed
        ) as process:
            deadline = time.monotonic() + 60
            while not (part.exists() and part.stat().st_size) and time.monotonic() < deadline:
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            told = process.communicate(timeout=60)[1]
        kept = part.stat().st_size
        assert process.returncode == 130 and "goes on from there" in told
        assert 0 < kept < len(fake.content)
        fake.pause = 0.0
        done = run("get", "face", "--yes", "--from", address)
    assert fake.asked[-1] == f"bytes={kept}-"
    assert done.exit_code == 1 and "is not the face_landmarker.task" in done.stderr
    assert list(part.parent.iterdir()) == []
