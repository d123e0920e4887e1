"""A real model2vec model whose vectors are made here."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from model2vec import StaticModel
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

# Things for tea lie one way, fish another; moods and painting lie on neither side.
TOPICS = {"teapot": (1, 0, 0), "kettles": (1, 0.1, 0), "shark": (0, 1, 0), "grumpy": (0, 0, 0.3)}
FILL = dict.fromkeys(("[UNK]", "a", "one"), (0, 0, 0)) | {"paints": (0, 0, 1), "ice": (-1, 0, 0)}


def save_model(folder: Path, vectors: Mapping[str, tuple[float, ...]] = FILL | TOPICS) -> Path:
    """A model in `folder` that gives each word its vector."""
    vocabulary = {word: number for number, word in enumerate(vectors)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    model = StaticModel(np.array(list(vectors.values()), np.float32), tokenizer)
    model.save_pretrained(folder)
    return folder
