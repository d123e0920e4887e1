"""One cutter of sentences: what only looks like an end is none."""

import pytest

from chatanything.llm.sentences import sentences
from chatanything.llm.text_length import within

CUT = [
    ("en", "I met Dr. Johnson. He was well.", 2),
    ("en", "It boils at 98.6 degrees today. Mind it.", 2),
    ("en", "Open at 9 a.m. sharp. Be there.", 2),
    ("en", "I like tea, e.g. this one. Yes.", 2),
    ("en", "The U.S. capital is old.", 1),
    ("en", "J. R. R. Tolkien drank from me. I liked it.", 2),
    ("en", "It costs $3.5 now. v1.0.0 is out. Visit www.tea.org for more.", 3),
    ("en", "Wait... what did you say? I do.", 2),
    ("en", "Ask me. I have time. I'll wait.", 3),
    ("en", "He went... and came. No. 5 is alive.", 2),
    ("en", "Really?! Yes… No. Hmm… no.", 4),
    ("en", "Mr. and Mrs. Smith vs. Jones. OK.", 2),
    ("en", '"Stop!" I said. (Yes.) I left.', 4),
    ("de", "Am 3. Mai kam Dr. Müller mit der Bahn. Gut.", 2),
    ("zh", "你好。我是茶壶！好吗？", 3),
    ("ja", "また客か…何を話そうか。はい", 2),
    ("hi", "नमस्ते। मैं हूँ।", 2),
]


@pytest.mark.parametrize(("language", "text", "count"), CUT, ids=[case[1] for case in CUT])
def test_sentences_end_where_they_end(language, text, count):
    found = sentences(text, language)
    assert "".join(found) == text
    assert len(found) == count, found


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        (
            "The kettle boils at 98.6 degrees today. Mind it.",
            7,
            "The kettle boils at 98.6 degrees today.",
        ),
        (
            "I was given to Dr. Johnson himself. Then I was sold.",
            8,
            "I was given to Dr. Johnson himself.",
        ),
        ("J. R. R. Tolkien drank from me. I liked it.", 4, "J. R. R. Tolkien…"),
        ("Wait... what did you say to me?", 3, "Wait... what did…"),
    ],
)
def test_a_text_is_not_shortened_inside_a_name_or_number(text, limit, kept):
    assert within(text, limit) == kept
