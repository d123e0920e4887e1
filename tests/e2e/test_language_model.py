"""A language model on the canvas: it is asked, its key is seen nowhere, its failures are reported."""

import json

import pytest

from chatanything.llm.profiles import Profile, add_profile
from tests.tools.comfyui.graphs import change, find, template
from tests.tools.comfyui.server import comfyui
from tests.tools.servers.llm_server import Reply, running

pytestmark = [pytest.mark.comfyui, pytest.mark.slow]
CANARY = "sk-canary-5d1e0ac7b3f94286"
OPENAI = ("openai", "jiter", "sniffio")
"""What the `openai` engine needs and ComfyUI lacks."""


def instance(schema, root, name=""):
    """The simplest data that fits a JSON schema."""
    if name == "language":
        return "en-GB"
    if "$ref" in schema:
        return instance(root["$defs"][schema["$ref"].rpartition("/")[2]], root, name)
    if "anyOf" in schema:
        return instance(schema["anyOf"][0], root)
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "object":
        return {key: instance(entry, root, key) for key, entry in schema["properties"].items()}
    if schema["type"] == "array":
        return [instance(schema["items"], root)]
    return {"string": "Good evening", "boolean": True, "integer": 0}.get(schema["type"], 0.25)


def obliging(body, number):
    schema = body["response_format"]["json_schema"]["schema"]
    return Reply(json.dumps(instance(schema, schema)))


@pytest.fixture(scope="module")
def model():
    with running() as server:
        yield server


@pytest.fixture(scope="module")
def server(model, tmp_path_factory):
    base = tmp_path_factory.mktemp("comfyui-llm")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHATANYTHING_CONFIG_DIR", str(base / "config"))
        patch.setenv("CANARY_KEY", CANARY)
        add_profile(
            Profile("lab", model.url, "tiny", key="environment", variable="CANARY_KEY", timeout=8)
        )
        with comfyui(base, packages=OPENAI) as client:
            yield client


@pytest.fixture
def prompt():
    return template("5 A language model writes")


def everything(server, *runs):
    """All that a user, a web page or a reader of files could see, as bytes."""
    seen = [json.dumps([run.events, run.entry]).encode() for run in runs]
    seen += [server.fetch(path) for path in ("/history", "/object_info", "/queue", "/extensions")]
    files = [path for path in server.base.rglob("*") if path.is_file() and not path.is_symlink()]
    return seen + [path.read_bytes() for path in files]


def test_the_model_writes_casts_and_talks(server, model, prompt):
    model.behave = obliging
    run = server.run(prompt)
    assert run.error is None
    assert run.outputs[find(prompt, "Chat")]["text"] == ["Good evening"]
    assert len(model.asked) == 3, [question["messages"][-1] for question in model.asked]
    assert prompt[find(prompt, "Persona")]["inputs"]["concept"] in json.dumps(model.asked[0])
    assert {headers["Authorization"] for headers in model.headers} == {f"Bearer {CANARY}"}
    assert not [True for seen in everything(server, run) if CANARY.encode() in seen]


def test_asking_again_costs_nothing(server, model, prompt):
    model.behave = obliging
    server.run(prompt)
    asked = len(model.asked)
    run = server.run(change(prompt, "TalkingHead", seed=5))
    assert run.error is None
    assert len(model.asked) == asked


@pytest.mark.parametrize("status", [401, 500])
def test_a_refusing_server_is_told_without_the_key(server, model, prompt, status):
    model.behave = lambda body, number: Reply("no", status=status)
    run = server.run(change(prompt, "Persona", seed=status))
    assert run.error["exception_type"].startswith("chatanything.")
    assert "\n" not in run.error["exception_message"].strip()
    assert not [True for seen in everything(server, run) if CANARY.encode() in seen]


def test_cancel_stops_a_slow_model(server, model, prompt):
    model.behave = lambda body, number: Reply("{}", pause=6)
    with server.start(change(prompt, "Persona", seed=77)) as going:
        going.wait_for("executing", node=find(prompt, "Persona"))
        server.post("/interrupt", {})
        stopped = going.wait_for("execution_interrupted", seconds=3)
        going.finish()
    assert stopped["node_id"] == find(prompt, "Persona")


def test_a_profile_of_another_machine_is_explained(server, model, prompt):
    run = server.run(change(prompt, "Persona", profile="somebody else's"))
    assert "somebody else's" in run.error["exception_message"]
    assert "Choose one of: lab." in run.error["exception_message"]
