"""Concepts and characters in other languages."""

import re
from itertools import pairwise

import pytest

from chatanything.dialogue import chat
from chatanything.dialogue.offline.small_talk import small_talk
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
    "ar-SA": "إبريق شاي متذمر",
    "hi-IN": "चिड़चिड़ी चायदानी",
    "ko-KR": "심술궂은 찻주전자",
    "nl-NL": "chagrijnige theepot",
    "pl-PL": "zrzędliwy imbryk",
    "tr-TR": "huysuz demlik",
    "el-GR": "γκρινιάρα τσαγιέρα",
    "sv-SE": "grinig tekanna",
    "vi-VN": "ấm trà cáu kỉnh",
    "ru-RU": "ворчливый заварник",
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


@pytest.mark.parametrize(
    ("concept", "tag", "noun"),
    [
        ("trauriger Elefant", "de-DE", "elephant"),
        ("papillon triste", "fr-FR", "butterfly"),
        ("pulpo triste", "es-ES", "octopus"),
        ("cavallo stanco", "it-IT", "horse"),
    ],
)
def test_common_animals_are_known(concept, tag, noun):
    assert language_of(concept) == tag
    assert read_concept(concept).noun == noun


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
    meant = (meaning for _, meaning in languages()[tag[:2]].nouns.values())
    nouns = {meaning.removeprefix("woman ") for meaning in meant}
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
    persona = write_persona("กาน้ำชา")
    assert persona.language == persona.voice.language == "en-US"
    assert "th-TH has no texts yet" in " ".join(persona.provenance.notes)
    assert persona.greeting.isascii()
    assert write_persona("grumpy teapot", language="pt-BR").language == "pt-BR"
    assert write_persona("grumpy teapot", language="de").language == "de-DE"


def test_what_is_no_language_is_refused():
    with pytest.raises(InputError, match="'klingon!'"):
        write_persona("teapot", language="klingon!")


MORE = ("ru", "ar", "hi", "ko", "pt", "nl", "pl", "tr", "el", "sv", "vi")


@pytest.mark.parametrize("code", MORE)
def test_three_hundred_nouns_and_forty_tempers_and_twenty_colours_are_understood(code):
    language = languages()[code]
    assert len(set(language.keys.values())) >= 300
    meanings = set(language.adjectives.values())
    assert len([word for word in meanings if word in lexicon.traits()]) >= 40
    plain = lexicon.colours() | lexicon.materials()
    assert len([word for word in meanings if word in plain]) >= 18


@pytest.mark.parametrize(
    ("concept", "tag", "noun", "word", "sex"),
    [
        ("sture Teekanne", "de-DE", "teapot", "stubborn", ""),
        ("unhöflicher Kater", "de-DE", "cat", "rude", ""),
        ("théière têtue", "fr-FR", "teapot", "stubborn", ""),
        ("chat courtois", "fr-FR", "cat", "polite", ""),
        ("silla terca", "es-ES", "chair", "stubborn", ""),
        ("gatto geloso", "it-IT", "cat", "jealous", ""),
        ("固执的茶壶", "zh-CN", "teapot", "stubborn", ""),
        ("頑固なやかん", "ja-JP", "kettle", "stubborn", ""),
        ("고집 센 주전자", "ko-KR", "kettle", "stubborn", ""),
        ("злая кошка", "ru-RU", "cat", "angry", ""),
        ("Весёлый дракон", "ru-RU", "dragon", "cheerful", ""),
        ("старая учительница", "ru-RU", "woman", "old", "female"),
        ("القط الحزين", "ar-SA", "cat", "sad", ""),
        ("معلمة عنيدة", "ar-SA", "woman", "stubborn", "female"),
        ("उदास हाथी", "hi-IN", "elephant", "sad", ""),
        ("अकेली रानी", "hi-IN", "queen", "lonely", "female"),
        ("외로운 로봇", "ko-KR", "robot", "lonely", ""),
        ("abacaxi triste", "pt-PT", "pineapple", "sad", ""),
        ("een boze vos", "nl-NL", "fox", "angry", ""),
        ("luie kat", "nl-NL", "cat", "lazy", ""),
        ("smutna królowa", "pl-PL", "queen", "sad", "female"),
        ("leniwy kot", "pl-PL", "cat", "lazy", ""),
        ("inatçı keçi", "tr-TR", "goat", "stubborn", ""),
        ("λυπημένος δράκος", "el-GR", "dragon", "sad", ""),
        ("arg räv", "sv-SE", "fox", "angry", ""),
        ("ett argt lejon", "sv-SE", "lion", "angry", ""),
        ("con mèo buồn", "vi-VN", "cat", "sad", ""),
        ("chú hề bướng bỉnh", "vi-VN", "clown", "stubborn", ""),
    ],
)
def test_inflected_words_are_understood_with_and_without_an_article(concept, tag, noun, word, sex):
    assert language_of(concept) == tag
    reading = read_concept(concept)
    assert (reading.noun, reading.sex) == (noun, sex)
    assert word in reading.adjectives
    persona = write_persona(concept)
    assert persona.language == persona.voice.language == tag
    assert not sex or persona.voice.presentation > 0


@pytest.mark.parametrize("code", [code for code in MORE if code != "pt"])
def test_small_talk_is_made_in_its_own_language(code):
    persona = write_persona("grumpy teapot", language=code)
    talk = small_talk(persona.language)
    hello, name, unknown = (
        chat(persona, message).text
        for message in (pattern_word(talk, "hello"), pattern_word(talk, "name"), "xyzzy plugh?")
    )
    assert hello in talk.says["hello"]
    assert persona.name in name
    assert unknown in talk.unknown
    history, said = None, []
    for message in ("?", "!", "1", "2", "3"):
        reply = chat(persona, message, history)
        history = reply.history
        said.append(reply.text)
    assert all(one != two for one, two in pairwise(said))
    assert not re.search(r"[{}]", " ".join(said))


def pattern_word(talk, topic):
    """A plain message that asks for the topic."""
    return (
        re.sub(r"\(\?:([^|)]*)[^)]*\)", r"\1", talk.asks[topic].pattern.split("(?:", 1)[1])
        .split("|")[0]
        .rstrip(")")
    )


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
    reading = read_concept(concept)
    who = write_persona(concept)
    if who.language.startswith("en"):
        assert set(concept.split()) <= {*reading.words, concept}
    else:
        assert concept.lower() in who.greeting.lower()


@pytest.mark.parametrize(
    ("concept", "noun"),
    [("зюзявый чайник", "kettle"), ("불꽃머리 고양이", "cat"), ("ζουζουνιάρα τσαγιέρα", "teapot")],
)
def test_an_adjective_that_is_not_known_does_not_take_the_thing_with_it(concept, noun):
    assert write_persona(concept).appearance.startswith(f"{noun}, ")
