"""Every engine of every registry tells the truth about itself and does what its stage asks.

An engine that is added to a registry is found here by itself. One that cannot be used is skipped
with its own reason; the optional ones are made usable as far as tiny models go.
"""

import json
import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from chatanything import pipeline
from chatanything.dialogue.base import Talker
from chatanything.diffusion import Expert, ModelFolders, Painter
from chatanything.diffusion.mixture.matchers import Matcher
from chatanything.errors import UnknownEngineError
from chatanything.landmarks import Detector
from chatanything.landmarks.maps.annotators import Annotator
from chatanything.llm.profiles import Profile, add_profile
from chatanything.model_folders import KINDS
from chatanything.persona import write_persona
from chatanything.persona.base import Writer
from chatanything.registry import Registry
from chatanything.talking_head import Head
from chatanything.transcription import Listener
from chatanything.voice import VoiceEngine
from tests.tools import engine_checks
from tests.tools.comfyui.server import ROOT
from tests.tools.engine_checks import Given
from tests.tools.samples import portrait_of, spoken
from tests.tools.servers import llm_server
from tests.tools.servers.speech_servers import RATE, speech_servers

CORE = ROOT / "chatanything_core"
PROMISES = {
    "language model": (None, engine_checks.check_model),
    "persona": (Writer, engine_checks.check_writer),
    "chat": (Talker, engine_checks.check_talker),
    "voice": (VoiceEngine, engine_checks.check_voice),
    "listener": (Listener, engine_checks.check_listener),
    "matcher": (Matcher, engine_checks.check_matcher),
    "portrait": (Painter, engine_checks.check_painter),
    "head": (Head, engine_checks.check_head),
    "detector": (Detector, engine_checks.check_detector),
    "annotator": (Annotator, engine_checks.check_annotator),
}
"""By kind of registry: what its engines are, and what they are asked. A language model's factory
gives what opens it."""
OFFLINE_FIRST = ("persona", "chat", "voice", "matcher", "portrait", "head")
"""Kinds whose first engine needs no network, no download and no optional package."""
OPTIONAL = {
    *("transformers", "kokoro", "piper", "model2vec", "diffusers", "mediapipe", "face-alignment"),
    *("whisper", "faster-whisper"),
    *("canny", "lineart", "mediapipe-face", "openpose-body"),
}
"""Engines whose packages the tests' own environment lacks; `make test-engines` runs them."""
HEAVY = {
    *("torch", "diffusers", "transformers", "peft", "accelerate", "safetensors", "openai"),
    *(
        "faster_whisper",
        "json_repair",
        "espeakng_loader",
        "kokoro_onnx",
        "edge_tts",
        "piper",
        "mediapipe",
    ),
    *("face_alignment", "controlnet_aux", "model2vec", "onnxruntime", "cv2", "scipy"),
}
REGISTRIES = {registry.kind: registry for registry in pipeline.registries()}
DRAFTS = {
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
"""What the language models answer."""


def each_engine():
    for kind, registry in REGISTRIES.items():
        for name in registry.names():
            marks = [pytest.mark.engines, *map(_not_ours, sorted(HEAVY))] * (name in OPTIONAL)
            yield pytest.param(registry, name, id=f"{kind}-{name}", marks=marks)


def _not_ours(library):
    """Warnings of a library about itself are not ours to mend."""
    return pytest.mark.filterwarnings(f"ignore:::{library}")


@pytest.fixture(scope="module")
def portrait():
    return portrait_of("red apple")


@pytest.fixture(scope="module")
def recording():
    """What the speech servers say: real speech, so that it can be aligned."""
    speech = spoken(engine_checks.TEXT)
    at = np.arange(0, len(speech.samples), speech.rate / RATE)
    return np.interp(at, np.arange(len(speech.samples)), speech.samples).astype(np.float32)


@pytest.fixture
def given(tmp_path, portrait):
    folders = ModelFolders({kind: (tmp_path / kind,) for kind in KINDS}, tmp_path / "words")
    experts = (
        Expert("apples", "Paints apples.", "sketch", "soft 3D"),
        Expert("ink", "Draws sharks in ink.", "sketch", "ink"),
        Expert("tiny", "Anything.", "sd15", "sd15", scheduler="ddim", steps=2),
    )
    return Given(write_persona("red apple"), *portrait, experts, folders)


@pytest.fixture
def language_models(request, tmp_path, monkeypatch, given):
    """A server that answers as it is asked, and a local model for each answer."""
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(tmp_path / "config"))
    name = request.getfixturevalue("name")
    for kind, draft in {**DRAFTS, "language model": DRAFTS["chat"]}.items():
        given.sources[kind, "openai"] = "lab"
        if name == "transformers" and find_spec("transformers"):
            from tests.tools.models.tiny_llm import build

            folder = tmp_path / kind.replace(" ", "-")
            given.sources[kind, "transformers"] = build(str(folder), draft)
    with llm_server.running() as running:
        running.behave = lambda body, _: llm_server.Reply(
            json.dumps(DRAFTS["persona" if '"greeting"' in json.dumps(body) else "chat"])
        )
        add_profile(Profile("lab", running.url, "tiny", timeout=20))
        yield


