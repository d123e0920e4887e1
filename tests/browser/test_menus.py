"""Menus on ComfyUI's own page offer what belongs to the engine that is chosen on the node."""

import json

import pytest

from tests.browser.conftest import driven
from tests.tools.comfyui import schemas
from tests.tools.comfyui.server import comfyui

pytestmark = [pytest.mark.browser, pytest.mark.comfyui]
PICTURES = schemas.ROOT / "out" / "browser"
PROFILE = [{"name": "local", "address": "http://127.0.0.1:9/v1", "model": "any"}]
LOADED = "an expert of another computer"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    base = tmp_path_factory.mktemp("comfyui")
    (base / "config").mkdir()
    (base / "config" / "profiles.json").write_text(json.dumps(PROFILE), encoding="utf-8")
    (base / "models" / "LLM" / "small").mkdir(parents=True)
    (base / "models" / "LLM" / "small" / "config.json").write_text("{}", encoding="utf-8")
    with comfyui(base) as running:
        yield running


@pytest.mark.parametrize("canvas", ["classic", "vue"])
def test_menus_follow_the_engine(server, node, canvas):
    PICTURES.mkdir(parents=True, exist_ok=True)
    seen = driven(node, "menus.mjs", server.url, str(PICTURES), canvas, seconds=180)
    assert seen["complaints"] == []
    assert seen["sketch"] == ["auto", "soft 3D", "paper cut", "ink"]
    assert {"auto", "starter", "SDXL base 1.0"} <= set(seen["diffusers"])
    assert not {"soft 3D", "paper cut", "ink"} & set(seen["diffusers"])
    assert seen["after"] == "auto", "ink is of another engine"
    assert seen["kept"] == LOADED, "what a workflow holds stays"
    assert seen["loaded"] == [*seen["diffusers"], LOADED]
    assert seen["offline"] == ["automatic"]
    assert seen["openai"] == ["automatic", "local"]
    assert seen["refreshed"] == seen["openai"]
