"""What a concept and a language may be."""

import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from ..errors import InputError
from .offline.concept_parser import read_concept
from .records import EMOTIONS, NEUTRAL, Emotion

_OF_AGE = 18
"""Years."""
MAX_CONCEPT = 500
"""Characters."""


def check_concept(concept: str) -> None:
    """Let a usable concept pass.

    Raises:
        InputError: it is empty, longer than MAX_CONCEPT, or has no letter and no digit.

    >>> check_concept("grumpy teapot")
    """
    if not concept.strip():
        raise InputError('The concept is empty. Type what the persona is, such as "grumpy teapot".')
    if len(concept) > MAX_CONCEPT:
        raise InputError(
            f"The concept has {len(concept)} characters; at most {MAX_CONCEPT} are allowed. "
            "Shorten it to a sentence or two."
        )
    check_unicode(concept, "concept")
    if not any(letter.isalnum() for letter in concept):
        raise InputError(
            f"The concept {concept!r} has no letter or digit. Name the persona in words, "
            'such as "grumpy teapot".'
        )


def check_decent(concept: str) -> None:
    """Let a concept pass that neither demeans nor sexualises people.

    Raises:
        InputError: it does, by the short list of `refused.json`.

    >>> check_decent("cocktail"), check_decent("Dick Whittington")
    (None, None)
    """
    reading = read_concept(concept)
    words = re.findall(r"[\w'-]+", concept.lower())
    said = " ".join(["", *words, ""])
    found = [word for word in _refused("always") if f" {word} " in said]
    if reading.person or not reading.known:
        found += [word for word in _refused("of_people") if f" {word} " in said]
        found += [" ".join(pair) for pair in _insulted(words)]
    if reading.person and reading.age is not None and reading.age < _OF_AGE:
        found += [word for word in _refused("of_children") if f" {word} " in said]
    if found:
        raise InputError(
            f"No persona is made of a concept with {found[0]!r}: it would demean or sexualise people. "
            'Please choose another concept, such as "grumpy teapot".'
        )


def _insulted(words: list[str]) -> list[tuple[str, str]]:
    """Insults that stand before the name of a people or a group."""
    groups, insults = _refused("groups"), _refused("insults")
    return [pair for pair in pairwise(words) if pair[0] in insults and pair[1] in groups]


@cache
def _refused(key: str) -> tuple[str, ...]:
    table = json.loads(Path(__file__).with_name("refused.json").read_text(encoding="utf-8"))
    return tuple(word.strip() for word in str(table[key]).split(","))


def check_unicode(text: str, what: str) -> None:
    """Let text pass that can be written down.

    Raises:
        InputError: it holds half a character, as a terminal gives for bytes that are not UTF-8.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            f"The {what} contains bytes that are not text, at character {error.start + 1}. Type it "
            "again, or save its file as UTF-8."
        ) from error


_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def check_language(language: str) -> None:
    """Let a language tag pass, or an empty one.

    Raises:
        InputError: it is not a BCP-47 tag.

    >>> check_language("en-GB")
    """
    if language and not _TAG.fullmatch(language):
        raise InputError(
            f"{language!r} is not a language tag. Write it like en-GB, de-DE or zh-CN, or leave it "
            "empty for the concept's own."
        )


def emotion_of(name: str) -> Emotion:
    """The emotion of this name at full strength; an empty name is neutral.

    Raises:
        InputError: no emotion has this name.
    """
    for known in EMOTIONS:
        if known == (name.strip().casefold() or NEUTRAL.name):
            return Emotion(known, float(known != NEUTRAL.name))
    raise InputError(f"Unknown emotion {name[:40]!r}. Choose one of: {', '.join(EMOTIONS)}.")
