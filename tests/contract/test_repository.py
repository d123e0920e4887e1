"""The files that machines and newcomers read: YAML that parses, commands and paths that exist."""

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
import yaml
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
YAML = [*ROOT.glob(".github/**/*.yml"), ROOT / ".pre-commit-config.yaml"]
FOLDERS = (
    "chatanything_core", "nodes", "benchmarks", "tests", "training", "web", "workflows", "docs",
)  # fmt: skip
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob(".github/*.md")]


def name(path):
    return path.relative_to(ROOT).as_posix()


def targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z0-9-]*):", makefile, re.MULTILINE))


def load(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", YAML, ids=name)
def test_yaml_parses(path):
    assert isinstance(load(path), dict)


def test_workflow_runs_a_script_of_ours():
    jobs = load(ROOT / ".github/workflows/test.yml")["jobs"]
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    scripts = [words for command in commands if (words := command.split())[0] == "bash"]
    assert scripts
    assert [script for _, script in scripts if not (ROOT / script).is_file()] == []


def test_every_phony_target_has_a_rule():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(" ".join(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)).split())
    assert phony == targets()


@pytest.mark.parametrize("path", [*DOCUMENTS, *YAML, ROOT / ".ci/run"], ids=name)
def test_make_targets_that_are_named_exist(path):
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"(?:^|`|: )make ((?:[a-z][a-z-]*(?: |(?=`|$|\n)))+)", text, re.MULTILINE)
    assert {word for words in named for word in words.split()} - targets() == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_files_that_are_named_exist(path):
    quoted = re.findall(r"`([a-z_.][a-z_0-9./-]*(?:/|\.py))`", path.read_text(encoding="utf-8"))
    ours = [f"/{name(file)}" for top in FOLDERS for file in (ROOT / top).rglob("*.*")]
    missing = {
        word
        for word in quoted
        if not any(
            f"/{word}" in file if word[-1] == "/" else file.endswith(f"/{word}") for file in ours
        )
    }
    assert missing == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_modules_that_are_named_exist(path):
    named = re.findall(
        r"python -m ((?:chatanything|benchmarks|tests|training)[\w.]*)", path.read_text("utf-8")
    )
    files = {
        word: (ROOT / word.replace(".", "/").replace("chatanything/", "chatanything_core/"))
        for word in named
        if word not in ("chatanything", "chatanything_core")
    }
    assert [
        word
        for word, file in files.items()
        if not (file.with_suffix(".py").is_file() or (file / "__main__.py").is_file())
    ] == []


def project():
    tomllib = pytest.importorskip("tomllib")  # from Python 3.11
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_both_lists_of_dependencies_are_alike():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if not line.startswith("#")]
    assert project()["project"]["dependencies"] == listed


@pytest.mark.parametrize(("key", "size"), [("Icon", (400, 400)), ("Banner", (1260, 540))])
def test_the_registry_finds_our_pictures(key, size):
    address = project()["tool"]["comfy"][key]
    path = ROOT / address.partition("/main/")[2]
    with Image.open(path) as picture:
        assert picture.size == size
    assert path.stat().st_size < 150_000


def ignored():
    lines = (ROOT / ".comfyignore").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_archive_leaves_out_what_is_there_and_what_no_user_needs():
    left_out = ignored()
    assert {"docs/", "tests/", "benchmarks/", "training/"} <= set(left_out)
    made = {"build/", "out/"}
    assert [line for line in left_out if line not in made and not (ROOT / line).exists()] == []
    needed = ("nodes/", "chatanything_core/", "web/", "workflows/", "locales/", "requirements.txt")
    assert not set(needed) & set(left_out)


def listed(*options):
    command = ["git", "ls-files", "-z", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("no git checkout")
    return {name for name in done.stdout.split("\0") if name}


def test_the_archive_stays_small():
    """What the registry packs: every file of the checkout that .comfyignore does not name, deflated."""
    packed = listed() - listed("-c", "-i", "--exclude-from=.comfyignore")
    archive, pictures = io.BytesIO(), 0
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(packed):
            file.write(ROOT / name, name)
            pictures += file.getinfo(name).compress_size * name.endswith(".jpg")
    assert {"__init__.py", "nodes/__init__.py", "pyproject.toml"} <= packed
    assert not [
        name for name in packed if name.startswith(("tests/", "docs/", "benchmarks/", "training/"))
    ]
    assert pictures < 400_000
    assert archive.tell() - pictures < 2_700_000, "bytes without the pictures of the templates"
