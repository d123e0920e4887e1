"""Lorebooks by the specifications, and as SillyTavern means them."""

import json
import time

import pytest

from chatanything.persona.cards import persona_of_card
from chatanything.persona.cards.lorebook import spoken_lore, told_lore
from tests.tools.card_exports import lore, v2


def told(entries, *log, replies=0, room=500, **options):
    persona = persona_of_card(v2(character_book=lore(*entries, **options)))
    return told_lore(persona, log, replies, room).texts


@pytest.mark.parametrize(
    ("key", "said", "wakes"),
    [
        ("cat", "My education is vocational.", False),
        ("cat", "Cats! I have two.", True),
        ("cat", "The cat's whiskers", True),
        ("Mr. Smith", "I met mr.  smith.", True),
        (" troll ", "a troll!", True),
        ("troll, ogre", "an ogre", True),
        ("C++", "I write C++ now", True),
        ("龙", "告诉我龙的事", True),
        ("ドラゴン", "そのドラゴンは", True),
        ("تنين", "أخبرني عن التنين", True),
        ("тролль", "Расскажи про тролля", False),
        ("тролл", "Расскажи про тролля", True),
        ("/\\b(troll|ogre)s?\\b/i", "An OGRE came", True),
        ("/\\btroll\\b/", "A Troll", False),
        ("/kill.*(the|a).*king/i", "Kill off the old king", True),
    ],
)
def test_keys_are_words_or_patterns(key, said, wakes):
    assert bool(told([{"keys": [key]}], said)) is wakes


def test_what_an_editor_says_of_words_and_case_counts():
    inside = {"keys": ["cat"], "extensions": {"match_whole_words": False}}
    assert told([inside], "education")
    strict = {"keys": ["cat"], "extensions": {"match_whole_words": True}}
    assert not told([strict], "cats")
    assert not told([{"keys": ["Troll"], "case_sensitive": True}], "a troll")
    plain = {"keys": ["Mr. T"], "use_regex": True}
    assert told([plain], "mr. t is here")


@pytest.mark.parametrize(
    ("logic", "said", "wakes"),
    [
        (0, "troll bridge", True), (0, "troll", False),
        (1, "troll bridge", True), (1, "troll bridge river", False),
        (2, "troll", True), (2, "troll river", False),
        (3, "troll bridge river", True), (3, "troll bridge", False),
    ],
)  # fmt: skip
def test_secondary_keys_follow_their_logic(logic, said, wakes):
    entry = {
        "keys": ["troll"], "secondary_keys": ["bridge", "river"], "selective": True,
        "extensions": {"selectiveLogic": logic},
    }  # fmt: skip
    assert bool(told([entry], said)) is wakes
    assert told([{**entry, "selective": False}], "troll")


def test_probability_is_drawn_for_each_turn_and_the_same_again():
    def woken(percent, **more):
        entry = {"extensions": {"probability": percent, **more}}
        return [bool(told([entry], "troll", replies=turn)) for turn in range(100)]

    assert not any(woken(0))
    assert all(woken(100))
    assert all(woken(0, useProbability=False))
    assert 30 < sum(woken(50)) < 70
    assert woken(50) == woken(50)


def test_one_entry_over_budget_silences_no_other():
    entries = [{"content": "big " * 400, "insertion_order": 900}, {"content": "small"}]
    assert told(entries, "troll", token_budget=100) == ("small",)
    assert told([{}], "troll", token_budget=0)


def test_entries_stand_in_their_order_before_and_after_the_description():
    entries = [
        {"content": "third", "insertion_order": "200"},
        {"content": "second", "insertion_order": "5"},
        {"content": "first", "insertion_order": 900, "position": "before_char"},
        {"content": "off", "enabled": False},
        {"content": "always", "keys": [], "constant": True, "insertion_order": 999},
    ]
    persona = persona_of_card(v2(character_book=lore(*entries)))
    found = told_lore(persona, ["troll"], 0, 500)
    assert found.before == ("first",)
    assert found.after == ("second", "third", "always")


def test_lore_calls_lore_where_that_is_allowed():
    entries = [
        {"content": "Trolls live at Moor."},
        {"content": "Moor is cold.", "keys": ["moor"]},
        {"content": "Never.", "keys": ["moor"], "extensions": {"exclude_recursion": True}},
    ]
    both = told(entries, "troll", recursive_scanning=True)
    assert both == ("Trolls live at Moor.", "Moor is cold.")
    entries[0]["extensions"] = {"prevent_recursion": True}
    assert told(entries, "troll", recursive_scanning=True) == ("Trolls live at Moor.",)


@pytest.mark.parametrize(
    "evil",
    ["(a|a)*$", "(a+)+$", "([a-z]+)*x", "(?:a?){30}a{30}", ".*.*=.*", "(x+x+)+y", "^(\\w+\\s?)*$",
     "a?" * 30 + "a" * 30, "(a|a)" * 30 + "b", "a*a*b", "(?:a|a|a)" * 6 + "b", "[a-z]*[a-z]*\\d"],
)  # fmt: skip
def test_patterns_that_could_run_away_are_over_fast(evil):
    entries = [{"keys": [f"/{evil}/"], "use_regex": True}] * 50
    start = time.process_time()
    told(entries, *["a" * 2000 + "!"] * 10)
    assert time.process_time() - start < 8


def test_what_is_said_aloud_is_sentences():
    entries = [
        {"content": "[Troll: type=monster, fear=salt]\ntrolls fear salt. {{user}} should know."},
        {"content": '{"name": "troll"}'},
    ]
    persona = persona_of_card(v2(character_book=lore(*entries)))
    said = spoken_lore(told_lore(persona, ["troll"], 0, 500))
    assert said == "Trolls fear salt. Friend should know."
    assert json.dumps(said)
