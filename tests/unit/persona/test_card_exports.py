"""Cards as the programs write that people really use."""

from pathlib import Path

import numpy as np
import pytest

from chatanything.errors import InputError
from chatanything.persona import persona_from_json, persona_to_json
from chatanything.persona.cards import (
    as_v3,
    card_of_persona,
    load_card,
    persona_of_card,
    save_card,
    save_card_png,
)
from chatanything.persona.cards.lorebook import told_lore
from tests.tools.card_exports import as_json, exports, picture, png, text, v2
from tests.unit.persona.test_cards import read_as_another_program

EXPORTS = exports()
BARE = {"others/minimal-v3.json"}
"""Samples without a description."""


def loaded(name: str, folder: Path):
    path = folder / Path(name).name
    path.write_bytes(EXPORTS[name])
    return load_card(path)


def test_there_are_forty_of_seven_kinds():
    assert len(EXPORTS) >= 40


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_read_with_all_that_it_says(name, tmp_path):
    persona = persona_of_card(loaded(name, tmp_path))
    data = as_v3(loaded(name, tmp_path))["data"]
    assert persona.name == "Mira Vale"
    assert persona.greeting.startswith("You're late")
    assert "{" not in persona.greeting + persona.personality + persona.background
    assert not persona.speaking_style
    assert set(persona.likes + persona.dislikes) <= {"fire"}
    if name not in BARE:
        assert "hates" in data["description"]
        assert "fire" in data["description"]


@pytest.mark.parametrize("name", EXPORTS)
def test_loading_saving_and_loading_is_stable(name, tmp_path):
    card = loaded(name, tmp_path)
    save_card(card, tmp_path / "once.json")
    assert load_card(tmp_path / "once.json") == card
    save_card_png(card, np.zeros((8, 8, 3), np.uint8), tmp_path / "once.png")
    read_as_another_program(tmp_path / "once.png")
    assert load_card(tmp_path / "once.png") == as_v3(card)
    persona = persona_of_card(card)
    again = persona_from_json(persona_to_json(persona))
    saved = card_of_persona(again)
    back = persona_of_card(saved)
    assert (back.name, back.greeting, back.personality, back.voice, back.likes) == (
        persona.name, persona.greeting, persona.personality, persona.voice, persona.likes,
    )  # fmt: skip
    assert saved["data"]["first_mes"] == as_v3(card)["data"]["first_mes"]


@pytest.mark.parametrize(
    "name",
    ["sillytavern/world.json", "sillytavern/book.json", "risuai/old.json", "agnai/memory.json",
     "backyard/old.json", "backyard/archive.byaf"],
)  # fmt: skip
def test_every_program_s_lore_wakes(name, tmp_path):
    persona = persona_of_card(loaded(name, tmp_path))
    assert told_lore(persona, ["Tell me of trolls!"], 0, 500).texts == ("Trolls fear salt.",)
    assert not told_lore(persona, ["Hello."], 0, 500).texts


def test_greetings_of_a_backyard_archive_become_alternate_ones(tmp_path):
    persona = persona_of_card(loaded("backyard/archive.byaf", tmp_path), greeting=1, user="Ada")
    assert persona.greeting == "Second, Ada."


@pytest.mark.parametrize("field", [field for field in v2()["data"] if field != "name"])
@pytest.mark.parametrize(
    "value", [..., None, 7, 1.5, True, "text", [], ["a", None, 3], {}, {"a": 1}]
)
def test_no_field_of_another_type_refuses_a_card(field, value, tmp_path):
    card = v2(**{field: value, "character_book": value})
    path = tmp_path / "card.json"
    path.write_bytes(as_json(card))
    persona = persona_of_card(load_card(path))
    assert persona.name == "Mira Vale"
    assert persona.greeting
    save_card_png(card, np.zeros((8, 8, 3), np.uint8), tmp_path / "card.png")
    read_as_another_program(tmp_path / "card.png")


def test_what_is_converted_is_not_lost(tmp_path):
    card = v2(
        character_version=1.2, tags="elf, ranger", alternate_greetings="Hm.", creator=["a", "b"]
    )
    data = as_v3(card)["data"]
    assert data["character_version"] == "1.2"
    assert data["tags"] == ["elf", "ranger"]
    assert data["alternate_greetings"] == ["Hm."]
    assert data["creator"] == "a\nb"


def test_a_bad_lorebook_entry_is_named_and_the_others_wake():
    book = {"entries": [{"keys": ["a"], "content": None, "name": "empty"}, 3, {"content": "x"},
                        {"keys": "troll, ogre", "content": "Trolls fear salt.", "enabled": None}]}  # fmt: skip
    persona = persona_of_card(v2(character_book=book))
    notes = " ".join(persona.provenance.notes)
    assert "Lorebook entry 1 (empty) has no content" in notes
    assert "Lorebook entry 2 is no object" in notes
    assert "Lorebook entry 3 has no keys" in notes
    assert told_lore(persona, ["An ogre!"], 0, 500).texts == ("Trolls fear salt.",)


def test_a_lorebook_alone_is_told_from_a_card(tmp_path):
    path = tmp_path / "world.json"
    path.write_bytes(as_json({"entries": {"0": {"key": ["a"], "content": "b"}}}))
    with pytest.raises(InputError, match="This is a lorebook"):
        load_card(path)


def test_a_picture_without_a_card_says_so(tmp_path):
    for form in ("JPEG", "WEBP", "PNG", "GIF", "BMP"):
        path = tmp_path / "card.bin"
        path.write_bytes(picture(form))
        with pytest.raises(InputError, match="no character card"):
            load_card(path)
    path.write_bytes(png(text("chara", b"!!!"), text("ccv3", b"???")))
    with pytest.raises(InputError, match="not base64"):
        load_card(path)
