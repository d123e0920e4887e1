"""English noun phrases: articles, pairs and things that cannot be counted."""

import re
from functools import cache

from ..records import Reading
from . import lexicon

_VOWEL = re.compile(
    r"(?!uni(?!n)|uku|ufo|usb|use|euro|one\b)[aeiou]|hour|honest|heir", re.IGNORECASE
)
_SPEAKABLE = 60
"""Characters; nobody introduces themselves with more."""


@cache
def noun_texts() -> dict[str, dict[str, object]]:
    """What the offline writer says in English."""
    return lexicon.read_data("english.json")


@cache
def _nouns_of(sound: str) -> frozenset[str]:
    return frozenset(lexicon.split(str(noun_texts()["sounds"][sound])))


def with_article(phrase: str, noun: str) -> str:
    """`phrase`, which ends in `noun`, with what English puts in front of it.

    >>> with_article("old umbrella", "umbrella"), with_article("unicorn", "unicorn")
    ('an old umbrella', 'a unicorn')
    >>> with_article("scissors", "scissors"), with_article("moon", "moon")
    ('a pair of scissors', 'the moon')
    """
    if noun in _nouns_of("mass"):
        return phrase
    if noun.isdigit() or noun in _nouns_of("definite"):
        return f"the {phrase}"
    if noun in _nouns_of("pairs"):
        return f"a pair of {phrase}"
    return f"{'an' if _VOWEL.match(phrase) else 'a'} {phrase}"


def noun_phrase(reading: Reading, *, with_emotions: bool = True) -> str:
    """What it is, with adjectives, colours and materials in the order of the concept.

    `with_emotions=False` leaves out the words of temper and the profession, which an introduction
    gives in its own way: who introduces themselves as grumpy?
    """
    words = reading.phrase or (*reading.adjectives, "soul")
    if not with_emotions:
        dropped = {reading.profession} - {reading.noun}
        words = tuple(word for word in words if not lexicon.is_temper(word) and word not in dropped)
    phrase = " ".join(["number", *words] if reading.noun.isdigit() else words)
    if len(phrase) <= _SPEAKABLE:
        return phrase
    return reading.noun if len(reading.noun) <= _SPEAKABLE else "curiosity"
