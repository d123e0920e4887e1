"""Animatable Portrait over models of several families, on a real ComfyUI."""

import io
import re
import time

import numpy as np
import pytest
from PIL import Image

from tests.tools.comfyui import server as servers
from tests.tools.comfyui.server import ROOT

pytestmark = [pytest.mark.comfyui, pytest.mark.slow]

FAMILIES = ("sd15", "flux", "sd3", "qwen_image", "z_image")
FLOWING = FAMILIES[1:]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    base = tmp_path_factory.mktemp("families")
    (base / "custom_nodes").mkdir()
    pack = ROOT / "tests" / "tools" / "comfyui" / "tiny_families"
    (base / "custom_nodes" / "TinyFamilies").symlink_to(pack, target_is_directory=True)
    with servers.comfyui(base) as client:
        yield client


@pytest.fixture
def faces(server):
    """Say in which of the coming pictures there is a face, and how large: `2:0.6 3`."""

    def write(script):
        server.put("detector.txt", script.encode())
        (server.base / "input" / "detector.seen").unlink(missing_ok=True)

    yield write
    (server.base / "input" / "detector.txt").unlink(missing_ok=True)


def node(kind, **inputs):
    return {"class_type": kind, "inputs": inputs}


def portrait(family="flux", concept="owl", *, guide="", method="", **more):
    """Tiny models, words, perhaps a guide and a start: node 5 is the portrait."""
    graph = {
        "1": node("TinyModel", family=family),
        "2": node("TinyWords", text=concept),
        "3": node("TinyWords", text="ugly"),
        "5": node(
            "ChatAnythingAnimatablePortrait",
            model=["1", 0],
            vae=["1", 1],
            positive=["2", 0],
            negative=["3", 0],
            width=128,
            height=128,
            seed=4,
            steps=4,
            cfg=2.0,
            tries=4,
            sampler_name="euler",
            scheduler="simple",
        ),
        "6": node("SaveImage", images=["5", 0], filename_prefix="portrait"),
        "7": node("PreviewAny", source=["5", 2]),
    }
    if guide:
        graph["4"] = guide_node()
        graph["5"]["inputs"]["guide"] = ["4", 0]
    if guide == "control net":
        graph["5"]["inputs"]["control_net"] = ["1", 2]
    if method:
        graph |= start_nodes(method)
        graph["5"]["inputs"]["start"] = ["9", 0]
    graph["5"]["inputs"] |= more
    return graph


def guide_node():
    place = {"yaw": 0.0, "pitch": 0.0, "roll": 0.0, "scale": 1.0, "x": 0.0, "y": 0.0}
    look = {"face": "average", "expression": "neutral", "map_style": "dots68", "strength": 1.0}
    return node("ChatAnythingLandmarkGuidance", **place, **look)


EXPERT = {
    "name": "any",
    "description": "Paints anything at all, in noise.",
    **dict.fromkeys(("checkpoint", "lora", "vae", "controlnet"), "none"),
    "source": "diffusion.safetensors",
    "family": "comfyui",
    "lora_weight": 1.0,
    "template": "{concept}",
    "negative": "ugly",
    "scheduler": "euler",
    "steps": 4,
    "cfg": 2.0,
    "tags": "",
    "config": "",
}


def start_nodes(method):
    size = {"width": 256, "height": 256}
    return {
        "8": node("ChatAnythingExpert", **EXPERT),
        "9": node(
            "ChatAnythingInversion",
            expert=["8", 0],
            reference=["10", 0],
            strength=0.5,
            method=method,
            seed=0,
            **size,
        ),
        "10": node("EmptyImage", **size, batch_size=1, color=0x806040),
    }


def said(run):
    """The report, and the sentences under the node."""
    assert run.error is None, run.error["exception_message"]
    texts = [part["text"] for part in run.outputs.values() if "text" in part]
    return "\n".join(str(line) for text in texts for line in text)


def tries(run):
    """Seed, control scale, strength and score of each try, as the report tells them."""
    blocks = re.split(r"tries \d+:\n", said(run))[1:]
    return [dict(re.findall(r"^  ([\w ]+): (.+)$", block, re.MULTILINE)) for block in blocks]


def picture(server, run):
    (file,) = (file for file in run.files() if file["type"] == "output")
    return np.asarray(Image.open(io.BytesIO(server.view(file))).convert("RGB"))


