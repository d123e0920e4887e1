"""What scenes in a real browser need."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(scope="session")
def node():
    """Path of the program that drives the browser."""
    ready = (HERE / "node_modules" / "playwright-core").exists() and Path(CHROMIUM).exists()
    if not (ready and shutil.which("node")):
        pytest.skip("no browser: install node and chromium, then `make browser`")
    return shutil.which("node")


def driven(node, script, *words, seconds=240):
    """What a script of this folder saw in the browser; its last line is that, as JSON."""
    done = subprocess.run(
        [node, script, *words],
        cwd=HERE,
        env={**os.environ, "CHROMIUM": CHROMIUM},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
