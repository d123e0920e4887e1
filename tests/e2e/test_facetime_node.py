"""Facetime and Duet without a page: everything by nodes and routes."""

import io
import json
import urllib.error
import urllib.request

import av
import pytest

from tests.tools.comfyui import graphs

pytestmark = pytest.mark.comfyui
ROOT = "/chatanything/users/default/chatanything/facetime"


@pytest.fixture(scope="module")
def met(server):
    """The run of the template, and the id of its character."""
    prompt = graphs.template("9 Facetime")
    run = server.run(prompt)
    return run, run.outputs[graphs.find(prompt, "Facetime")]["facetime"][0]


def test_the_node_says_whom_it_brought(met):
    run, found = met
    (shown,) = [outputs for outputs in run.outputs.values() if "facetime" in outputs]
    assert len(found) == 16
    assert "is in the Facetime tab" in shown["text"][0]


def test_the_same_graph_brings_the_same_character(server, met):
    prompt = graphs.change(graphs.template("9 Facetime"), "Facetime", seed=1)
    other = server.run(prompt).outputs[graphs.find(prompt, "Facetime")]["facetime"][0]
    prompt = graphs.change(prompt, "Facetime", seed=0)
    again = server.run(prompt).outputs[graphs.find(prompt, "Facetime")]["facetime"][0]
    assert again == met[1] != other


def test_it_is_talked_with_over_http(server, met):
    path = f"{ROOT}/characters/{met[1]}"
    before = server.get(path)
    body = {"message": "Who are you?", "turn": "turn-0001"}
    asked = urllib.request.Request(
        server.url + path + "/say", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    raw = urllib.request.urlopen(asked, timeout=120).read()
    assert b"SENTENCE" in raw and b"RUN_FINISHED" in raw
    after = server.get(path)
    assert len(after["turns"]) == len(before["turns"]) + 1
    assert after["concept"] == "grumpy teapot"
    assert server.fetch(f"{path}/portrait.png").startswith(b"\x89PNG")
    # The same routes are found below /api, where ComfyUI's page asks.
    assert server.get(f"/api{path}")["turns"] == after["turns"]


def test_the_panel_and_the_stage_have_addresses(server, met):
    assert server.get("/chatanything/panel") == {"page": "/chatanything/users/default/"}
    assert b"facetime/app.mjs" in server.fetch("/chatanything/users/default/")
    assert b"facetime/alone.mjs" in server.fetch(f"/chatanything/stage?character={met[1]}")


@pytest.mark.parametrize(
    "path",
    [
        "/chatanything/users/nobody/",
        "/chatanything/stage?user=nobody",
        "/chatanything/users/default/web/../pyproject.toml",
        f"{ROOT}/characters/{'0' * 16}",
    ],
)
def test_nothing_else_is_told(server, path):
    with pytest.raises(urllib.error.HTTPError) as refused:
        server.fetch(path)
    assert refused.value.code == 404


def test_other_sites_change_nothing(server):
    asked = urllib.request.Request(
        f"{server.url}{ROOT}/characters",
        b'{"concept": "cat"}',
        {"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"},
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=60)
    assert refused.value.code == 403


def test_two_talk_in_one_film(server):
    prompt = graphs.change(graphs.template("10 Two talk"), "Duet", limit=8)
    run = server.run(prompt)
    shown = run.outputs[graphs.find(prompt, "Duet")]
    assert len(shown["text"]) == 2
    (file,) = [one for one in run.files() if one["filename"].endswith(".mp4")]
    with av.open(io.BytesIO(server.view(file))) as film:
        (picture,), (sound,) = film.streams.video, film.streams.audio
        assert picture.width == 2 * picture.height
        assert sound.layout.name == "stereo"
