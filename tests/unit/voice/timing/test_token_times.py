"""Letters of a network with their times become phones: nothing between words shuts the mouth."""

import pytest

from chatanything.voice.timing.token_times import Token, phones_of


def tokens(*parts):
    at, found = 0.0, []
    for letter, seconds in parts:
        found.append(Token(letter, at, at + seconds))
        at += seconds
    return found


def table(times):
    return [(p.symbol, round(p.start, 3), round(p.end, 3), p.stress) for p in times.phones]


def test_a_short_space_is_halved_between_its_neighbours():
    times = phones_of(tokens(("b", 0.1), (" ", 0.05), ("t", 0.1)), 0.25)
    assert table(times) == [("b", 0.0, 0.125, 0), ("t", 0.125, 0.25, 0)]


@pytest.mark.parametrize(("letter", "seconds"), [(" ", 0.2), (",", 0.03), (".", 0.4)])
def test_a_long_space_and_punctuation_are_pauses(letter, seconds):
    times = phones_of(tokens(("b", 0.1), (letter, seconds), ("t", 0.1)), 0.2 + seconds)
    assert [phone.symbol for phone in times.phones] == ["b", "", "t"]


def test_punctuation_with_its_space_is_one_pause():
    times = phones_of(tokens(("b", 0.1), (",", 0.1), (" ", 0.2), ("t", 0.1)), 0.5)
    assert table(times)[1] == ("", 0.1, 0.4, 0)


def test_stress_and_length_have_time_that_belongs_to_the_vowel():
    times = phones_of(tokens(("t", 0.1), ("ˈ", 0.02), ("ɜ", 0.1), ("ː", 0.05), ("t", 0.1)), 0.37)
    assert table(times)[1] == ("ɜ", 0.1, 0.27, 2)


def test_letters_of_misaki_are_the_sounds_that_they_stand_for():
    letters = "AIOQWYʤʧʦᵊTS"
    times = phones_of(tokens(*((letter, 0.1) for letter in letters)), 1.2)
    found = [phone.symbol for phone in times.phones]
    assert found == ["eɪ", "aɪ", "oʊ", "əʊ", "aʊ", "ɔɪ", "dʒ", "tʃ", "ts", "ə", "ɾ", "ʃ"]


def test_times_lie_in_the_sound_and_leave_no_gap():
    moved = [Token(t.letter, t.start - 0.05, t.end - 0.05) for t in tokens(("a", 0.2), ("m", 0.2))]
    times = phones_of(moved, 0.3)
    assert table(times) == [("a", 0.0, 0.15, 0), ("m", 0.15, 0.3, 0)]
    later = phones_of([Token("a", 0.1, 0.2)], 0.5)
    assert table(later) == [("", 0.0, 0.1, 0), ("a", 0.1, 0.2, 0), ("", 0.2, 0.5, 0)]
    assert later.of_token == {0: 1}
