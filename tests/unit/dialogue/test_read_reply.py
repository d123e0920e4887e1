"""What is taken for the reply, and what of it is shown."""

import json
from dataclasses import replace

import pytest

from chatanything.dialogue import History, Turn, chat
from chatanything.dialogue.clean_reply import clean_reply
from chatanything.errors import EngineError
from chatanything.llm import profiles
from chatanything.llm.text_length import within
from chatanything.persona import Emotion
from tests.tools.servers.llm_server import Reply

SAID = "Sit down, the kettle is on."
GOOD = {"reply": SAID, "emotion": "happy", "emotion_strength": 0.5, "remember": []}


def say(persona, message="Hm?", **options):
    return chat(persona, message, engine="openai", source="lab", **options)


def without(key):
    return {name: value for name, value in GOOD.items() if name != key}


ANSWERS = {
    "synonym": ({**GOOD, "emotion": "amused"}, "happy", 0.5),
    "capital": ({**GOOD, "emotion": "Sad"}, "sad", 0.5),
    "phrase": ({**GOOD, "emotion": "mild annoyance"}, "angry", 0.5),
    "of ten": ({**GOOD, "emotion_strength": 7}, "happy", 0.7),
    "of a hundred": ({**GOOD, "emotion_strength": "70%"}, "happy", 0.7),
    "as text": ({**GOOD, "emotion_strength": "0.7", "remember": None}, "happy", 0.7),
    "as word": ({**GOOD, "emotion_strength": "mild"}, "happy", 0.25),
    "no number": ({**GOOD, "emotion_strength": float("nan")}, "happy", 0.5),
    "no strength": (without("emotion_strength"), "happy", 0.5),
    "no memory": (without("remember"), "happy", 0.5),
    "memory as text": ({**GOOD, "remember": "The user is Ada."}, "happy", 0.5),
    "other names": ({"Response": SAID, "Mood": "joy", "intensity": 0.9}, "happy", 0.9),
    "nested": (
        {"reply": {"text": SAID}, "emotion": {"name": "fear", "strength": 3}},
        "afraid",
        0.3,
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_turn_is_not_lost_for_a_side_field(name, server, teapot):
    answer, emotion, strength = ANSWERS[name]
    server.behave = lambda body, number: Reply(json.dumps(answer))
    reply = say(teapot)
    assert reply.text == SAID
    assert (reply.emotion.name, reply.emotion.strength) == (emotion, strength)
    assert len(server.asked) == 1


@pytest.mark.parametrize("answer", [SAID, {"reply": SAID, "emotion": "purple"}, {"reply": SAID}])
def test_the_usual_mood_is_shown_where_none_is_named(answer, server, teapot):
    text = answer if isinstance(answer, str) else json.dumps(answer)
    server.behave = lambda body, number: Reply(text)
    reply = say(teapot)
    assert (reply.text, reply.emotion) == (SAID, teapot.emotion)
    assert len(server.asked) == len(reply.notes) == 1


@pytest.mark.parametrize(
    ("answer", "text", "emotion"),
    [
        (f"[laughs] {SAID}", f"[laughs] {SAID}", "angry"),
        (f'{SAID}\n{{"emotion": "sad"}}', SAID, "sad"),
        (f"```json\n{json.dumps(GOOD)}\n```", SAID, "happy"),
        (f"Sure! {json.dumps(GOOD)} {{smile}}", SAID, "happy"),
    ],
)
def test_json_and_prose_are_told_apart(answer, text, emotion, server, teapot):
    server.behave = lambda body, number: Reply(answer)
    reply = say(teapot)
    assert (reply.text, reply.emotion.name) == (text, emotion)
    assert len(server.asked) == 1


def test_facts_in_a_list_of_anything_are_taken_where_they_are_texts(server, teapot):
    facts = ["The user\ud83d is\x1b[31m Ada.", 7, None, "x" * 400, {"fact": "no"}]
    server.behave = lambda body, number: Reply(json.dumps({**GOOD, "remember": facts}))
    assert say(teapot).history.memory == ("The user is Ada.",)


def test_an_empty_reply_is_asked_for_again_and_then_told(server, teapot):
    server.behave = lambda body, number: Reply(json.dumps({**GOOD, "reply": " " if number else ""}))
    with pytest.raises(EngineError, match="The reply is empty"):
        say(teapot)
    assert len(server.asked) == 3


def test_an_echo_is_asked_for_again_once(server, teapot):
    echo = "What is your name, then?"
    server.behave = lambda body, number: Reply(
        json.dumps(GOOD if number else {**GOOD, "reply": echo})
    )
    assert say(teapot, echo).text == SAID
    assert len(server.asked) == 2
    server.behave = lambda body, number: Reply(json.dumps({**GOOD, "reply": echo}))
    assert say(teapot, echo, seed=1).text == echo


def test_a_reply_that_was_cut_is_asked_for_with_more_room(server, teapot):
    whole = json.dumps(GOOD)
    server.behave = lambda body, number: (
        Reply(whole) if number else Reply(whole[:25], finish="length")
    )
    assert say(teapot).text == SAID
    rooms = [body["max_tokens"] for body in server.asked]
    assert rooms[1] > rooms[0]


def test_prose_that_is_always_cut_ends_with_a_whole_sentence(server, teapot):
    server.behave = lambda body, number: Reply(f"{SAID} I was about to tell", finish="length")
    assert say(teapot).text == SAID


THINKING = {
    "marked": f'<think>"reply": "no"</think>{json.dumps(GOOD)}',
    "closed only": f'{{"reply": "no"}} Hm.</think>{json.dumps(GOOD)}',
    "before prose": f"<think>The user wants tea.</think>{SAID}",
    "unmarked prose": SAID,
}


@pytest.mark.parametrize("name", THINKING)
def test_thoughts_are_neither_shown_nor_said(name, server, teapot):
    heard = []
    server.behave = lambda body, number: Reply(THINKING[name])
    reply = say(teapot, on_text=heard.append)
    assert reply.text == SAID
    if name != "closed only":
        assert "".join(heard) == SAID


def test_a_model_that_thinks_is_given_room_from_the_next_turn_on(server, teapot):
    def behave(body, number):
        if body["max_tokens"] <= 400:
            return Reply(thought="hm " * 300, finish="length")
        return Reply(json.dumps(GOOD), thought="hm " * 300)

    server.behave = behave
    profiles.add_profile(replace(profiles.find_profile("lab"), window=4000))
    history = History(tuple(Turn("Tea? " * 20, "Yes. " * 20) for _ in range(2)))
    first = say(teapot, history=history)
    assert first.text == SAID
    asked = len(server.asked)
    assert say(teapot, history=first.history).text == SAID
    assert len(server.asked) == asked + 1


def test_a_thought_without_a_mark_that_is_cut_is_no_reply(server, teapot):
    """Templates of DeepSeek-R1 and Qwen open the thought in the question."""
    thought = "Okay, the user wants tea. " * 80

    def behave(body, number):
        cut = body["max_tokens"] <= 400
        return Reply(thought, finish="length") if cut else Reply(f"{thought}</think>{SAID}")

    server.behave = behave
    profiles.add_profile(replace(profiles.find_profile("lab"), window=4000))
    heard = []
    assert say(teapot, on_text=heard.append).text == "".join(heard) == SAID
    assert say(teapot, "And?").text == SAID
    assert len(server.asked) == 3


NAME = "Mabel Brass"
CLEANED = {
    "Hello, dear.\nUser: And who are you?\nMabel: I am a teapot.": "Hello, dear.",
    "Mabel Brass: Hello.": "Hello.",
    "**Mabel:** Hello.": "Hello.",
    "Mabel (sighing): Hello.": "Hello.",
    "Assistant: Hello.": "Hello.",
    "User: Who?\nMabel: Hello.": "Hello.",
    "Hello.<|im_end|>\n<|im_start|>user\nAnd?": "Hello.",
    "<|im_start|>assistant\nHello.": "Hello.",
    "Hello.</s>": "Hello.",
    "Hello.<end_of_turn>\n<start_of_turn>user\nAnd?": "Hello.",
    "Hello.<｜end▁of▁sentence｜>": "Hello.",
    "a\x1b[31m red\x1b]0;owned\x07 \u202egone\x9b2J\x00.": "a red gone.",
    "Hello.\r\nAnd more.": "Hello.\nAnd more.",
    "I was just about to tell you that the": "I was just about to tell you that the…",
    "Well,": "Well…",
    "...": "...",
    "Sure, come in": "Sure, come in",
    "You: a friend. Me: a teapot.": "You: a friend. Me: a teapot.",
    "User: Who are you?": "",
    "مرحبا\u200f!": "مرحبا\u200f!",
    "👩\u200d🍳 Hello.": "👩\u200d🍳 Hello.",
}


@pytest.mark.parametrize("text", CLEANED)
def test_only_what_the_character_says_is_kept(text):
    assert clean_reply(text, NAME) == CLEANED[text]
    assert clean_reply(CLEANED[text], NAME) == CLEANED[text]


def test_what_is_shown_while_it_comes_is_what_is_kept(server, teapot):
    raw = f"{teapot.name}: One\x1b[31m moment.\nUser: Why?\n{teapot.name}: So."
    server.behave = lambda body, number: Reply(json.dumps({**GOOD, "reply": raw}))
    heard = []
    reply = say(teapot, on_text=heard.append)
    assert reply.text == "".join(heard) == "One moment."
    assert reply.history.turns[-1].reply == "One moment."


def test_replies_in_scripts_without_blanks_are_limited():
    thai = "สวัสดีครับผมชื่อกาน้ำชาและผมชอบชาร้อนมาก" * 20
    assert len(within(thai, 10)) < 60
    assert within("नमस्ते मेरे दोस्त। मैं चायदानी हूँ।", 4) == "नमस्ते मेरे दोस्त।"


@pytest.mark.parametrize("order", [["emotion", "emotion_strength", "reply"], ["reply", "emotion"]])
def test_the_mood_is_told_as_soon_as_it_is_known(order, server, teapot):
    draft = {key: GOOD[key] for key in order}
    server.behave = lambda body, number: Reply(json.dumps(draft), drip=0.001)
    told = []
    say(teapot, on_text=told.append, on_emotion=told.append)
    moods = [entry for entry in told if not isinstance(entry, str)]
    assert [mood.name for mood in moods] == ["happy"]
    assert isinstance(told[0 if order[0] == "emotion" else -1], Emotion)
    assert "".join(entry for entry in told if isinstance(entry, str)) == SAID


def test_no_more_words_are_told_than_a_reply_may_have(server, teapot):
    long = {**GOOD, "reply": "One two. Three four. Five six seven. Eight."}
    server.behave = lambda body, number: Reply(json.dumps(long), drip=0.001)
    told = []
    reply = say(teapot, limit=5, on_text=told.append)
    assert reply.text == "One two. Three four."
    assert len("".join(told).split()) <= 5
