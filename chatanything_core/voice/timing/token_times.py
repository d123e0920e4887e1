"""From the letters of a speech network with their times to phones: Kokoro's and hibari's alphabet.

Both write phonemes as misaki does: IPA, with single capitals for the English diphthongs, and stress
and length as letters of their own that have a duration, too.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..records import STRESS_MARKS, Phone

MISAKI = {
    "A": "eɪ",
    "I": "aɪ",
    "O": "oʊ",
    "Q": "əʊ",
    "W": "aʊ",
    "Y": "ɔɪ",
    "S": "ʃ",
    "T": "ɾ",
    "ʤ": "dʒ",
    "ʧ": "tʃ",
    "ʦ": "ts",
    "ʣ": "dz",
    "ʨ": "tɕ",
    "ʥ": "dʑ",
    "ꭧ": "tʂ",
    "ᵊ": "ə",
}
"""Letters that are not IPA, and what they stand for."""
PAUSE = 0.15
"""Seconds from which a space between two words is a pause; a shorter one belongs to both."""


@dataclass(frozen=True)
class Token:
    """One letter of the network's input."""

    letter: str
    start: float
    """Seconds from the start of the sound; may be negative."""
    end: float
    """Seconds from the start of the sound."""


@dataclass(frozen=True)
class PhoneTimes:
    """Phones in order, without gaps, and which of them each token became."""

    phones: tuple[Phone, ...]
    of_token: dict[int, int]
    """Number of a token to the number of its phone, for tokens that sound."""


def phones_of(tokens: Sequence[Token], seconds: float, *, pause: float = PAUSE) -> PhoneTimes:
    """One phone for each letter that sounds, in [0, seconds]; each token begins where one ends.

    The time of a stress mark belongs to the vowel after it, that of a length mark to the vowel
    before it, and a short space is halved between its neighbours. What is punctuation, or a space
    of `pause` seconds, is a pause.
    """
    phones: list[Phone] = []
    of_token: dict[int, int] = {}
    stress, early = 0, -1.0
    for number, token in enumerate(tokens):
        begin, end = (min(max(at, 0.0), seconds) for at in (token.start, token.end))
        start = begin if early < 0 else early
        sounds = bool(phones and phones[-1].symbol)
        if token.letter in STRESS_MARKS:
            stress, early = STRESS_MARKS[token.letter], start
        elif sounds and _lengthens(token.letter):
            phones[-1] = replace(phones[-1], end=end)
        elif sounds and token.letter.isspace() and end - begin < pause:
            early = (begin + end) / 2
            phones[-1] = replace(phones[-1], end=early)
        else:
            symbol = _symbol(token.letter)
            if _add(phones, Phone(symbol, start, end, stress if symbol else 0)) and symbol:
                of_token[number] = len(phones) - 1
            stress, early = 0, -1.0
    _add(phones, Phone("", phones[-1].end if phones else 0.0, seconds))
    return _after_silence(phones, of_token)


def _symbol(letter: str) -> str:
    """The IPA of a letter that sounds; empty for any other."""
    if letter in MISAKI:
        return MISAKI[letter]
    return letter if unicodedata.category(letter) in ("Ll", "Lo") else ""


def _lengthens(letter: str) -> bool:
    """Whether a letter only colours the sound before it: length, aspiration, nasality."""
    return unicodedata.category(letter) in ("Lm", "Mn") and letter not in MISAKI


def _add(phones: list[Phone], phone: Phone) -> bool:
    """Append what lasts; two pauses in a row are one."""
    if phone.end - phone.start < 1e-6:
        return False
    if not phone.symbol and phones and not phones[-1].symbol:
        phones[-1] = replace(phones[-1], end=phone.end)
    else:
        phones.append(phone)
    return True


def _after_silence(phones: Sequence[Phone], of_token: dict[int, int]) -> PhoneTimes:
    """With a pause before the first sound, where it does not begin at once."""
    if phones[0].start < 1e-6:
        return PhoneTimes(tuple(phones), of_token)
    moved = {token: phone + 1 for token, phone in of_token.items()}
    return PhoneTimes((Phone("", 0.0, phones[0].start), *phones), moved)
