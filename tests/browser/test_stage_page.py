"""The stage in a real browser: transparent, and as talkative as the page that it follows."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.tools.browser.page_server import ROOT, page_server

pytestmark = pytest.mark.browser
HERE = ROOT / "tests" / "browser"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PICTURES = ROOT / "out" / "stage"


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    ready = (HERE / "node_modules" / "playwright-core").exists() and Path(CHROMIUM).exists()
    if not (ready and shutil.which("node")):
        pytest.skip("no browser: install node and chromium, then `make browser`")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with page_server(tmp_path_factory.mktemp("stage")) as address:
        done = subprocess.run(
            ["node", "facetime/alone.mjs", address, str(PICTURES)],
            cwd=HERE,
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_it_says_what_the_page_says_and_is_cut_off_with_it(seen):
    assert seen["complaints"] == []
    assert seen["said"] == seen["asked"]


@pytest.mark.parametrize("name", ["stage.png", "stage-talks.png"])
def test_only_the_character_is_seen(seen, name):
    with Image.open(PICTURES / name) as picture:
        alpha = np.asarray(picture.convert("RGBA"))[..., 3]
    height, width = alpha.shape
    assert [alpha[y, x] for y in (0, -1) for x in (0, -1)] == [0] * 4
    # The corners of the portrait itself, a square in the middle of the page.
    left = (width - height) // 2
    assert [alpha[y, left + x] for y in (2, -3) for x in (2, height - 3)] == [0] * 4
    assert alpha[height // 2, width // 2] == 255
    assert 0.1 < (alpha > 128).mean() < 0.7
