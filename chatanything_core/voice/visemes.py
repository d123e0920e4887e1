"""Phones to visemes: the discrete track that other tools read."""

from collections.abc import Iterable, Iterator

from .phoneme_shapes import phoneme_shapes_of, shares
from .records import Phone, Viseme

_STRESS_WEIGHT = (0.75, 0.88, 1.0)
"""Weight of a vowel without, with secondary and with primary stress."""


def visemes_of(phones: Iterable[Phone]) -> tuple[Viseme, ...]:
    """The Oculus visemes of a phone sequence; equal neighbours become one.

    >>> [v.name for v in visemes_of([Phone("b", 0, 0.1), Phone("aɪ", 0.1, 0.3, 2)])]
    ['PP', 'aa', 'ih']
    """
    merged: list[Viseme] = []
    for viseme in (part for phone in phones for part in _parts(phone)):
        last = merged[-1] if merged else None
        if last and last.name == viseme.name and abs(last.end - viseme.start) < 1e-6:
            weight = max(last.weight, viseme.weight)
            merged[-1] = Viseme(last.name, last.start, viseme.end, weight)
        else:
            merged.append(viseme)
    return tuple(merged)


def _parts(phone: Phone) -> Iterator[Viseme]:
    sounds = phoneme_shapes_of(phone.symbol)
    start = phone.start
    for sound, share in zip(sounds, shares(len(sounds)), strict=True):
        end = phone.end if sound is sounds[-1] else start + share * (phone.end - phone.start)
        weight = _STRESS_WEIGHT[phone.stress] if sound.vowel else 1.0
        yield Viseme(sound.viseme, start, end, weight)
        start = end
