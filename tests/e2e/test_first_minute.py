"""The first template over the API: one sentence in, a film and who was made out."""

import pytest

from tests.tools.comfyui.graphs import change, find, template

pytestmark = pytest.mark.comfyui
FIRST = "1 Concept to talking video"


@pytest.fixture(scope="module")
def prompt():
    return change(change(template(FIRST), "Speak", text="Well?"), "Character", concept="shy cactus")


@pytest.fixture(scope="module")
def run(server, prompt):
    return server.run(prompt)


def told(run, prompt, kind):
    return "\n".join(run.outputs[find(prompt, kind)]["text"])


def test_it_makes_a_film(run, prompt):
    assert run.error is None
    (film,) = run.outputs[find(prompt, "SaveVideo")]["images"]
    assert film["filename"].endswith(".mp4")


def test_it_tells_who_was_made(run, prompt):
    said = told(run, prompt, "Character")
    assert "cactus" in said and "Voice: " in said and "animatability" in said
    assert len(run.outputs[find(prompt, "Character")]["images"]) == 1
    assert told(run, prompt, "Speak") == "“Well?”"
    assert told(run, prompt, "TalkingHead").startswith("Landmarks known by construction")


def test_the_whole_chain_makes_the_same_person(server, prompt, run):
    """With the same concept and seed: Character is a shorter way, not another one."""
    whole = change(template("2 The whole chain"), "Persona", concept="shy cactus")
    kept = {find(whole, kind): whole[find(whole, kind)] for kind in ("Persona", "VoiceMixer")}
    kept["show"] = {
        "class_type": "PreviewAny",
        "inputs": {"source": [find(whole, "VoiceMixer"), 2]},
    }
    other = server.run(kept)
    name, voice = told(other, kept, "Persona").splitlines()[0], told(other, kept, "VoiceMixer")
    said = told(run, prompt, "Character").splitlines()
    assert said[0] == name and voice.splitlines()[0] in said


def test_another_sentence_makes_nobody_anew(server, prompt):
    server.run(prompt)
    again = server.run(change(prompt, "Speak", text="So?"))
    assert find(prompt, "Character") in again.cached
