"""Characters are found again by id: in memory, on disk, and after the program was ended."""

import json
import os
import threading
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from chatanything.character.request import Request
from chatanything.errors import InputError, OutputError
from chatanything.live.conversation import Answering
from chatanything.live.roster import Roster

SMALL = {"size": 256}


@pytest.fixture
def roster(tmp_path):
    made = Roster(tmp_path / "characters", room=2)
    yield made
    made.close()


def say(roster, prepared, message, turn):
    voice = prepared.character.voice
    return list(prepared.conversation.say(message, turn, voice, roster.speech, Answering()))


def test_the_same_request_finds_the_same_character_with_its_talk(roster, tmp_path):
    made = roster.make(Request("grumpy teapot", **SMALL))
    say(roster, made, "My name is Ada.", "turn-0001")
    other = Roster(tmp_path / "characters")
    again = other.make(Request(" grumpy   teapot", **SMALL))
    assert again.id == made.id
    assert again.character.persona == made.character.persona
    assert again.character.voice == made.character.voice
    assert np.array_equal(again.character.portrait.image, made.character.portrait.image)
    face, kept = made.character.portrait.face, again.character.portrait.face
    assert np.allclose(face.points, kept.points, atol=1e-4)
    assert again.conversation.talk == made.conversation.talk
    assert again.conversation.talk.history.turns[0].id == "turn-0001"
    other.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the user's folders to the user")
def test_what_is_said_is_nobody_elses_business(roster):
    roster.make(Request("teapot", **SMALL))
    assert roster.folder.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="CHATANYTHING_DATA"):
        Roster(tmp_path / "file" / "characters").make(Request("teapot", **SMALL))


def test_another_seed_or_language_is_another_character(roster):
    first = roster.make(Request("teapot", **SMALL)).id
    assert roster.make(Request("teapot", seed=1, **SMALL)).id != first
    assert roster.make(Request("teapot", language="de", **SMALL)).id != first


def test_of_too_many_the_oldest_leaves_memory_and_none_the_disk(roster):
    ids = [roster.make(Request("teapot", seed=seed, **SMALL)).id for seed in range(4)]
    assert list(roster._ready) == ids[2:]
    assert {one.id for one in roster.listed()} == set(ids)
    assert roster.find(ids[0]).id == ids[0]


def test_two_who_ask_at_once_get_the_same_one(roster):
    got = []
    asked = [
        threading.Thread(target=lambda: got.append(roster.make(Request("teapot", **SMALL))))
        for _ in range(3)
    ]
    for thread in asked:
        thread.start()
    for thread in asked:
        thread.join()
    assert len(got) == 3
    assert all(one is got[0] for one in got)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        ".",
        "..",
        "../characters",
        "/etc/passwd",
        "0123456789abcdeg",
        "0" * 16,
        "ABCDEF0123456789",
    ],
)
def test_nothing_but_a_known_id_finds_anything(roster, wrong):
    roster.make(Request("teapot", **SMALL))
    with pytest.raises(InputError, match="no character"):
        roster.find(wrong)


def test_a_change_is_kept_and_the_talk_goes_on(roster, tmp_path):
    made = roster.make(Request("teapot", **SMALL))
    say(roster, made, "Hello.", "turn-0001")
    first = roster.rig(made)
    voice = replace(made.character.voice, rate=1.5)
    changed = roster.change(made.id, lambda old: replace(old, voice=voice))
    assert (changed.look, changed.character.voice) == (1, voice)
    assert changed.conversation is made.conversation
    assert roster.rig(changed) == first
    again = Roster(tmp_path / "characters")
    assert again.find(made.id).character.voice == voice
    assert len(again.find(made.id).conversation.talk.history.turns) == 1
    again.close()


def test_a_forgotten_character_is_gone(roster):
    made = roster.make(Request("teapot", **SMALL))
    roster.forget(made.id)
    assert roster.listed() == []
    with pytest.raises(InputError):
        roster.find(made.id)


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"persona": 3}', "null", "{" * 9999])
def test_broken_files_are_named_and_stop_no_other(roster, broken):
    made = roster.make(Request("teapot", **SMALL))
    other = roster.make(Request("teapot", seed=1, **SMALL))
    roster._ready.clear()
    (roster.folder / made.id / "character.json").write_text(broken)
    with pytest.raises(InputError, match=made.id):
        roster.find(made.id)
    assert other.id in {one.id for one in roster.listed()}


def test_a_picture_of_ones_own_keeps_its_face(roster, teapot):
    made = roster.make(Request(teapot.persona, portrait=teapot.portrait))
    assert np.array_equal(made.character.portrait.image, teapot.portrait.image)
    picture = Image.open(roster.folder / made.id / "portrait.png")
    assert np.array_equal(np.asarray(picture), teapot.portrait.image)
    assert json.loads((roster.folder / made.id / "character.json").read_text())["look"] == 0
