"""Character cards: every version survives, others read ours, and nothing hostile gets in."""

import base64
import io
import json
import struct
import zipfile
import zlib

import numpy as np
import pytest

from chatanything.errors import InputError
from chatanything.persona import persona_from_json, persona_to_json, write_persona
from chatanything.persona.cards import (
    as_v2,
    as_v3,
    card_of_persona,
    load_card,
    persona_of_card,
    save_card,
    save_card_png,
    version,
)
from chatanything.persona.cards.lorebook import told_lore

PICTURE = np.full((32, 24, 3), 90, np.uint8)
V1 = {
    "name": "Aqua",
    "description": "{{char}} is a tiny cheerful goldfish. She lives in a bowl.",
    "personality": "bubbly",
    "scenario": "a kitchen",
    "first_mes": "*She blows a bubble.* Hello {{user}}! I am {{char}}.",
    "mes_example": "<START>\n{{user}}: Hi",
}
BOOK = {
    "name": "bowl",
    "scan_depth": 4,
    "token_budget": 500,
    "recursive_scanning": False,
    "extensions": {"other": [1]},
    "entries": [
        {
            "keys": ["castle"], "content": "The castle is made of plastic.", "enabled": True,
            "insertion_order": 10, "extensions": {"x": {"y": 1}}, "id": 7, "comment": "decor",
        },
        {"keys": ["snail"], "content": "Gary.", "enabled": False, "insertion_order": 1,
         "extensions": {}},
    ],
}  # fmt: skip
V2 = {
    "spec": "chara_card_v2",
    "spec_version": "2.0",
    "data": {
        **V1,
        "creator_notes": "notes",
        "system_prompt": "",
        "post_history_instructions": "",
        "alternate_greetings": ["Blub."],
        "tags": ["fish"],
        "creator": "me",
        "character_version": "1.1",
        "character_book": BOOK,
        "extensions": {"talkativeness": "0.5", "depth_prompt": {"prompt": "x", "depth": 4}},
    },
}
V3 = {
    "spec": "chara_card_v3",
    "spec_version": "3.0",
    "data": {
        **V2["data"],
        "nickname": "Aq",
        "group_only_greetings": ["All!"],
        "source": ["https://x/1"],
        "creation_date": 1700000000,
        "character_book": {
            **BOOK,
            "entries": [{**entry, "use_regex": False} for entry in BOOK["entries"]],
        },
        "assets": [{"type": "icon", "uri": "ccdefault:", "name": "main", "ext": "png"}],
        "creator_notes_multilingual": {"de": "Notizen"},
        "extensions": {"unknown/namespace": {"deep": [None, 1.5, "ü"]}},
    },
    "something_new": {"kept": True},
}


