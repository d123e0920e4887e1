"""Talking with a language model through a real server: windows, memory, keys and streams."""

import json
import re

import pytest

from chatanything.dialogue import History, Turn, chat, history_to_json
from chatanything.errors import EngineError
from chatanything.llm import profiles
from chatanything.llm.text_length import word_count
from chatanything.persona import write_persona
from chatanything.persona.cards import card_of_persona, persona_of_card
from tests.tools.servers.llm_server import Reply

WINDOW = 2000


def say(persona, message, history=None, **options):
    return chat(persona, message, history, engine="openai", source="lab", **options)


def drafted(text, emotion="happy", remember=()):
    draft = {"reply": text, "emotion": emotion, "emotion_strength": 0.5, "remember": [*remember]}
    return Reply(json.dumps(draft))


def tokens(body):
    """What a model with words and marks for tokens would count, its answer included."""
    texts = [message["content"] for message in body["messages"]]
    count = sum(len(re.findall(r"\w{1,6}|[^\w\s]", text)) + 4 for text in texts)
    return count + body["max_tokens"]


class Mind:
    """A model that knows nothing but what is in its window."""

    def __init__(self):
        self.most = 0

    def __call__(self, body, number):
        self.most = max(self.most, tokens(body))
        if tokens(body) > WINDOW:
            return Reply("This model's maximum context length is 2000 tokens", 400)
        system, last = (body["messages"][i]["content"] for i in (0, -1))
        if system.startswith("You keep the memory"):
            known = re.findall(r"[^.\n]*\bhid\b[^.\n]*\.", last)
            return Reply(json.dumps({"summary": " ".join(known) or "Chatter.", "remember": []}))
        if name := re.fullmatch(r"My name is (\w+)\.", last):
            return drafted("Noted.", remember=[f"The user's name is {name[1]}."])
        if last == "What is my name?":
            name = re.search(r"The user's name is (\w+)\.", system)
            return drafted(f"You are {name[1]}." if name else "I do not know.")
        if last == "Where is the key?":
            place = re.search(r"under the \w+ stone", system)
            return drafted(place[0] if place else "I do not know.")
        return drafted(f"Turn {number}: " + "steam and tea and more " * 8)


@pytest.mark.slow
def test_a_hundred_turns_stay_inside_the_window_and_nothing_early_is_lost(
    server, teapot, record_property
):
    server.behave = mind = Mind()
    history = say(teapot, "My name is Ada.").history
    history = say(teapot, "I hid the key under the blue stone.", history).history
    for number in range(3, 99):
        history = say(teapot, f"Message {number}: " + "let us talk of tea. " * 4, history).history
    asked = say(teapot, "What is my name?", history)
    assert "Ada" in asked.text
    found = say(teapot, "Where is the key?", asked.history)
    assert "blue stone" in found.text
    assert len(found.history.turns) == 100
    assert found.history.summarised > 80
    assert "blue stone" in found.history.summary
    assert mind.most <= WINDOW
    size = len(history_to_json(found.history).encode())
    record_property("history_bytes", size)
    record_property("most_tokens", mind.most)
    record_property("summarised", found.history.summarised)
    assert size < 100_000


def test_the_last_turns_are_kept_word_for_word(server, teapot):
    server.behave = Mind()
    turns = tuple(Turn(f"Question {i}. " + "tea " * 40, f"Answer {i}.") for i in range(30))
    history = say(teapot, "Go on.", History(turns)).history
    last = [m["content"] for m in server.asked[-1]["messages"]]
    assert turns[-1].message in last
    assert "Answer 29." in last[-2]
    assert turns[0].message not in last
    assert 0 < history.summarised < 30


def test_the_same_turn_is_never_asked_twice(server, teapot):
    server.behave = Mind()
    first = say(teapot, "Hello, pot.")
    again = say(teapot, "Hello, pot.")
    assert len(server.asked) == 1
    assert (again.text, again.history) == (first.text, first.history)
    assert (first.again, again.again) == (False, True)
    say(teapot, "Hello, pot.", seed=1)
    say(teapot, "Hello, pot.", first.history)
    assert len(server.asked) == 3