@pytest.fixture
def speech_engines(request, tmp_path, monkeypatch, recording):
    """Servers as OpenAI's and Edge's, and tiny models of the local engines."""
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("CHATANYTHING_MODELS", str(tmp_path / "tts"))
    if find_spec("transformers") and request.getfixturevalue("name") == "whisper":
        from tests.tools.models.tiny_whisper import whisper_folder

        whisper_folder(tmp_path / "tts" / "whisper" / "tiny")
    if find_spec("onnx") and request.getfixturevalue("name") in ("kokoro", "piper"):
        from tests.tools.models.tiny_voices import kokoro_folder, pack, piper_folder

        kokoro_folder(tmp_path / "tts", {"am_low": pack(2.4, 0.11), "af_high": pack(3.1, 0.22)})
        piper_folder(tmp_path / "tts", "en_US-tiny")
    with speech_servers(recording) as running:
        address = f"http://127.0.0.1:{running.port}"
        add_profile(Profile("speech", f"{address}/v1", "kokoro", timeout=10.0))
        add_profile(Profile("transcription", f"{address}/v1", "whisper-1", timeout=10.0))
        if find_spec("edge_tts"):
            import edge_tts.communicate

            socket = f"{address.replace('http', 'ws')}/edge/v1?T=x"
            monkeypatch.setattr(edge_tts.communicate, "WSS_URL", socket)
        yield


@pytest.fixture
def picture_models(request, tmp_path):
    """A tiny SD1.5 and a model2vec of four words."""
    name = request.getfixturevalue("name")
    if name == "diffusers" and find_spec("diffusers"):
        from tests.tools.models import tiny

        pipe = tiny.pipeline("sd15", tmp_path)
        pipe.save_pretrained(tmp_path / "diffusers" / "sd15")
    if name == "model2vec" and find_spec("model2vec"):
        from tests.tools.models.tiny_meaning import save_model

        save_model(tmp_path / "text_encoders" / "tiny")


NEEDS = {
    **dict.fromkeys(("language model", "persona", "chat"), "language_models"),
    **dict.fromkeys(("voice", "listener"), "speech_engines"),
    **dict.fromkeys(("matcher", "portrait"), "picture_models"),
}
"""What makes the optional engines of a kind usable."""


@pytest.mark.parametrize(("registry", "name"), [*each_engine()])
def test_engines_do_what_their_stage_asks(registry, name, given, request):
    if registry.kind in NEEDS:
        request.getfixturevalue(NEEDS[registry.kind])
    status = registry.status(name)
    if not status.available:
        assert (registry.kind, name) not in {(k, REGISTRIES[k].names()[0]) for k in OFFLINE_FIRST}
        pytest.skip(status.reason)
    base, check = PROMISES[registry.kind]
    engine = registry.create(name)
    if base:
        promised = [member for member in vars(base) if not member.startswith("_")]
        assert [member for member in promised if not hasattr(engine, member)] == []
    check(engine, name, given)


@pytest.mark.parametrize("registry", [*REGISTRIES.values()], ids=[*REGISTRIES])
def test_names_and_descriptions_fit_a_menu(registry):
    assert registry.names()
    assert len(set(registry.names())) == len(registry.names())
    for name in registry.names():
        about = registry.status(name).about
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", name)
        assert about == about.strip() and 0 < len(about) <= 100 and "\n" not in about


@pytest.mark.parametrize("registry", [*REGISTRIES.values()], ids=[*REGISTRIES])
def test_engines_that_are_missing_say_why_in_a_sentence(registry):
    for status in map(registry.status, registry.names()):
        assert status.kind == registry.kind
        assert bool(status.reason) != status.available
        assert "check failed" not in status.reason


@pytest.mark.parametrize("ask", ["create", "require", "status"])
@pytest.mark.parametrize("registry", [*REGISTRIES.values()], ids=[*REGISTRIES])
def test_unknown_names_are_told_the_known_ones(registry, ask):
    with pytest.raises(UnknownEngineError) as caught:
        getattr(registry, ask)("no such engine")
    assert f"{registry.kind} engine 'no such engine'" in str(caught.value)
    assert str(caught.value).endswith(f"Choose one of: {', '.join(registry.names())}.")


@pytest.mark.parametrize("kind", OFFLINE_FIRST)
def test_the_first_engine_works_with_nothing_installed(kind):
    registry = REGISTRIES[kind]
    assert registry.names()[0] not in OPTIONAL
    assert registry.status(registry.names()[0]).available


def test_no_registry_is_forgotten():
    """Whatever module of the core makes a registry, the pipeline lists it and it is checked here."""
    found = {}
    for path in sorted(CORE.rglob("*.py")):
        for name in re.findall(r"^(\w+): Registry\[", path.read_text("utf-8"), re.MULTILINE):
            parts = path.relative_to(CORE).with_suffix("").parts
            registry = getattr(import_module(".".join(("chatanything", *parts))), name)
            assert isinstance(registry, Registry)
            found[registry.kind] = registry
    assert found == REGISTRIES
    assert PROMISES.keys() == REGISTRIES.keys()


def test_asking_for_the_state_of_all_engines_imports_none_of_them():
    code = (
        "import sys; before = set(sys.modules); from chatanything_core.pipeline import engines; "
        "engines(); print(*{name.split('.')[0] for name in set(sys.modules) - before})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(ROOT), capture_output=True, text=True, check=True
    )
    imported = set(done.stdout.split())
    assert "chatanything_core" in imported
    assert imported & HEAVY == set()
