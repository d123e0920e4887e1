"""What scenes in a real browser need."""

import os
import shutil
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
