"""The catalogue of downloads: every entry is whole, safe and named where it is missing."""

import re
from collections import Counter
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import pytest

from chatanything.downloads import models
from chatanything.errors import MissingModelError
from chatanything.landmarks.find_face import NOT_READY
from chatanything.model_folders import KINDS
from chatanything.runtime import default_runtime
from chatanything.voice.engines import kokoro
from tests.tools import model_table

ROOT = Path(__file__).resolve().parents[2]
FILES = [(model, file) for model in models() for file in model.files]
HOSTS = {"storage.googleapis.com", "github.com", "huggingface.co"}
SOURCES = [
    *ROOT.glob("chatanything_core/**/*.py"),
    *ROOT.glob("nodes/**/*.py"),
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/*.md"),
    *ROOT.glob("web/docs/*.md"),
]


def test_ids_are_plain_and_single():
    ids = Counter(model.id for model in models())
    assert set(ids.values()) == {1}
    assert [name for name in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


@pytest.mark.parametrize("model", models(), ids=lambda model: model.id)
def test_a_model_says_what_it_is(model):
    assert model.purpose and model.licence and model.files
    assert urlsplit(model.page).scheme == "https"


@pytest.mark.parametrize(("model", "file"), FILES, ids=lambda part: getattr(part, "name", ""))
def test_a_file_has_a_place_and_an_address(model, file):
    assert file.kind in KINDS
    name = PurePosixPath(file.name)
    assert not name.is_absolute() and ".." not in name.parts and "\\" not in file.name
    assert name.suffix in {".task", ".onnx", ".json", ".bin", ".txt", ".safetensors"}  # no pickle
    address = urlsplit(file.address)
    assert (address.scheme, address.query, address.username) == ("https", "", None)
    assert address.hostname in HOSTS and address.path.rsplit("/", 1)[1] == name.name


@pytest.mark.parametrize(("model", "file"), FILES, ids=lambda part: getattr(part, "name", ""))
def test_a_hash_comes_with_an_exact_size(model, file):
    """Downloads are taken up again only where both are known."""
    assert bool(file.sha256) == (file.bytes is not None)
    if file.sha256:
        assert re.fullmatch("[0-9a-f]{64}", file.sha256) and file.bytes > 0
        assert file.about is None


def test_a_file_of_two_models_is_the_same_file():
    said = {}
    for _, file in FILES:
        assert said.setdefault((file.kind, file.name), file) == file
        assert said.setdefault(file.sha256 or file.address, file) == file


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_that_are_named_work(path):
    named = re.findall(r"models get ([a-z0-9-]+)", path.read_text(encoding="utf-8"))
    assert set(named) <= {model.id for model in models()}


def test_engines_name_the_command(monkeypatch, tmp_path):
    for name in ("CHATANYTHING_MODELS", "CHATANYTHING_TTS_MODELS", "CHATANYTHING_CACHE"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("COMFYUI_DIR", str(tmp_path))
    with pytest.raises(MissingModelError, match="Run `chatanything models get kokoro`, or put it"):
        kokoro.find_files()
    with pytest.raises(MissingModelError, match="Run `chatanything models get face`, or put it"):
        default_runtime().folders.first("mediapipe", "face_landmarker.task", get="face")
    assert "`chatanything models get face`" in NOT_READY


def test_the_document_has_the_table():
    assert model_table.table() in (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
