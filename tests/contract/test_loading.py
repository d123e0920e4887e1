"""Loading the pack is quick, silent and imports nothing heavy."""

import json
import subprocess

import pytest

from tests.tools.comfyui import COMFYUI, MISSING, ROOT, comfyui_environment, comfyui_python

pytestmark = pytest.mark.comfyui


def load():
    python = comfyui_python() or pytest.skip(MISSING)
    command = [str(python), str(ROOT / "tests" / "tools" / "load_pack.py"), str(COMFYUI), str(ROOT)]
    done = subprocess.run(
        command, env=comfyui_environment(python), capture_output=True, text=True, check=False
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


def test_comfyui_shows_short_error_names(report):
    assert "chatanything.InputError" in report["errors"]
    assert not [name for name in report["errors"] if "/" in name or "_x_" in name]
