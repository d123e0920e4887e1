"""Chat, cards and keys on a real server."""

import base64
import io
import json
import subprocess
import sys

import pytest
from PIL import Image

from chatanything.llm import profiles
from tests.tools.card_exports import exports, in_base64, text, v2
from tests.tools.comfyui.client import RefusedError
from tests.tools.comfyui.graphs import change, find, template
from tests.tools.comfyui.server import ROOT, comfyui, comfyui_python, pack_packages
from tests.tools.servers import llm_server
from tests.tools.servers.llm_server import Reply

pytestmark = pytest.mark.comfyui
KEY = "sk-canary-5b1e77aa90cd"


def chat_prompt(**values):
    """A persona, one turn, and its portrait saved as a card."""
    persona = {"concept": "grumpy teapot", "engine": "offline", "language": "", "seed": 1}
    said = {"message": "What are you?", "engine": "offline", "limit": 50, "seed": 0}
    chat = {**said, "persona": ["1", 0], "history_json": "", **values}
    return {
        "1": {"class_type": "ChatAnythingPersona", "inputs": persona},
        "2": {"class_type": "ChatAnythingChat", "inputs": chat},
    }


def card_prompt():
    prompt = chat_prompt()
    prompt["3"] = {"class_type": "EmptyImage", "inputs": {"width": 64, "height": 64,
                                                         "batch_size": 1, "color": 255}}  # fmt: skip
    saved = {"persona": ["1", 0], "image": ["3", 0], "filename_prefix": "cards/pot"}
    prompt["4"] = {"class_type": "ChatAnythingSaveCard", "inputs": saved}
    return prompt


def shown(run, node="2"):
    return {key: value[0] for key, value in run.outputs[node].items()}


def test_a_reply_is_shown_with_its_history_and_mood(server):
    first = shown(server.run(chat_prompt()))
    assert "a teapot" in first["text"]
    history = json.loads(first["history"])
    assert [turn["message"] for turn in history["turns"]] == ["What are you?"]
    again = chat_prompt(message="You are wonderful!", history_json=first["history"])
    second = shown(server.run(again))
    assert len(json.loads(second["history"])["turns"]) == 2
    assert second["emotion"] == "happy"


def test_the_same_conversation_over_wires_and_over_text(server):
    wired = chat_prompt(message="My name is Ada.")
    inputs = {**wired["2"]["inputs"], "message": "What is my name?", "history": ["2", 1]}
    wired["3"] = {"class_type": "ChatAnythingChat", "inputs": inputs}
    over_wires = shown(server.run(wired), "3")
    first = shown(server.run(chat_prompt(message="My name is Ada.")))
    text = chat_prompt(message="What is my name?", history_json=first["history"])
    assert shown(server.run(text)) == over_wires
    assert "Ada" in over_wires["text"]


def test_one_png_is_portrait_card_and_workflow(server):
    workflow = {"nodes": [], "links": [], "version": 0.4}
    (file,) = server.run(card_prompt(), workflow).files()
    content = server.view(file)
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == (64, 64)
        texts = image.text
    assert json.loads(texts["workflow"]) == workflow
    assert "4" in json.loads(texts["prompt"])
    card = json.loads(base64.b64decode(texts["ccv3"]))
    assert card["data"]["extensions"]["chatanything"]["concept"] == "grumpy teapot"
    name = server.put("pot.png", content)
    loaded = {
        "1": {"class_type": "ChatAnythingLoadCard", "inputs": {"card": name}},
        "2": chat_prompt(message="What is your name?")["2"],
    }
    assert card["data"]["name"] in shown(server.run(loaded))["text"]


def test_a_card_of_any_program_greets_as_asked_and_shows_its_picture(server):
    name = server.put("mira.jpg", exports()["risuai/jpeg.jpg"])
    for words, said in (({}, "You're late, friend."), ({"greeting": 1}, "Mind the bridge.")):
        prompt = {
            "1": {"class_type": "ChatAnythingLoadCard", "inputs": {"card": name, **words}},
            "2": {"class_type": "PreviewAny", "inputs": {"source": ["1", 2]}},
            "3": {"class_type": "PreviewImage", "inputs": {"images": ["1", 1]}},
        }
        run = server.run(prompt)
        assert not run.error, run.error["exception_message"]
        assert run.outputs["2"]["text"][0] == said
        with Image.open(io.BytesIO(server.view(run.outputs["3"]["images"][0]))) as image:
            assert image.size == (64, 64)


def test_a_card_with_a_picture_of_one_pixel_has_a_grey_one(server):
    data = io.BytesIO()
    Image.new("RGB", (1, 1)).save(data, "PNG")
    content = data.getvalue()
    name = server.put("dot.png", content[:33] + text("chara", in_base64(v2())) + content[33:])
    prompt = {
        "1": {"class_type": "ChatAnythingLoadCard", "inputs": {"card": name}},
        "2": {"class_type": "PreviewAny", "inputs": {"source": ["1", 3]}},
    }
    assert "1x1 pixels" in server.run(prompt).outputs["2"]["text"][0]


def test_cards_outside_are_out_of_reach(server):
    for name in ("../../../etc/passwd", "/etc/passwd"):
        prompt = {
            "1": {"class_type": "ChatAnythingLoadCard", "inputs": {"card": name}},
            "2": chat_prompt()["2"],
        }
        with pytest.raises(RefusedError, match="outside ComfyUI"):
            server.run(prompt)


