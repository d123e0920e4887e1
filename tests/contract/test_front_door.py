"""`import chatanything`: what it offers, and that it costs nothing until it is used."""

import ast
import inspect
import json
from importlib import import_module
from pathlib import Path

import pytest

import chatanything
from tests.tools.checkout import run_python

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "chatanything_core" / "__init__.py"
PROMISED = {
    *("create", "write_persona", "choose_voice", "speak", "choose_expert", "paint", "make_guide"),
    *("find_face", "invert", "plan_motion", "animate", "idle", "chat", "engines", "__version__"),
}


def seen_by_type_checkers():
    """Names by the module that they are imported from, for type checkers alone."""
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    return {node.module: {alias.name for alias in node.names} for node in imports}


def classes_of(name):
    module = import_module(f"chatanything.{name}")
    home = (module.__name__, "chatanything")
    classes = (value for value in vars(module).values() if inspect.isclass(value))
    return {one.__name__ for one in classes if one.__module__ in home}


def test_it_is_sorted_and_complete():
    names = chatanything.__all__
    assert names == sorted(names) and len(names) == len(set(names))
    assert set(names) >= PROMISED
    assert set(names) >= classes_of("errors")
    for stage in ("dialogue", "persona", "voice", "diffusion", "inversion", "landmarks", "video"):
        # A reading is what the writer and the painter tell each other.
        assert set(names) >= classes_of(f"{stage}.records") - {"Reading", "Attribute"}, stage


def test_type_checkers_see_what_is_there():
    given = {module: set(names.split()) for module, names in chatanything._NAMES.items()}
    assert seen_by_type_checkers() == given
    assert set(chatanything.__all__) == set().union(*given.values(), {"__version__"})


@pytest.mark.parametrize("name", chatanything.__all__)
def test_every_name_is_there_and_says_what_it_is(name):
    assert len(inspect.getdoc(getattr(chatanything, name))) > 10


def test_importing_it_imports_nothing_else(tmp_path):
    done = run_python(
        "import chatanything, json, sys\n"
        "print(json.dumps(sorted(sys.modules)))\n"
        "print(len(dir(chatanything)))",
        tmp_path,
    )
    assert done.returncode == 0, done.stderr
    loaded, names = done.stdout.splitlines()
    heavy = ("chatanything.", "numpy", "PIL", "pydantic", "torch", "av", "typer", "scipy")
    assert not [name for name in json.loads(loaded) if name.startswith(heavy)]
    assert int(names) >= len(chatanything.__all__)


def test_a_module_of_a_stage_loads_no_other_stage(tmp_path):
    """What ComfyUI and the worker process of espeak import."""
    done = run_python(
        "import sys, chatanything.voice.engines.espeak_worker\n"
        "assert 'chatanything.diffusion' not in sys.modules\n"
        "assert 'chatanything.pipeline' not in sys.modules",
        tmp_path,
    )
    assert done.returncode == 0, done.stderr


def test_the_version_is_that_of_the_project(tmp_path):
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{chatanything.__version__}"\n' in project
    # As ComfyUI loads it: by its path, under a name of its own.
    done = run_python(
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "import chatanything_core; print(chatanything_core.__version__)",
        tmp_path,
    )
    assert done.stdout.strip() == chatanything.__version__, done.stderr


def test_names_that_are_not_there_are_told():
    with pytest.raises(AttributeError, match="no attribute 'make_coffee'"):
        chatanything.make_coffee  # noqa: B018


def test_a_package_that_is_missing_is_told_with_what_to_install(tmp_path):
    done = run_python(
        "import sys, chatanything\nsys.modules['numpy'] = None\nchatanything.create", tmp_path
    )
    assert "needs 'numpy'" in done.stderr and "chatanything[standalone]" in done.stderr
