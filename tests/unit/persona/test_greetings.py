"""What a card's character says first, and by which name it calls the user."""

from dataclasses import replace

import pytest

from chatanything.errors import InputError
from chatanything.persona.cards import card_of_persona, persona_of_card
from tests.tools.card_exports import v2


def greeting(text, **options):
    return persona_of_card(v2(first_mes=text), **options).greeting


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('*She looks up from her ale.* "You\'re late, {{user}}."', "You're late, friend."),
        ("**Stop!** *She frowns.* Who goes there?", "Stop! Who goes there?"),
        ('*walks in. "Hello there," she says.*', "Hello there,"),
        ("*The door opens. A tall woman looks around.*", "Hello! I am Mira Vale."),
        ("<p>Good <b>day</b></p> ![a](http://x/y.png)", "Good day"),
        ("hi\x1b[2J\x07", "hi"),
        ("{{random:Hm,Hm}}. {{comment: x}}You again.", "Hm. You again."),
    ],
)
def test_what_is_spoken_of_a_greeting(written, said):
    assert greeting(written) == said


def test_a_card_without_a_greeting_greets_in_its_own_name():
    bare = {"alternate_greetings": [], "first_mes": ""}
    assert persona_of_card(v2(**bare)).greeting == "Hello! I am Mira Vale."
    assert persona_of_card(v2(first_mes="")).greeting == "Mind the bridge."
    chinese = {"name": "米拉", "description": "银发的精灵游侠。", "personality": "冷静"}
    assert persona_of_card(v2(**bare, **chinese)).greeting == "你好！我是米拉。"


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        ("遅かったね、{{user}}。", "ja-JP", "遅かったね、お客さん。"),
        ("*她抬起头。*「你迟到了，{{user}}。」", "zh-CN", "你迟到了，朋友。"),
        ("Ты опоздал, {{user}}.", "ru-RU", "Ты опоздал, друг."),
        ("You are late, {{user}}. (さくら)", "en-US", "You are late, friend. (さくら)"),
    ],
)
def test_the_user_has_a_friendly_name_in_the_greeting_s_language(written, language, said):
    persona = persona_of_card(v2(first_mes=written))
    assert (persona.language, persona.greeting) == (language, said)
    assert "Ada" in persona_of_card(v2(first_mes=written), user="Ada").greeting


def test_alternate_greetings_are_chosen_by_number():
    assert greeting("One.", greeting=0) == "One."
    assert greeting("One.", greeting=1) == "Mind the bridge."
    assert greeting("One.", greeting=2) == "Hello! I am Mira Vale."
    for number in (3, -1):
        with pytest.raises(InputError, match="greetings 0 to 2"):
            greeting("One.", greeting=number)
    with pytest.raises(InputError, match="only greeting 0"):
        persona_of_card(v2(alternate_greetings=[]), greeting=1)


def test_a_chosen_greeting_and_a_name_never_reach_the_saved_card():
    card = v2(first_mes="*waves* Hi {{user}}, it is {{time}}.", personality="fond of {{user}}")
    for options in ({}, {"greeting": 1}, {"user": "Ada"}):
        data = card_of_persona(persona_of_card(card, **options))["data"]
        for field in ("first_mes", "personality", "alternate_greetings"):
            assert data[field] == card["data"][field]
    changed = replace(persona_of_card(card), greeting="Something else.")
    assert card_of_persona(changed)["data"]["first_mes"] == "Something else."


def test_nothing_is_made_up_beside_the_card():
    persona = persona_of_card(v2())
    assert (persona.speaking_style, persona.likes, persona.dislikes) == ("", (), ("fire",))
    assert persona.background == "the user meets Mira Vale at an inn during a storm."
    assert persona.voice.presentation > 0.5
    sheet = persona_of_card(v2(description="An old man.\nLikes: tea, rain\nDislikes: {{user}}"))
    assert sheet.likes == ("tea", "rain")
    assert sheet.voice.presentation < -0.5
