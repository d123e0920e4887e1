"""Every line of the list of threats has tests that exist, and the rules that hold everywhere hold."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CORE = ROOT / "chatanything_core"
SOURCES = sorted([*CORE.rglob("*.py"), *(ROOT / "nodes").rglob("*.py")])
SOURCE = {
    *("shared workflow", "card", "picture", "drawing (SVG)", "sound", "any file", "any name"),
    *("model weights", "model reply", "model server", "download server", "network peer", "page"),
    *("what is made here", "other pack"),
}
"""Who may hand something to us, and what we hand on; each has a line at least."""
NETWORK = {"urllib.request", "http.client", "httpx", "aiohttp", "openai", "edge_tts", "websocket"}
REACH = {
    *("downloads/transfer.py", "llm/servers/openai.py", "llm/servers/loopback.py"),
    *("llm/servers/explain.py", "llm/servers/completion_request.py", "llm/servers/completion.py"),
    *("transcription/server_listener.py", "workflows/comfyui_server.py", "workflows/run_prompt.py"),
    *("voice/engines/edge.py", "voice/engines/openai_speech.py", "comfy/download_routes.py"),
    "comfy/facetime_routes.py",
}
"""Modules that may use the network; `facetime/` serves, and asks nobody."""
OWN_PIPES = {CORE / "cluster/answer_jobs.py", CORE / "cluster/core_worker.py"}
"""Modules that pickle: a process and the child that it started, over pipes that nobody else has."""
RUNS = {"eval", "exec", "compile", "__import__", "system", "popen"}


def rows():
    """Source, harm and tests of every line of the table."""
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    table = text.partition("## Threats")[2].partition("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


def test_every_source_of_harm_has_a_line():
    assert {row[0] for row in rows()} == SOURCE


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]}: {row[1]}"[:60])
def test_every_line_is_held_by_tests_that_exist(row):
    named = re.findall(r"`(\S+?)::(\w+)`", row[2])
    assert named, "no test holds this line"
    for path, name in named:
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert name in names, f"{path} has no {name}"


def calls(tree):
    """Names of what is called, without what they belong to, and the call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func
            yield (name.id if isinstance(name, ast.Name) else getattr(name, "attr", "")), node


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_runs_code_from_outside(path):
    """No eval, no shell, no foreign pickle, no code of models, no YAML that builds objects."""
    text = path.read_text("utf-8")
    for name, call in calls(ast.parse(text)):
        words = {word.arg: ast.unparse(word.value) for word in call.keywords}
        owner = ast.unparse(call.func).rpartition(".")[0]
        assert name not in RUNS or owner not in ("", "os", "builtins"), ast.unparse(call)
        assert words.get("shell", "False") == "False"
        assert words.get("trust_remote_code", "False") == "False"
        assert owner != "pickle" or name not in {"load", "loads"} or path in OWN_PIPES
        assert (owner, name) != ("torch", "load")
        assert (owner, name) != ("yaml", "load") or words.get("Loader") in {"LOADER", "SafeLoader"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_few_modules_reach_the_network(path):
    """What is asked over the network is asked in one of a few places, which have tests for it."""
    place = path.relative_to(ROOT).as_posix().split("/", 1)[1]
    if place in REACH or place.startswith("facetime/"):
        return
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {node.module or "", *(f"{node.module}.{a.name}" for a in node.names)}
    used = {name for name in found if any(name == n or name.startswith(f"{n}.") for n in NETWORK)}
    assert not used
