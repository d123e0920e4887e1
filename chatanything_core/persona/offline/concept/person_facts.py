"""Sex and age, from nouns, names, numbers, beards and pronouns."""

import re
from collections.abc import Iterable
from itertools import pairwise

from ...records import Attribute, Sex
from . import word_lists
from .tokens import Token, singulars

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBER = rf"(?:\d{{1,3}}|(?:{_TENS})[- ][a-z]+|[a-z]+)"
_YEARS = re.compile(
    rf"\b({_NUMBER})[- ]?(?:years?|yrs?)[- ]?old\b|\b(\d{{1,3}}) years\b|\bage[ds]? (\d{{1,3}})\b"
    r"|\bin (?:his|her|their|its|the) (?:early |mid[- ]?|late )?(\d0|[a-z]+(?:ies|ens))s?\b",
    re.IGNORECASE,
)
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_MALE = frozenset({"he", "his", "him", "himself"})
_PLAIN = 0.35
"""Ages of a voice nearer to 0 tell nothing."""
_WHISKERS = frozenset({"beard", "moustache", "mustache", "goatee", "sideburns", "stubble"})


def years_in(concept: str) -> tuple[float | None, str]:
    """Years that are told in numbers, and the concept with blanks in their place.

    >>> years_in("an 80-year-old pilot")[0], years_in("a man in his forties")[0]
    (80.0, 45.0)
    >>> years_in("a teapot")
    (None, 'a teapot')
    """
    for match in _YEARS.finditer(concept):
        told = next(group for group in match.groups() if group)
        years = _number(told.lower())
        if years is not None:
            blank = " " * len(match.group())
            return years, concept[: match.start()] + blank + concept[match.end() :]
    return None, concept


def age_of(nouns: Iterable[str], adjectives: Iterable[str]) -> float | None:
    """Years by what someone is called ("grandmother") and how ("teenage", "old").

    >>> age_of(["grandmother"], ["young"]), age_of(["boy"], ["teenage"]), age_of(["pilot"], [])
    (72.0, 15.0, None)
    """
    called = _years(nouns)
    said = _years(adjectives)
    if said is None or called is None:
        return called if said is None else said
    if called >= 60 or (called < 20 <= said):
        return called
    return said


def _years(words: Iterable[str]) -> float | None:
    ages = word_lists.numbers("people", "ages")
    told = (ages[form] for word in words for form in singulars(word) if form in ages)
    return next(told, None)


def voice_age(years: float) -> float:
    """The age in VoiceTraits of someone of so many years."""
    points = sorted((float(at), age) for at, age in word_lists.numbers("people", "voices").items())
    for (least, low), (most, high) in pairwise(points):
        if years <= most:
            return low + (high - low) * max(0.0, years - least) / (most - least)
    return points[-1][1]


def years_of(voice: float) -> float | None:
    """Years of someone whose voice has this age; None for an ordinary adult's voice."""
    if abs(voice) < _PLAIN:
        return None
    points = word_lists.numbers("people", "voices")
    return float(min(points, key=lambda years: abs(points[years] - voice)))


def sex_of_words(words: Iterable[str], *, person: bool) -> Sex:
    """The sex that the first telling noun, job or adjective has; a Game Boy is no boy."""
    for word in words:
        last = word.rpartition(" ")[2] if person else word
        for form in (word, last, *singulars(word)):
            if form in word_lists.words("people", "female"):
                return "female"
            if form in word_lists.words("people", "male"):
                return "male"
            if person and form.endswith("woman"):
                return "female"
            if (
                person
                and form.endswith("man")
                and form not in word_lists.words("people", "no_roles")
            ):
                return "male"
    return ""


def sex_of_beard(attributes: Iterable[Attribute]) -> Sex:
    """Male for who has a beard."""
    grown = (each.part in _WHISKERS and each.words[:1] != ("no",) for each in attributes)
    return "male" if any(grown) else ""


def sex_of_pronouns(tokens: Iterable[Token]) -> Sex:
    """The sex of the first pronoun: "a teapot who lost her lid"."""
    for token in tokens:
        if token.word in _FEMALE:
            return "female"
        if token.word in _MALE:
            return "male"
    return ""


def _number(word: str) -> float | None:
    """Of figures, words and decades; None for any other word."""
    if word.isdigit():
        return float(word)
    decades = word_lists.numbers("people", "decades")
    numbers = word_lists.numbers("people", "numbers")
    if word in decades:
        return decades[word]
    parts = re.split(r"[- ]", word)
    if all(part in numbers for part in parts):
        return sum(numbers[part] for part in parts)
    return numbers.get(parts[-1])
