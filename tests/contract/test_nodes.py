"""Every node is named, explained and stays as saved workflows know it."""

from urllib.parse import quote

import pytest

from tests.tools.comfyui import schemas

pytestmark = pytest.mark.comfyui
KNOWN = sorted(path.stem for path in schemas.SNAPSHOTS.glob("*.json"))
WRITE = "run `python -m tests.tools.comfyui.schemas`"


@pytest.fixture(scope="module")
def nodes(server):
    return schemas.our_nodes(server)


def test_every_node_is_known(nodes):
    assert sorted(nodes) == KNOWN, WRITE


@pytest.mark.parametrize("name", KNOWN)
def test_saved_workflows_still_fit(nodes, name):
    now = schemas.structure(nodes[name])
    saved = schemas.on_this_version(name, schemas.read(schemas.SNAPSHOTS / f"{name}.json"), now)
    assert schemas.breaks(saved, now) == []
    assert saved == now, WRITE


@pytest.mark.parametrize("name", KNOWN)
def test_names_and_place(nodes, name):
    info = nodes[name]
    assert name.startswith("ChatAnything")
    assert info["category"].split("/")[0] == "ChatAnything"
    assert info["display_name"] and not info["display_name"].startswith("ChatAnything")
    assert info["description"].endswith(".")


@pytest.mark.parametrize("name", KNOWN)
def test_everything_is_explained(nodes, name):
    entry = schemas.texts(nodes[name])
    sockets = {**entry["inputs"], **entry["outputs"]}
    assert [key for key, text in sockets.items() if not (text["tooltip"] or "").strip()] == []
    assert [key for key, text in sockets.items() if not text["name"]] == []


@pytest.mark.parametrize("name", KNOWN)
def test_required_widgets_have_a_value(nodes, name):
    bare = [
        key
        for key, kind, options, required in schemas.inputs(nodes[name])
        if required and kind in schemas.WIDGETS - {"COMBO"} and "default" not in options
    ]
    assert bare == []


WANTED = {
    "tts": "Speak",
    "text to speech": "VoiceMixer",
    "tavern": "LoadCard",
    **dict.fromkeys(("lipsync", "talking avatar", "wav2lip", "sadtalker"), "TalkingHead"),
    "liveportrait": "IdleHead",
    "roleplay": "Persona",
}
"""What people search for, and a node that they should then see."""


@pytest.mark.parametrize("word", WANTED)
def test_search_knows_the_usual_words(nodes, word):
    info = nodes[f"ChatAnything{WANTED[word]}"]
    if "search_aliases" not in info:
        pytest.skip("this ComfyUI searches names alone")
    assert word in info["search_aliases"]


def test_rare_inputs_are_folded_away_where_pages_can(nodes):
    folded = [
        name
        for name, _, options, _ in schemas.inputs(nodes["ChatAnythingVoiceMixer"])
        if options.get("advanced")
    ]
    if "search_aliases" not in nodes["ChatAnythingVoiceMixer"]:
        pytest.skip("this ComfyUI folds nothing")
    assert {"pitch", "warmth", "seed"} <= set(folded) and "engine" not in folded


def test_previews_are_no_roots_where_comfyui_keeps_them(nodes):
    for name in schemas.PREVIEWS:
        assert nodes[name]["output_node"] != nodes[name].get("has_intermediate_output", False)


def test_texts_for_translators_are_those_of_the_nodes(nodes):
    now = {name: schemas.texts(info) for name, info in nodes.items()}
    saved = schemas.read(schemas.TEXTS)
    assert saved.keys() == now.keys(), WRITE
    for name, entry in now.items():
        assert schemas.on_this_version(name, saved[name], entry) == entry, WRITE


def test_core_nodes_of_the_templates_are_as_recorded(server):
    core = server.get("/object_info")
    newer = "search_aliases" in core["KSampler"]
    for path in (schemas.SNAPSHOTS / "core").glob("*.json"):
        if path.stem in core:  # Generate Text came after ComfyUI 0.8
            saved, now = schemas.read(path), schemas.structure(core[path.stem])
            assert schemas.breaks(saved, now) == [] if newer else saved == now, WRITE


def test_scripts_are_served_once(server):
    ours = [path for path in server.get("/extensions") if "ChatAnything" in path]
    assert len(ours) == len(set(ours))
    assert all(path.startswith("/extensions/ChatAnything/") for path in ours)
    assert [
        path for path in server.get("/extensions") if path.startswith("/extensions/chatanything")
    ] == []


def test_templates_are_listed(server):
    on_disk = sorted(path.stem for path in (schemas.ROOT / "workflows").glob("*.json"))
    assert sorted(server.get("/workflow_templates")["ChatAnything"]) == on_disk
    for name in on_disk:
        assert (
            server.fetch(f"/api/workflow_templates/ChatAnything/{quote(name)}.jpg")[:2]
            == b"\xff\xd8"
        )


@pytest.mark.parametrize("name", KNOWN)
def test_help_is_served(server, name):
    page = schemas.ROOT / "web" / "docs" / f"{name}.md"
    assert server.fetch(f"/extensions/ChatAnything/docs/{name}.md") == page.read_bytes()
