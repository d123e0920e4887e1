"""One answer: its sentences are spoken one after the other, and told in order."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from chatanything.dialogue import History, Reply, chat
from chatanything.live.conversation import Answering
from chatanything.live.live_turn import LiveTurn
from chatanything.live.records import RunError, RunFinished, SentenceSpoken
from chatanything.live.speech_track import speech_track
from chatanything.live.warm_up import warm_up_all
from chatanything.persona import NEUTRAL, write_persona
from chatanything.voice import Speech, speak

TEXT = "The kettle sings. Dr. Brown came at noon. Nobody asked me."


@pytest.fixture
def turn(teapot):
    """An answer whose speaker remembers how many sentences it spoke at once."""
    pool, lock, busy, most = ThreadPoolExecutor(4), threading.Lock(), [], []

    def spoken(text, emotion) -> Speech:
        with lock:
            busy.append(text)
            most.append(len(busy))
        try:
            return speak(teapot.voice, text, emotion=emotion)
        finally:
            with lock:
                busy.remove(text)

    def answer(tick, on_text, on_emotion):
        on_text(TEXT)
        return Reply(TEXT, NEUTRAL, History())

    def move(speech, after, emotion):
        return speech_track(speech, after, emotion=emotion)

    made = LiveTurn(answer, lambda *what: pool.submit(spoken, *what), "en", NEUTRAL, move)
    yield made, most
    pool.shutdown()


def test_sentences_are_spoken_one_at_a_time(turn):
    made, most = turn
    events = list(made.events())
    told = [event.text for event in events if isinstance(event, SentenceSpoken)]
    assert told == ["The kettle sings.", "Dr. Brown came at noon.", "Nobody asked me."]
    assert isinstance(events[-1], RunFinished)
    assert max(most) == 1 and len(most) == 3


def test_a_failing_writer_ends_the_turn(turn):
    made, _ = turn

    def fails(tick, on_text, on_emotion):
        raise ValueError("no more ink")

    made.answer = fails
    assert list(made.events()) == [RunError("ValueError: no more ink")]


def test_a_turn_that_is_cut_off_says_nothing_more(turn):
    made, _ = turn
    events = made.events()
    next(events)
    made.cut_off.set()
    assert list(events) == []


def test_after_warming_up_the_first_name_costs_no_more_than_the_second(cache):
    warm_up_all(cache, Answering())
    persona = write_persona("grumpy teapot")
    times = []
    for name in ("Ada", "Bob", "Eve"):
        began = time.thread_time()
        chat(persona, f"My name is {name}.")
        times.append(time.thread_time() - began)
    assert times[0] < 5 * max(times[1:]) + 0.02
