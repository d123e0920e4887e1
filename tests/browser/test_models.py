"""The button of Face Check, in ComfyUI's own page: it asks first, and says what became of it."""

import json
import shutil
from pathlib import Path

import pytest

from chatanything.downloads import find_model
from tests.browser.conftest import CHROMIUM, HERE, driven
from tests.tools.comfyui import schemas

pytestmark = [pytest.mark.browser, pytest.mark.comfyui]
PICTURES = schemas.ROOT / "out" / "browser"


@pytest.fixture(scope="module")
def seen(server):
    """What the browser saw; the server is told to stay offline, so nothing is fetched."""
    ready = (HERE / "node_modules" / "playwright-core").exists() and Path(CHROMIUM).exists()
    node = shutil.which("node")
    if not (ready and node):
        pytest.skip("no browser: install node and chromium, then `make browser`")
    (file,) = find_model("face").files
    place = server.base / "models" / "mediapipe" / file.name
    PICTURES.mkdir(parents=True, exist_ok=True)
    words = (server.url, str(PICTURES), str(place), str(file.bytes))
    return driven(node, "models.mjs", *words, seconds=180)


def test_the_button_is_there_and_is_no_input(seen):
    assert seen["node"]["type"] == "button"
    assert seen["node"]["saved"] == ["auto", "", "never", "", 1, False]
    sent = {"detector", "points", "paint", "place", "number", "strict"}
    assert set(seen["node"]["sent"]) == sent


def test_it_shows_size_licence_and_address_first(seen):
    for part in ("4 MB", "Apache-2.0", "https://storage.googleapis.com/", "face_landmarker.task"):
        assert part in seen["question"]
    assert seen["afterCancel"] == []


def test_it_sends_an_id_alone_and_tells_what_the_server_says(seen):
    assert [json.loads(body) for body in seen["asked"]] == [{"id": "face"}] * 2
    assert "HF_HUB_OFFLINE is set" in seen["refused"]


def test_all_buttons_go_when_the_models_are_here(seen):
    assert "Run the workflow again" in seen["thanked"]
    assert seen["left"] and "button" not in seen["left"]
