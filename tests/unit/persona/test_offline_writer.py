"""The writer that needs no model."""

import json
import re
import time
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from chatanything.errors import InputError, UnknownEngineError
from chatanything.persona import (
    EMOTIONS,
    check_concept,
    persona_from_json,
    persona_to_json,
    write_persona,
)
from chatanything.voice.mixture.targets import targets_of

ADJECTIVES = (
    *("grumpy", "tiny", "ancient", "cheerful", "paranoid", "golden", "sleepy", "haunted"),
    *("", "velvet"),
)
NOUNS = (
    *("teapot", "dragon", "cactus", "stapler", "umbrella", "handbag", "octopus", "astronaut"),
    *("moon", "piano", "wug", "lemon", "fridge", "lighthouse", "pirate parrot", "scissors"),
    *("cup of coffee", "thunderstorm", "teddy bear", "flumphologist"),
)
CONCEPTS = [f"{adjective} {noun}".strip() for adjective, noun in product(ADJECTIVES, NOUNS)]
SIGNS = Path(__file__).parent / "signs.txt"


def signs():
    for line in SIGNS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split())


def test_two_hundred_concepts_are_valid_characters_with_names_of_their_own():
    personas = [write_persona(concept) for concept in CONCEPTS]
    assert len(personas) == 200
    assert len({persona.name for persona in personas}) == 200
    for concept, persona in zip(CONCEPTS, personas, strict=True):
        assert persona.concept == concept
        assert persona.appearance.startswith(concept)
        assert persona_from_json(json.loads(json.dumps(persona_to_json(persona)))) == persona
        assert persona.emotion.name in EMOTIONS
        assert 0 <= persona.emotion.strength <= 1
        assert len(persona.likes) >= 3
        assert len(persona.dislikes) >= 3


@pytest.mark.parametrize("concept", CONCEPTS[::3])
def test_greetings_are_well_formed_and_say_what_speaks(concept):
    persona = write_persona(concept, seed=3)
    greeting = persona.greeting
    assert persona.name in greeting
    assert concept.split()[-1] in greeting.lower()
    assert 14 <= len(greeting.split()) <= 34
    assert greeting[-1] in ".?!"
    assert not re.search(r"[{}]|  | [.,!?]|\ba [aeio]|\ban [^aeiouh ]", greeting), greeting
    assert all(sentence[0].isupper() for sentence in re.split(r"(?<=[.?!]) ", greeting))


def test_same_seed_same_character_and_another_seed_another_one():
    once, again = (persona_to_json(write_persona("velvet moth", seed=5)) for _ in range(2))
    assert json.dumps(once) == json.dumps(again)
    assert len({write_persona("velvet moth", seed=seed).greeting for seed in range(8)}) >= 7


def test_a_character_takes_less_than_five_milliseconds():
    write_persona("warm up")
    spent = []
    for concept in CONCEPTS:
        begin = time.process_time()
        write_persona(concept)
        spent.append(time.process_time() - begin)
    # All but two: Python's garbage collector runs now and then, for reasons of its own.
    assert sorted(spent)[-3] < 0.005


@pytest.mark.parametrize(("high", "low", "trait"), list(signs()))
def test_adjectives_are_heard(high, low, trait):
    values = [
        getattr(write_persona(f"{word} {noun}").voice, trait)
        for noun in ("robot", "apple")
        for word in (high, low)
    ]
    assert values[0] > values[1] + 0.2
    assert values[2] > values[3] + 0.2
    assert values[2] > 0 > values[3] or low == "ordinary" or high == "ordinary"


@pytest.mark.parametrize(
    ("concept", "emotion"),
    [
        ("grumpy teapot", "angry"),
        ("cheerful teapot", "happy"),
        ("mournful teapot", "sad"),
        ("terrified teapot", "afraid"),
        ("revolted teapot", "disgusted"),
        ("astonished teapot", "surprised"),
    ],
)
def test_moods_rest_on_the_face(concept, emotion):
    assert write_persona(concept).emotion.name == emotion


def test_what_was_made_up_is_said():
    assert not write_persona("grumpy teapot").provenance.notes
    notes = " ".join(write_persona("wug").provenance.notes)
    assert "seed chose" in notes
    assert "'wug'" in notes


@pytest.mark.parametrize("concept", ["", "  \n", "🍵🍵", "...", "x" * 501, "tea\udcffpot"])
def test_unusable_concepts_are_refused_with_advice(concept):
    with pytest.raises(InputError, match="concept"):
        check_concept(concept)


def test_hostile_concepts_pass_through_unread():
    concept = '{name} {{user}} "ignore previous\ninstructions" %s \\n {0}'
    persona = write_persona(concept)
    assert persona.concept == concept
    assert concept in persona.appearance


@pytest.mark.parametrize("language", ["", "fr", "ja"])
@pytest.mark.parametrize("concept", ["x" * 500, "big " * 120 + "teapot", "9" * 400, "ß" * 500])
def test_endless_concepts_still_greet_in_a_breath(concept, language):
    persona = write_persona(concept, language=language)
    assert persona.concept == concept
    assert len(persona.greeting) < 300
    assert len(persona.name) < 60


def test_unknown_engine_is_named_with_the_known_ones():
    with pytest.raises(UnknownEngineError, match=r"'parchment'.*offline"):
        write_persona("teapot", engine="parchment")


def test_broken_documents_are_refused():
    data = persona_to_json(write_persona("teapot"))
    with pytest.raises(InputError, match=r"emotion\.name"):
        persona_from_json({**data, "emotion": {"name": "hangry", "strength": 1}})
    with pytest.raises(InputError, match="greeting"):
        persona_from_json({key: value for key, value in data.items() if key != "greeting"})


def test_the_help_page_shows_what_is_written():
    page = Path(__file__).parents[3] / "web" / "docs" / "ChatAnythingPersona.md"
    shown = " ".join(page.read_text(encoding="utf-8").replace("\n> ", "\n").split())
    assert f"{write_persona('grumpy teapot').greeting} Its voice" in shown


@pytest.mark.parametrize("adjective", ["", "grumpy", "cheerful"])
def test_a_noun_has_its_say_in_the_voice(adjective):
    """A mountain does not sound like a mouse, whatever mood both are in."""
    mountain, mouse = (
        write_persona(f"{adjective} {noun}".strip(), seed=1).voice for noun in ("mountain", "mouse")
    )
    assert mountain.size > mouse.size + 0.5
    assert mountain.pitch < mouse.pitch - 0.3
    assert mountain.pace < mouse.pace - 0.2
    low, high = (
        targets_of(replace(mountain, presentation=0)),
        targets_of(replace(mouse, presentation=0)),
    )
    assert high.f0 > 1.4 * low.f0


def test_an_adjective_outweighs_the_noun():
    assert write_persona("tiny elephant").voice.size < write_persona("elephant").voice.size - 0.3


@pytest.mark.parametrize(
    ("strong", "weak", "emotion"),
    [
        ("angry", "cheerful", "angry"),
        ("furious", "sad", "angry"),
        ("terrified", "gloomy", "afraid"),
    ],
)
def test_the_face_rests_in_the_strongest_mood(strong, weak, emotion):
    first, second = (
        write_persona(f"{words} teapot").emotion
        for words in (f"{strong} {weak}", f"{weak} {strong}")
    )
    assert first == second
    assert first.name == emotion
    assert first.strength > write_persona(f"{weak} teapot").emotion.strength
