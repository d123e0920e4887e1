"""A listener of others: pocketsphinx, with its own small model, writes down what it hears.

It was trained on people and dislikes synthesisers, as a captioner or a dubbing tool would: its
word errors are no measure of human ears, but they put voices in order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import gcd
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

Samples = npt.NDArray[np.float32]
RATE = 16000


@dataclass(frozen=True)
class HeardPhone:
    """One sound where the listener finds it."""

    symbol: str
    """ARPAbet, without stress."""
    start: float
    """Seconds."""
    end: float
    """Seconds."""


def words_of(text: str) -> list[str]:
    """The words that count, in lower case.

    >>> words_of("Don't go, Bob!")
    ["don't", 'go', 'bob']
    """
    return re.sub(r"[^a-z' ]", " ", text.lower().replace("’", "'")).split()


def heard(samples: Samples, rate: int) -> str:
    """What an open 3-gram of English makes of it."""
    decoder = _decoder()
    decoder.start_utt()
    decoder.process_raw(_pcm(samples, rate), full_utt=True)
    decoder.end_utt()
    found = decoder.hyp()
    return re.sub(r"[^a-z' ]", "", found.hypstr) if found else ""


def aligned(samples: Samples, rate: int, text: str) -> list[HeardPhone]:
    """Where the sounds of a known text are, to 10 ms; empty where the listener gives up."""
    from pocketsphinx import Decoder

    decoder = Decoder(samprate=RATE, loglevel="FATAL", bestpath=False)
    sound = _pcm(samples, rate)
    try:
        decoder.set_align_text(" ".join(words_of(text)))
        for stage in range(2):
            if stage:
                decoder.set_alignment()
            decoder.start_utt()
            decoder.process_raw(sound, full_utt=True)
            decoder.end_utt()
    except RuntimeError:
        return []
    return [
        HeardPhone(phone.name, phone.start / 100, (phone.start + phone.duration) / 100)
        for word in decoder.get_alignment() or ()
        for phone in word
        if phone.name != "SIL"
    ]


def word_errors(said: Sequence[str], understood: Sequence[str]) -> float:
    """Substitutions, omissions and insertions for each word that was said (WER).

    >>> word_errors(["the cat sat"], ["the hat"])
    0.6666666666666666
    """
    wrong = total = 0
    for text, found in zip(said, understood, strict=True):
        wanted = words_of(text)
        wrong += _distance(wanted, found.split())
        total += len(wanted)
    return wrong / total


def _distance(a: Sequence[str], b: Sequence[str]) -> int:
    """Levenshtein's."""
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]


@lru_cache(maxsize=1)
def _decoder() -> Any:
    from pocketsphinx import Decoder

    return Decoder(samprate=RATE, loglevel="FATAL")


def _pcm(samples: Samples, rate: int) -> bytes:
    shared = gcd(RATE, rate)
    sound = resample_poly(samples.astype(np.float64), RATE // shared, rate // shared)
    peak = np.abs(sound).max(initial=1e-9)
    return bytes((sound * (0.7 * 32767 / peak)).astype(np.int16))
