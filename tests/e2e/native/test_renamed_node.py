"""The recipe of CONTRIBUTING for a renamed node: prompts with the old id run on versions that can."""

import re

import pytest

from tests.tools.comfyui.client import RefusedError
from tests.tools.comfyui.server import ROOT, comfyui

pytestmark = pytest.mark.comfyui
ENTRY = """

from comfy_api.v0_0_2 import ComfyExtension


class Renamed(ComfyExtension):
    async def get_node_list(self):
        return []


async def comfy_entrypoint():
    await replace_nodes()
    return Renamed()
"""
OLD = {
    "1": {
        "class_type": "ChatAnythingWriter",
        "inputs": {"idea": "grumpy teapot", "engine": "offline", "language": "", "seed": 4},
        "_meta": {"title": "Writer"},
    },
    "2": {"class_type": "PreviewAny", "inputs": {"source": ["1", 1]}},
}
NEW = {
    **OLD,
    "1": {
        "class_type": "ChatAnythingPersona",
        "inputs": {"concept": "grumpy teapot", "engine": "offline", "language": "", "seed": 4},
    },
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    _, _, after = text.partition("## Rename a node\n")
    recipe = re.search(r"```python\n(.*?)```", after, re.DOTALL)
    base = tmp_path_factory.mktemp("comfyui")
    (base / "custom_nodes").mkdir()
    pack = base / "custom_nodes" / "renamed.py"
    pack.write_text(recipe[1] + ENTRY, encoding="utf-8")
    with comfyui(base) as running:
        yield running


def can_replace(server):
    features = server.get("/features")
    return bool(features.get("node_replacements"))


def test_the_recipe_stops_no_version(server):
    log = server.log.read_text(encoding="utf-8", errors="replace")
    assert "renamed.py" in log and "IMPORT FAILED" not in log


def test_a_prompt_with_the_old_id_runs(server):
    if not can_replace(server):
        with pytest.raises(RefusedError, match="ChatAnythingWriter"):
            server.run(OLD)
        return
    old, new = server.run(OLD), server.run(NEW)
    assert (old.error, new.error) == (None, None)
    assert old.outputs["2"] == new.outputs["2"]
    (told,) = server.get("/node_replacements")["ChatAnythingWriter"]
    assert told["new_node_id"] == "ChatAnythingPersona"
    assert told["old_widget_ids"] == ["idea", "engine", "language", "seed"]
