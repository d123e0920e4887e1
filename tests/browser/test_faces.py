"""A face is moved by mouse on ComfyUI's own page, and the film follows."""

import io
import json
import os
import shutil
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from chatanything.diffusion import PaintJob, paint
from chatanything.landmarks.detectors.mediapipe_to_68 import MESH_OF_68
from chatanything.voice import choose_voice, speak
from tests.browser.conftest import CHROMIUM, HERE, driven
from tests.e2e.media.test_any_media import OPTIONS, encoded, sound
from tests.tools import plugins
from tests.tools.comfyui import schemas
from tests.tools.comfyui.server import comfyui, comfyui_python, pack_packages
from tests.tools.samples import plain_persona, style

pytestmark = [pytest.mark.browser, pytest.mark.comfyui]
PICTURES = schemas.ROOT / "out" / "browser"
CANVASES = ["classic", "vue"]
FINDER = """
import json
import numpy as np

class FindFaces:
    CATEGORY, FUNCTION, RETURN_TYPES = "test", "find", ("FACE_LANDMARKS",)

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"meshes": ("STRING", {"multiline": True}), "image": ("IMAGE",)}}

    def find(self, meshes, image):
        faces = [{"landmarks_xy": np.array(mesh, np.float32)} for mesh in json.loads(meshes)]
        return ({"frames": [faces], "image_size": tuple(image.shape[1:3])},)

NODE_CLASS_MAPPINGS = {"FindFaces": FindFaces}
"""
"""A pack whose faces are what core's Detect Face Landmarks hands on, without its 4 MB of weights."""

PAIR = ((0.5, (0.0, 0.25)), (0.4, (0.55, 0.3)))
"""Sizes and places of two faces on a square picture, as shares of it."""
TWO = """
import numpy

POINTS = numpy.array({points})


def register(chatanything):
    class Two:
        def detect(self, image, confidence):
            size = (image.shape[1], image.shape[0])
            return tuple(chatanything.Face(points, size, "detected") for points in POINTS)

    chatanything.detectors.add("two", Two, about="two faces, always in the same places")
"""


def pair_of(portrait):
    """The points of two faces, the larger first, shape (2, 68, 2)."""
    return np.stack([portrait.face.points * size + place for size, place in PAIR])


@pytest.fixture(scope="module")
def server(tmp_path_factory, portrait):
    base = tmp_path_factory.mktemp("comfyui")
    (base / "custom_nodes").mkdir()
    (base / "custom_nodes" / "find_faces.py").write_text(FINDER, encoding="utf-8")
    packages = plugins.install(
        tmp_path_factory.mktemp("site"), "two", TWO.format(points=pair_of(portrait).tolist())
    )
    python = comfyui_python()
    places = [str(packages), *([str(pack_packages(python))] if python else [])]
    with comfyui(base, PYTHONPATH=os.pathsep.join(places)) as running:
        yield running


@pytest.fixture(scope="module")
def portrait():
    return paint(PaintJob(plain_persona("cheerful apple"), style("soft 3D"), seed=3))


@pytest.fixture(scope="module")
def browse(server, portrait):
    """What the browser saw of a prompt whose node of a kind was dragged by some steps."""
    if not ((HERE / "node_modules" / "playwright-core").exists() and Path(CHROMIUM).exists()):
        pytest.skip("no browser: install node and chromium, then `make browser`")
    server.put("apple.png", encoded(Image.fromarray(portrait.image)))
    said = speak(choose_voice(plain_persona("apple").voice, engine="espeak"), "Oh! Wow. Aha!")
    server.put("said.wav", sound(said.samples, rate=said.rate))
    PICTURES.mkdir(parents=True, exist_ok=True)

    def seen(name, prompt, canvas, kind, steps):
        file = server.base / f"{name}.json"
        file.write_text(json.dumps(prompt), encoding="utf-8")
        words = (server.url, str(file), str(PICTURES), canvas, kind, json.dumps(steps))
        found = driven(shutil.which("node"), "faces.mjs", *words, seconds=280)
        assert found["complaints"] == []
        return found

    return seen


