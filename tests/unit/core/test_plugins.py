"""Packages from outside add engines, and a broken one harms nothing but itself."""

import json
import os
import re
import subprocess
import sys

import pytest

from tests.tools import plugins
from tests.tools.comfyui.server import ROOT

TAKEN = """
def register(chatanything):
    chatanything.voices.add("espeak", object, about="already there")
"""
FAULTY_CHECK = """
def check():
    raise KeyError("no such thing")

def register(chatanything):
    chatanything.heads.add("faulty", object, about="cannot be asked", check=check)
"""
BROKEN = {
    "no-module": ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
    "no-register": ("", "AttributeError: module 'no_register' has no attribute 'register'"),
    "quits": ("raise SystemExit('bye')", "SystemExit: bye"),
    "taken": (TAKEN, "ValueError: voice engine 'espeak' is already registered"),
}


def command(folder, *words):
    """The command line, in a Python that sees what is in `folder` and keeps its caches there."""
    return subprocess.run(
        [sys.executable, "-m", "chatanything_core", *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(folder), "CHATANYTHING_CACHE": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.fixture
def humming(tmp_path):
    return plugins.install(tmp_path, "hum", plugins.HUM)


def test_engines_of_another_package_are_in_every_list(humming):
    code = """
lists = [core.voices, core.models, core.writers, core.talkers]
print(json.dumps([registry.names()[-1] for registry in lists]))
"""
    assert plugins.run(humming, code) == (["hum", "parrot", "parrot", "parrot"], "")


def test_voice_of_another_package_is_chosen_and_speaks(humming):
    code = """
from importlib import import_module
traits = import_module(core.__name__ + ".persona").VoiceTraits()
speech = core.speak(core.choose_voice(traits, engine="hum", override="high"), "Hello there.")
print(json.dumps([speech.seconds, len(speech.timeline.words)]))
"""
    (seconds, words), logged = plugins.run(humming, code)
    assert seconds > 1
    assert words == 2
    assert logged == ""


def test_plugins_are_loaded_at_the_first_question_and_once(tmp_path):
    source = """
loads = []

def register(chatanything):
    loads.append(chatanything.__name__)
    chatanything.voices.names()  # it may ask, too
"""
    plugins.install(tmp_path, "counts", source)
    code = """
voices, writers = core.voices, core.writers
before = "counts" in sys.modules
voices.status("espeak"), writers.names(), voices.names()
print(json.dumps([before, sys.modules["counts"].loads == [core.__name__]]))
"""
    assert plugins.run(tmp_path, code) == ([False, True], "")


def test_voices_of_another_package_are_chosen_by_how_they_measure(humming):
    measured = json.loads(command(humming, "voices", "measure", "--engine", "hum", "--json").stdout)
    assert measured["voices"] == 2
    cards = json.loads(command(humming, "voices", "list", "--engine", "hum", "--json").stdout)
    assert {card["source"] for card in cards} == {"measured"}
    assert [card["f0"] for card in cards] == pytest.approx([150, 300], rel=0.02)


def test_broken_plugins_are_named_with_their_error_and_harm_nobody(humming):
    for name, (source, _) in BROKEN.items():
        plugins.install(humming, name, source)
    done = command(humming, "engines", "--json")
    found = {(entry["kind"], entry["name"]): entry for entry in json.loads(done.stdout)}
    assert found["voice", "espeak"]["available"]
    assert found["voice", "hum"]["available"]
    assert found["plug-in", "hum"]["about"] == "engines of hum 1.0"
    assert found["plug-in", "hum"]["available"]
    for name, (_, error) in BROKEN.items():
        entry = found["plug-in", name]
        assert not entry["available"]
        assert entry["reason"] == f"{name} 1.0 failed: {error}"
        assert entry["reason"] in done.stderr
    assert len(done.stderr.splitlines()) == len(BROKEN)


def test_the_list_of_engines_shows_a_broken_plugin_to_the_letter(tmp_path):
    plugins.install(tmp_path, "broken", "raise ValueError('[red]no[/red]')")
    shown = " ".join(command(tmp_path, "engines").stdout.split())
    assert re.search(r"plug-in broken failed broken 1\.0 failed: ValueError: \[red\]no", shown)


def test_engine_whose_check_is_broken_is_missing_and_no_more(tmp_path):
    plugins.install(tmp_path, "faulty", FAULTY_CHECK)
    code = """
status = core.heads.status("faulty")
print(json.dumps([status.available, status.reason]))
"""
    found, _ = plugins.run(tmp_path, code)
    assert found == [False, "Its check failed: KeyError: 'no such thing'"]
