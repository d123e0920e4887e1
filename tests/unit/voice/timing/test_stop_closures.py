"""Lips close before a stop is heard."""

from chatanything.voice import Phone
from chatanything.voice.timing.stop_closures import CLOSURE, from_closure


def test_a_stop_begins_when_the_lips_close_at_the_cost_of_the_sound_before():
    phones = [Phone("a", 0.0, 0.3), Phone("p", 0.3, 0.4), Phone("l", 0.4, 0.5)]
    moved = from_closure(phones)
    assert [phone.start for phone in moved] == [0.0, 0.3 - CLOSURE, 0.4]
    assert moved[0].end == moved[1].start
    assert moved[-1] == phones[-1]


def test_a_short_sound_keeps_half_of_itself():
    moved = from_closure([Phone("s", 0.0, 0.04), Phone("t", 0.04, 0.1)])
    assert moved[0].end == 0.02


def test_what_is_no_stop_stays():
    phones = (Phone("a", 0.0, 0.3), Phone("m", 0.3, 0.4), Phone("", 0.4, 0.5))
    assert from_closure(phones) == phones
