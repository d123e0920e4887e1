"""What is said of what is written: tables of texts, each read over by someone.

A line of spoken/LANGUAGE.tsv holds a text (`\\n` for a new line) and what an engine that reads
letters is given for it, with `[mood]` and `{language}` where they change.
"""

import json
import re
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from chatanything.dialogue.offline.phrasebook import LANGUAGES
from chatanything.persona import VoiceTraits
from chatanything.persona.offline.languages import languages
from chatanything.seeding import generator
from chatanything.voice import Voice, Word, speak
from chatanything.voice.text import japanese
from chatanything.voice.text.japanese import number_in_kana, read_japanese
from chatanything.voice.text.normalise import spoken_text
from chatanything.voice.text.rewrite import Span, SpokenText
from chatanything.voice.text.tell_language import utterances
from tests.tools.said import said

TABLES = {
    path.stem: [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    for path in sorted((Path(__file__).parent / "spoken").glob("*.tsv"))
}
CASES = [(tag, *row) for tag, rows in TABLES.items() for row in rows]
PLAIN = Voice("espeak", (("default", 1.0),), VoiceTraits())
ROOT = Path(__file__).resolve().parents[3]
KANJI = re.compile(r"[\u3400-\u9fff]")
needs_dictionary = pytest.mark.skipif(
    find_spec("lindera") is None, reason="needs the package lindera-python-ipadic"
)


@pytest.mark.parametrize(
    ("tag", "text", "spoken"),
    [pytest.param(*case, marks=needs_dictionary if case[0] == "ja-JP" else ()) for case in CASES],
)
def test_what_is_said_is_what_the_table_has(tag, text, spoken):
    assert said(text.replace("\\n", "\n"), tag) == spoken


def test_the_tables_are_whole():
    assert len(TABLES["en-US"]) >= 200
    written = {languages()[code].tag for code in LANGUAGES if code != "en"}
    assert {tag for tag, rows in TABLES.items() if len(rows) >= 20} >= written


@pytest.mark.parametrize(("tag", "text", "spoken"), CASES)
def test_what_is_shown_is_what_was_written(tag, text, spoken):
    """Nothing is lost between what is shown and what is said."""
    assert spoken_text(text, tag).shown == text


SOUNDS = "Hm. Hmm. Hmph. Tch. Pff. Pfft. Psst! Brr! Shh! Mmm. Grr! Zzz. Bzz. Ngh."


@pytest.mark.parametrize("sound", SOUNDS.split())
@pytest.mark.parametrize(
    "language", ["en-US", "de-DE", "fr-FR", "es-ES", "it-IT", "pt-PT", "zh-CN"]
)
def test_sounds_are_not_spelled(language, sound):
    """A sound is one syllable: at most five phones and one vowel."""
    speech = speak(Voice("espeak", PLAIN.mix, VoiceTraits(language=language)), sound)
    phones = [phone.symbol for phone in speech.timeline.phones if phone.symbol]
    assert 2 <= len(phones) <= 5, phones
    assert [word.text for word in speech.timeline.words] == [sound.rstrip(".!")]


def test_an_engine_that_makes_sounds_gets_them_as_written():
    assert spoken_text("Hmph. It is $5.", "en", sounds=True).spoken == "Hmph. It is 5 dollars."


def test_words_are_shown_as_they_are_written():
    words = speak(PLAIN, "Hmph. I paid $3.50 for CO2, e.g. 1,234 times.").timeline.words
    assert " ".join(w.text for w in words) == "Hmph I paid $3.50 for CO2 e.g 1,234 times"
    assert [w.start for w in words] == sorted(w.start for w in words)


def test_a_word_of_several_spoken_words_lasts_as_long_as_they():
    text = SpokenText((Span("It is ", "It is "), Span("$5", "5 dollars", fixed=True)))
    spoken = [Word("It", 0, 1), Word("is", 1, 2), Word("5", 2, 3), Word("dollars", 3, 4)]
    assert text.shown_words(spoken)[-1] == Word("$5", 2, 4)


@pytest.mark.parametrize("text", ["...", "…", "🎉", "*winks*", "。"])
def test_a_silence_is_silent(text):
    speech = speak(PLAIN, text)
    assert 0.5 < speech.seconds < 2
    assert not speech.samples.any()
    assert not speech.timeline.words


def test_no_sentence_takes_long():
    texts = [text for tag, text, _ in CASES if tag == "en-US"]
    said("warm up", "en-US")
    for text in texts:
        said(text, "en-US")
    start = time.perf_counter()
    for text in texts:
        said(text, "en-US")
    assert (time.perf_counter() - start) / len(texts) < 0.001 * 3  # a loaded machine is slow


@pytest.mark.parametrize(
    ("figure", "kana"),
    [
        ("0", "ゼロ"),
        ("10", "ジュー"),
        ("300", "サンビャク"),
        ("1000", "セン"),
        ("8600", "ハッセンロッピャク"),
        ("10000", "イチマン"),
        ("12,345,678", "センニヒャクサンジューヨンマンゴセンロッピャクナナジューハチ"),
        ("2.5", "ニテンゴ"),
    ],
)
def test_japanese_numbers(figure, kana):
    assert number_in_kana(figure) == kana


@pytest.fixture(params=[pytest.param("dictionary", marks=needs_dictionary), "list"])
def readings(request, monkeypatch):
    """With the dictionary, and as it is where the package is not installed."""
    japanese._tokenizer.cache_clear()
    if request.param == "list":
        monkeypatch.setitem(sys.modules, "lindera", None)
    yield request.param
    japanese._tokenizer.cache_clear()


def said_in_chat():
    """What the offline chat says in Japanese, without the places that it fills."""
    heard = {"ask", "hear", "keywords", "about", "ends", "no_facts", "not_said", "everything"}

    def leaves(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from () if key in heard else leaves(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from leaves(inner)
        elif isinstance(value, str):
            yield re.sub(r"\{[^}]*\}", "", value)

    path = ROOT / "chatanything_core" / "dialogue" / "offline" / "data" / "ja.json"
    return list(leaves(json.loads(path.read_text("utf-8"))))


def test_every_japanese_text_of_ours_has_readings(readings):
    entry = languages()["ja"].texts
    told = [entry[key] for key in ("introductions", "remarks", "closings", "lives")]
    texts = [text for part in told for text in part]
    texts += [text for part in entry["opens"].values() for text in part]
    texts += [
        name for key in ("surnames", "feminine", "masculine") for name in entry[key].split(", ")
    ]
    for text in [*texts, *said_in_chat()]:
        read = read_japanese(text)
        assert not read.notes, text
        assert not KANJI.search(read.spoken), read.spoken
        assert read.shown == text


def test_kanji_without_a_reading_are_a_note_and_never_a_letter(readings):
    read = read_japanese("薔薇が咲いた、鬱蒼と。")
    assert not KANJI.search(read.spoken)
    assert bool(read.notes) == (readings == "list")
    assert all("pip install lindera-python-ipadic" in note for note in read.notes)


LONG = [
    "a",
    "A ",
    "*a ",
    "(",
    "[",
    "<think>",
    "- a\n",
    "| a |\n",
    "a.",
    "a@",
    "1 ",
    "$1",
    "你",
    "1月",
    "😀",
]


@pytest.mark.parametrize("piece", LONG)
def test_no_text_takes_long(piece):
    """Twenty thousand characters of one thing, whatever it is."""
    start = time.perf_counter()
    said((piece * 20_000)[:20_000], "en-US")
    assert time.perf_counter() - start < 5


def test_any_text_is_shown_as_it_is():
    alphabet = "aA1 .,*_[](){}<>#@~`|-+:;/\\\n\"'’“$€%&é你かпع😀\u200d\u0301I XIVhm°²=^!?…"
    random = generator(0, "odd texts")
    for _ in range(500):
        text = "".join(random.choice(list(alphabet), size=random.integers(1, 40)))
        for language in ("en-US", "ja-JP", "zh-CN", "de-DE"):
            stretches = utterances(text, language)
            assert "".join(stretch.text for stretch in stretches) == text
            for one in stretches:
                assert spoken_text(one.text, one.language).shown == one.text
