"""The core never imports ComfyUI, and data flows one way through its stages."""

import ast
from pathlib import Path

import pytest

CORE = Path(__file__).resolve().parents[2] / "chatanything_core"
STAGES = [
    *("errors", "registry", "files", "progress", "seeding", "profiles", "llm"),
    *("persona", "chat", "voice", "landmarks", "inversion", "diffusion", "talking_head", "video"),
    *("acting", "pipeline", "evaluation", "cli", "__main__"),
]
COMFYUI = {
    *("comfy", "comfy_api", "comfy_extras", "comfy_execution"),
    *("execution", "folder_paths", "nodes", "server"),
}
FILES = sorted(CORE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """First stage or top-level module of every import in the file."""
    depth = len(path.relative_to(CORE).parts)
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level in (0, depth):
            names |= (
                {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
            )
    return names


def test_every_module_belongs_to_a_stage():
    found = {path.relative_to(CORE).parts[0].removesuffix(".py") for path in FILES}
    assert found - {"__init__"} <= set(STAGES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORE)))
def test_core_needs_no_comfyui(path):
    assert not imports(path) & COMFYUI


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORE)))
def test_stages_import_only_earlier_stages(path):
    stage = path.relative_to(CORE).parts[0].removesuffix(".py")
    later = STAGES[STAGES.index(stage) + 1 :] if stage in STAGES else []
    assert not imports(path) & set(later)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORE)))
def test_core_imports_itself_relatively(path):
    assert "chatanything_core" not in imports(path)
