"""The phrasebooks of the offline chat engine: whole, alike, and grammatical when filled."""

import re

import pytest

from chatanything.dialogue import History, chat
from chatanything.dialogue.offline.frames import frames
from chatanything.dialogue.offline.own_record import GROUPS, own_record
from chatanything.dialogue.offline.phrasebook import LANGUAGES, intents, phrasebook
from chatanything.persona import EMOTIONS, write_persona
from chatanything.seeding import generator

ENGLISH = phrasebook("en")
PLACE = re.compile(r"\{([a-z]+)\d?\}")
GIVEN = {"last", "sum", "result", "facts", "told", "value", "x", "topic", "tale", "user"}
"""Places that are filled from the conversation."""
ALWAYS = {"name", "mood", "age", "own", *ENGLISH.record}
"""Places that any persona can fill."""
FAULTY = re.compile(
    r"  |\{|\}|\b(a|an|the|and|is|of|to|der|die|das|ein|eine|le|un|une|el|il|o) \1\b"
    r"|\b(?:the|a|an) (?:my|your|a|an|the)\b|[,;:][.!?]|(?<!\.)\.\.(?!\.)",
    re.IGNORECASE,
)
WRONG_ARTICLE = re.compile(r"\ba [aeio]\w+", re.IGNORECASE)
CONCEPTS = {
    "en": ("grumpy teapot", "wise owl", "scissors", "moon", "red dragon", "tea", "pirate parrot"),
    "de": ("mürrische Teekanne", "fröhlicher Fuchs", "der Mond"),
    "fr": ("théière grincheuse", "le renard joyeux", "la lune"),
    "es": ("tetera gruñona", "zorro alegre", "la luna"),
    "it": ("teiera brontolona", "volpe allegra", "la luna"),
    "pt": ("bule rabugento", "raposa alegre", "o abacaxi"),
    "zh": ("暴躁的茶壶", "开心的狐狸", "月亮"),
    "ja": ("不機嫌なティーポット", "陽気な狐", "月"),
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_everything(code):
    book = phrasebook(code)
    names = {intent.name for intent in intents()}
    assert set(book.asks) == names
    assert set(book.says) == set(ENGLISH.says)
    assert set(book.record) == set(ENGLISH.record)
    assert {kind.name for kind in book.facts} == {kind.name for kind in ENGLISH.facts}
    assert set(book.words["openers"]) == set(EMOTIONS)
    for topic, groups in book.record.items():
        assert set(groups) == set(GROUPS), topic


@pytest.mark.parametrize("code", LANGUAGES)
def test_frames_know_their_places_and_one_of_each_can_always_be_filled(code):
    book = phrasebook(code)
    known = ALWAYS | GIVEN | {"what", "like", "dislike", "job", "colour", "material", "years"}
    for name, tiers in book.says.items():
        lines = [line for tier in tiers for line in tier]
        assert len(lines) == len(set(lines)), name
        for line in lines:
            assert set(PLACE.findall(line)) <= known, line
        assert any(set(PLACE.findall(line)) <= ALWAYS | GIVEN for line in lines), name
    assert len([line for tier in book.says["joke"] for line in tier]) >= 8
    assert len(book.says["unknown statement"][0]) >= 14


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_frame_reads_well_when_it_is_filled(code):
    book = phrasebook(code)
    given = {
        "last": "Oh.",
        "sum": "3",
        "result": "4",
        "facts": "Oh.",
        "told": "Oh.",
        "value": "Ada",
    }
    given |= {"x": "Paris", "topic": "your dog", "tale": "Oh.", "user": "Ada"}
    for concept in CONCEPTS[code]:
        persona = write_persona(concept, language=code)
        values = own_record(persona, book).values
        filler = frames(book, values, History(), generator(0, "test"))
        for name, tiers in book.says.items():
            for line in (line for tier in tiers for line in tier):
                text = filler.fresh([line], **given)
                missing = set(PLACE.findall(line)) - set(values) - set(given)
                assert text or missing, (name, line)
                assert not FAULTY.search(text), (name, text)
                assert code != "en" or not WRONG_ARTICLE.search(text), (name, text)
                assert not text or text[-1] in ".?!。？！”“」』»", (name, text)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sentence_twice_however_often_the_same_is_said(code):
    persona = write_persona(CONCEPTS[code][0], language=code)
    for message in ("?", "!", "xyzzy", "1"):
        history, said = History(), set()
        for _ in range(12):
            history = chat(persona, message, history).history
            assert history.turns[-1].reply not in said
            said.add(history.turns[-1].reply)
