"""The main template on a real server: what a user sees when wiring, running and changing it."""

import json

import numpy as np
import pytest

from tests.tools import films
from tests.tools.comfyui import schemas
from tests.tools.comfyui.graphs import change, find, template

pytestmark = pytest.mark.comfyui
PAINTED = ("Persona", "DiffuserMixer", "LandmarkGuidance", "Inversion", "Portrait")


@pytest.fixture(scope="module")
def prompt():
    """The template with something short to say."""
    return change(template("2 The whole chain"), "Speak", text="Hello! I am boiling.")


@pytest.fixture(scope="module")
def first(server, prompt):
    workflow = schemas.read(schemas.ROOT / "workflows" / "2 The whole chain.json")
    run = server.run(prompt, workflow)
    assert run.error is None
    return run


@pytest.fixture(scope="module")
def film(server, prompt, first):
    (saved,) = (file for file in first.files() if file["type"] == "output")
    return films.watch(server.view(saved))


def test_a_concept_becomes_a_saved_video(film):
    assert film.streams == (1, 1)
    assert film.fps == 25
    assert min(film.size) >= 512
    assert 1 < film.seconds < 6


def test_picture_and_sound_end_together(film):
    assert film.seconds == pytest.approx(len(film.samples) / film.rate, abs=0.04 + 1024 / film.rate)


def test_it_moves_and_can_be_heard(film):
    steps = np.abs(np.diff(film.frames.astype(int), axis=0)).mean((1, 2))
    assert (steps > 0.05).mean() > 0.5
    assert np.sqrt((film.samples**2).mean()) > 0.01


def test_saved_video_opens_as_a_workflow_again(film):
    assert json.loads(film.tags["workflow"])["nodes"]
    assert find(json.loads(film.tags["prompt"]), "TalkingHead")


@pytest.fixture
def warm(server, prompt):
    """The template has just been run: ComfyUI remembers the last prompt only."""
    run = server.run(prompt)
    assert run.error is None
    return run


def test_saving_copies_the_pictures_as_they_are(server, prompt, first):
    shown = {
        node: first.outputs[find(prompt, node)]["images"][0]
        for node in ("TalkingHead", "SaveVideo")
    }
    one, two = (films.packets(server.view(file)) for file in shown.values())
    assert one == two


def test_guide_and_voice_show_themselves(server, prompt, first):
    shown = first.outputs[find(prompt, "LandmarkGuidance")]["face"][0]
    assert server.view(shown)[:4] == b"\x89PNG"
    played = first.outputs[find(prompt, "VoiceMixer")]["audio"][0]
    assert server.view(played)[:4] == b"fLaC"


def test_new_words_repaint_nothing(server, prompt, warm):
    again = server.run(change(prompt, "Speak", text="Something else entirely."))
    assert again.error is None
    assert {find(prompt, kind) for kind in (*PAINTED, "VoiceMixer")} <= again.cached
    assert find(prompt, "Speak") in again.ran


def test_another_face_speaks_no_word_again(server, prompt, warm):
    again = server.run(change(prompt, "Portrait", seed=7))
    assert again.error is None
    assert {find(prompt, kind) for kind in ("Persona", "VoiceMixer", "Speak")} <= again.cached
    assert find(prompt, "Portrait") in again.ran


def test_the_same_again_runs_nothing_and_shows_all(server, prompt, warm):
    again = server.run(prompt)
    assert again.ran == []
    shown = {find(prompt, kind) for kind in ("VoiceMixer", "SaveVideo")}
    assert shown <= set(again.outputs)
    assert all(again.outputs[node] == warm.outputs[node] for node in shown)


def test_cancel_stops_at_once_and_leaves_nothing(server, prompt, first):
    before = server.temporary()
    long = change(prompt, "Speak", text="This goes on and on. " * 60)
    head = find(prompt, "TalkingHead")
    with server.start(long) as running:
        while True:
            nodes = running.wait_for("progress_state")["nodes"]
            if nodes.get(head, {}).get("value", 0) > 1:
                break
        server.post("/interrupt", {})
        stopped = running.wait_for("execution_interrupted", seconds=5)
        entry = running.finish().entry
    assert stopped["node_id"] == head
    assert entry["status"]["status_str"] == "error"
    left = {name for name in server.temporary() - before if name.endswith((".mp4", ".part"))}
    assert left == set()
    assert server.run(change(prompt, "Speak", text="Still here.")).error is None


def test_two_prompts_in_the_queue_both_come_out(server, prompt, first):
    one = change(prompt, "Persona", concept="shy cactus")
    two = change(prompt, "Persona", concept="loud trumpet")
    with server.start(one) as first_one, server.start(two) as second:
        runs = [first_one.finish(), second.finish()]
    assert [run.error for run in runs] == [None, None]
    names = [file["filename"] for run in runs for file in run.files() if file["type"] == "output"]
    assert len(set(names)) == 2


def test_a_good_run_leaves_two_lines_in_the_log(server, prompt):
    before = len(server.log.read_bytes())
    assert server.run(change(prompt, "Speak", text="Quietly now.")).error is None
    said = server.log.read_bytes()[before:].decode()
    lines = [line for line in said.splitlines() if line.strip() and "%|" not in line]
    assert [line.split(" in ")[0] for line in lines] == ["got prompt", "Prompt executed"], lines
