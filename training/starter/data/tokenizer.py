"""A CLIP-style tokenizer of our own: frequent words of captions are one token, the rest falls to bytes."""

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .concepts import CAPTIONS, STYLES, captions, draw_concept
from .vocabulary import vocabulary

LENGTH = 32
"""Tokens of a prompt, the two marks included."""
BEGIN, END = "<|startoftext|>", "<|endoftext|>"
MARKS = {"bos_token": BEGIN, "eos_token": END, "unk_token": END, "pad_token": END}
STOP = "</w>"
"""Ends the last piece of a word."""
LETTERS = r"[^\W\d_]+|\d|(?:[^\w\s]|_)+"


def train_tokenizer(folder: Path, size: int, lines: int) -> None:
    """Write vocab.json, merges.txt and the configs that transformers' CLIPTokenizer reads.

    Args:
        size: Tokens, besides the two marks; bytes, within and at the end of words, are 512 of them.
        lines: Captions to learn from; every single word that may be drawn comes on top.
    """
    letters = sorted(_bytes().values())
    merges = _merges(Counter(_words(_corpus(lines))), size - 2 * len(letters))
    joined = ("".join(pair) for pair in merges)
    tokens = (*letters, *(letter + STOP for letter in letters), *joined, BEGIN, END)
    numbers = {token: number for number, token in enumerate(dict.fromkeys(tokens))}
    config = {"tokenizer_class": "CLIPTokenizer", "model_max_length": LENGTH, "do_lower_case": True}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(numbers, ensure_ascii=False), "utf-8")
    told = "\n".join(("#version: 0.2", *(" ".join(pair) for pair in merges)))
    (folder / "merges.txt").write_text(told + "\n", "utf-8")
    (folder / "special_tokens_map.json").write_text(json.dumps(MARKS), "utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps(config | MARKS, indent=1), "utf-8")


def _bytes() -> dict[int, str]:
    """The character that stands for each byte, as GPT-2 has it: none is white space."""
    shown = {*range(33, 127), *range(161, 173), *range(174, 256)}
    hidden = [byte for byte in range(256) if byte not in shown]
    table = {byte: chr(byte) for byte in shown}
    return table | {byte: chr(256 + place) for place, byte in enumerate(hidden)}


def _words(lines: Sequence[str]) -> Iterator[str]:
    """Words, digits and marks of captions, byte by byte."""
    table = _bytes()
    for line in lines:
        for word in re.findall(LETTERS, line.lower()):
            yield "".join(table[byte] for byte in word.encode("utf-8"))


def _merges(words: Counter[str], count: int) -> list[tuple[str, str]]:
    """The pairs to join, most frequent first (Sennrich et al. 2016); of equals the first by letters.

    The package `tokenizers` breaks ties by chance, so that no two of its runs need be alike.
    """
    pieces = {word: [*word[:-1], word[-1] + STOP] for word in sorted(words)}
    often: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], set[str]] = {}
    for word, parts in pieces.items():
        _count(often, places, word, parts, words[word])
    found: list[tuple[str, str]] = []
    while often and len(found) < count:
        best = min(often, key=lambda pair: (-often[pair], pair))
        found.append(best)
        for word in sorted(places[best]):
            _count(often, places, word, pieces[word], -words[word])
            pieces[word] = _joined(pieces[word], best)
            _count(often, places, word, pieces[word], words[word])
        often = +often  # what is gone is not looked at again
    return found


def _count(
    often: Counter[tuple[str, str]],
    places: dict[tuple[str, str], set[str]],
    word: str,
    parts: list[str],
    times: int,
) -> None:
    for pair in itertools.pairwise(parts):
        often[pair] += times
        places.setdefault(pair, set()).add(word)


def _joined(parts: list[str], pair: tuple[str, str]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if found and (found[-1], part) == pair:
            found[-1] += part
        else:
            found.append(part)
    return found


def _corpus(lines: int) -> list[str]:
    """Captions of concepts, none of which is painted, and every word by itself."""
    rng, told = np.random.default_rng(0), []
    for number in range(lines):
        kind, look = number % 3, number // 3 % len(STYLES)
        told.append(captions(rng, draw_concept(rng), kind, look)[number % CAPTIONS])
    known = vocabulary()
    single = (*known.nouns, *known.traits, *known.colours, *known.materials, *known.hats)
    return told + [word for word in single for _ in range(3)]


def load_tokenizer(folder: Path) -> Any:
    """The tokenizer of a folder, never from elsewhere."""
    from transformers import CLIPTokenizer

    return CLIPTokenizer.from_pretrained(
        str(folder), model_max_length=LENGTH, local_files_only=True
    )


def tokens_of(tokenizer: Any, texts: Sequence[str]) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Token ids, shape (N, LENGTH)."""
    ids = tokenizer(list(texts), padding="max_length", max_length=LENGTH, truncation=True).input_ids
    return np.asarray(ids, np.int64)
