"""Loading the pack is quick, silent and imports nothing heavy."""

import json
import subprocess

import pytest

from chatanything.model_folders import KINDS
from tests.tools.comfyui.server import COMFYUI, MISSING, ROOT, comfyui_environment, comfyui_python

pytestmark = pytest.mark.comfyui


def load(script="load_pack.py", **variables):
    python = comfyui_python() or pytest.skip(MISSING)
    command = [
        str(python),
        str(ROOT / "tests" / "tools" / "comfyui" / script),
        str(COMFYUI),
        str(ROOT),
    ]
    done = subprocess.run(
        command,
        env={**comfyui_environment(python), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def report():
    return load()


def test_every_node_loads(report):
    assert report["loaded"]
    snapshots = (ROOT / "tests" / "contract" / "snapshots").glob("*.json")
    assert sorted(report["nodes"]) == sorted(path.stem for path in snapshots)


BROKEN = ['[{"name": "a", "address": 1, "model": {}, "window": "8192"}, 7]', "[" * 100_000, "{"]


@pytest.mark.parametrize("text", BROKEN, ids=["wrong entries", "nested", "cut"])
def test_no_file_of_profiles_takes_the_nodes_away(text, report, tmp_path):
    (tmp_path / "profiles.json").write_text(text)
    found = load(CHATANYTHING_CONFIG_DIR=str(tmp_path))
    assert found["loaded"]
    assert found["nodes"] == report["nodes"]
    assert found["tooltip"] != report["tooltip"]
    assert "was skipped" in found["tooltip"] or "cannot be read" in found["tooltip"]


def test_it_takes_a_blink(report):
    """A busy machine only adds to its CPU time, so the best of three counts."""
    seconds = [report["seconds"]]
    while min(seconds) >= 0.2 and len(seconds) < 3:
        seconds.append(load()["seconds"])
    assert min(seconds) < 0.2, seconds


def test_nothing_heavy_is_imported(report):
    assert report["heavy"] == []


def test_it_is_silent_and_changes_nothing(report):
    assert (report["printed"], report["threads"], report["path"]) == ("", 0, [])


def test_every_stage_asks_comfyui_where_models_are_and_compute(report):
    """Voices, detectors and language models, which no node hands a `Runtime`, too."""
    folders, models = report["folders"], report["models"]
    assert set(folders) == set(KINDS)
    for kind, (place, *_) in KINDS.items():
        assert f"{models}/{place}" in folders[kind]
    found = {kind: [folder for folder in folders[kind] if "extra" in folder] for kind in folders}
    assert {kind: extra for kind, extra in found.items() if extra} == {
        "kokoro": ["/extra/TTS/kokoro"],
        "piper": ["/extra/TTS/piper"],
        "LLM": ["/extra/LLM"],
        "mediapipe": ["/extra/mediapipe"],
        "loras": ["/extra/loras"],
    }
    assert report["device"] == "cpu"


def test_comfyuis_memory_manager_holds_painters_and_language_models():
    """Each beside the other; unloading drops what a painter can load again, and parks the rest."""
    report = load("hold_models.py")
    assert report["device"] == "cpu"
    assert (report["held"], report["held again"], report["dropped early"]) == (2, 2, [])
    assert (report["dropped"], report["painter"]) == (["painter"], 0)
    assert (report["language"], report["answers"]) == (20, [4])


def test_comfyui_shows_short_error_names(report):
    assert "chatanything.InputError" in report["errors"]
    assert not [name for name in report["errors"] if "/" in name or "_x_" in name]