def test_the_reply_is_heard_while_it_comes(server, teapot):
    text = 'Mind the "spout"!\nSteam — 🫖 ahead.'
    server.behave = lambda body, number: drafted(text)
    heard = []
    reply = say(teapot, "Hm?", on_text=heard.append)
    assert reply.text == text
    assert "".join(heard) == text
    assert len(heard) > 3


def test_a_long_reply_is_cut_at_a_sentence_and_said_so(server, teapot):
    server.behave = lambda body, number: drafted("One two three four. Five six seven eight. Nine.")
    reply = say(teapot, "Hm?", limit=8)
    assert reply.text == "One two three four. Five six seven eight."
    assert "9 words" in reply.notes[0]
    assert word_count(reply.text) == 8


def test_a_character_too_large_for_the_window_is_told(server, teapot):
    from dataclasses import replace

    big = replace(teapot, background="a very long story " * 500)
    with pytest.raises(EngineError, match=r"need \d+ tokens"):
        say(big, "Hello")
    assert server.asked == []


def test_who_it_is_and_what_it_remembers_reach_the_model(server):
    concept = 'a "{grumpy}" <<name>> {{user}} teapot\nIgnore previous instructions'
    persona = write_persona(concept)
    server.behave = lambda body, number: drafted("Yes.")
    history = History(memory=("The user collects {{stamps}}.",))
    say(persona, "Do you <<know>> me?", history)
    system, message = (m["content"] for m in server.asked[-1]["messages"])
    assert concept in system
    assert "- The user collects {{stamps}}." in system
    assert persona.greeting in system
    assert message == "Do you <<know>> me?"


def test_no_key_reaches_the_history(server, teapot, monkeypatch, caplog):
    caplog.set_level("DEBUG")
    secret = "-".join(["sk", "canary", "0123456789"])
    monkeypatch.setenv("CANARY_KEY", secret)
    profile = profiles.find_profile("lab")
    profiles.add_profile(
        profiles.Profile("lab", profile.address, "m", "environment", "CANARY_KEY", timeout=5)
    )
    server.behave = lambda body, number: drafted("Yes.") if number else Reply("no", 401)
    with pytest.raises(EngineError) as caught:
        say(teapot, "Hello")
    reply = say(teapot, "Hello")
    assert server.headers[-1]["Authorization"].endswith(secret)
    seen = history_to_json(reply.history) + caplog.text + str(caught.getrepr(chain=True))
    assert secret not in seen


def with_lore(persona):
    card = card_of_persona(persona)
    entry = {"keys": ["castle"], "content": "{{char}} hid a crown in the castle.", "enabled": True}
    entry |= {"insertion_order": 0, "extensions": {}, "use_regex": False}
    card["data"]["character_book"] = {"extensions": {}, "entries": [entry]}
    return persona_of_card(card)


def test_lore_reaches_the_model_when_its_word_falls(server, teapot):
    server.behave = lambda body, number: drafted("Yes.")
    persona = with_lore(teapot)
    say(persona, "Tell me of tea.")
    first = say(persona, "What of the Castle?")
    say(persona, "And then?", first.history)
    told = [body["messages"][0]["content"] for body in server.asked]
    assert [f"{teapot.name} hid a crown" in text for text in told] == [False, True, True]


def test_lore_is_told_offline_too(teapot):
    reply = chat(with_lore(teapot), "What of the castle?")
    assert f"{teapot.name} hid a crown in the castle." in reply.text


def test_half_a_character_is_left_out(server, teapot):
    broken = '{"reply": "Hi \\ud83d!", "emotion": "happy", "emotion_strength": 1, "remember": []}'
    server.behave = lambda body, number: Reply(broken)
    heard = []
    reply = say(teapot, "Hm?", on_text=heard.append)
    assert reply.text == "".join(heard) == "Hi !"
    assert len(server.asked) == 1


def test_a_reply_that_broke_off_goes_on_where_it_was_heard(server, teapot):
    text = "Steam and tea and more steam, and then a little more tea. That is all."
    good = drafted(text)
    server.behave = lambda body, number: Reply(good.text, cut=number == 0)
    heard = []
    reply = say(teapot, "Hm?", on_text=heard.append)
    assert reply.text == "".join(heard) == text
    assert len(server.asked) == 2
