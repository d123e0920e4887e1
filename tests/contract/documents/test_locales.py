"""The texts of nodes in other languages belong to nodes and sockets that there are."""

import pytest

from tests.tools.comfyui import schemas

ENGLISH = schemas.read(schemas.TEXTS)
FOLDER = schemas.ROOT / "locales"
LANGUAGES = ("de", "es", "fr", "ja", "zh")
SPECIAL = set("@{}|")
"""Characters that the page's translator reads as its own."""


def translation(language):
    return schemas.read(FOLDER / language / "nodeDefs.json")


def strings(entry):
    for value in entry.values():
        yield from strings(value) if isinstance(value, dict) else [value]


def test_six_languages():
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(("en", *LANGUAGES))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_node_has_a_name_and_a_description(language):
    found = translation(language)
    assert list(found) == list(ENGLISH)
    for name, entry in found.items():
        assert entry["display_name"].strip() and entry["description"].strip(), name
        assert entry["description"] != ENGLISH[name]["description"], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_sockets_are_those_of_the_node(language):
    for name, entry in translation(language).items():
        assert entry["inputs"].keys() <= ENGLISH[name]["inputs"].keys(), name
        assert entry["outputs"].keys() <= ENGLISH[name]["outputs"].keys(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_plain_and_not_empty(language):
    texts = list(strings(translation(language)))
    assert all(text.strip() and not SPECIAL & set(text) for text in texts)
    titles = [entry["display_name"] for entry in translation(language).values()]
    assert len(set(titles)) == len(titles)
