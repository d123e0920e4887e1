"""The Face Check node on pictures that people really have, and on points that they set."""

import io
import json

import numpy as np
import pytest
from PIL import Image

from chatanything.diffusion import PaintJob, paint
from tests.tools.samples import plain_persona, style

pytestmark = pytest.mark.comfyui


@pytest.fixture(scope="module")
def portrait():
    return paint(PaintJob(plain_persona("cheerful apple"), style("soft 3D"), seed=3))


def encoded(picture, kind="PNG", **options):
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def check(server, name, content, **values):
    """The node's report on a picture, or the error that it stopped with."""
    server.put(name, content)
    prompt = {
        "load": {"class_type": "LoadImage", "inputs": {"image": name}},
        "check": {
            "class_type": "ChatAnythingFaceCheck",
            "inputs": {"image": ["load", 0], "detector": "none", **values},
        },
        "show": {"class_type": "PreviewAny", "inputs": {"source": ["check", 2]}},
    }
    run = server.run(prompt)
    return run.error or run.outputs["show"]["text"][0]


def pictures(portrait):
    apple = Image.fromarray(portrait.image)
    pair = np.concatenate([portrait.image, portrait.image[:, ::-1]], 1)
    deep = np.asarray(apple.convert("L"), np.uint16) * 257
    return {
        "pair.png": encoded(Image.fromarray(pair)),
        "deep.png": encoded(Image.fromarray(deep)),
        "print.jpg": encoded(apple.convert("CMYK"), "JPEG"),
        "moving.gif": encoded(apple, "GIF", save_all=True, append_images=[Image.new("RGB", (512, 512))]),
        "clear.png": encoded(apple.convert("RGBA")),
        "large.jpg": encoded(apple.resize((2500, 2500)), "JPEG"),
    }  # fmt: skip


def test_pictures_of_every_kind_get_a_face(server, portrait):
    for name, content in pictures(portrait).items():
        report = check(server, name, content)
        assert isinstance(report, str) and "placed" in report, (name, report)


def test_the_users_points_are_taken(server, portrait):
    corners = portrait.face.points[[36, 39, 42, 45, 48, 54]] * 512
    content = encoded(Image.fromarray(portrait.image))
    report = check(server, "apple.png", content, points=json.dumps(corners.tolist()))
    assert "points set by the user" in report


@pytest.mark.parametrize(
    ("points", "says"),
    [
        ("[[1, 2], [3, 4]]", "2 points"),
        ("[[NaN, 2], [30, 4], [50, 4], [60, 4], [20, 50], [40, 50]]", "finite"),
        ("[[900, 2], [30, 4], [50, 4], [60, 4], [20, 50], [40, 50]]", "outside the picture"),
        ("left eye: 20, 30", "not JSON"),
    ],
)
def test_points_that_cannot_be_used_are_explained(server, portrait, points, says):
    error = check(server, "apple.png", encoded(Image.fromarray(portrait.image)), points=points)
    assert error["exception_type"] == "chatanything.InputError", error
    assert says in error["exception_message"] and error["node_type"] == "ChatAnythingFaceCheck"


def test_a_picture_that_is_cut_short(server, portrait):
    whole = encoded(Image.fromarray(portrait.image), "JPEG")
    report = check(server, "cut.jpg", whole[: len(whole) // 2])
    # ComfyUI's own loader gives what was there; we put a face on it all the same.
    assert isinstance(report, str) and "placed" in report, report