def talks(points):
    load = {"class_type": "LoadImage", "inputs": {"image": "apple.png"}}
    check = {"image": ["1", 0], "detector": "none", "points": json.dumps(points)}
    head = {"image": ["3", 4], "audio": ["2", 0], "face": ["3", 0], **OPTIONS}
    head |= dict.fromkeys(("blink", "brows", "gaze", "head_motion", "breath"), 0.0)
    return {
        "1": load,
        "2": {"class_type": "LoadAudio", "inputs": {"audio": "said.wav"}},
        "3": {"class_type": "ChatAnythingFaceCheck", "inputs": check},
        "4": {"class_type": "ChatAnythingTalkingHead", "inputs": head},
    }


def film(server, run):
    content = server.view(run["shown"]["4"]["images"][0])
    with av.open(io.BytesIO(content)) as file:
        return np.stack([f.to_ndarray(format="rgb24") for f in file.decode(video=0)]).astype(int)


@pytest.mark.parametrize("canvas", CANVASES)
def test_the_drag_of_a_mouth_corner_changes_the_film(server, browse, portrait, canvas):
    points = portrait.face.points
    prompt = talks(points.tolist())
    seen = browse("corner", prompt, canvas, "ChatAnythingFaceCheck", [["corner=54", 0.05, 0.06]])
    assert (seen["first"]["error"], seen["second"]["error"]) == (None, None)
    dragged = np.array(json.loads(seen["values"]["points"]))
    assert np.allclose(dragged[54] - points[54], (0.05, 0.06), atol=0.01), "the corner went along"
    assert np.allclose(dragged[48], points[48], atol=0.002), "the other one stayed"
    assert seen["values"]["points"] in seen["saved"], "kept with the workflow"
    assert "face_points" not in seen["sent"]
    assert seen["place"] == seen["before"], "the node itself did not move"
    before, after = film(server, seen["first"]), film(server, seen["second"])
    x, y = (points[48:68].mean(0) * 512).astype(int)
    mouth = np.s_[:, y - 60 : y + 60, x - 60 : x + 60]
    changed = np.abs(before - after).max(-1)
    assert changed[mouth].max() > 60, "another mouth moves"
    assert np.percentile(changed[:, :40], 99) < 30, "and the rest stays as it was"
    shown = seen["second"]["shown"]["3"]
    assert shown["text"][0].startswith("Points set by the user")


@pytest.mark.parametrize("canvas", CANVASES)
def test_parts_and_the_whole_face_are_dragged_and_sized(browse, portrait, canvas):
    points = portrait.face.points
    steps = [["part=leftEye", -0.03, -0.02], ["face=all", 0.02, 0.03], ["part=mouth", 0, 0, 3]]
    prompt = {"1": talks(points.tolist())["1"], "3": talks(points.tolist())["3"]}
    seen = browse("parts", prompt, canvas, "ChatAnythingFaceCheck", steps)
    found = np.array(json.loads(seen["values"]["points"]))
    moved = found - points
    assert np.allclose(moved[[36, 39]], (-0.01, 0.01), atol=0.005)
    assert np.allclose(moved[[42, 45]], (0.02, 0.03), atol=0.005)
    width = lambda face: face[54, 0] - face[48, 0]  # noqa: E731
    assert width(found) / width(points) == pytest.approx(1.04**3, abs=0.02)


@pytest.mark.parametrize("canvas", CANVASES)
def test_a_guide_is_dragged_too(browse, canvas):
    guide = {
        "class_type": "ChatAnythingLandmarkGuidance",
        "inputs": {
            "face": "average", "expression": "neutral", "yaw": 0, "pitch": 0, "roll": 0,
            "scale": 1.0, "x": 0, "y": 0, "map_style": "dots68", "strength": 1.0,
        },
    }  # fmt: skip
    show = {"class_type": "PreviewImage", "inputs": {"images": ["3", 1]}}
    steps = [["face=all", 0.1, 0.05]]
    kind = "ChatAnythingLandmarkGuidance"
    seen = browse("guide", {"3": guide, "4": show}, canvas, kind, steps)
    before, after = (
        np.array(seen[run]["shown"]["3"]["face"][0]["points"]) for run in ("first", "second")
    )
    assert np.allclose(after - before, (0.1, 0.05), atol=0.01)


