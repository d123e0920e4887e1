"""Which engine speaks when nobody says which."""

import os
import subprocess
import sysconfig
import venv
from importlib.util import find_spec
from pathlib import Path

import pytest

from chatanything.errors import EngineError
from chatanything.persona import VoiceTraits
from chatanything.voice import choose_engine, choose_voice, voices
from chatanything.voice.vocoder.onnxruntime_builds import how_to_install, repair

ROOT = Path(__file__).resolve().parents[3]
BEST = "hibari" if find_spec("hibari") else voices.names()[0]


@pytest.mark.parametrize("language", ["en", "en-US", "en-GB", "en_AU"])
def test_english_goes_to_the_natural_voice_that_is_here(language):
    assert choose_engine(language)[0] == BEST
    assert choose_voice(VoiceTraits(language="en-US")).engine == BEST


@pytest.mark.parametrize("language", ["de", "ru", "sw"])
def test_other_languages_go_to_the_engine_that_speaks_them(language):
    name, why = choose_engine(language)
    assert name == voices.names()[0]
    assert name in why


def test_the_reasons_say_who_speaks_and_why():
    voice = choose_voice(VoiceTraits(), engine="auto")
    assert voice.reasons[0].startswith(f"{BEST} speaks")


def test_an_override_names_voices_of_the_first_engine():
    assert choose_voice(VoiceTraits(), override="f3").engine == voices.names()[0]


def test_an_engine_that_is_named_is_kept():
    assert choose_voice(VoiceTraits(), engine="espeak").engine == "espeak"


def test_a_gpu_build_of_onnxruntime_is_not_overwritten():
    line = how_to_install("hibari-tts", {"onnxruntime-gpu", "onnxruntime"})
    assert line.startswith("pip install --no-deps hibari-tts")
    assert how_to_install("hibari-tts", ()) == "pip install hibari-tts"
    assert "--force-reinstall onnxruntime-gpu" in repair({"onnxruntime-gpu"})
    assert issubclass(EngineError, Exception)


def python_with(folder, *builds):
    """A venv with the packages of this one but hibari's, and with the metadata of these builds."""
    venv.create(folder, with_pip=False)
    packages = next((folder / "lib").glob("python*")) / "site-packages"
    for entry in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if not entry.name.lower().startswith(("hibari", "onnxruntime", "__editable__")):
            (packages / entry.name).symlink_to(entry)
    for build in builds:
        (packages / "onnxruntime").mkdir(exist_ok=True)
        (packages / "onnxruntime" / "__init__.py").write_text("")
        info = packages / f"{build.replace('-', '_')}-1.31.1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {build}\nVersion: 1.31.1\n")
        (info / "RECORD").write_text("onnxruntime/__init__.py,,\n")
    return folder / "bin" / "python"


@pytest.mark.skipif(os.name == "nt", reason="links to packages need a right on Windows")
@pytest.mark.parametrize(
    ("builds", "line"),
    [
        (
            ["onnxruntime-gpu"],
            "pip install --no-deps hibari-tts "
            "(pip alone would put the CPU build over your onnxruntime-gpu)",
        ),
        (["onnxruntime"], "pip install hibari-tts"),
        ([], "pip install hibari-tts"),
    ],
)
def test_who_has_a_gpu_build_is_told_how_to_keep_it(tmp_path, builds, line):
    python = python_with(tmp_path, *builds)
    out = subprocess.run(
        [python, "-m", "chatanything_core", "engines"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "400"},
    ).stdout
    (told,) = (row for row in out.splitlines() if "hibari" in row)
    assert told.rstrip(" │").endswith(line)
