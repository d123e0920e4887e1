"""The texts of nodes in other languages belong to nodes and sockets that there are."""

import copy
import re

import pytest

from tests.tools.comfyui import schemas, tooltips
from tests.tools.comfyui.tooltips import FOLDER, LANGUAGES, SOCKETS

ENGLISH = schemas.read(schemas.TEXTS)
WRITE = "run `python -m tests.tools.comfyui.tooltips`"
QUOTED = re.compile("„(.+?)“|« (.+?) »|«(?! )(.+?)»|“(.+?)”|「(.+?)」")
"""Names of nodes and sockets in a tooltip."""
CORE = {
    "de": set(),  # ComfyUI's own nodes have English names on a German page
    "es": {"Cargar CLIP", "Cargar Imagen", "Codificar Texto CLIP", "Guardar video"},
    "fr": {"Charger CLIP", "Charger Image", "Enregistrer la vidéo"},
    "ja": {
        *("CLIPを読み込む", "CLIPテキストエンコード", "画像を読み込む", "ビデオを保存"),
        *("Kサンプラー", "Kサンプラー(高度)"),
    },
    "zh": {
        *("加载CLIP", "CLIP文本编码", "加载图像", "保存视频"),
        *("K采样器", "K采样器（高级）"),
    },
}
"""What ComfyUI calls its own nodes in that language."""
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
    found = translation(language)
    for name, entry in ENGLISH.items():
        for part in SOCKETS:
            assert list(found[name][part]) == list(entry[part]), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tooltip_is_translated_and_no_other(language):
    known = tooltips.catalogue(language)
    assert tooltips.lacking(ENGLISH, known) == []
    assert tooltips.stale(ENGLISH, known) == []
    assert [text for text, told in known.items() if told == text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_reads_what_the_translator_wrote(language):
    found = translation(language)
    assert tooltips.translated(ENGLISH, found, tooltips.catalogue(language)) == found, WRITE


def test_a_changed_tooltip_has_no_translation():
    changed = copy.deepcopy(ENGLISH)
    socket = changed["ChatAnythingCharacter"]["inputs"]["concept"]
    old, socket["tooltip"] = socket["tooltip"], "Who it is, in a word."
    known = tooltips.catalogue("de")
    assert tooltips.lacking(changed, known) == [socket["tooltip"]]
    assert tooltips.stale(changed, known) == [old]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tooltips_name_nodes_and_sockets_as_the_page_does(language):
    found = translation(language)
    names = {entry["display_name"] for entry in found.values()} | CORE[language]
    for entry in found.values():
        names |= {socket["name"] for part in SOCKETS for socket in entry[part].values()}
    quoted = {
        next(filter(None, match))
        for text in tooltips.catalogue(language).values()
        for match in QUOTED.findall(text)
    }
    assert quoted and quoted - names == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", ["persona", "face", "voice", "seed", "mask", "timeline"])
def test_a_socket_is_called_the_same_on_every_node(language, word):
    found = translation(language)
    names = {
        found[node][part][key]["name"]
        for node, entry in ENGLISH.items()
        for part in SOCKETS
        for key, socket in entry[part].items()
        if socket["name"] == word
    }
    assert len(names) == 1


@pytest.mark.parametrize("language", ("en", *LANGUAGES))
def test_texts_are_plain_and_not_empty(language):
    texts = list(strings(translation(language)))
    assert all(text.strip() and not SPECIAL & set(text) for text in texts)
    titles = [entry["display_name"] for entry in translation(language).values()]
    assert len(set(titles)) == len(titles)
