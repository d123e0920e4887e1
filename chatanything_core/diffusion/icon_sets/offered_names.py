"""Which published set has a thing, known without having the set: hashes of its names."""

import base64
import hashlib
import json
from functools import lru_cache
from pathlib import Path

import numpy as np

from .records import Name

OFFERED = Path(__file__).with_name("offered.json")
DIGITS = 4
"""Bytes of a name's hash: among twelve thousand names one in 350,000 is taken for another."""


def hash_of(words: Name) -> int:
    """The number by which a name is looked for."""
    return int.from_bytes(
        hashlib.blake2b(" ".join(words).encode(), digest_size=DIGITS).digest(), "big"
    )


def packed(names: set[Name]) -> str:
    """Hashes of names as text: sorted, four bytes each, base64."""
    numbers = np.array(sorted({hash_of(words) for words in names}), ">u4")
    return base64.b64encode(numbers.tobytes()).decode()


@lru_cache(maxsize=1)
def _offered() -> dict[str, frozenset[int]]:
    rows = json.loads(OFFERED.read_text("utf-8"))
    return {
        name: frozenset(np.frombuffer(base64.b64decode(text), ">u4").tolist())
        for name, text in rows.items()
    }


def set_that_has(words: Name) -> str:
    """What `drawings get` calls the first set with a drawing of this name; empty for none."""
    number = hash_of(words)
    return next((name for name, numbers in _offered().items() if number in numbers), "")
