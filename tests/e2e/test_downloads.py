"""The routes by which ComfyUI's page fetches models: who may, what may be asked, what is said.

No test fetches anything: one server is told to stay offline, the other one is only asked what it
refuses.
"""

import http.client
import json
from urllib.parse import urlsplit

import pytest

from chatanything.downloads import find_model, models
from tests.tools.comfyui.server import comfyui

pytestmark = pytest.mark.comfyui
ROUTE = "/chatanything/downloads"
UNCHECKED = next(model.id for model in models() if not model.checked)


@pytest.fixture(scope="module")
def online(tmp_path_factory):
    """A server that might download, with a proxy that nothing answers at, to be on the safe side."""
    nowhere = "http://127.0.0.1:9"
    settings = {"HF_HUB_OFFLINE": "0", "HTTPS_PROXY": nowhere, "https_proxy": nowhere}
    base = tmp_path_factory.mktemp("online")
    with comfyui(
        base, COMFYUI_DIR=str(base), CHATANYTHING_CACHE=str(base / "cache"), **settings
    ) as client:
        yield client


def send(server, method, path, body=None, **headers):
    """Status and JSON of the answer; None where the answer is not JSON."""
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, headers)
    reply = connection.getresponse()
    text = reply.read()
    connection.close()
    try:
        return reply.status, json.loads(text)
    except ValueError:
        return reply.status, None


def post(server, body, **headers):
    kind = {"Content_Type": "application/json"}
    return send(server, "POST", ROUTE, json.dumps(body), **(kind | headers))


def status_of(server):
    return send(server, "GET", f"{ROUTE}/face")[1]["status"]


def test_the_page_sees_size_licence_address_and_place(online):
    status, face = send(online, "GET", f"{ROUTE}/face")
    assert (status, face["status"], face["needed"]) == (200, "missing", True)
    assert (face["size"], face["licence"]) == (3_758_596, "Apache-2.0")
    (file,) = face["files"]
    assert file["address"].startswith("https://storage.googleapis.com/mediapipe-models/")
    assert file["path"] == str(online.base / "models" / "mediapipe" / "face_landmarker.task")


def test_it_stays_offline_where_that_is_wanted(server):
    status, told = post(server, {"id": "face"})
    assert status == 409 and "HF_HUB_OFFLINE is set" in told["error"]
    assert status_of(server) == "missing"


@pytest.mark.parametrize(
    "body",
    [
        {"id": "faces"},
        {"id": "../face"},
        {"id": "face", "source": "https://evil.example/face_landmarker.task"},
        {"id": "face", "address": "https://evil.example/"},
        {"id": ["face"]},
        {},
        "face",
        {"id": "f" * 5000},
    ],
)
def test_only_an_id_of_the_catalogue_is_taken(online, body):
    status, told = post(online, body)
    assert status == 400 and told["error"]
    assert status_of(online) == "missing"


def test_unknown_models_are_not_there(online):
    status, told = send(online, "GET", f"{ROUTE}/faces")
    assert status == 404 and "no model 'faces'" in told["error"]


def test_files_that_cannot_be_checked_are_refused(online):
    status, told = post(online, {"id": UNCHECKED})
    assert status == 409 and "sha256" in told["error"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_forms_of_other_sites_are_refused(online, kind):
    """What a page may send to another site without asking it first."""
    status, told = send(online, "POST", ROUTE, json.dumps({"id": "face"}), Content_Type=kind)
    assert status == 400 and "application/json" in told["error"]
    assert status_of(online) == "missing"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://evil.example", "Host": "comfy.lan:8188"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_other_sites_are_refused(online, headers):
    status, _ = post(online, {"id": "face"}, **headers)
    assert status == 403
    assert status_of(online) == "missing"


def test_looking_changes_nothing(online):
    for method, path in (("GET", ROUTE), ("PUT", ROUTE), ("POST", f"{ROUTE}/face")):
        assert send(online, method, path)[0] in (404, 405)
    assert status_of(online) == "missing"


def test_a_download_that_fails_is_told(online):
    """The own page's request is taken; its download ends at the proxy that nothing answers at."""
    origin = {"Origin": online.url, "Sec_Fetch_Site": "same-origin"}
    status, begun = post(online, {"id": "face"}, **origin)
    assert status == 200 and begun["status"] in ("running", "failed")
    while (seen := send(online, "GET", f"{ROUTE}/face")[1])["status"] == "running":
        pass
    assert seen["status"] == "failed" and "broke" in seen["error"]
    assert not list((online.base / "models").rglob("*.task*"))


def test_face_check_runs_anew_when_a_detector_has_been_added(online):
    (file,) = find_model("face").files
    place = online.base / "models" / "mediapipe" / file.name
    prompt = {
        "picture": {
            "class_type": "EmptyImage",
            "inputs": {"width": 96, "height": 96, "batch_size": 1, "color": 8_000_000},
        },
        "check": {
            "class_type": "ChatAnythingFaceCheck",
            "inputs": {"image": ["picture", 0], "detector": "none", "points": ""},
        },
    }
    assert "check" in online.run(prompt).ran
    assert "check" in online.run(prompt).cached
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(bytes(file.bytes))
    try:
        again = online.run(prompt)
    finally:
        place.unlink()
    assert "check" in again.ran and "picture" in again.cached
