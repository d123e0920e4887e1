"""The facetime tab in ComfyUI's side bar: a held talk, restarts, users, and any front end."""

import json
import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.tools.comfyui.client import Client
from tests.tools.comfyui.server import COMFYUI, ROOT, comfyui, free_port
from tests.tools.servers.prefix_proxy import below_prefix

pytestmark = [pytest.mark.browser, pytest.mark.comfyui]
HERE = ROOT / "tests" / "browser"
PICTURES = ROOT / "out" / "panel"
PATIENCE = 400


def command(node, scene, url, *more):
    pictures = PICTURES / COMFYUI.name
    pictures.mkdir(parents=True, exist_ok=True)
    return [node, "facetime/panel.mjs", scene, url, str(pictures), *more]


def scene(node, name, url, *more):
    done = subprocess.run(
        command(node, name, url, *more),
        cwd=HERE,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def settled(base: Path, *users: str) -> Path:
    """A base folder whose users have seen ComfyUI's welcome."""
    for user in users or ("default",):
        folder = base / "user" / user
        folder.mkdir(parents=True, exist_ok=True)
        welcome = {"Comfy.TutorialCompleted": True, "Comfy.InstalledVersion": "1.35.9"}
        (folder / "comfy.settings.json").write_text(json.dumps(welcome))
    return base


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    with comfyui(settled(tmp_path_factory.mktemp("panel"))) as client:
        yield client


def three_turns(seen):
    assert seen["complaints"] == []
    asked = ["Who are you?", "Tell me a story.", "What do you like?"]
    # Another scene on the same server may have spoken with this character before.
    assert seen["said"] == seen["again"] and seen["said"][-3:] == asked
    assert seen["box"]["width"] > 200 and seen["box"]["height"] > 400


def test_from_a_concept_to_three_turns_and_a_reload(node, panel):
    three_turns(scene(node, "talk", panel.url))


def test_the_node_puts_its_character_into_the_tab(node, panel):
    graph = (ROOT / "workflows" / "9 Facetime.json").read_text("utf-8")
    seen = scene(node, "node", panel.url, graph)
    assert seen["complaints"] == []
    assert seen["messages"] == ["Who are you?"]
    assert "is in the Facetime tab" in seen["shown"]


@pytest.mark.parametrize("nodes2", [(), ("nodes 2",)], ids=["canvas", "nodes 2.0"])
def test_chat_keeps_its_conversation_on_the_canvas(node, panel, nodes2):
    seen = scene(node, "chat", panel.url, json.dumps(chat_graph()), *nodes2)
    assert seen["complaints"] == []
    first, same, second = seen["told"]
    assert first["turns"] == same["turns"] == ["My name is Ada."]
    # The same message once more is the same turn: nothing is asked again.
    assert "ChatAnythingChat" in first["ran"] and "ChatAnythingChat" not in same["ran"]
    assert second["turns"] == ["My name is Ada.", "What is my name?"]
    assert seen["saved"][:5] == ["What is my name?", *CHAT_WIDGETS[1:5]]
    assert "Ada" in seen["saved"][5]
    assert seen["saved"][6] == "automatic"
    assert seen["fresh"] == []


CHAT_WIDGETS = ["Hello!", "offline", 50, 0, "fixed", "", "automatic"]


def chat_graph():
    """Persona and Chat, as a saved workflow."""
    from tests.tools.comfyui import schemas

    saved = schemas.read(ROOT / "workflows" / "3 Chat with a character.json")
    kept = {"ChatAnythingPersona", "ChatAnythingCharacter", "ChatAnythingChat"}
    nodes = {entry["type"]: entry for entry in reversed(saved["nodes"]) if entry["type"] in kept}
    chat = nodes["ChatAnythingChat"]
    (link,) = [one for one in saved["links"] if one[3] == chat["id"] and one[4] == 0]
    (source,) = [entry for entry in nodes.values() if entry["id"] == link[1]]
    for socket in (*chat["inputs"], *source["inputs"]):
        socket["link"] = (
            link[0] if socket["name"] == "persona" and socket in chat["inputs"] else None
        )
    for output in (*chat["outputs"], *source["outputs"]):
        output["links"] = [link[0]] if output is source["outputs"][link[2]] else []
    chat["widgets_values"] = list(CHAT_WIDGETS)
    return {**saved, "nodes": [source, chat], "links": [link], "groups": []}


@pytest.mark.skipif((os.cpu_count() or 1) < 4, reason="three pages with software GL want 4 cores")
def test_three_browsers_talk_at_once(node, panel):
    seen = scene(node, "three", panel.url)
    assert seen["complaints"] == []
    assert len(set(seen["ids"])) == 3
    last = [messages[-1] for messages in seen["messages"]]
    assert last == [f"Hello, I am number {k}." for k in range(3)]


def test_it_paints_its_own_error(node, panel):
    assert "Facetime cannot be shown here: 500" in scene(node, "broken", panel.url)["told"]


def test_it_works_below_a_path_prefix(node, panel):
    with below_prefix(panel.url, "/studio/comfy") as url:
        three_turns(scene(node, "talk", url + "/"))


def test_a_restart_of_comfyui_loses_nothing(node, tmp_path):
    base, port = settled(tmp_path), free_port()
    with comfyui(base, port=port) as client:
        page = subprocess.Popen(
            command(node, "restart", client.url),
            cwd=HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert page.stderr.readline() == "met\n"
    with page, comfyui(base, port=port):
        page.stdin.write("\n")
        page.stdin.flush()
        assert page.stderr.readline() == "sent\n"
        out, complaint = page.communicate(timeout=PATIENCE)
    assert page.returncode == 0, complaint
    assert json.loads(out)["messages"] == ["Who are you?", "Are you still there?"]


def test_users_do_not_see_one_another(node, tmp_path):
    users = {"ada_1": "Ada", "bob_2": "Bob"}
    settled(tmp_path, *users)
    (tmp_path / "user" / "users.json").write_text(json.dumps(users))
    with comfyui(tmp_path, more=("--multi-user",)) as client:
        ada = scene(node, "user", client.url, "ada_1", "grumpy teapot")
        bob = scene(node, "user", client.url, "bob_2", "old fisherman")
        for seen in (ada, bob):
            assert seen["complaints"] == []
            assert [one["id"] for one in seen["known"]] == [seen["id"]]
            assert seen["messages"] == ["Who are you?"]
        unknown(client, "/chatanything/users/eve_3/")
        unknown(client, "/chatanything/panel")


def unknown(client: Client, path: str):
    from urllib.error import HTTPError

    with pytest.raises(HTTPError) as refused:
        client.fetch(path)
    refused.value.close()
    assert refused.value.code == 404


def test_classes_of_the_front_end_may_change(node, tmp_path):
    """The tab needs a box and nothing else of ComfyUI's page."""
    own = renamed_front_end(tmp_path / "front")
    (tmp_path / "base").mkdir()
    base = settled(tmp_path / "base")
    with comfyui(base, more=("--front-end-root", str(own))) as client:
        three_turns(scene(node, "talk", client.url))


def renamed_front_end(folder: Path) -> Path:
    """ComfyUI's own front end, in which every class of its side bar has another name."""
    site = sysconfig.get_paths(vars={"base": str(COMFYUI / ".venv")})["purelib"]
    shutil.copytree(Path(site) / "comfyui_frontend_package" / "static", folder)
    changed = 0
    for path in [*folder.rglob("*.js"), *folder.rglob("*.css")]:
        text = path.read_text("utf-8", errors="surrogateescape")
        new = re.sub(
            r"\b(side-?bar|comfy|graph-canvas|splitter)-([a-z-]+)(?=[\s\"'`\]{.,:])",
            r"x-\1-\2",
            text,
        )
        if path.suffix == ".css" or "class" in text:
            changed += new != text
            path.write_text(new, "utf-8", errors="surrogateescape")
    assert changed > 3
    return folder
