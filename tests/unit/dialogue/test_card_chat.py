"""What a model is told of a character that came with a card, through a real server."""

import json
from dataclasses import replace

import pytest

from chatanything.dialogue import History, Turn, chat
from chatanything.persona import write_persona
from chatanything.persona.cards import card_of_persona, persona_of_card
from tests.tools.card_exports import SHEET, lore, v2
from tests.tools.servers.llm_server import Reply

REPLY = {"reply": "Hm.", "emotion": "neutral", "emotion_strength": 0, "remember": []}


@pytest.fixture
def asked(server):
    server.behave = lambda body, number: Reply(json.dumps(REPLY))

    def ask(card, message="Who are you?", history=None, **options):
        persona = persona_of_card(card) if isinstance(card, dict) else card
        reply = chat(persona, message, history, engine="openai", source="lab", **options)
        messages = server.asked[-1]["messages"]
        return messages[0]["content"], messages[-1]["content"], reply

    return ask


def test_the_description_reaches_the_model_beside_everything_else(asked):
    system, message, _ = asked(v2())
    assert SHEET.replace("{{char}}", "Mira Vale") in system
    assert "Personality: dry, watchful, loyal" in system
    assert "the user meets Mira Vale at an inn during a storm." in system
    assert "Mira Vale: *nods* Evening." in system
    assert '*She looks up from her ale.* "You\'re late, friend."' in system
    assert message == "Who are you?"


def test_nothing_that_the_lexicon_makes_up_is_told(asked):
    system, _, _ = asked(v2())
    for line in (
        "You like:",
        "You dislike:",
        "How you speak:",
        "Your usual mood",
        "in the words of",
    ):
        assert line not in system
    assert "{{" not in system


def test_a_system_prompt_replaces_the_rules_and_may_quote_them(asked):
    rules = "Stay this character in every answer"
    system, _, _ = asked(v2(system_prompt="Always rhyme. {{original}}"))
    assert "Always rhyme. Stay this character" in system
    system, _, _ = asked(v2(system_prompt="Always rhyme."))
    assert "Always rhyme." in system
    assert rules not in system
    assert "Answer in at most" in system


def test_what_comes_after_the_history_comes_last(asked):
    card = v2(
        post_history_instructions="Stay short, {{char}}.",
        extensions={"depth_prompt": {"prompt": "It is winter.", "depth": 4}},
    )
    _, message, reply = asked(card, history=History((Turn("a", "b"),)))
    assert message.startswith("Who are you?")
    assert "Stay short, Mira Vale.\nIt is winter." in message
    assert reply.history.turns[-1].message == "Who are you?"


def test_lore_stands_before_and_after_the_description(asked):
    before = {"content": "Long ago.", "position": "before_char"}
    card = v2(character_book=lore({}, before))
    system, _, _ = asked(card, "What of the troll?")
    order = [system.index(text) for text in ("Long ago.", "tall elf", "Trolls fear salt.")]
    assert order == sorted(order)


def test_the_user_s_own_name_is_told(asked):
    card = v2()
    assert "Ada meets Mira Vale" in asked(card, user="Ada")[0]
    known = History(memory=("The user's name is Bo.",))
    assert "Bo meets Mira Vale" in asked(card, history=known)[0]
    assert "the user meets Mira Vale" in asked(card)[0]


def test_a_description_longer_than_the_window_is_told_as_far_as_it_goes(asked):
    system, _, reply = asked(v2(description="She is an elf. " * 20_000))
    assert system.count("She is an elf.") > 20
    assert any("description" in note for note in reply.notes)
    assert "at an inn" in system


def test_a_persona_of_ours_is_told_once_with_or_without_its_card(asked):
    # Short enough for the tiny window that the server claims.
    persona = replace(write_persona("grumpy teapot"), greeting="Hmph. What is it now?")
    plain, _, _ = asked(persona)
    carded = persona_of_card(card_of_persona(persona))
    again, _, _ = asked(carded, "Who are you now?")
    assert again.split() == plain.split()
    edited = card_of_persona(persona)
    edited["data"]["description"] = "A kettle now."
    assert "A kettle now." in asked(edited, "And now?")[0]


def test_offline_a_card_says_its_own_lines_and_no_markup():
    card = v2(
        mes_example="{{char}}: *nods* Mind the bridge at night.",
        character_book=lore({"content": "[Troll: type=monster, fear=salt]"}),
    )
    persona = persona_of_card(card)
    said = " ".join(chat(persona, "What about the troll?", seed=seed).text for seed in range(20))
    assert "=" not in said
    assert "[" not in said
    assert "tiny chairs" not in said
    long = persona_of_card(v2(character_book=lore({"content": "Trolls fear salt. " * 300})))
    assert "Trolls fear salt." in chat(long, "What about the troll?").text
