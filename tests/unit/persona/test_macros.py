"""Placeholders of cards, by the Character Card V3 specification and as programs write them."""

import time
from datetime import datetime

import pytest

from chatanything.errors import InputError
from chatanything.persona.cards.macros import Places, filled

PLACES = Places("Mira", "Ada", original="Be kind.", now=datetime(2026, 11, 26, 9, 5))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{char}} and {{user}}", "Mira and Ada"),
        ("{{ char }}, <BOT>, <USER>, <Char>, {{Bot}}", "Mira, Mira, Ada, Mira, Mira"),
        ("a{{// a note with {{char}} in it }}b{{comment: x}}c{{hidden_key:y}}", "abc"),
        ("{{reverse:abc}} {{reverse:{{char}}}}", "cba ariM"),
        ("Rule: {{original}} Also rhyme.", "Rule: Be kind. Also rhyme."),
        ("{{time}} on {{date}}", "09:05 on 2026-11-26"),
        ("a{{newline}}b\n\n{{trim}}\n\nc", "a\nbc"),
        ("{{getvar::x}}{{#if x}}y{{/if}}{{img::z}}", "y"),
        ("{{random:one}} {{pick::two}}", "one two"),
        ("{{random:a\\,b}}", "a,b"),
        ("{{roll:0}}{{roll:xyz}}{{random:}}", ""),
        ("{ {char} } {char}", "{ {char} } {char}"),
        ("hi\x1b[2J\x07\u202e", "hi"),
    ],
)
def test_a_text_with_its_places_filled(text, said):
    assert filled(text, PLACES) == said


def test_pick_stays_in_a_chat_and_random_goes_with_the_turn():
    texts = {"pick": "{{pick:a,b,c,d,e,f}}", "random": "{{random::a::b::c::d::e::f}}"}

    def draws(kind, chat):
        places = (Places("M", chat=chat, turn=str(turn)) for turn in range(30))
        return [filled(texts[kind], place) for place in places]

    assert len(set(draws("pick", "1"))) == 1
    assert len({draws("pick", str(chat))[0] for chat in range(30)}) > 3
    assert len(set(draws("random", "1"))) > 3
    assert draws("random", "1") == draws("random", "1")


def test_two_lots_in_one_text_are_drawn_apart():
    text = " ".join(["{{random:a,b,c,d,e,f}}"] * 8)
    assert len(set(filled(text, PLACES).split())) > 1


@pytest.mark.parametrize(
    ("dice", "least", "most"), [("d6", 1, 6), ("6", 1, 6), ("2d6", 2, 12), ("1d4+10", 11, 14)]
)
def test_dice_stay_within_their_faces_and_reach_them(dice, least, most):
    places = [Places("M", turn=str(turn)) for turn in range(300)]
    rolled = {int(filled(f"{{{{roll:{dice}}}}}", place)) for place in places}
    assert (min(rolled), max(rolled)) == (least, most)


def test_placeholders_without_end_come_to_one():
    assert len(filled("{{" * 5000 + "char" + "}}" * 5000, PLACES)) <= 20_000


@pytest.mark.parametrize("field", ["name", "user", "original"])
def test_what_a_placeholder_stands_for_holds_none(field):
    """A name of two placeholders for itself would be a million names after twenty passes."""
    places = Places(**{"name": "Mira", field: "x{{char}}{{user}}{{original}}"})
    begun = time.process_time()
    said = filled("{{char}} {{user}} {{original}}", places)
    assert "xcharuseroriginal" in said
    assert "{{" not in said
    assert time.process_time() - begun < 0.1


def test_a_text_does_not_unfold_for_ever():
    begun = time.process_time()
    with pytest.raises(InputError, match="more than 200000 characters"):
        filled("{{char}}" * 100_000, Places("M" * 1_000_000))
    assert time.process_time() - begun < 1
    assert len(filled("{{char}} " * 1000, Places("Mira"))) == 5000
