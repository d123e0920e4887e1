"""A language model that streams is heard after its first sentence, and never beyond its limit."""

import json
import time

import pytest

from chatanything.live.records import (
    EmotionChanged,
    RunFinished,
    SentenceSpoken,
    TextMessageContent,
)
from chatanything.llm import profiles
from chatanything.llm.text_length import word_count
from tests.tools.servers import llm_server
from tests.tools.servers.llm_server import Reply

STORY = (
    "Dr. Brown boiled me at 98.6 degrees. I did not like it. He poured me out for the cat. "
    "The cat did not like it either. Nobody did."
)


def drafted(text, **fields):
    draft = {"emotion": "sad", "emotion_strength": 0.7, "reply": text, "remember": []}
    return json.dumps({**draft, **fields}, ensure_ascii=False)


@pytest.fixture
def server(tmp_path, monkeypatch):
    pytest.importorskip("openai")
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(tmp_path / "config"))
    with llm_server.running() as running:
        profiles.add_profile(profiles.Profile("lab", running.url, "tiny"))
        yield running


def test_the_first_sentence_is_spoken_while_the_rest_is_written(server, say):
    server.behave = lambda body, number: Reply(drafted(STORY), drip=0.04)
    times = {}
    for event in say("What happened?", engine="openai", source="lab"):
        times.setdefault(type(event), time.monotonic())
        if isinstance(event, EmotionChanged):
            assert (event.emotion.name, event.emotion.strength) == ("sad", 0.7)
        if isinstance(event, SentenceSpoken) and event.number == 0:
            assert event.text == "Dr. Brown boiled me at 98.6 degrees."
    assert times[EmotionChanged] < times[TextMessageContent]
    assert times[SentenceSpoken] + 0.2 < times[RunFinished]


def test_the_limit_holds_while_it_streams(server, say, conversation):
    server.behave = lambda body, number: Reply(drafted(STORY), drip=0.01)
    events = list(say("What happened?", engine="openai", source="lab", limit=13))
    text = "".join(e.delta for e in events if isinstance(e, TextMessageContent))
    assert word_count(text) <= 13
    spoken = " ".join(e.text for e in events if isinstance(e, SentenceSpoken))
    assert spoken == events[-1].text == "Dr. Brown boiled me at 98.6 degrees. I did not like it."
    assert conversation.talk.history.turns[0].reply == spoken


def test_it_is_told_once_that_it_was_interrupted(server, say, conversation):
    server.behave = lambda body, number: Reply(drafted(STORY))
    list(say("What happened?", "turn-0001", engine="openai", source="lab"))
    conversation.hear("turn-0001", "Dr. Brown boiled me")
    list(say("Who?", "turn-0002", engine="openai", source="lab"))
    list(say("And then?", "turn-0003", engine="openai", source="lab"))
    lasts = [body["messages"][-1]["content"] for body in server.asked]
    assert ["broke in" in last for last in lasts] == [False, True, False]
    said = [m["content"] for m in server.asked[1]["messages"] if m["role"] == "assistant"]
    assert "Dr. Brown boiled me…" in said[-1]
    assert "cat" not in said[-1]


def test_an_answer_is_given_up_within_a_moment(server, say):
    server.behave = lambda body, number: Reply(drafted(STORY * 9), drip=0.1)
    events = say("What happened?", engine="openai", source="lab", limit=500)
    for event in events:
        if isinstance(event, TextMessageContent):
            break
    began = time.monotonic()
    events.close()
    assert time.monotonic() - began < 2


def test_marks_around_the_reply_are_neither_shown_nor_spoken(server, say):
    odd = (
        "<think>Let me "
        + 'see.</think>```json\n{"reply": "Caf\\u00e9 \\ud83d\\ude00 it is.", "emotion": "happy"}\n```'
    )
    server.behave = lambda body, number: Reply(odd, drip=0.005)
    events = list(say("Where?", engine="openai", source="lab"))
    text = "".join(e.delta for e in events if isinstance(e, TextMessageContent))
    assert text == events[-1].text
    assert text.startswith("Café")
    assert "think" not in text
    assert isinstance(events[-1], RunFinished)
