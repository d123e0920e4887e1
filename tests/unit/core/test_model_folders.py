import os

import pytest

from chatanything.diffusion.mixture.model_parts import is_here
from chatanything.diffusion.records import Expert
from chatanything.errors import InputError, MissingModelError
from chatanything.landmarks.detectors.face_alignment_detector import (
    DETECTOR_FILE,
    aligner_file,
    find_files,
)
from chatanything.llm import local_models, open_model
from chatanything.model_folders import KINDS, ModelFolders, default_folders
from chatanything.runtime import Runtime, default_runtime, set_default_runtime
from chatanything.voice import voices


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    """A home without any model."""
    for name in (
        *("CHATANYTHING_MODELS", "CHATANYTHING_TTS_MODELS", "CHATANYTHING_CLIP_TOKENIZER"),
        *("CHATANYTHING_CACHE", "XDG_CACHE_HOME", "COMFYUI_DIR", "TORCH_HOME"),
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def put(path, text="x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_own_folders_come_before_comfyuis_and_the_cache(monkeypatch, tmp_path, home):
    own = [tmp_path / "a", tmp_path / "b"]
    monkeypatch.setenv("CHATANYTHING_MODELS", os.pathsep.join(map(str, own)))
    comfyui = home / "ComfyUI" / "models"
    cache = home / ".cache" / "chatanything" / "models"
    folders = default_folders()
    assert folders.folders["loras"] == tuple(r / "loras" for r in (*own, comfyui, cache))
    for root in (cache, comfyui, *reversed(own)):
        file = put(root / "loras" / "one.safetensors")
        assert folders.find("loras", "one.safetensors") == file
    assert folders.list("loras") == ["one.safetensors"]
    monkeypatch.setenv("COMFYUI_DIR", str(tmp_path / "other"))
    assert default_folders().folders["vae"][2] == tmp_path / "other" / "models" / "vae"


def test_new_files_go_into_a_comfyui_only_where_it_runs_us(monkeypatch, tmp_path, home):
    put(home / "ComfyUI" / "models" / "vae" / "there.safetensors")
    cache = home / ".cache" / "chatanything" / "models"
    assert default_folders().new("vae") == cache / "vae"
    assert default_folders().new("kokoro") == cache / "TTS" / "kokoro"
    running = ModelFolders({"vae": (tmp_path / "fast", tmp_path / "slow")})
    assert default_folders(running).new("vae") == tmp_path / "fast"
    monkeypatch.setenv("CHATANYTHING_MODELS", str(tmp_path / "own"))
    assert default_folders(running).new("vae") == tmp_path / "own" / "vae"
    with pytest.raises(InputError, match="no folder for 'wings'"):
        default_folders().new("wings")


def test_interrupted_downloads_are_no_models(tmp_path):
    folders = ModelFolders({"kokoro": (tmp_path,)})
    put(tmp_path / "voices-v1.0.bin.part")
    assert folders.files("kokoro", "voices*") == []
    whole = put(tmp_path / "voices-v1.0.bin")
    assert folders.files("kokoro", "voices*") == [whole]


def test_what_a_running_comfyui_says_takes_the_place_of_its_folder(monkeypatch, tmp_path, home):
    monkeypatch.setenv("CHATANYTHING_MODELS", str(tmp_path / "own"))
    words = put(tmp_path / "words" / "vocab.json").parent
    told = ModelFolders({"vae": (tmp_path / "fast",)}, words)
    folders = default_folders(told)
    cache = home / ".cache" / "chatanything" / "models"
    assert folders.folders["vae"] == (tmp_path / "own/vae", tmp_path / "fast", cache / "vae")
    assert folders.folders["loras"] == (tmp_path / "own/loras", cache / "loras")
    assert folders.tokenizer == words


@pytest.mark.parametrize(
    ("variable", "place"),
    [
        ("CHATANYTHING_MODELS", "TTS/kokoro"),
        ("CHATANYTHING_MODELS", "kokoro"),
        ("CHATANYTHING_TTS_MODELS", "kokoro"),
        ("COMFYUI_DIR", "models/TTS/kokoro"),
    ],
)
def test_voices_are_found(monkeypatch, tmp_path, variable, place):
    monkeypatch.setenv(variable, str(tmp_path))
    model = put(tmp_path / place / "kokoro-v1.0.onnx")
    assert default_folders().first("kokoro", "*.onnx") == model


@pytest.mark.parametrize(
    "place",
    [
        "own/face_landmarker.task",
        "own/mediapipe/face_landmarker.task",
        "home/ComfyUI/models/mediapipe/face_landmarker.task",
        "home/.cache/chatanything/face_landmarker.task",
        "home/.cache/chatanything/models/mediapipe/face_landmarker.task",
    ],
)
def test_files_of_landmarks_are_found(monkeypatch, tmp_path, place):
    monkeypatch.setenv("CHATANYTHING_MODELS", str(tmp_path / "own"))
    file = put(tmp_path / place)
    assert default_folders().first("mediapipe", "face_landmarker.task") == file


def test_torch_hubs_folder_is_looked_in(monkeypatch, tmp_path, home):
    hub = home / ".cache" / "torch" / "hub" / "checkpoints"
    assert find_error() and not hub.exists()
    files = put(hub / DETECTOR_FILE), put(hub / aligner_file())
    assert find_files() == files
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    assert find_error()


def find_error():
    with pytest.raises(MissingModelError, match=DETECTOR_FILE) as caught:
        find_files()
    return str(caught.value)


def test_a_missing_model_says_where_it_may_be_put(home):
    for kind in KINDS:
        with pytest.raises(MissingModelError) as caught:
            default_folders().first(kind, "*.bin", "thing")
        # A message is one line of at most 500 characters: of many folders the middle is left out.
        assert str(default_folders().folders[kind][0]) in str(caught.value)
        assert "CHATANYTHING_MODELS" in str(caught.value)


def test_of_two_files_with_one_name_the_first_counts(tmp_path):
    first, other = put(tmp_path / "a" / "en.onnx"), put(tmp_path / "b" / "de.onnx")
    put(tmp_path / "b" / "en.onnx")
    folders = ModelFolders({"piper": (tmp_path / "a", tmp_path / "b", tmp_path / "none")})
    assert folders.files("piper", "*.onnx") == [first, other]


def test_a_host_says_once_where_models_are_and_every_stage_asks_there(tmp_path):
    """As ComfyUI does: engines that are chosen by name alone find their files there."""
    folders = ModelFolders({kind: (tmp_path / kind,) for kind in KINDS})
    files = [put(tmp_path / "face_alignment" / name) for name in (DETECTOR_FILE, aligner_file())]
    put(tmp_path / "kokoro" / "kokoro.onnx")
    put(tmp_path / "LLM" / "writer" / "config.json", "{}")
    put(tmp_path / "LLM" / "writer" / "model.safetensors")
    put(tmp_path / "checkpoints" / "ink.safetensors")
    expert = Expert("ink", "ink drawings", "sd15", "ink.safetensors")
    assert not is_here(expert, default_runtime().folders) and find_error()
    set_default_runtime(lambda: Runtime(folders))
    try:
        assert find_files() == tuple(files)
        assert is_here(expert, default_runtime().folders)
        assert local_models(default_runtime().folders) == {"writer": tmp_path / "LLM" / "writer"}
        reason = voices.status("kokoro").reason
        assert "pip install" in reason or str(tmp_path / "kokoro") in reason
    finally:
        set_default_runtime(Runtime)
    assert find_error()


@pytest.mark.engines
def test_a_language_model_is_known_by_its_name(monkeypatch, tmp_path):
    pytest.importorskip("transformers")
    monkeypatch.setenv("CHATANYTHING_MODELS", str(tmp_path))
    folder = put(tmp_path / "LLM" / "writer" / "config.json", "{}").parent
    put(folder / "model.safetensors")
    assert open_model("transformers", "writer").folder == folder
    assert open_model("transformers", str(folder)).folder == folder
    with pytest.raises(MissingModelError, match=r"nobody.*LLM"):
        open_model("transformers", "nobody")
