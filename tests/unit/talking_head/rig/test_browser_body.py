"""The face in the browser computes what Python computes, and its modules are what they say."""

import os
import shutil
import subprocess

import pytest

from tests.tools.browser.moving_portraits import ROOT
from tests.tools.browser.vectors import write_vectors

HERE = ROOT / "tests" / "js"
NODE = shutil.which("node")
TYPES = HERE / "node_modules" / ".bin" / "tsc"


@pytest.mark.skipif(NODE is None, reason="no node here: install it to test the browser's modules")
@pytest.mark.parametrize("kind", ["portrait", "cartoon"])
def test_javascript_makes_the_same_of_every_row(kind, request, tmp_path):
    write_vectors(tmp_path, *request.getfixturevalue(kind))
    done = subprocess.run(
        [NODE, "--test"], cwd=HERE, env={**os.environ, "VECTORS": str(tmp_path)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "# skipped 0" in done.stdout and "# pass 0" not in done.stdout


@pytest.mark.skipif(not TYPES.exists(), reason="no tsc here: `make js` installs it")
def test_javascript_keeps_its_types():
    done = subprocess.run(
        [TYPES, "--project", "tsconfig.json"], cwd=HERE, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