def chunks(data):
    """An independent reader of PNG chunks, from the PNG specification."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at = 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        (check,) = struct.unpack(">I", data[at + 8 + size : at + 12 + size])
        assert check == zlib.crc32(kind + body)
        yield kind, body
        at += 12 + size


def read_as_another_program(path):
    """A reader written from the public V2 and V3 specifications, sharing no code with ours."""
    cards = {}
    for kind, body in chunks(path.read_bytes()):
        if kind == b"tEXt":
            keyword, _, text = body.partition(b"\0")
            if keyword in (b"chara", b"ccv3"):
                assert keyword not in cards
                cards[keyword] = json.loads(base64.b64decode(text, validate=True).decode("utf-8"))
    v2, v3 = cards[b"chara"], cards[b"ccv3"]
    assert (v2["spec"], v2["spec_version"]) == ("chara_card_v2", "2.0")
    assert (v3["spec"], v3["spec_version"]) == ("chara_card_v3", "3.0")
    texts = ("name", "description", "personality", "scenario", "first_mes", "mes_example")
    texts += ("creator_notes", "system_prompt", "post_history_instructions", "creator")
    for data in (v2["data"], v3["data"]):
        assert all(isinstance(data[key], str) for key in (*texts, "character_version"))
        assert all(isinstance(item, str) for item in data["alternate_greetings"] + data["tags"])
        assert isinstance(data["extensions"], dict)
        for entry in data.get("character_book", {"entries": []})["entries"]:
            assert isinstance(entry["keys"], list)
            assert isinstance(entry["extensions"], dict)
            assert isinstance(entry["enabled"], bool)
            assert isinstance(entry["insertion_order"], int | float)
    assert isinstance(v3["data"]["group_only_greetings"], list)
    for asset in v3["data"].get("assets", []):
        assert set(asset) == {"type", "uri", "name", "ext"}
    for entry in v3["data"].get("character_book", {"entries": []})["entries"]:
        assert isinstance(entry["use_regex"], bool)
    return v2, v3


@pytest.mark.parametrize("card", [V1, V2, V3], ids=["V1", "V2", "V3"])
def test_json_round_trip_changes_nothing(card, tmp_path):
    save_card(card, tmp_path / "card.json")
    loaded = load_card(tmp_path / "card.json")
    assert loaded == card
    save_card(loaded, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "card.json").read_bytes()


@pytest.mark.parametrize("card", [V1, V2, V3], ids=["V1", "V2", "V3"])
def test_png_round_trip_loses_nothing_and_settles(card, tmp_path):
    save_card_png(card, PICTURE, tmp_path / "card.png")
    loaded = load_card(tmp_path / "card.png")
    assert loaded == as_v3(card)
    data = card if version(card) == 1 else card["data"]
    kept = json.loads(json.dumps(loaded["data"]))
    if version(card) < 3:
        for entry in kept.get("character_book", {"entries": []})["entries"]:
            del entry["use_regex"]
    assert {key: kept[key] for key in data} == data
    assert loaded.get("something_new") == card.get("something_new")
    save_card_png(loaded, PICTURE, tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "card.png").read_bytes()


@pytest.mark.parametrize("card", [V1, V2, V3], ids=["V1", "V2", "V3"])
def test_a_card_goes_through_a_persona_unharmed(card):
    persona = persona_of_card(card)
    again = persona_from_json(persona_to_json(persona))
    back = card_of_persona(again)
    ours = back["data"]["extensions"].pop("chatanything")
    assert back == as_v3(card)
    assert ours["concept"] == persona.concept
    assert persona_of_card(card_of_persona(persona)).greeting == persona.greeting


def test_another_program_reads_what_is_written_here(tmp_path):
    persona = write_persona('grumpy "teapot" {{user}} 🫖')
    texts = {"prompt": "{}", "workflow": '{"nodes": []}'}
    save_card_png(card_of_persona(persona), PICTURE, tmp_path / "pot.png", texts)
    v2, v3 = read_as_another_program(tmp_path / "pot.png")
    assert v2["data"]["name"] == v3["data"]["name"] == persona.name
    assert v3["data"]["first_mes"] == persona.greeting
    keywords = [body.partition(b"\0")[0] for kind, body in chunks((tmp_path / "pot.png").read_bytes())
                if kind == b"tEXt"]  # fmt: skip
    assert keywords == [b"prompt", b"workflow", b"chara", b"ccv3"]
    loaded = persona_of_card(load_card(tmp_path / "pot.png"))
    assert persona_to_json(loaded) | {"card": ""} == persona_to_json(persona)


def test_another_program_reads_a_saved_v3_card_with_a_lorebook(tmp_path):
    save_card_png(V3, PICTURE, tmp_path / "fish.png")
    v2, _ = read_as_another_program(tmp_path / "fish.png")
    assert "nickname" not in v2["data"]
    assert v2["data"]["extensions"] == V3["data"]["extensions"]


def test_a_persona_of_a_foreign_card():
    persona = persona_of_card(V2)
    assert persona.name == "Aqua"
    assert persona.greeting == "Hello friend! I am Aqua."
    assert persona.personality == "bubbly"
    assert persona.voice.size < -0.5
    assert persona.emotion.name == "happy"
    assert "description" in persona.provenance.notes[0]
    assert persona_of_card(V3).greeting == "Hello friend! I am Aq."


def test_changes_reach_the_card_and_the_rest_stays():
    from dataclasses import replace

    persona = replace(persona_of_card(V3), greeting="Blub, I say.")
    back = card_of_persona(persona)
    assert back["data"]["first_mes"] == "Blub, I say."
    assert back["data"]["description"] == V3["data"]["description"]
    assert back["data"]["extensions"]["unknown/namespace"] == {"deep": [None, 1.5, "ü"]}


def book(*entries, **options):
    card = json.loads(json.dumps(V3))
    base = {"enabled": True, "insertion_order": 0, "extensions": {}, "use_regex": False}
    card["data"]["character_book"] = {
        "extensions": {}, "entries": [{**base, **entry} for entry in entries], **options
    }  # fmt: skip
    return persona_of_card(card)


def told(persona, *log, replies=0, room=500):
    return "\n".join(told_lore(persona, log, replies, room).texts)


def test_lore_wakes_by_keyword():
    persona = book(
        {"keys": ["Castle"], "content": "B: {{char}} owns it.", "insertion_order": 2},
        {"keys": ["castle"], "content": "A", "insertion_order": 1},
        {"keys": ["castle"], "content": "never", "enabled": False},
        {"keys": ["Castle"], "content": "case", "case_sensitive": True},
        {"keys": [], "content": "always", "constant": True, "insertion_order": 9},
        {"keys": ["castle"], "secondary_keys": ["key"], "selective": True, "content": "secret"},
    )
    assert told(persona, "hello") == "always"
    assert told(persona, "the castle!") == "A\nB: Aq owns it.\nalways"
    assert "secret" in told(persona, "the castle", "has a key")


def test_lore_looks_only_so_far_back_and_takes_only_so_much():
    entry = {"keys": ["moat"], "content": "deep " * 40}
    near = book(entry, scan_depth=2)
    assert told(near, "moat", "a")
    assert not told(near, "moat", "a", "b")
    assert not told(near, "moat", room=20)
    assert not told(book(entry, token_budget=20), "moat")
    two = book({"keys": ["a"], "content": "low", "priority": 1},
               {"keys": ["a"], "content": "high " * 5, "priority": 9})  # fmt: skip
    assert told(two, "a", room=12).startswith("high")
    assert "low" not in told(two, "a", room=12)


def test_lore_calls_lore_only_when_the_book_says_so():
    entries = ({"keys": ["a"], "content": "now bee"}, {"keys": ["bee"], "content": "honey"})
    assert told(book(*entries, recursive_scanning=True), "a") == "now bee\nhoney"
    assert told(book(*entries), "a") == "now bee"


def test_decorators_are_obeyed_and_not_told():
    persona = book(
        {"keys": ["x"], "content": "@@activate_only_after 2\n@@depth 3\nlate"},
        {"keys": ["x"], "content": "@@exclude_keys quiet, still\nnoisy"},
        {"keys": ["nothing"], "content": "@@activate\nforced"},
        {"keys": ["x"], "content": "@@dont_activate\nhidden"},
        {"keys": ["x"], "content": "@@unknown 4\n@@@scan_depth 1\nnear"},
    )
    assert set(told(persona, "x").split("\n")) == {"noisy", "forced", "near"}
    assert set(told(persona, "x", "quiet", replies=2).split("\n")) == {"late", "forced"}
    v2 = as_v2(json.loads(persona.card))
    assert v2["data"]["character_book"]["entries"][0]["content"] == "late"
    assert "Character Card V3" in v2["data"]["creator_notes"]


def test_patterns_match_and_dangerous_ones_do_not_run():
    def by(pattern):
        return told(
            book({"keys": [pattern], "content": "hit", "use_regex": True}), "a" * 5000 + " a cat"
        )

    assert by("c.t") == by("/CAT/i") == by(r"\bcat\b") == "hit"
    assert by("/CAT/") == by("(unclosed") == ""
    for dangerous in ("(a+)+$", "(a|aa)*$", "(a*)*b", ".*.*.*=", r"(a)\1", "((a+))+b", "x" * 300):
        assert by(dangerous) == "", dangerous


def charx(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_json", ".json"), content)
    return buffer.getvalue()


def png_with(kind, body):
    out = io.BytesIO()
    from PIL import Image

    Image.fromarray(PICTURE).save(out, "PNG")
    data = out.getvalue()
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return data[:33] + chunk + data[33:]


def test_charx_and_careless_pngs_are_read(tmp_path):
    path = tmp_path / "card.charx"
    path.write_bytes(charx(card_json=json.dumps(V3)))
    assert load_card(path) == V3
    text = base64.b64encode(json.dumps(V2).encode()).rstrip(b"=")
    for kind, body in (
        (b"tEXt", b"Chara\0" + text),
        (b"zTXt", b"chara\0\0" + zlib.compress(text)),
        (b"iTXt", b"chara\0\1\0\0\0" + zlib.compress(text)),
        (b"iTXt", b"chara\0\0\0en\0x\0" + text),
    ):
        path = tmp_path / "careless.png"
        path.write_bytes(png_with(kind, body))
        assert load_card(path) == V2


HOSTILE = {
    "no card": (b"\x89PNG\r\n\x1a\n", "cut off"),
    "plain picture": (png_with(b"tEXt", b"Comment\0hi"), "no character card"),
    "no base64": (png_with(b"tEXt", b"chara\0!!!!"), "not base64"),
    "text bomb": (png_with(b"zTXt", b"chara\0\0" + zlib.compress(bytes(20_000_000))), "larger than"),
    "zip bomb": (charx(card_json=b" " * 20_000_000), "more than 8000000 bytes"),
    "no card.json": (charx(other_json="{}"), "no card.json"),
    "broken zip": (charx(card_json="{}")[:-30], "damaged"),
    "no JSON": (b"hello", "not a JSON document"),
    "deep JSON": (b"[" * 100_000, "not a JSON document"),
    "list": (b"[]", "not a JSON object"),
    "persona": (b'{"name": "x"}', "neither"),
    "nameless": (json.dumps({**V1, "name": " "}).encode(), "no name"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_one_sentence(name, tmp_path):
    content, words = HOSTILE[name]
    path = tmp_path / "card.bin"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        load_card(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone\.png"):
        load_card(tmp_path / "gone.png")


def test_a_broken_extension_of_ours_is_told_and_not_used():
    card = card_of_persona(write_persona("teapot"))
    card["data"]["extensions"]["chatanything"]["voice"]["pitch"] = "high"
    persona = persona_of_card(card)
    assert "extension could not be used" in persona.provenance.notes[0]
