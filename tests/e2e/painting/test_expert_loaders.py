"""Experts of every kind expand to the loaders that they need."""

import json
import subprocess

import pytest

from tests.tools.comfyui import server as servers

pytestmark = [pytest.mark.comfyui, pytest.mark.slow]


@pytest.fixture(scope="module")
def found():
    python = servers.comfyui_python() or pytest.skip(servers.MISSING)
    script = servers.ROOT / "tests" / "tools" / "comfyui" / "expert_loaders.py"
    done = subprocess.run(
        [str(python), str(script), str(servers.COMFYUI), str(servers.ROOT)],
        capture_output=True,
        text=True,
        env=servers.comfyui_environment(python),
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        ("one", "CLIPLoader"),
        ("two", "DualCLIPLoader"),
        ("three", "TripleCLIPLoader"),
        ("four", "QuadrupleCLIPLoader"),
    ],
)
def test_as_many_encoders_as_are_named(found, case, kind):
    nodes = dict(found[case])
    assert {"UNETLoader", "VAELoader", kind} <= set(nodes)
    assert "CheckpointLoaderSimple" not in nodes
    names = [value for key, value in sorted(nodes[kind].items()) if key.startswith("clip_name")]
    assert names == list("abcd")[: len(names)] and names


def test_types_go_to_loaders_that_have_some(found):
    assert dict(found["one"])["CLIPLoader"]["type"] == "qwen_image"
    assert dict(found["two"])["DualCLIPLoader"]["type"] == "flux"
    assert "type" not in dict(found["three"])["TripleCLIPLoader"]


def test_loras_lie_on_the_loaded_model(found):
    assert dict(found["two"])["LoraLoader"]["lora_name"] == "lora"


def test_a_type_that_the_loader_does_not_know_is_told_with_those_it_does(found):
    assert "'nonsense'" in found["unknown"] and "flux" in found["unknown"]


def test_a_checkpoint_is_loaded_as_ever(found):
    assert [kind for kind, _ in found["checkpoint"]] == ["CheckpointLoaderSimple", "VAELoader"]
