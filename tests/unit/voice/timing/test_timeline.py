"""Timelines survive JSON, and broken ones are refused."""

import json

import pytest

from chatanything.errors import InputError
from chatanything.voice import (
    Phone,
    Timeline,
    Word,
    timeline_from_json,
    timeline_to_json,
    visemes_of,
)
from chatanything.voice.timeline import joined, scaled

PHONES = (Phone("h", 0.0, 0.1), Phone("aɪ", 0.1, 0.3, 2), Phone("", 0.3, 0.5))
LINE = Timeline(0.5, (Word("Hi", 0.0, 0.3),), PHONES, visemes_of(PHONES), text="Hi.")


def test_round_trip_through_text():
    read = timeline_from_json(json.loads(json.dumps(timeline_to_json(LINE))))
    assert (read.words, read.phones, read.text) == (LINE.words, LINE.phones, LINE.text)
    assert timeline_to_json(read) == timeline_to_json(LINE)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"visemes": [["XX", 0, 0.1, 1]]}, "Unknown viseme 'XX'"),
        ({"phones": [["a", 0.2, 0.1, 0]]}, "out of order"),
        ({"phones": [["a", 0.1, 0.9, 0]]}, "outside"),
        ({"words": [["a", float("nan"), 0.1]]}, "out of order"),
        ({"duration": -1}, "duration"),
        ({"duration": None}, "Not a timeline"),
        ({"source": "guess"}, "Unknown timeline source"),
        ({"words": [["a"]]}, "Not a timeline"),
    ],
)
def test_broken_ones_are_refused(change, message):
    with pytest.raises(InputError, match=message):
        timeline_from_json({**timeline_to_json(LINE), **change})


def test_missing_field_is_named():
    data = timeline_to_json(LINE)
    del data["phones"]
    with pytest.raises(InputError, match="'phones'"):
        timeline_from_json(data)


def test_scaling_and_joining_move_every_event():
    double = scaled(LINE, 2.0)
    assert double.duration == 1.0
    assert double.phones[1].start == 0.2
    both = joined([LINE, double])
    assert both.duration == 1.5
    assert both.words[1].start == 0.5
    assert both.phones[-1].end == 1.5
