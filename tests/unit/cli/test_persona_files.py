"""Files on the command line: what is there, what is not, and whose they are."""

import json
import os
import sys

import numpy as np
import pytest

from chatanything.persona import persona_to_json, write_persona
from chatanything.persona.cards import card_of_persona, save_card_png
from tests.tools.card_exports import as_json, exports, v2
from tests.unit.cli.test_chat_commands import run


@pytest.mark.parametrize(
    "words",
    [
        ("chat", "nosuch.png"),
        ("chat", "nosuch.webp"),
        ("chat", "folder/nosuch"),
        ("chat", "./teapot"),
        ("create", "nosuch.json"),
        ("create", "C:\\cards\\nosuch"),
    ],
)
def test_a_file_that_is_not_there_is_an_error_and_no_persona(words, tmp_path):
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert "There is no file" in " ".join(done.stderr.split())
    assert not list(tmp_path.glob("out*"))


def test_concepts_with_slashes_and_dots_stay_concepts(tmp_path):
    for concept in ("a fan of AC / DC", "Mr. Darcy", "vers. 2.0", "grumpy teapot"):
        done = run("chat", concept, "--say", "Hi!", cwd=tmp_path)
        assert done.returncode == 0, done.stderr


def test_a_persona_under_any_name_and_in_any_encoding_talks(tmp_path):
    persona = write_persona("tiny dragon")
    text = json.dumps({"persona": persona_to_json(persona)}, ensure_ascii=False)
    (tmp_path / "pot.json").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (tmp_path / "wide.json").write_bytes(text.encode("utf-16"))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "persona.json").write_text(text, encoding="utf-8")
    for file in ("pot.json", "wide.json", "folder/", "folder/persona.json"):
        done = run("chat", file, "--say", "What is your name?", "--json", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert persona.name in json.loads(done.stdout)["turns"][0]["reply"]


def test_greetings_and_the_user_s_name_are_chosen_and_kept(tmp_path):
    (tmp_path / "card.json").write_bytes(as_json(v2(alternate_greetings=["Second, {{user}}."])))
    assert "You're late, friend." in run("chat", "card.json", cwd=tmp_path).stdout
    named = run("chat", "card.json", "--greeting", "1", "--user", "Ada", cwd=tmp_path)
    assert "Second, Ada." in named.stdout
    assert "You're late, Ada." in run("chat", "card.json", cwd=tmp_path).stdout
    forgotten = run("chat", "card.json", "--user", "", cwd=tmp_path)
    assert "You're late, friend." in forgotten.stdout
    wrong = run("chat", "card.json", "--greeting", "2", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "greetings 0 to 1" in wrong.stderr
    assert run("chat", "teapot", "--greeting", "1", cwd=tmp_path).returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_the_name_is_asked_for_once_at_a_terminal(tmp_path):
    (tmp_path / "card.json").write_bytes(as_json(v2()))
    asked = []
    for typed in (b"Ada\n/quit\n", b"/quit\n"):
        ours, theirs = os.openpty()
        os.write(ours, typed)
        done = run("chat", "card.json", cwd=tmp_path, terminal=theirs)
        os.close(theirs)
        os.close(ours)
        assert done.returncode == 0, done.stderr
        assert "You're late, Ada." in done.stdout
        asked.append("What is your name?" in done.stderr)
    assert asked == [True, False]


def test_a_conversation_of_another_program_goes_on_beside_it(tmp_path):
    talk = tmp_path / "talk.jsonl"
    lines = [{"user_name": "Ada", "character_name": "Pot"},
             {"name": "Ada", "is_user": True, "mes": "Hi"},
             {"name": "Pot", "is_user": False, "mes": "Welcome."}]  # fmt: skip
    talk.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    before = talk.read_bytes()
    for turns, name in ((2, "talk.chatanything.json"), (2, "talk.chatanything2.json")):
        done = run("chat", "teapot", "--history", talk, "--say", "Hello?", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert name in done.stderr.replace("\n", "")
        assert len(json.loads((tmp_path / name).read_text(encoding="utf-8"))["turns"]) == turns
    assert talk.read_bytes() == before
    again = run(
        "chat", "teapot", "--history", "talk.chatanything.json", "--say", "So?", cwd=tmp_path
    )
    assert again.returncode == 0
    kept = json.loads((tmp_path / "talk.chatanything.json").read_text(encoding="utf-8"))
    assert [turn["message"] for turn in kept["turns"]] == ["Hi", "Hello?", "So?"]


def test_a_history_with_a_byte_order_mark_goes_on(tmp_path):
    talk = tmp_path / "talk.json"
    talk.write_bytes(
        b"\xef\xbb\xbf" + json.dumps({"turns": [{"message": "a", "reply": "b"}]}).encode()
    )
    done = run("chat", "teapot", "--history", talk, "--say", "Hi", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(talk.read_text(encoding="utf-8"))["turns"]) == 2


@pytest.mark.slow
def test_create_films_a_card_with_its_own_picture(tmp_path):
    picture = np.full((300, 300, 3), 180, np.uint8)
    save_card_png(card_of_persona(write_persona("grumpy teapot")), picture, tmp_path / "pot.png")
    done = run("create", "pot.png", "--text", "Hm.", "--out", "pot", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "pot" / "persona.json").is_file()


@pytest.mark.parametrize("name", ["risuai/jpeg.jpg", "others/editor.webp", "backyard/archive.byaf"])
def test_cards_of_every_ending_talk(name, tmp_path):
    file = tmp_path / name.split("/")[1]
    file.write_bytes(exports()[name])
    done = run("chat", file, cwd=tmp_path)
    assert "You're late, friend." in done.stdout, done.stderr
