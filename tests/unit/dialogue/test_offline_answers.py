"""What the offline engine understands, and what kind of answer it gives."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.offline_chat import CONVERSATIONS, DOCUMENT, MARKER, everything
from chatanything.dialogue import History, chat
from chatanything.dialogue.offline.arithmetic import find_sum, result
from chatanything.dialogue.offline.frames import sentence_keys
from chatanything.dialogue.offline.listen import listen
from chatanything.dialogue.offline.phrasebook import phrasebook
from chatanything.dialogue.offline.prose import sentences
from chatanything.dialogue.offline.topics import topic_of
from chatanything.persona import write_persona
from chatanything.persona.cards.macros import Places

HERE = Path(__file__).parent
QUESTIONS = json.loads((HERE / "questions.json").read_text(encoding="utf-8"))
ABROAD = json.loads((HERE / "questions_abroad.json").read_text(encoding="utf-8"))
CASES = [("en", kind, text) for kind, texts in QUESTIONS.items() for text in texts]
CASES += [
    (code, kind, text)
    for code, table in ABROAD.items()
    for kind, texts in table.items()
    for text in ([texts] if isinstance(texts, str) else texts)
]


def talk(persona, *messages, **options):
    history = History()
    for message in messages:
        reply = chat(persona, message, history, **options)
        history = reply.history
    return reply


def test_there_are_two_hundred_questions_about_the_persona():
    about = {"machine", "limits", "knowledge", "joke", "song", "story", "grief", "hello", "bye"}
    asked = [text for kind, texts in QUESTIONS.items() if kind not in about for text in texts]
    assert len([text for text in asked if text.endswith("?")]) >= 200


@pytest.mark.parametrize(("code", "kind", "text"), CASES, ids=lambda value: str(value)[:40])
def test_what_is_meant(code, kind, text):
    heard = listen(text, phrasebook(code))
    assert heard[0].intent.name == kind


def every_line(book, name):
    return [line for tier in book.says[name] for line in tier]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What is your name?", ["Prudence"]),
        ("What are you?", ["a teapot"]),
        ("What do you like?", ["door", "peace", "toast", "Sunday", "wrong"]),
        ("What do you hate?", ["moved", "whistling", "limescale", "clumsy"]),
        ("What are you afraid of?", ["moved", "whistling", "limescale", "clumsy"]),
        ("Where do you live?", ["stove", "put", "room"]),
        (
            "Tell me about yourself.",
            ["Prudence", "teapot", "stove", "rim", "supper", "steeping", "Sunday"],
        ),
    ],
)
def test_answers_come_from_the_record(teapot, question, words):
    for seed in range(8):
        text = talk(teapot, question, seed=seed).text
        assert any(word in text for word in words), text


def test_the_record_of_a_card_answers_too(teapot):
    mira = replace(
        teapot,
        concept="Mira Vale, an elf ranger",
        name="Mira Vale",
        background="Mira lives in a mill by the river. Her sister left for the sea. She is 27 years old.",
        personality="[Mira: mood=dry, watchful]",
    )
    assert "a mill by the river" in talk(mira, "Where do you live?").text
    assert "sister" in talk(mira, "Do you have a sister?").text
    assert "27" in talk(mira, "How old are you?").text


def test_other_languages_are_heard_and_its_own_is_spoken(teapot):
    assert teapot.name in talk(teapot, "Wie heißt du?").text
    assert teapot.name in talk(teapot, "お名前は？").text
    german = write_persona("mürrische Teekanne")
    book = phrasebook("de")
    text = talk(german, "What do you eat?").text
    assert text in book.record["eat"]["object"]
    assert listen("les vieux livres sont beaux", phrasebook("fr")) == ()


def test_a_fact_is_not_taken_for_a_question():
    reply = talk(write_persona("théière"), "Je m'appelle Luc et j'adore les vieux livres.")
    assert "Luc" in reply.text
    assert len(reply.history.memory) == 2
    assert not any(like in reply.text for like in write_persona("théière").likes)


def test_two_questions_get_two_answers(teapot):
    text = talk(teapot, "What is your name and how old are you?").text
    ages = phrasebook("en").says["age grown"][0]
    assert teapot.name in text
    assert any(line in text for line in ages) or "Old enough" in text


@pytest.mark.parametrize(
    ("code", "message", "value"),
    [
        ("en", "What is 7 times 8?", "56"),
        ("en", "twelve times twelve", "144"),
        ("en", "7*8=?", "56"),
        ("en", "How much is twenty-one plus 4?", "25"),
        ("en", "what's 7 divided by 2", "3.5"),
        ("en", "3 - 10?", "minus 7"),
        ("de", "Was ist einundzwanzig plus sieben?", "28"),
        ("de", "zwölf mal zwölf", "144"),
        ("fr", "Combien font quatre-vingt-dix-sept moins sept ?", "90"),
        ("fr", "sept fois huit", "56"),
        ("es", "¿Cuánto es treinta y dos más ocho?", "40"),
        ("it", "quanto fa ventuno per due?", "42"),
        ("pt", "doze vezes doze", "144"),
        ("zh", "七乘八等于多少？", "56"),
        ("zh", "十二乘以十二", "144"),
        ("ja", "七かける八は？", "56"),
        ("ja", "１２×１２は？", "144"),
    ],
)
def test_sums(code, message, value):
    book = phrasebook(code)
    assert result(find_sum(message, book), book) == value


@pytest.mark.parametrize(
    "message", ["I am 5-6 years old, I think", "On 12/25/2026 we met", "It was 2026-11-26", "times"]
)
def test_what_is_no_sum(message):
    assert find_sum(message, phrasebook("en")) is None


def test_all_sums_up_to_twelve_times_twelve(teapot):
    for left in range(1, 13):
        for right in range(1, 13):
            assert str(left * right) in talk(teapot, f"What is {left} times {right}?").text
    assert "zero" in talk(teapot, "What is 4 divided by 0?").text


@pytest.mark.parametrize(
    ("concept", "told", "asked", "value"),
    [
        ("Teekanne", "Ich heiße Anna.", "Wie heiße ich?", "Anna"),
        ("Teekanne", "Ich mag alte Karten.", "Was mag ich?", "alte Karten"),
        ("théière", "Je m'appelle Anna.", "Comment je m'appelle ?", "Anna"),
        ("théière", "J'adore les cartes.", "Qu'est-ce que j'aime ?", "les cartes"),
        ("tetera", "Me llamo Anna.", "¿Cómo me llamo?", "Anna"),
        ("tetera", "Me gustan los mapas.", "¿Qué me gusta?", "los mapas"),
        ("teiera", "Mi chiamo Anna.", "Come mi chiamo?", "Anna"),
        ("teiera", "Mi piacciono le mappe.", "Cosa mi piace?", "le mappe"),
        ("o bule", "Chamo-me Anna.", "Como me chamo?", "Anna"),
        ("o bule", "Adoro mapas.", "O que adoro?", "mapas"),
        ("茶壶", "我叫小明。", "我叫什么？", "小明"),
        ("茶壶", "我喜欢地图。", "我喜欢什么？", "地图"),
        ("ティーポット", "私の名前はアンナです。", "私の名前は？", "アンナ"),
        ("ティーポット", "地図が好きです。", "私は何が好き？", "地図"),
    ],
)
def test_memory_in_every_language(concept, told, asked, value):
    persona = write_persona(concept)
    reply = talk(persona, told, asked)
    assert value in reply.text
    assert value in reply.history.memory[0]
    assert value not in talk(persona, asked).text


@pytest.mark.parametrize("message", ["fuck you", "You are stupid.", "I hate you."])
def test_an_insult_makes_nobody_happy(message):
    for concept in ("cheerful fox", "shy mouse", "sad clown", "grumpy teapot"):
        assert talk(write_persona(concept), message).emotion.name in ("angry", "sad", "afraid")


@pytest.mark.parametrize("concept", ["cheerful fox", "grumpy teapot", "fröhlicher Fuchs"])
def test_grief_makes_it_gentle(concept):
    message = "Mein Hund ist gestorben." if "ö" in concept else "My dog died yesterday."
    for seed in range(6):
        reply = talk(write_persona(concept), "Hi", message, seed=seed)
        assert reply.emotion.name == "sad"
        assert not reply.text.startswith(("Ha!", "Hmph", "Bah"))


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("Can you explain how it works?", ""),
        ("I asked a question ten times", ""),
        ("My old dog barks", "your old dog"),
        ("I saw some spiders", "spiders"),
        ("She drinks and he saws", ""),
        ("My mom is here", "your mom"),
    ],
)
def test_no_verb_unit_or_pronoun_becomes_a_topic(message, topic):
    assert topic_of(message) == topic


def test_likes_and_dislikes_are_opinions(teapot):
    liked, disliked = f"Do you like {teapot.likes[0]}?", f"Do you like {teapot.dislikes[1]}?"
    assert "fond" in talk(teapot, liked).text or teapot.likes[0] in talk(teapot, liked).text
    assert talk(teapot, disliked).text
    assert "Paris" in " ".join(talk(teapot, "Do you like Paris?", seed=s).text for s in range(3))


def test_a_dodged_question_is_asked_again(teapot):
    book = phrasebook("en")
    text = talk(teapot, "What do you eat?", "You didn't answer my question.").text
    assert any(line in text for line in every_line(book, "sorry again"))


def test_what_was_said_is_said_again_when_asked(teapot):
    first = talk(teapot, "What do you eat?").text
    assert first in talk(teapot, "What do you eat?", "What did you say?").text


def test_it_says_what_it_is_only_when_pressed(teapot):
    replies = []
    history = History()
    for message in ("blorp", "blorp blorp", "blorpity"):
        reply = chat(teapot, message, history)
        history, replies = reply.history, [*replies, reply.text]
    assert "pattern engine" not in replies[0] + replies[1]
    assert "honest" in replies[2] or "Ask me about myself" in replies[2]


def test_markup_of_cards_is_not_said():
    assert sentences("[Troll: type=monster, home=Moor]", Places("Mira")) == (
        "Troll: type: monster, home: Moor.",
    )
    assert sentences('likes("tea" + "maps")', Places("Mira")) == ("likes: tea, maps.",)
    assert sentences("{{char}} waves. **Loud!**", Places("Mira")) == ("Mira waves.", "Loud!")


@pytest.mark.parametrize("concept", CONVERSATIONS)
def test_no_sentence_twice_in_twelve_turns(concept):
    persona, history, said = write_persona(concept), History(), set()
    for message in CONVERSATIONS[concept]:
        history = chat(persona, message, history).history
        keys = sentence_keys(history.turns[-1].reply)
        assert not keys & said, keys & said
        said |= keys


def test_the_document_is_what_the_engine_says_now():
    printed = DOCUMENT.read_text(encoding="utf-8").partition(MARKER)[2]
    assert printed.strip() == everything().strip()
