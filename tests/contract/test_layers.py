"""The core never imports ComfyUI, and data flows one way: through its stages, and within them.

Imports inside functions count too: a lazy cycle is a cycle.
"""

import ast
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "chatanything_core"
STAGES = [
    *("errors", "ranges", "named_weights", "registry", "atomic_write", "progress", "seeding"),
    *("user_folders", "background", "model_folders", "runtime", "provenance"),
    *("downloads", "llm"),
    *("persona", "dialogue", "voice", "transcription", "landmarks", "inversion", "diffusion"),
    *("talking_head", "video", "character", "duet", "live", "pipeline", "cluster", "batch"),
    *("workflows", "facetime", "evaluation", "cli", "__main__"),
]
COMFYUI = {
    *("comfy", "comfy_api", "comfy_extras", "comfy_execution"),
    *("execution", "folder_paths", "nodes", "server"),
}
SHARED_NAMES = {"__init__", "records", "registry", "base", "painter"}
"""Names that modules of several stages share, because they are the same thing in each."""
FILES = sorted(CORE.rglob("*.py"))
NAMES = {path.relative_to(CORE).with_suffix("").parts: path for path in FILES}


def imports(path: Path) -> set[tuple[str, ...]]:
    """Every import in the file, as parts; those of the core from its root, others marked by ''."""
    package = path.relative_to(CORE).parent.parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {("", *alias.name.split(".")) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(("", *(node.module or "").split(".")))
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level]
            module = (*base, *(node.module.split(".") if node.module else ()))
            found |= {(*module, alias.name) for alias in node.names}
    return found


def modules(path: Path) -> set[tuple[str, ...]]:
    """Modules of the core that the file imports; a package stands for its `__init__`."""
    found = set()
    for parts in imports(path):
        if parts[0]:
            tries = (parts, (*parts, "__init__"), parts[:-1], (*parts[:-1], "__init__"))
            found |= {next(name for name in tries if name in NAMES)}
    return found


def test_every_module_belongs_to_a_stage():
    assert {name[0] for name in NAMES} - {"__init__"} <= set(STAGES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORE)))
def test_core_needs_no_comfyui(path):
    assert not {parts[1] for parts in imports(path) if not parts[0]} & COMFYUI


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORE)))
def test_stages_import_only_earlier_stages(path):
    stage = path.relative_to(CORE).parts[0].removesuffix(".py")
    later = STAGES[STAGES.index(stage) + 1 :] if stage in STAGES else []
    assert not {name[0] for name in modules(path)} & set(later)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORE)))
def test_core_imports_itself_relatively(path):
    outside = {parts[1] for parts in imports(path) if not parts[0]}
    assert not outside & {"chatanything", "chatanything_core"}


def test_no_module_imports_itself_through_others():
    graph = {name: modules(path) for name, path in NAMES.items()}
    done: set[tuple[str, ...]] = set()

    def visit(name: tuple[str, ...], trail: list[tuple[str, ...]]) -> None:
        assert name not in trail, " -> ".join("/".join(n) for n in [*trail, name])
        if name not in done:
            for other in sorted(graph[name]):
                visit(other, [*trail, name])
            done.add(name)

    for name in sorted(graph):
        visit(name, [])


def test_folders_stay_small():
    """`nodes/` itself may have more: it has one file for each node."""
    tops = ("chatanything_core", "nodes/comfy", "benchmarks", "tests")
    files = [path for top in tops for path in (ROOT / top).rglob("*.py")]
    crowded = {f: n for f, n in Counter(path.parent for path in files).items() if n > 14}
    assert len(files) > len(FILES)
    assert not crowded


def test_a_name_stands_for_one_module():
    """A command in `cli/` may have the name of the verb that it runs."""
    stems = [path.stem for name, path in NAMES.items() if name[0] != "cli"]
    assert {stem for stem, count in Counter(stems).items() if count > 1} <= SHARED_NAMES
