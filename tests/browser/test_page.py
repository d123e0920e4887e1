"""ComfyUI's own page, in a real browser, opens and runs every template."""

import pytest

from tests.browser.conftest import driven
from tests.tools.comfyui import schemas
from tests.tools.comfyui.convert import COMMENTS

pytestmark = [pytest.mark.browser, pytest.mark.comfyui]
NAMES = sorted(path.stem for path in (schemas.ROOT / "workflows").glob("*.json"))
NEED_A_MODEL = {
    *("5 A language model writes", "7 Generate Text writes", "8 ComfyUI paints"),
    *(name for name in NAMES if name.startswith(("11 ", "12 ", "13 "))),
}
"""Opened and looked at, but not run."""
PICTURES = schemas.ROOT / "out" / "browser"


@pytest.fixture(scope="module", params=NAMES)
def seen(node, server, request):
    """What the browser saw of one template, after running it."""
    workflow = schemas.read(schemas.ROOT / "workflows" / f"{request.param}.json")
    kinds = {entry["type"] for entry in workflow["nodes"]} - COMMENTS
    if lacking := kinds - server.get("/object_info").keys():
        pytest.skip(f"this ComfyUI has no {', '.join(sorted(lacking))}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    # What another template left in ComfyUI's cache is not run again, and shows nothing anew.
    server.post("/free", {"unload_models": False, "free_memory": True})
    run = [] if request.param in NEED_A_MODEL else ["run"]
    words = (server.url, request.param, str(PICTURES), *run)
    return {"name": request.param, **driven(node, "page.mjs", *words)}


def test_page_offers_the_files_that_are_missing(seen):
    workflow = schemas.read(schemas.ROOT / "workflows" / f"{seen['name']}.json")
    files = [
        model["name"]
        for node in workflow["nodes"]
        for model in node["properties"].get("models", [])
    ]
    assert [name for name in files if name not in seen["wanted"]] == []
    assert bool(files) == bool(seen["wanted"])


def test_every_node_is_found_and_wired(seen):
    assert (seen["missing"], seen["broken"], seen["unlinked"]) == ([], [], [])


def test_page_complains_of_nothing(seen):
    assert seen["complaints"] == []


def test_seeds_of_new_nodes_stay_as_they_are(seen):
    assert set(seen["controls"]) == {"fixed"}


def test_page_makes_our_api_twin_of_it(seen):
    for entry in seen["prompt"].values():
        recorded = schemas.SNAPSHOTS / "core" / f"{entry['class_type']}.json"
        if recorded.exists():  # newer versions have more inputs, and send what they show
            known = {item["id"] for item in schemas.read(recorded)["inputs"]}
            entry["inputs"] = {k: v for k, v in entry["inputs"].items() if k in known}
    assert seen["prompt"] == schemas.read(
        schemas.ROOT / "workflows" / "api" / f"{seen['name']}.json"
    )


def test_info_button_opens_our_help(seen):
    assert "Inputs" in seen["help"] and "Example" in seen["help"]


def test_nodes_say_who_was_made(seen):
    if seen["name"] in NEED_A_MODEL:
        pytest.skip("needs a model")
    assert seen["shown"]
    assert [kind for kind, text in seen["shown"].items() if not text.strip()] == []


def test_an_app_opens_where_the_page_has_app_mode(seen, server):
    newer = "search_aliases" in server.get("/object_info/KSampler")["KSampler"]
    assert seen["app"] == (newer and seen["name"].startswith("1 "))


def test_it_runs_and_shows_its_video(seen):
    if seen["name"] in NEED_A_MODEL:
        pytest.skip("needs a model")
    assert (seen["done"]["kind"], seen["done"]["error"]) == ("execution_success", None)
    assert seen["done"]["videos"] or seen["name"] == "9 Facetime"
    least = 256 if seen["name"].startswith(("14 ", "15 ")) else 512  # as the model paints
    assert all(video["width"] >= least and video["seconds"] > 1 for video in seen["done"]["videos"])
