"""Personas and replies by any text node, and by the language models that ComfyUI itself runs."""

import json
import shutil

import pytest

from tests.tools.comfyui.graphs import find, template
from tests.tools.comfyui.server import ROOT, comfyui
from tests.tools.drafts import persona_draft

pytestmark = [pytest.mark.comfyui, pytest.mark.slow]
GREETINGS = [f"I am teapot number {n}." for n in range(40)]
CHARACTERS = [json.dumps(persona_draft(greeting=said)) for said in GREETINGS]
REPLIES = [
    json.dumps(
        {"reply": f"Lid number {n}.", "emotion": "sad", "emotion_strength": 0.5, "remember": []}
    )
    for n in range(40)
]
CHATTER = [f"word{n}" for n in range(40)]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    base = tmp_path_factory.mktemp("comfyui-text")
    (base / "custom_nodes").mkdir()
    shutil.copy(ROOT / "tests" / "tools" / "models" / "tiny_text_model.py", base / "custom_nodes")
    with comfyui(base) as client:
        yield client


@pytest.fixture
def writing(server):
    """The server, where ComfyUI writes text itself."""
    if "TextGenerate" not in server.get("/object_info"):
        pytest.skip("this ComfyUI has no Generate Text")
    return server


def node(kind, **inputs):
    return {"class_type": kind, "inputs": inputs}


def persona(**inputs):
    given = {"concept": "grumpy teapot", "engine": "offline", "language": "", "seed": 0}
    return node("ChatAnythingPersona", **given | inputs)


def chat(**inputs):
    given = {"engine": "offline", "limit": 50, "seed": 0, "history_json": "", "persona": ["p", 0]}
    return node("ChatAnythingChat", message="Who are you?", **given, **inputs)


def model(texts, endless=False):
    return node("TinyTextModel", texts=json.dumps(texts), endless=endless)


def shown(run, key):
    assert run.error is None, run.error
    return run.outputs[key]["text"][0]


def written(server, **nodes):
    """A run that shows the greeting of persona `p`."""
    return server.run(nodes | {"show": node("PreviewAny", source=["p", 1])})


def test_a_text_makes_a_persona_and_a_reply(server):
    run = written(
        server,
        text=node("PrimitiveStringMultiline", value=f"Gladly!\n```json\n{CHARACTERS[7]}\n```"),
        p=persona(answer=["text", 0]),
        said=node("PrimitiveStringMultiline", value="I am whistling, that is what I am."),
        c=chat(answer=["said", 0]),
    )
    assert shown(run, "show") == GREETINGS[7]
    assert shown(run, "c") == "I am whistling, that is what I am."


def test_the_question_is_one_text_with_everything_in_it(server):
    graph = {"p": persona(), "c": chat()}
    for key, source in (("q1", ["p", 3]), ("q2", ["c", 5])):
        graph[key] = node("PreviewAny", source=source)
    run = server.run(graph)
    assert "grumpy teapot" in shown(run, "q1") and '"speaking_style"' in shown(run, "q1")
    assert "Who are you?" in shown(run, "q2") and '"emotion_strength"' in shown(run, "q2")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "The answer is empty: the text node wrote nothing"),
        ("I cannot do that.", "no JSON object"),
        (json.dumps(persona_draft(greeting=None)), "greeting: Input should be a valid string"),
    ],
)
def test_a_wrong_answer_is_told_at_its_node(server, text, told):
    text = node("PrimitiveStringMultiline", value=text)
    run = written(server, text=text, p=persona(answer=["text", 0]))
    assert run.error["node_id"] == "p"
    assert told in run.error["exception_message"]


def test_an_encoder_that_writes_nothing_is_refused(server):
    run = written(server, m=model(CHATTER), p=persona(clip=["m", 0]))
    if "TextGenerate" in server.get("/object_info"):
        assert "gave no usable answer" in run.error["exception_message"]
        assert "no JSON object" in run.error["exception_message"]
        assert "Try another seed" in run.error["exception_message"]
    else:
        assert "reads text and writes none" in run.error["exception_message"]
    assert "\n" not in run.error["exception_message"].strip()


def test_generate_text_answers_the_question(writing):
    generate = node(
        "TextGenerate",
        clip=["m", 0],
        prompt=["ask", 3],
        max_length=2048,
        sampling_mode="off",
        thinking=False,
        use_default_template=True,
    )
    p = persona(answer=["text", 0])
    run = written(writing, m=model(CHARACTERS), ask=persona(), text=generate, p=p)
    assert shown(run, "show") in GREETINGS


def test_comfyuis_own_model_writes_by_its_seed(writing):
    asked = [(0, "en-GB"), (0, "en-US"), (1, "en-GB"), (2, "en-GB"), (3, "en-GB")]
    graph = {"m": model(CHARACTERS)}
    for n, (seed, language) in enumerate(asked):
        graph[f"p{n}"] = persona(clip=["m", 0], seed=seed, language=language)
        graph[f"show{n}"] = node("PreviewAny", source=[f"p{n}", 1])
    run = writing.run(graph)
    found = [shown(run, f"show{n}") for n in range(len(asked))]
    assert {*found} <= {*GREETINGS}
    assert found[0] == found[1]
    assert len({*found}) > 2


def test_comfyuis_own_model_talks(writing):
    run = writing.run({"m": model(REPLIES), "p": persona(), "c": chat(clip=["m", 0])})
    assert shown(run, "c").startswith("Lid number")
    assert run.outputs["c"]["emotion"] == ["sad"]


def test_both_wires_are_one_too_many(writing):
    text = node("PrimitiveStringMultiline", value=CHARACTERS[0])
    p = persona(answer=["text", 0], clip=["m", 0])
    run = written(writing, text=text, m=model(CHARACTERS), p=p)
    assert "Both answer and clip are wired" in run.error["exception_message"]


def test_the_template_for_every_version_runs(server):
    prompt = template("6 Any text node writes")
    run = server.run(prompt)
    (said,) = (
        key
        for key, entry in prompt.items()
        if entry["class_type"] == "ChatAnythingChat" and "answer" in entry["inputs"]
    )
    assert shown(run, said).startswith("Burn it? Never!")
    assert [file for file in run.files() if file["filename"].endswith(".mp4")]


def test_the_template_with_generate_text_runs(writing):
    """Its language model is replaced by a tiny one that answers both questions."""
    prompt = template("7 Generate Text writes")
    both = [json.dumps(persona_draft() | json.loads(reply)) for reply in REPLIES]
    prompt[find(prompt, "CLIPLoader")] = model(both)
    run = writing.run(prompt)
    assert shown(run, find(prompt, "Chat")).startswith("Lid number")
    assert [file for file in run.files() if file["filename"].endswith(".mp4")]


def test_cancel_stops_it_between_two_tokens(writing):
    graph = {"m": model(CHATTER, endless=True), "p": persona(clip=["m", 0])}
    graph["show"] = node("PreviewAny", source=["p", 1])
    with writing.start(graph) as going:
        going.wait_for("progress", node="p")
        writing.post("/interrupt", {})
        stopped = going.wait_for("execution_interrupted", seconds=10)
        going.finish()
    assert stopped["node_id"] == "p"
