"""A package beside the pack adds engines to the menus of a real server, and one of them speaks."""

import os

import pytest

from tests.tools import plugins
from tests.tools.comfyui.graphs import change, find, template
from tests.tools.comfyui.server import comfyui, comfyui_python, pack_packages

pytestmark = pytest.mark.comfyui
MENUS = {
    "VoiceMixer": ("engine", "hum"),
    "Persona": ("engine", "parrot"),
    "Chat": ("engine", "parrot"),
    "Casting": ("engine", "parrot"),
    "DiffuserMixer": ("judge", "parrot"),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    base = tmp_path_factory.mktemp("comfyui")
    packages = plugins.install(tmp_path_factory.mktemp("site"), "hum", plugins.HUM)
    plugins.install(packages, "broken", "import no_such_module")
    python = comfyui_python()
    places = [str(packages), *([str(pack_packages(python))] if python else [])]
    with comfyui(base, PYTHONPATH=os.pathsep.join(places)) as running:
        yield running


@pytest.mark.parametrize("node", MENUS)
def test_engines_of_another_package_are_in_the_menus(server, node):
    info = server.get(f"/object_info/ChatAnything{node}")[f"ChatAnything{node}"]["input"]
    name, engine = MENUS[node]
    _, options = {**info["required"], **info.get("optional", {})}[name]
    assert options["options"][-1] == engine


def test_voice_of_another_package_speaks(server):
    whole = template("2 The whole chain")
    kept = {
        find(whole, kind): whole[find(whole, kind)] for kind in ("Persona", "VoiceMixer", "Speak")
    }
    kept["900"] = {"class_type": "PreviewAny", "inputs": {"source": [find(kept, "Speak"), 0]}}
    prompt = change(change(kept, "Speak", text="Hello there."), "VoiceMixer", engine="hum")
    run = server.run(prompt)
    assert run.error is None
    assert "sample_rate" in str(run.outputs["900"])


def test_a_broken_one_is_logged_in_a_line(server):
    log = server.log.read_text(encoding="utf-8", errors="replace")
    assert log.count("'broken' of broken 1.0 failed: ModuleNotFoundError") == 1
