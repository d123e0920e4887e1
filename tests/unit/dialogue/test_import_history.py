"""Conversations that other programs saved."""

import json

import pytest

from chatanything.dialogue import (
    History,
    Turn,
    chat,
    history_from_json,
    history_to_json,
    is_own_history,
)
from chatanything.errors import InputError
from chatanything.persona import write_persona

OPENAI = [
    {"role": "system", "content": "You are a pot."},
    {"role": "assistant", "content": "Welcome."},
    {"role": "user", "content": "Hi"},
    {"role": "user", "content": [{"type": "text", "text": "Are you there?"}]},
    {"role": "assistant", "content": "Yes."},
    {"role": "assistant", "content": "Here."},
    {"role": "user", "content": "Bye"},
]
TAVERN = "\n".join(
    json.dumps(line)
    for line in (
        {"user_name": "Ada", "character_name": "Pot", "create_date": "2024", "chat_metadata": {}},
        {"name": "Pot", "is_user": False, "mes": "Welcome.", "send_date": "x", "swipes": ["a"]},
        {"name": "Ada", "is_user": True, "mes": "Hi\nAre you there?", "send_date": 1},
        {"name": "System", "is_user": False, "is_system": True, "mes": "hidden"},
        {"name": "Pot", "is_user": False, "mes": "Yes.\nHere."},
    )
)
RISU = {"type": "risuChat", "ver": 1, "data": {"message": [
    {"role": "user", "data": "Hi\nAre you there?"}, {"role": "char", "data": "Yes.\nHere."}]}}  # fmt: skip
SHARE = {"conversations": [
    {"from": "human", "value": "Hi\nAre you there?"}, {"from": "gpt", "value": "Yes.\nHere."}]}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [json.dumps(OPENAI), json.dumps({"messages": OPENAI}), TAVERN, json.dumps(RISU),
     json.dumps(SHARE), "\ufeff" + json.dumps(OPENAI)],
    ids=["openai", "openai object", "sillytavern", "risuai", "sharegpt", "bom"],
)  # fmt: skip
def test_conversations_of_other_programs_are_read(text):
    history = history_from_json(text)
    assert [(turn.message, turn.reply) for turn in history.turns] == [
        ("Hi\nAre you there?", "Yes.\nHere.")
    ]
    assert not is_own_history(text)
    reply = chat(write_persona("teapot"), "And now?", history)
    assert len(reply.history.turns) == 2


def test_our_own_form_is_known_and_stays():
    history = History((Turn("a", "b"),), memory=("The user likes tea.",))
    text = history_to_json(history)
    assert is_own_history(text)
    assert history_from_json("\ufeff" + text) == history


@pytest.mark.parametrize(
    "text", ["{oops", "[]", "[1, 2]", "3", '{"turns": 3}', '{"a": 1}\n{"b": 2}']
)
def test_what_is_no_conversation_is_refused_without_harm(text):
    with pytest.raises(InputError, match="not a history") as caught:
        history_from_json(text)
    assert "Empty it" not in str(caught.value)
