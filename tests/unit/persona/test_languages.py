"""Concepts and characters in other languages."""

import re

import pytest

from chatanything.dialogue import chat
from chatanything.errors import InputError
from chatanything.persona import EMOTIONS, read_concept, write_persona
from chatanything.persona.offline import lexicon
from chatanything.persona.offline.languages import language_of, languages

TEAPOTS = {
    "de-DE": "mürrische Teekanne",
    "fr-FR": "théière grincheuse",
    "es-ES": "tetera gruñona",
    "it-IT": "teiera scontrosa",
    "pt-PT": "bule rabugento",
    "zh-CN": "暴躁的茶壶",
    "ja-JP": "不機嫌な急須",
}


@pytest.mark.parametrize("tag", TEAPOTS)
def test_a_grumpy_teapot_in_its_own_language(tag):
    concept = TEAPOTS[tag]
    persona = write_persona(concept)
    reading = read_concept(concept)
    assert (reading.noun, reading.kind, reading.adjectives) == ("teapot", "kitchen", ("grumpy",))
    assert persona.language == persona.voice.language == tag
    assert persona.concept == concept
    assert concept in persona.greeting
    assert persona.name in persona.greeting
    assert persona.appearance.startswith("grumpy teapot")
    assert persona.emotion.name == "angry"
    assert persona.voice.warmth < -0.4
    assert not persona.provenance.notes


@pytest.mark.parametrize("tag", TEAPOTS)
def test_an_english_concept_in_another_language(tag):
    persona = write_persona("grumpy teapot", language=tag)
    assert persona.language == tag
    own = TEAPOTS[tag].lower()
    nouns = [
        word for word, (_, meaning) in languages()[tag[:2]].nouns.items() if meaning == "teapot"
    ]
    assert any(word in persona.greeting.lower() for word in nouns if word in own)
    quoted = write_persona("grumpy flumphologist", language=tag).greeting
    assert "grumpy flumphologist" in quoted


@pytest.mark.parametrize("tag", TEAPOTS)
def test_every_line_of_a_language_is_there_and_filled(tag):
    texts = languages()[tag[:2]].texts
    for key in ("opens", "is", "speaks"):
        assert set(texts[key]) == set(EMOTIONS)
    adjectives = languages()[tag[:2]].adjectives.values()
    known = lexicon.traits().keys() | lexicon.colours() | lexicon.materials()
    assert set(adjectives) <= known
    nouns = {meaning for _, meaning in languages()[tag[:2]].nouns.values()}
    assert nouns <= lexicon.nouns().keys() | lexicon.professions()
    persona = write_persona("cheerful robot", language=tag)
    history = None
    for message in ("?", "!", "1", "2", "3"):
        reply = chat(persona, message, history)
        history = reply.history
        for text in (reply.text, persona.greeting, persona.personality, persona.background):
            assert not re.search(r"[{}]", text), text


@pytest.mark.parametrize(
    "concept",
    ["grumpy teapot", "cactus", "piano", "Café owner", "die", "a man in la la land", "rose", "42"],
)
def test_english_stays_english(concept):
    assert language_of(concept) == "en-US"


def test_languages_without_texts_are_spoken_in_english_and_said_so():
    persona = write_persona("сердитый чайник")
    assert persona.language == "ru-RU"
    assert "ru-RU has no texts" in " ".join(persona.provenance.notes)
    assert write_persona("grumpy teapot", language="pt-BR").language == "pt-BR"
    assert write_persona("grumpy teapot", language="de").language == "de-DE"


def test_what_is_no_language_is_refused():
    with pytest.raises(InputError, match="'klingon!'"):
        write_persona("teapot", language="klingon!")


@pytest.mark.parametrize(
    "concept",
    [
        "जिद्दी चायदानी",
        "பிடிவாதமான தேநீர்",
        "กาน้ำชาขี้โมโห",
        "קוּמְקוּם זוֹעֵם",
        "غَاضِب إِبْرِيق",
        "ကော်ဖီအိုး",
        "cafetière fâchée",
        "ড্রাগন",
    ],
)
def test_vowel_signs_and_accents_stay_with_their_words(concept):
    who = write_persona(concept)
    assert all(word in who.greeting or word in who.personality for word in concept.split())
