"""Each node has a help page that speaks of every input and output. Needs no ComfyUI."""

import pytest

from tests.tools.comfyui import schemas

DOCS = schemas.ROOT / "web" / "docs"
KNOWN = sorted(path.stem for path in schemas.SNAPSHOTS.glob("*.json"))


@pytest.mark.parametrize("name", KNOWN)
def test_page_speaks_of_everything(name):
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8").lower()
    entry = schemas.read(schemas.TEXTS)[name]
    names = {(key, text["name"]) for key, text in entry["inputs"].items()}
    names |= {(text["name"], text["name"]) for text in entry["outputs"].values()}
    silent = [pair for pair in names if not any(word.lower() in page for word in pair)]
    assert silent == []


def test_no_page_without_a_node():
    assert sorted(path.stem for path in DOCS.glob("*.md")) == KNOWN
