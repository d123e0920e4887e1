"""A package from outside that adds engines: installed for real, in a folder of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.tools.comfyui.server import ROOT

HUM = """
import numpy


def register(chatanything):
    class Hum(chatanything.VoiceEngine):
        def catalogue(self):
            return (chatanything.VoiceCard("hum", "low", ""), chatanything.VoiceCard("hum", "high", ""))

        def speak(self, text, voice, tick):
            time = numpy.arange(1600 * len(text)) / 16000
            hertz = 300 if voice.mix[0][0] == "high" else 150
            samples = (numpy.sin(2 * numpy.pi * hertz * time) / 2).astype(numpy.float32)
            timeline = chatanything.Timeline(len(samples) / 16000, text=text)
            return chatanything.Speech(samples, 16000, timeline)

    class Parrot(chatanything.LanguageModel):
        def __init__(self, source):
            pass

        def answer(self, question, deadline, tick, on_text):
            return question.messages[-1].text

    chatanything.voices.add("hum", Hum, about="hums")
    chatanything.models.add("parrot", lambda: Parrot, about="says it again")
"""
"""A voice engine and a language model, with a base class each and no import of this package."""

_CORE = """
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location(
    {name!r}, {init!r}, submodule_search_locations=[{folder!r}]
)
core = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(core)
"""


def install(folder: Path, name: str, source: str) -> Path:
    """Put a distribution into `folder` as pip does: a module, and where its `register` is."""
    module = name.replace("-", "_")
    (folder / f"{module}.py").write_text(source, encoding="utf-8")
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[chatanything]\n{name} = {module}:register\n")
    return folder


def run(folder: Path, code: str, name: str = "/custom_nodes/pack_x_1") -> tuple[Any, str]:
    """Run `code` in a fresh Python that sees what is in `folder`.

    `core` is this pack's core, loaded by its path under `name`: one that cannot be imported, as
    inside ComfyUI, unless another is given. Returns the last line that was printed, read as JSON, and all that was logged.
    """
    core = ROOT / "chatanything_core"
    loaded = _CORE.format(name=name, init=str(core / "__init__.py"), folder=str(core))
    done = subprocess.run(
        [sys.executable, "-c", loaded + code],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]), done.stderr
