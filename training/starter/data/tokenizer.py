"""A CLIP-style tokenizer of our own: frequent words of captions are one token, the rest falls to bytes."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .concepts import CAPTIONS, STYLES, captions, draw_concept
from .vocabulary import vocabulary

LENGTH = 32
"""Tokens of a prompt, the two marks included."""
BEGIN, END = "<|startoftext|>", "<|endoftext|>"
MARKS = {"bos_token": BEGIN, "eos_token": END, "unk_token": END, "pad_token": END}
LETTERS = r"[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


def train_tokenizer(folder: Path, size: int, lines: int) -> None:
    """Write vocab.json, merges.txt and the configs that transformers' CLIPTokenizer reads.

    Args:
        size: Word pieces to learn.
        lines: Captions to learn from; every single word that may be drawn comes on top.
    """
    alphabet, model = _byte_pairs(_corpus(lines), size)
    words = dict(model["vocab"])
    for token in (*(letter + "</w>" for letter in sorted(alphabet)), BEGIN, END):
        words.setdefault(token, len(words))
    merges = [" ".join(pair) if isinstance(pair, list) else pair for pair in model["merges"]]
    config = {"tokenizer_class": "CLIPTokenizer", "model_max_length": LENGTH, "do_lower_case": True}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(words, ensure_ascii=False), "utf-8")
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges]) + "\n", "utf-8")
    (folder / "special_tokens_map.json").write_text(json.dumps(MARKS), "utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps(config | MARKS, indent=1), "utf-8")


def _byte_pairs(corpus: Sequence[str], size: int) -> tuple[list[str], dict[str, Any]]:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

    pairs = Tokenizer(models.BPE(end_of_word_suffix="</w>", continuing_subword_prefix=""))
    pairs.normalizer = normalizers.Lowercase()
    pairs.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(LETTERS), "removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        min_frequency=1,
        initial_alphabet=alphabet,
        end_of_word_suffix="</w>",
        show_progress=False,
    )
    pairs.train_from_iterator(corpus, trainer)
    return alphabet, json.loads(pairs.to_str())["model"]


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
