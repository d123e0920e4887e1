"""Sentences of a record or a card that can be said aloud, without the markup of card writers."""

import re

from ...llm.text_length import word_count
from ...persona.cards.macros import Places, filled

_SENTENCE = re.compile(r"[^.!?。！？…]+[.!?。！？…]+[\"'”’」』)]*")
_LIST = re.compile(r'(\w[\w ]*)\(((?:"[^"]*"[ +]*)+)\)')
"""An attribute of W++: `likes("tea" + "maps")`."""
_MARKS = re.compile(r"[\[\]{}<>|#*_~`^]+")
_LONGEST = 40
"""Words of a sentence that is said."""


def sentences(text: str, places: Places) -> tuple[str, ...]:
    """The sentences of `text` that are prose after its markup is read, each at most 40 words.

    >>> sentences("[Troll: type=monster, home=Moor]", Places("Mira"))
    ('Troll: type: monster, home: Moor.',)
    """
    found = []
    for line in filled(text, places).splitlines():
        line = _unmarked(line)
        if line and line[-1] not in ".!?。！？…\"'”’」』)":
            line += "。" if re.search(r"[\u3040-\u9fff]$", line) else "."
        found += [sentence.strip() for sentence in _SENTENCE.findall(line)]
    return tuple(s for s in found if re.search(r"\w", s) and word_count(s) <= _LONGEST)


def split_sentences(text: str) -> list[str]:
    """Every sentence of a reply."""
    return [sentence.strip() for sentence in _SENTENCE.findall(f"{text}.")]


def _unmarked(line: str) -> str:
    def attribute(match: re.Match[str]) -> str:
        values = re.findall(r'"([^"]*)"', match[2])
        return f"{match[1].strip()}: {', '.join(values)}."

    line = _LIST.sub(attribute, line)
    line = _MARKS.sub(" ", line).replace("=", ": ")
    line = re.sub(r"\s+([.,!?;:])", r"\1", " ".join(line.split()))
    return re.sub(r"^[-+•]\s*", "", line)
