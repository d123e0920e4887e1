"""A text that is still being written is cut where the whole text is cut."""

import re

import pytest

from chatanything.live.sentence_stream import LONG, SentenceStream
from chatanything.llm.sentences import sentences

TEXTS = [
    ("en", "I was given to Dr. Johnson by Mr. and Mrs. Brown. He kept me."),
    ("en", "The kettle boils at 98.6 degrees today. Mind your fingers."),
    ("en", "Call me at 9 a.m. sharp. I am awake by then."),
    ("en", "J. R. R. Tolkien drank from me. Twice. I have it in writing."),
    ("en", "See www.tea.org for more. It costs $3.50, or v1.0.0 of it."),
    ("en", "Wait... what did you say? Never mind… I heard it."),
    ("en", 'He said, "Stop it!" Then he left. "Why?" I asked.'),
    ("en", "You may ask me. I have time. It is late. (Very late.) Go."),
    ("en", "Really?! No. 5 is my favourite, e.g. with milk. The U.S. drinks coffee."),
    ("zh", "你好。我是茶壶！你要喝茶吗？好的。"),
    ("ja", "こんにちは。お茶にしましょう！「いいえ。」と言いました。"),
    ("de", "Ich wurde z. B. am 3. Mai gekauft. Das war 1920. Und du?"),
    ("fr", "M. Dupont est là. Qui ? Moi ! Bien sûr."),
]


def pieces_of(text, how):
    """The text as it comes: letters, words with the blank before them, or all of it."""
    return {"letters": list(text), "words": re.findall(r"\s*\S+", text), "whole": [text]}[how]


@pytest.mark.parametrize("how", ["letters", "words", "whole"])
@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_a_stream_is_cut_as_the_whole_is(language, text, how):
    stream, given = SentenceStream(language), []
    for piece in pieces_of(text, how):
        given += stream.feed(piece)
    whole = [sentence.strip() for sentence in sentences(text, language)]
    # The last one is sure only when the text is over.
    assert given == whole[:-1]


def test_a_sentence_is_given_out_with_the_next_word():
    stream = SentenceStream("en")
    assert list(stream.feed("It is late.")) == []
    assert stream.guess == "It is late."
    assert list(stream.feed(" Go")) == ["It is late."]
    assert stream.guess == ""


def test_a_long_first_sentence_begins_at_a_clause_and_never_within_a_number():
    text = (
        "When the water has reached 98,600.5 degrees of my own scale, which nobody else uses any "
        "more, and the leaves have opened like little hands that look for rain and find none at all"
    )
    stream, given = SentenceStream("en"), []
    for piece in pieces_of(text, "words"):
        given += stream.feed(piece)
    assert given[0] == "When the water has reached 98,600.5 degrees of my own scale,"
    assert len(given) == 1
    assert len(text.split()) > LONG


def test_a_later_sentence_is_not_begun_early():
    stream = SentenceStream("en")
    list(stream.feed("Yes. "))
    assert list(stream.feed("So " + "well, and on and on, " * 20)) == ["Yes."]
