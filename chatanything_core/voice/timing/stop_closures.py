"""Where a stop begins: espeak names it when it is released, the lips have closed before."""

from collections.abc import Sequence
from dataclasses import replace

from ..phoneme_shapes import letters
from ..records import Phone

CLOSURE = 0.048
"""Seconds from closing to release that are missing: with them, every p that is not beside a pause
or another stop is silent inside."""
_LEFT = 0.5
"""Least share of the sound before that it keeps."""
_STOPS = frozenset("ptkbdɡgqcɟʈɖɢ")


def from_closure(phones: Sequence[Phone]) -> tuple[Phone, ...]:
    """The phones with every stop begun at its closure, at the cost of the sound before it.

    A pause before a stop gives the same time: there, too, the mouth closes first.
    """
    moved = list(phones)
    for number, phone in enumerate(phones[1:], 1):
        if letters(phone.symbol)[:1] not in _STOPS:
            continue
        before = moved[number - 1]
        start = max(phone.start - CLOSURE, before.start + _LEFT * (before.end - before.start))
        moved[number - 1] = replace(before, end=start)
        moved[number] = replace(phone, start=start)
    return tuple(moved)
