"""A local model: a real one, of one layer, built here to say one answer by heart."""

import time
from pathlib import Path

import pytest

from chatanything.dialogue import chat
from chatanything.errors import EngineTimeoutError, InputError, MissingModelError
from chatanything.llm import Message, Question, local_models, open_model
from chatanything.model_folders import ModelFolders
from chatanything.persona import write_persona
from tests.tools.models.tiny_llm import build

pytestmark = pytest.mark.engines
LINES = {
    "persona": {
        "name": "Pip", "personality": "Tidy.", "speaking_style": "Crisp.", "background": "Desk.",
        "greeting": "Hello, stapler here!", "likes": ["paper"], "dislikes": ["jams"],
        "appearance": "red metal", "language": "en-US", "emotion": "happy",
        "emotion_strength": 0.5,
        "voice": {
            "presentation": 0.11, "age": 0.12, "pitch": 0.13, "pitch_range": 0.14, "pace": 0.15,
            "brightness": 0.16, "breathiness": 0.17, "roughness": 0.18, "size": 0.19,
            "energy": 0.2, "warmth": 0.21,
        },
    },
    "chat": {"reply": "Click goes everything!", "emotion": "happy", "emotion_strength": 0.5,
             "remember": []},
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    pytest.importorskip("transformers")
    return build(str(tmp_path_factory.mktemp("models") / "writer"), LINES["persona"])


def test_a_local_model_writes_a_persona(folder):
    concept = "red {stapler}"
    persona = write_persona(concept, engine="transformers", source=folder)
    assert (persona.name, persona.concept) == ("Pip", concept)
    assert persona.voice.warmth == 0.21
    assert persona.provenance.engine == "transformers"
    assert persona.provenance.model == "writer"


def test_a_local_model_talks(tmp_path):
    pytest.importorskip("transformers")
    folder = build(str(tmp_path / "talker"), LINES["chat"])
    heard = []
    reply = chat(write_persona("stapler"), "Say something.", engine="transformers", source=folder,
                 on_text=heard.append)  # fmt: skip
    assert reply.text == "Click goes everything!"
    assert "".join(heard) == reply.text
    assert reply.emotion.name == "happy"


def test_it_can_be_interrupted_and_ends_in_time(folder):
    model = open_model("transformers", folder)
    question = Question((Message("user", "Hello"),))
    count = []

    def tick(done, total):
        count.append(done)
        if len(count) > 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        model.answer(question, time.monotonic() + 60, tick, count.append)
    with pytest.raises(EngineTimeoutError):
        model.answer(question, time.monotonic() - 1, lambda a, b: None, count.append)


def test_only_safetensors_are_taken(folder, tmp_path):
    (tmp_path / "pickled").mkdir()
    (tmp_path / "pickled" / "config.json").write_text("{}")
    (tmp_path / "pickled" / "pytorch_model.bin").write_bytes(b"never read")
    with pytest.raises(MissingModelError, match="safetensors"):
        write_persona("teapot", engine="transformers", source=str(tmp_path / "pickled"))
    with pytest.raises(InputError, match="models/LLM"):
        write_persona("teapot", engine="transformers")
    assert local_models(ModelFolders({"LLM": (tmp_path,)})) == {}
    roots = (tmp_path.parent, tmp_path, Path(folder).parent)
    assert list(local_models(ModelFolders({"LLM": roots}))) == ["writer"]