def meshes_of(*faces):
    """Meshes of 468 points, of which the 68 are those of faces in pixels."""
    meshes = [np.tile(face.mean(0), (468, 1)) for face in faces]
    for mesh, face in zip(meshes, faces, strict=True):
        mesh[MESH_OF_68] = face
    return json.dumps([mesh.round(1).tolist() for mesh in meshes])


@pytest.mark.parametrize("canvas", CANVASES)
def test_another_face_is_chosen_by_a_click(server, browse, portrait, canvas):
    small = np.asarray(Image.fromarray(portrait.image).resize((384, 384)))
    pair = np.full((512, 896, 3), 200, np.uint8)
    pair[:, :512], pair[64:448, 512:] = portrait.image, small
    server.put("pair.png", encoded(Image.fromarray(pair)))
    first, second = portrait.face.points * 512, portrait.face.points * 384 + (512, 64)
    check = {"image": ["1", 0], "detector": "none", "landmarks": ["2", 0]}
    prompt = {
        "1": {"class_type": "LoadImage", "inputs": {"image": "pair.png"}},
        "2": {
            "class_type": "FindFaces",
            "inputs": {"image": ["1", 0], "meshes": meshes_of(second, first)},
        },
        "3": {"class_type": "ChatAnythingFaceCheck", "inputs": check},
    }
    steps = [["face=all", 0.02, 0.0], ["number=2", 0, 0]]
    seen = browse("choose", prompt, canvas, "ChatAnythingFaceCheck", steps)
    before, after = (
        np.array(seen[run]["shown"]["3"]["face"][0]["points"]) for run in ("first", "second")
    )
    assert np.allclose(before * (896, 512), first, atol=1), "the largest, at first"
    assert np.allclose(after * (896, 512), second, atol=1), "then the one that was clicked"
    chosen = {"number": 2, "points": ""}
    assert {name: seen["values"][name] for name in chosen} == chosen, "what was dragged is gone"
    assert 2 in seen["saved"], "kept with the workflow"


@pytest.mark.parametrize("canvas", CANVASES)
def test_another_face_of_a_guides_reference_is_taken(server, browse, portrait, canvas):
    page = Image.new("RGB", (512, 512), (200, 200, 200))
    for size, place in PAIR:
        corner = tuple(round(512 * share) for share in place)
        page.paste(Image.fromarray(portrait.image).resize((round(512 * size),) * 2), corner)
    server.put("two.png", encoded(page))
    guide = {
        "face": "average", "expression": "neutral", "yaw": 0, "pitch": 0, "roll": 0, "scale": 1.0,
        "x": 0, "y": 0, "map_style": "dots68", "strength": 1.0, "reference": ["1", 0],
    }  # fmt: skip
    prompt = {
        "1": {"class_type": "LoadImage", "inputs": {"image": "two.png"}},
        "3": {"class_type": "ChatAnythingLandmarkGuidance", "inputs": guide},
        "4": {"class_type": "PreviewImage", "inputs": {"images": ["3", 1]}},
    }
    kind = "ChatAnythingLandmarkGuidance"
    seen = browse("take", prompt, canvas, kind, [["number=2", 0, 0]])
    before, after = (
        np.array(seen[run]["shown"]["3"]["face"][0]["points"]) for run in ("first", "second")
    )
    first, second = pair_of(portrait)
    assert np.allclose(before.mean(0), first.mean(0), atol=0.03), "the largest, at first"
    assert np.allclose(after, second, atol=0.002), "then the one that was clicked"
    assert seen["values"]["points"] in seen["saved"], "kept with the workflow"
