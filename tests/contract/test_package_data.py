"""What a built wheel carries besides Python: worked out from pyproject.toml, without building."""

from pathlib import Path

import pytest

tomllib = pytest.importorskip("tomllib")  # Python 3.11

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "chatanything_core"
WEB = ROOT / "web"


def carried():
    """Files that the package-data patterns take; setuptools looks below every package."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    data = settings["tool"]["setuptools"]["package-data"]
    packages = [file.parent for file in CORE.rglob("__init__.py")]
    found = set()
    for package in packages:
        name = ".".join(package.relative_to(ROOT).parts)
        for pattern in (*data.get("*", ()), *data.get(name, ())):
            found |= {path for path in package.glob(pattern) if path.is_file()}
    return found


def test_every_file_of_the_core_is_in_the_wheel():
    files = {p for p in CORE.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    data = {path for path in files if path.suffix != ".py"}
    assert CORE / "diffusion/families/configs/sdxl/unet/config.json" in data
    assert sorted(data - carried()) == []


def test_every_package_of_the_core_is_in_the_wheel():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {file.parent.relative_to(CORE) for file in CORE.rglob("*.py")}
    names = {".".join(("chatanything", *folder.parts)) for folder in folders}
    assert set(settings["tool"]["setuptools"]["packages"]) == names | {"chatanything.web"}
    assert all((CORE / folder / "__init__.py").exists() for folder in folders)


def test_what_a_page_needs_is_in_the_wheel():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    told = settings["tool"]["setuptools"]
    assert told["package-dir"]["chatanything.web"] == "web"
    found = {f for pattern in told["package-data"]["chatanything.web"] for f in WEB.glob(pattern)}
    # Those at the top belong to ComfyUI's page alone.
    assert set(WEB.glob("*/**/*.mjs")) <= found
    assert WEB / "lib" / "face.mjs" in found


def test_comfyui_loads_no_module_of_a_page_by_itself():
    """Its page imports every *.js below web/; modules have no business there."""
    assert {file.parent for file in WEB.rglob("*.js")} == {WEB}
