"""English text to hibari's phonemes, sentence by sentence, with the words that they belong to."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ...errors import InputError
from ..text.rewrite import WORD
from .hibari_network import vocabulary

LONGEST = 400
"""Phonemes that the network is given at once; it was trained on no more."""
_CLAUSE = frozenset(",;:—")
_MARKED = re.compile(rf"\*({WORD.pattern})\*")
_LONG_NUMBER = re.compile(r"\d{16,}")
"""Read digit by digit: nobody follows quadrillions, and hibari breaks off above 36 digits."""
_FOREIGN = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Sentence:
    """What is given to the network at once."""

    phonemes: str
    words: tuple[tuple[str, int, int], ...]
    """Each word as it is read, with the first of its phonemes and the one after its last."""
    stressed: frozenset[int] = frozenset()
    """Which of the phonemes are emphasised."""


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text that sound. Words between asterisks are stressed.

    Raises:
        InputError: letters that are not Latin, or nothing that can be read.
    """
    _check_letters(text)
    found = [part for piece in _split(text) for part in _read(piece)]
    if not found:
        raise InputError(f"Nothing can be spoken in {text[:40]!r}. Write some English words.")
    return found


def _check_letters(text: str) -> None:
    """hibari would leave out what it cannot read, and nobody would know."""
    for letter in _FOREIGN.findall(text):
        # Latin letters end before the Greek and its phonetic signs begin.
        if ord(letter) >= 0x370 and not 0x1E00 <= ord(letter) < 0x1F00:
            raise InputError(f"The hibari voice reads English and cannot say {letter!r}.")


def _split(text: str) -> list[str]:
    from hibari.tts import Hibari

    return list(Hibari.split_sentences(text))


@lru_cache(maxsize=1)
def _reader() -> Any:
    from hibari.g2p import G2P

    return G2P()


def _read(piece: str) -> Iterator[Sentence]:
    from hibari.g2p.normalize import normalize

    reader, known = _reader(), vocabulary()
    piece, marked = _without_marks(piece)
    try:
        readable = normalize(_LONG_NUMBER.sub(lambda number: " ".join(number[0]), piece))
        tokens = reader.phonemize_tokens(reader.tokenize(readable))
    except (IndexError, KeyError, ValueError, RecursionError) as error:
        raise InputError(
            f"hibari cannot read {piece[:40]!r}. Put spaces into long numbers and signs."
        ) from error
    line, words, seen = "", [], Counter[str]()
    stressed: set[int] = set()
    for token in tokens:
        sounds = "".join(letter for letter in token.phonemes or "" if letter in known)
        if sounds.strip():
            words.append((token.text, len(line), len(line) + len(sounds)))
        if (token.text.lower(), seen[token.text.lower()]) in marked:
            stressed.update(range(len(line), len(line) + len(sounds)))
        seen[token.text.lower()] += 1
        line += sounds + (" " if token.whitespace else "")
    return _cut(line, words, stressed)


def _without_marks(piece: str) -> tuple[str, frozenset[tuple[str, int]]]:
    """The text without asterisks around words, and those words with how often each came before.

    >>> _without_marks("No means *no*.")
    ('No means no.', frozenset({('no', 1)}))
    """
    seen, marked = Counter[str](), set()
    for word in WORD.finditer(piece):
        key = word[0].lower()
        if piece[: word.start()].endswith("*") and piece[word.end() :].startswith("*"):
            marked.add((key, seen[key]))
        seen[key] += 1
    return _MARKED.sub(r"\1", piece), frozenset(marked)


def _cut(
    line: str, words: Sequence[tuple[str, int, int]], stressed: Set[int]
) -> Iterator[Sentence]:
    """Pieces of at most LONGEST phonemes, cut between words and best after a clause."""
    first = 0
    while first < len(words):
        start, after, clause = words[first][1], first, 0
        while after < len(words) and words[after][2] - start <= LONGEST:
            if after > first and line[words[after][1] : words[after][2]] in _CLAUSE:
                clause = after + 1
            after += 1
        if after < len(words):
            after = clause or max(after, first + 1)
        stop = min(words[after - 1][2], start + LONGEST)
        spans = [(text, a - start, min(b, stop) - start) for text, a, b in words[first:after]]
        if any(letter.isalpha() for letter in line[start:stop]):
            kept = tuple(span for span in spans if span[1] < span[2])
            inside = frozenset(at - start for at in stressed if start <= at < stop)
            yield Sentence(line[start:stop], kept, inside)
        first = after