def samplings(run):
    """How many samplers ran."""
    return len({name for name in run.ran if data_kind(run, name)})


def data_kind(run, name):
    return any(data["node"] == name for data in run.said("progress"))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_is_tried_until_a_face_is_found(server, faces, family):
    faces("3")
    run = server.run(portrait(family, guide="start", tries=5))
    found = tries(run)
    assert [item["face"] for item in found] == ["guide", "guide", "detected"]
    assert len({item["seed"] for item in found}) == 3
    assert [item.get("strength") for item in found] == [None, "0.74", "0.68"]
    assert "3 tries; number 3 is kept" in said(run)
    assert picture(server, run).shape == (128, 128, 3)


def test_the_best_is_kept_when_none_is_good(server, faces):
    faces("2:0.2 3:0.45 4:0.25")
    run = server.run(portrait(guide="start"))
    found = [item["face"] == "detected" and float(item["score"]) for item in tries(run)]
    assert len(found) == 4 and 0 < max(found) < 0.5
    best = found.index(max(found)) + 1
    assert f"4 tries; number {best} is kept" in said(run)
    faces("1")
    seed = int(tries(run)[best - 1]["seed"])
    alone = portrait(guide="start", seed=seed, guide_strength=0.8 - 0.06 * (best - 1))
    assert np.array_equal(picture(server, server.run(alone)), picture(server, run))


def test_a_good_first_picture_costs_one(server, faces):
    faces("1")
    run = server.run(portrait("sd15", guide="start", concept="fox"))
    assert len(tries(run)) == 1 and "1 try." in said(run)


def test_without_a_detector_there_is_one_try(server):
    run = server.run(portrait("sd15", concept="hen"))
    assert len(tries(run)) == 1


def test_a_control_net_is_heeded_more_with_every_try(server, faces):
    faces("0")
    run = server.run(portrait("sd15", guide="control net"))
    assert [item["control scale"] for item in tries(run)] == ["1.0", "1.3", "1.6", "1.6"]
    assert "a ControlNet that is shown dots68" in said(run)
    assert "strength" not in tries(run)[1]


def test_strict_fails_when_no_try_has_a_face(server, faces):
    faces("0")
    run = server.run(portrait(strict=True, tries=2))
    assert "None of 2 tries" in run.error["exception_message"]


def test_only_the_words_are_new_and_no_model_is_made_again(server, faces):
    faces("0")
    server.run(portrait("sd3", "cat", guide="start", tries=2))
    before = made(server)
    run = server.run(portrait("sd3", "lion", guide="start", tries=2))
    assert len(tries(run)) == 2 and made(server) == before
    assert {"1", "3", "4"} <= run.cached


def made(server):
    return server.log.read_text(errors="replace").count("TINY MODEL MADE")


def test_the_same_again_runs_nothing(server, faces):
    faces("2")
    graph = portrait("z_image", guide="start")
    first, again = server.run(graph), server.run(graph)
    assert tries(first) and again.ran == []


def test_cancel_stops_within_one_step(server, faces):
    faces("0")
    graph = portrait("sd15", steps=200, width=512, height=512)
    with server.start(graph) as running:
        running.wait_for("progress", 120, value=2)
        server.post("/interrupt", {})
        asked = time.monotonic()
        run = running.finish()
    assert run.said("execution_interrupted") and time.monotonic() - asked < 60
    assert run.said("progress")[-1]["value"] <= 5
    faces("1")
    assert picture(server, server.run(portrait("sd15", "after"))).std() > 1


@pytest.mark.parametrize("family", FAMILIES)
def test_the_right_inversion_starts_every_family(server, faces, family):
    faces("1")
    right = "flow" if family in FLOWING else "ddim"
    run = server.run(portrait(family, method=right))
    assert f"a reference as its start ({right})" in said(run)
    near = picture(server, run).astype(float)
    assert np.isfinite(near).all() and near.std() > 1


@pytest.mark.parametrize(("family", "wrong"), [("sd15", "flow"), ("flux", "ddim"), ("sd3", "ddim")])
def test_the_wrong_inversion_is_refused_and_the_right_one_offered(server, family, wrong):
    run = server.run(portrait(family, method=wrong))
    right = {"flow": "ddim", "ddim": "flow"}[wrong]
    assert f"Choose the method `{right}`" in run.error["exception_message"]
