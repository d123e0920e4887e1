"""Our own model through ComfyUI's own samplers, with nothing to download and no network."""

import io

import numpy as np
import pytest
from PIL import Image

from chatanything.landmarks import find_face
from tests.tools.comfyui.graphs import change, find, template

pytestmark = [pytest.mark.comfyui, pytest.mark.slow]
NAME = "14 Our own model paints"


def picture(server, run):
    (file,) = (f for f in run.files() if f["filename"].startswith("starter"))
    return np.asarray(Image.open(io.BytesIO(server.view(file))).convert("RGB"))


def painting(concept="grumpy teapot", **starter):
    """The template up to its picture."""
    prompt = change(template(NAME), "Persona", concept=concept)
    prompt = change(prompt, "Starter", **starter)
    decoded = find(prompt, "VAEDecode")
    prompt = {
        key: node
        for key, node in prompt.items()
        if node["class_type"]
        not in ("SaveVideo", "ChatAnythingFaceCheck", "ChatAnythingTalkingHead")
    }
    save = {"images": [decoded, 0], "filename_prefix": "starter"}
    return prompt | {"save": {"class_type": "SaveImage", "inputs": save}}


def test_the_template_films_it_and_a_new_sentence_repaints_nothing(server):
    run = server.run(template(NAME))
    assert run.error is None
    again = server.run(change(template(NAME), "Speak", text="Another sentence."))
    kinds = {template(NAME)[node]["class_type"] for node in again.ran}
    assert "ChatAnythingSpeak" in kinds
    assert not kinds & {"KSampler", "VAEDecode", "ChatAnythingStarter", "ChatAnythingPersona"}


def test_it_paints_the_thing_where_the_guide_says(server):
    shown = picture(server, server.run(painting()))
    assert shown.shape == (256, 256, 3) and shown.std() > 20
    face = find_face(np.asarray(Image.fromarray(shown).resize((512, 512))))
    assert face.origin in ("detected", "placed")


def test_styles_are_loras_on_one_model(server):
    base, cut = (
        picture(server, server.run(painting(style=s))).astype(int)
        for s in ("starter", "starter paper cut")
    )
    assert np.abs(base - cut).mean() > 10


def test_what_it_does_not_know_is_told(server):
    run = server.run(painting("grumpy microscope"))
    assert "was not trained on 'microscope'" in run.error["exception_message"]
    assert "Portrait" in run.error["exception_message"]


def test_any_model_is_tried_until_a_face_is_found(server):
    run = server.run(template("15 Any model paints"))
    assert run.error is None
    assert any(file["filename"].startswith("any-model") for file in run.files())
