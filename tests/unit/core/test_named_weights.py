"""One grammar for every list of names with weights."""

import pytest

from chatanything.errors import InputError
from chatanything.named_weights import parse_named_weights

NAMES = ["f3", "Ada", "ada", "qwen:7b", "tea, two sugars"]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("f3", [("f3", 1.0)]),
        (" F3 ", [("f3", 1.0)]),
        ("f3:3, qwen:7b:1", [("f3", 0.75), ("qwen:7b", 0.25)]),
        ("qwen:7b, f3", [("qwen:7b", 0.5), ("f3", 0.5)]),
        ("ada", [("ada", 1.0)]),
        ("Ada", [("Ada", 1.0)]),
        ("ADA", [("Ada", 1.0)]),
        ("Tea, two sugars", [("tea, two sugars", 1.0)]),
        ("f3: 1e3, ada: 1000", [("f3", 0.5), ("ada", 0.5)]),
    ],
)
def test_names_come_back_as_they_are_spelled(text, pairs):
    assert list(parse_named_weights(text, NAMES, "voice")) == pairs


def test_parts_are_kept_where_there_are_any():
    pairs = parse_named_weights("F3@timbre:1, ada@prosody:1", NAMES, "voice", parts=True)
    assert pairs == (("f3@timbre", 0.5), ("ada@prosody", 0.5))
    with pytest.raises(InputError, match="Unknown voice 'f3@timbre'"):
        parse_named_weights("f3@timbre", NAMES, "voice")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("f4:0.5", "Unknown voice 'f4'"),
        ("f4:half", "Unknown voice 'f4:half'"),
        ("7", "Unknown voice '7'"),
        ("f3,,ada", "Unknown voice ''"),
        ("f3:half", "weight of voice 'f3' is 'half'"),
        ("f3:0", "above 0, up to 1000"),
        ("f3:-1", "above 0"),
        ("f3:1001", "up to 1000"),
        ("f3:nan", "'nan'"),
        ("f3:inf", "'inf'"),
    ],
)
def test_what_cannot_be_used_is_told(text, told):
    with pytest.raises(InputError, match=told):
        parse_named_weights(text, NAMES, "voice")


def test_of_many_names_the_closest_are_told():
    names = [f"voice {number}" for number in range(40)] + ["whisperf"]
    with pytest.raises(InputError, match=r"Try whisperf; `voices list` shows all 41\."):
        parse_named_weights("wisperf", names, "voice", more="`voices list`")
