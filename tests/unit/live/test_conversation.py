"""A live talk: events in order, cut off at any moment, and what history then holds."""

import itertools
import threading
import time

import numpy as np
import pytest

from chatanything.dialogue import Turn
from chatanything.errors import InputError
from chatanything.live.conversation import GREETING, Answering, Conversation
from chatanything.live.heard_text import heard_turn
from chatanything.live.records import (
    EmotionChanged,
    RunError,
    RunFinished,
    RunStarted,
    SentenceSpoken,
    TextMessageContent,
)
from chatanything.persona import Emotion
from chatanything.voice import speak


def of(events, kind):
    return [event for event in events if isinstance(event, kind)]


def test_an_answer_is_told_in_order_and_kept(say, conversation, kept):
    events = list(say("Tell me a story."))
    assert isinstance(events[0], RunStarted)
    assert isinstance(events[-1], RunFinished)
    sentences = of(events, SentenceSpoken)
    assert [event.number for event in sentences] == list(range(len(sentences)))
    text = "".join(event.delta for event in of(events, TextMessageContent))
    assert " ".join(event.text for event in sentences) == events[-1].text == text
    assert [turn.reply for turn in conversation.talk.history.turns] == [text]
    assert kept[-1] == conversation.talk
    assert conversation.talk.history.turns[0].id == "turn-0001"
    assert not conversation.talk.history.turns[0].interrupted


def test_the_mood_is_known_before_the_text(say):
    # A grumpy teapot thaws when it is asked what it likes.
    events = list(say("What do you like?"))
    kinds = [type(event) for event in events]
    assert kinds.index(EmotionChanged) < kinds.index(TextMessageContent)


def test_sentences_sound_as_they_do_alone(say, teapot):
    for event in of(say("Tell me a story."), SentenceSpoken):
        alone = speak(teapot.voice, event.text, emotion=Emotion("angry", 0.5))
        neutral = speak(teapot.voice, event.text)
        assert len(event.speech.samples) in (len(alone.samples), len(neutral.samples))
        rows = event.track.rows
        assert not rows[0].any()
        assert not rows[-1].any()
        assert np.abs(rows[:, 0]).max() > 0.1  # the jaw
        assert len(rows) / event.track.fps > event.speech.seconds


def test_the_greeting_is_spoken_and_is_no_turn(say, conversation, teapot):
    events = list(say(GREETING))
    assert events[-1].text == teapot.persona.greeting
    assert conversation.talk.history.turns == ()


def test_a_message_that_is_sent_twice_is_answered_once(say, conversation):
    first = list(say("Hello, who are you?"))
    again = list(say("Hello, who are you?"))
    assert again[-1].text == first[-1].text
    pairs = zip(of(first, SentenceSpoken), of(again, SentenceSpoken), strict=True)
    assert all(np.array_equal(a.track.rows, b.track.rows) for a, b in pairs)
    assert len(conversation.talk.history.turns) == 1


def test_closing_the_events_keeps_what_came_and_marks_it(say, conversation):
    events = say("Tell me a story.")
    for event in events:
        if isinstance(event, SentenceSpoken):
            break
    events.close()
    conversation.hear("turn-0001", "A true")
    turn = conversation.talk.history.turns[-1]
    assert (turn.message, turn.reply) == ("Tell me a story.", "A true…")
    assert turn.interrupted
    assert not conversation.busy


def test_what_was_heard_may_be_told_before_the_turn_is_over(say, conversation):
    events = say("Tell me a story.")
    next(events)
    conversation.hear("turn-0001", "")
    list(events)
    turn = conversation.talk.history.turns[-1]
    assert (turn.reply, turn.interrupted) == ("…", True)