@pytest.fixture(scope="module")
def openai_site():
    """What `pip install openai` would add to ComfyUI's environment, beside it."""
    python = comfyui_python() or pytest.skip("no ComfyUI")
    folder = ROOT / ".venv" / "comfyui-site" / "openai"
    if not (folder / ".whole").exists():
        pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
        wanted = ["openai", "jiter", "sniffio", "distro"]
        subprocess.run([*pip, "--no-deps", "--target", str(folder), *wanted], check=True)
        (folder / ".whole").touch()
    return f"{pack_packages(python)}:{folder}"


@pytest.fixture
def lab(tmp_path, tmp_path_factory, monkeypatch, openai_site):
    """A server whose user has a key in the environment and a profile that names it."""
    config = tmp_path / "config"
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(config))
    base = tmp_path_factory.mktemp("lab")
    with llm_server.running() as model:
        profiles.add_profile(
            profiles.Profile("lab", model.url, "tiny", "environment", "LAB_KEY", timeout=10)
        )
        variables = {"CHATANYTHING_CONFIG_DIR": str(config), "LAB_KEY": KEY}
        with comfyui(base, **variables, PYTHONPATH=openai_site) as server:
            yield server, model


def test_the_key_is_seen_by_the_model_and_by_nobody_else(lab):
    server, model = lab
    draft = {"reply": "Hmph.", "emotion": "angry", "emotion_strength": 0.5, "remember": []}
    model.behave = lambda body, number: (
        Reply("no such key", 401) if number == 0 else Reply(json.dumps(draft))
    )
    prompt = card_prompt()
    prompt["2"]["inputs"] |= {"engine": "openai", "profile": "lab"}
    workflow = {"nodes": [], "links": [], "version": 0.4, "extra": {"prompt": prompt}}
    failed = server.run(prompt, workflow)
    assert "LAB_KEY" in failed.error["exception_message"]
    run = server.run(prompt, workflow)
    assert run.error is None
    assert shown(run)["text"] == "Hmph."
    assert [headers["Authorization"] for headers in model.headers] == [f"Bearer {KEY}"] * 2
    seen = [server.log.read_bytes(), json.dumps([failed.events, run.events]).encode()]
    seen += [server.fetch(path) for path in ("/history", "/queue", "/object_info", "/system_stats")]
    files = [path for path in server.base.rglob("*") if path.is_file() and not path.is_symlink()]
    seen += [path.read_bytes() for path in files if "custom_nodes" not in path.parts]
    assert any(b"ccv3" in content for content in seen)
    for content in seen:
        assert KEY.encode() not in content
        assert KEY[:12].encode() not in content


def test_local_weights_talk_through_comfyuis_model_management(tmp_path):
    """Skips where ComfyUI's Python has no `transformers`."""
    python = comfyui_python() or pytest.skip("no ComfyUI")
    if subprocess.run([str(python), "-c", "import transformers"], check=False).returncode:
        pytest.skip("ComfyUI's Python has no transformers")
    folder = tmp_path / "models" / "LLM" / "clicker"
    answer = {"reply": "Click goes everything!", "emotion": "happy", "emotion_strength": 0.5}
    subprocess.run(
        [str(python), str(ROOT / "tests" / "tools" / "models" / "tiny_llm.py"), str(folder)],
        input=json.dumps({**answer, "remember": []}),
        encoding="utf-8",
        check=True,
    )
    with comfyui(tmp_path) as server:
        options = server.get("/object_info/ChatAnythingChat")["ChatAnythingChat"]["input"]
        assert "local: clicker" in str(options["optional"]["profile"])
        prompt = chat_prompt(engine="transformers", profile="local: clicker")
        run = server.run(prompt)
        assert run.error is None
        assert shown(run)["text"] == "Click goes everything!"
        assert "Requested to load ModelParts" in server.log.read_text(errors="replace")
        server.post("/free", {"unload_models": True, "free_memory": True})
        assert shown(server.run(prompt))["text"] == "Click goes everything!"


def test_a_conversation_on_film_repaints_nothing(server):
    prompt = template("2 The whole chain")
    said = {**chat_prompt()["2"]["inputs"], "persona": [find(prompt, "Persona"), 0]}
    prompt["chat"] = {"class_type": "ChatAnythingChat", "inputs": {**said, "limit": 12}}
    prompt = change(prompt, "Speak", text=["chat", 0])
    prompt = change(prompt, "TalkingHead", persona=["chat", 3], emotion="persona")
    first = server.run(change(prompt, "Chat", message="You are wonderful!"))
    assert first.error is None
    assert shown(first, "chat")["emotion"] == "happy"
    again = server.run(change(prompt, "Chat", message="You are so stupid."))
    assert again.error is None
    assert shown(again, "chat")["emotion"] == "angry"
    painted = ("Persona", "VoiceMixer", "DiffuserMixer", "Portrait")
    assert {find(prompt, kind) for kind in painted} <= again.cached
    assert {find(prompt, kind) for kind in ("Chat", "Speak", "TalkingHead")} <= set(again.ran)
    assert any(file["filename"].endswith(".mp4") for file in again.files())
