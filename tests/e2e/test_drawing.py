"""The Drawing node, and faces that are painted into pictures, through a real server."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.tools.comfyui.graphs import change, find, template
from tests.unit.cli.test_drawings_commands import cup

pytestmark = pytest.mark.comfyui


@pytest.fixture
def mascot(server):
    """The name of a transparent picture of a pot in ComfyUI's input folder."""
    picture = Image.new("RGBA", (300, 300))
    pen = ImageDraw.Draw(picture)
    pen.polygon([(50, 80), (250, 80), (220, 280), (80, 280)], fill=(190, 80, 60))
    file = io.BytesIO()
    picture.save(file, "PNG")
    server.put("mascot.png", file.getvalue())
    return "mascot.png"


def painted(mascot, **drawing):
    """Our template with the mascot as the body, up to the portrait; shows its report."""
    prompt = template("2 The whole chain")
    portrait = find(prompt, "Portrait")
    kept = ("Persona", "DiffuserMixer", "Portrait")
    prompt = {key: prompt[key] for key in (find(prompt, kind) for kind in kept)}
    prompt = change(prompt, "Portrait", drawing=["drawing", 0], guide=None, start=None)
    inputs = {"image": ["load", 0], "mask": ["load", 1], "svg": "", **drawing}
    return {
        **prompt,
        "load": {"class_type": "LoadImage", "inputs": {"image": mascot}},
        "drawing": {"class_type": "ChatAnythingDrawing", "inputs": inputs},
        "show": {"class_type": "PreviewAny", "inputs": {"source": [portrait, 2]}},
    }


def test_a_cut_out_picture_becomes_the_body(server, mascot):
    run = server.run(painted(mascot))
    assert not run.error
    report = run.outputs["show"]["text"][0]
    assert "name: the picture" in report and "known by construction" in report
    shown = run.outputs["drawing"]["drawing"][0]
    assert shown["type"] == "temp"
    assert np.allclose(shown["box"], (50 / 300, 80 / 300, 251 / 300, 281 / 300), atol=0.01)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"face": "left"}, "x,y,width"),
        ({"svg": "noto:harp"}, "give one of them"),
    ],
)
def test_what_cannot_be_used_is_said(server, mascot, values, says):
    assert says in str(server.run(painted(mascot, **values)).error)


def test_a_face_is_painted_where_it_is_wanted(server, tmp_path):
    server.put("cup.png", cup(tmp_path / "cup.png").read_bytes())
    prompt = {
        "load": {"class_type": "LoadImage", "inputs": {"image": "cup.png"}},
        "check": {
            "class_type": "ChatAnythingFaceCheck",
            "inputs": {
                "image": ["load", 0],
                "detector": "none",
                "paint": "always",
                "place": "0.5,0.5,0.4",
            },
        },
        "show": {"class_type": "PreviewAny", "inputs": {"source": ["check", 2]}},
        "picture": {"class_type": "PreviewImage", "inputs": {"images": ["check", 4]}},
    }
    run = server.run(prompt)
    assert not run.error
    assert "painted into the picture" in run.outputs["show"]["text"][0]
    assert run.outputs["picture"]["images"]