def test_a_newer_message_cuts_the_older_answer_off(say, conversation):
    first = say("Tell me a story.", "turn-0001")
    next(first)
    second = []
    other = threading.Thread(target=lambda: second.extend(say("Stop!", "turn-0002")))
    other.start()
    deadline = time.monotonic() + 5
    while len(conversation._flags) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    told = list(first)
    other.join(20)
    assert not of(told, RunFinished)
    assert isinstance(second[-1], RunFinished)
    turns = conversation.talk.history.turns
    assert [turn.message for turn in turns] == ["Tell me a story.", "Stop!"]
    assert [turn.interrupted for turn in turns] == [True, False]


def test_a_turn_that_was_cut_off_and_is_sent_again_is_answered(say, conversation):
    events = say("Tell me a story.")
    next(events)
    events.close()
    assert conversation.talk.history.turns[-1].interrupted
    whole = list(say("Tell me a story."))[-1].text
    (turn,) = conversation.talk.history.turns
    assert (turn.reply, turn.interrupted) == (whole, False)


def test_an_old_turn_that_is_heard_late_cuts_off_no_newer_one(say, conversation):
    list(say("Hello.", "turn-0001"))
    newer = say("Tell me a story.", "turn-0002")
    next(newer)
    conversation.hear("turn-0001", "nothing")
    assert isinstance(list(newer)[-1], RunFinished)


def test_a_conversation_goes_back_and_takes_up_what_it_left(say, conversation):
    for number in range(3):
        list(say(f"Tell me thing number {number}.", f"turn-000{number}"))
    whole = conversation.talk.history
    conversation.go_back(1)
    assert conversation.talk.history == whole.first(1)
    list(say("Something else.", "turn-0009"))
    conversation.take_branch(0)
    assert conversation.talk.history == whole
    assert conversation.talk.branches[0].turns[-1].message == "Something else."
    for wrong in (-1, 3, 99):
        with pytest.raises(InputError, match="turns"):
            conversation.go_back(wrong)
    with pytest.raises(InputError, match="no branch"):
        conversation.take_branch(5)


def test_memory_is_the_users(say, conversation):
    list(say("My name is Ada."))
    assert "Ada" in conversation.talk.history.memory[0]
    conversation.remember(["The user likes tea.", "the user likes tea", " "])
    assert conversation.talk.history.memory == ("The user likes tea.",)
    with pytest.raises(InputError, match="at most 200"):
        conversation.remember([f"Fact number {n}." for n in range(201)])


def test_a_talk_of_a_hundred_turns(say, conversation):
    for number in range(100):
        list(itertools.islice(say(f"And {number}?", f"turn-{number:04}"), 1000))
    assert len(conversation.talk.history.turns) == 100


def test_what_cannot_be_spoken_is_passed_over(teapot, cache, kept):
    from dataclasses import replace

    who = replace(teapot.persona, greeting="Hello there. 😀 Good day.")
    talk = Conversation(who, 0, *empty(kept))
    events = list(talk.say(GREETING, "turn-0001", teapot.voice, cache, Answering()))
    assert isinstance(events[-1], RunFinished)
    assert "Hello there." in [event.text for event in of(events, SentenceSpoken)]


def test_an_engine_that_fails_is_told_and_the_next_turn_works(say, conversation):
    events = list(say("Hello.", "turn-0001", engine="openai", source="no-such-profile"))
    assert isinstance(events[-1], RunError)
    assert "profile" in events[-1].message
    assert isinstance(list(say("Hello.", "turn-0002"))[-1], RunFinished)


def test_an_empty_message_is_refused(say):
    with pytest.raises(InputError, match="empty"):
        list(say("   "))


def empty(kept):
    from chatanything.live.conversation import Talk

    return Talk(), kept.append


@pytest.mark.parametrize(
    ("heard", "reply", "interrupted"),
    [
        ("", "…", True),
        ("Good evening.", "Good evening.", True),
        ("Good evening. You", "Good evening. You…", True),
        ("Good  evening. You are late.", "Good evening. You are late.", False),
    ],
)
def test_history_holds_what_was_heard(heard, reply, interrupted):
    turn = heard_turn(Turn("Hi", "Good evening. You are late."), heard)
    assert (turn.reply, turn.interrupted) == (reply, interrupted)
