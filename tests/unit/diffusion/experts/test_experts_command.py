"""`chatanything experts`."""

import json

import pytest
from typer.testing import CliRunner

from chatanything.cli import app


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("CHATANYTHING_MODELS", str(tmp_path / "models"))
    return lambda *words: CliRunner().invoke(app, ["experts", *words])


def own(tmp_path, text):
    path = tmp_path / "config" / "experts" / "mine.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


MINE = """\
experts:
  - {name: mine, description: Paints teapots and kettles., family: sd15, source: a/b}
"""


def test_list_has_the_users_own(run, tmp_path):
    own(tmp_path, MINE)
    names = [expert["name"] for expert in json.loads(run("list", "--json").stdout)]
    assert names[:3] == ["soft 3D", "paper cut", "ink"]
    assert "mine" in names


def test_check_tells_file_line_and_field(run, tmp_path):
    path = own(tmp_path, MINE.replace("sd15", "sd99"))
    result = run("check")
    assert result.exit_code == 2
    assert f"{path}, line 2: experts.0.family" in result.stderr


def test_check_of_a_good_file(run, tmp_path):
    here = MINE.replace("family: sd15, source: a/b", "family: sketch, source: ink")
    assert "1 expert, no mistake" in run("check", str(own(tmp_path, here))).stdout


def test_check_names_what_is_nowhere(run, tmp_path):
    result = run("check", str(own(tmp_path, MINE)))
    assert result.exit_code == 1
    assert "not on this machine: mine: source a/b" in result.output + getattr(result, "stderr", "")


def test_explain_says_who_and_why(run, tmp_path):
    own(tmp_path, MINE)
    said = run("explain", "grumpy teapot", "--engine", "diffusers").stdout
    assert said.startswith("mine (sd15) 100%")
    assert "teapot" in said
