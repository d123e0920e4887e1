"""Every Python block of the documents runs, by itself and in a folder of its own.

Only the fence decides: ```python is executed, any other word after the fence is not.
"""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chatanything.voice import save_wav
from tests.tools.checkout import run_python
from tests.tools.samples import portrait_of, spoken

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "docs/python.md", "docs/facetime.md")
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"""["']([\w./-]+\.(?:mp4|wav|json|jpg|png))["']""")


def blocks(name):
    """Blocks of a document, each by the line that it begins in."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {f"{name}:{text.count(chr(10), 0, f.start()) + 2}": f[1] for f in BLOCK.finditer(text)}


BLOCKS = {place: code for name in DOCUMENTS for place, code in blocks(name).items()}


@pytest.fixture(scope="module")
def own_files():
    """What the documents call the reader's own: a portrait, another picture, and a voice."""
    image, _ = portrait_of("sleepy lighthouse")
    return image, np.full((300, 400, 3), (90, 150, 60), np.uint8), spoken("Good evening.")


@pytest.mark.parametrize("code", BLOCKS.values(), ids=BLOCKS)
def test_a_block_runs(code, own_files, tmp_path):
    portrait, garden, speech = own_files
    Image.fromarray(portrait).save(tmp_path / "portrait.jpg")
    Image.fromarray(garden).save(tmp_path / "garden.jpg")
    save_wav(tmp_path / "voice.wav", speech.samples, speech.rate)
    done = run_python(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    missing = [name for name in FILE.findall(code) if not (tmp_path / name).is_file()]
    assert not missing


def test_the_documents_have_the_blocks_that_they_promise():
    assert len(blocks("docs/python.md")) == 5
    assert blocks("README.md") and blocks("ARCHITECTURE.md")
