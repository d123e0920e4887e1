"""English noun phrases: articles, pairs, numbers, capitals, and things that cannot be counted."""

import re
from functools import cache
from typing import Any

from ..records import Reading
from . import lexicon
from .concept import word_lists
from .concept.tokens import singular

_VOWEL = re.compile(
    r"(?!uni(?!n)|uku|ufo|usb|use|euro|eul|eug|one\b|once|ut[aei])[aeiou]|hour|honest|honor|honour"
    r"|heir|8|11\b|18\b|[fhlmnrsx](?:-|$)",
    re.IGNORECASE,
)
_SPEAKABLE = 60
"""Characters; nobody introduces themselves with more."""
_ACRONYMS = frozenset(
    lexicon.split(
        "dj, tv, ufo, dna, ceo, led, vr, ai, gps, atm, nasa, fbi, cia, usb, suv, cd, dvd, vhs, pc, bmw, "
        "vw"
    )
)
_WRITTEN = {
    "iphone": "iPhone",
    "ipad": "iPad",
    "ipod": "iPod",
    "macbook": "MacBook",
    "xbox": "Xbox",
    "coca-cola": "Coca-Cola",
    "playstation": "PlayStation",
    "lego": "Lego",
    "tesla": "Tesla",
    "ferrari": "Ferrari",
    "porsche": "Porsche",
    "vespa": "Vespa",
    "wi-fi": "Wi-Fi",
}
_LATIN = "\u02af"
_NUMBERS = frozenset(
    lexicon.split(
        "two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, hundred, several, many"
    )
)


@cache
def noun_texts() -> dict[str, Any]:
    """What the offline writer says in English."""
    return lexicon.read_data("english.json")


@cache
def _nouns_of(sound: str) -> frozenset[str]:
    return frozenset(lexicon.split(str(noun_texts()["sounds"][sound])))


def with_article(phrase: str, noun: str) -> str:
    """`phrase`, which is about `noun`, with what English puts in front of it.

    >>> with_article("old umbrella", "umbrella"), with_article("unicorn", "unicorn")
    ('an old umbrella', 'a unicorn')
    >>> with_article("scissors", "scissors"), with_article("moon", "moon")
    ('a pair of scissors', 'the moon')
    """
    mass = {noun, noun.rpartition(" ")[2]} & _nouns_of("mass")
    if mass or phrase.startswith(("one of ", "half ")):
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
    words = reading.phrase or (*reading.adjectives, reading.noun or "soul")
    # What is left in another script no English voice can say.
    words = tuple(word for word in words if not any(c.isalpha() and c > _LATIN for c in word))
    if not words:
        return "curiosity"
    if not with_emotions:
        dropped = {reading.profession} - {reading.noun}
        words = tuple(w for w in words if not lexicon.is_temper(w) and w not in dropped)
        words = words or (reading.noun or "soul",)
    words = _counted(words, reading)
    phrase = " ".join(["number", *words] if reading.noun.isdigit() else words)
    if len(phrase) <= _SPEAKABLE:
        return with_capitals(phrase, reading)
    return reading.noun if len(reading.noun) <= _SPEAKABLE else "curiosity"


def whole_phrase(reading: Reading, *, with_emotions: bool = False) -> str:
    """What it is with article and with what the concept tells of it: "a sock that lost its twin"."""
    what = with_article(noun_phrase(reading, with_emotions=with_emotions), reading.noun)
    joint = ", " if reading.rest.startswith("half ") else " "
    whole = joint.join(filter(None, (what, reading.rest)))
    return whole if len(whole) <= _SPEAKABLE + 20 else what


def called(reading: Reading, name: str) -> str:
    """The name as it stands in a sentence: "the Eiffel Tower", "Rex"."""
    the = lexicon.split(str(noun_texts()["the"]))
    return f"the {name}" if reading.name and name.lower() in the else name


def with_capitals(phrase: str, reading: Reading) -> str:
    """`phrase` with the capitals of peoples, brands and names: "Japanese", "iPhone"."""
    typed = re.findall(r"[\w'’.\-]+", reading.concept)
    brands = word_lists.words("proper_names", "brands")
    proper = word_lists.words("people", "origins") | brands | set(_days())
    shouted = reading.concept.isupper()
    capital = {
        word.lower(): word
        for at, word in enumerate(typed)
        if not shouted and word != word.lower() and (word.lower() in proper or _inside(word, at))
    }
    return re.sub(
        r"[\w'’.\-]+",
        lambda match: capital.get(match[0]) or _proper(match[0], proper),
        phrase,
    )


def _inside(word: str, at: int) -> bool:
    """A capital that no beginning of a title explains: one within a word, or of no known word."""
    return word[1:] != word[1:].lower() or (at > 0 and not _common(word.lower()))


def _common(word: str) -> bool:
    return bool(singular(word)) or word in lexicon.traits() or word in lexicon.colours()


def _proper(word: str, proper: frozenset[str]) -> str:
    if word in _WRITTEN:
        return _WRITTEN[word]
    if word in _ACRONYMS or len(word) == 1:
        return word if word == "a" else word.upper()
    return word.capitalize() if word in proper and not _common(word) else word


@cache
def _days() -> tuple[str, ...]:
    months = word_lists.mapping("proper_names", "things")["idea"]
    return tuple(name for name in lexicon.split(months) if " " not in name and name != "internet")


def _counted(words: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
    """ "three wolves" speak as one of three wolves."""
    if not set(words) & _NUMBERS or reading.noun not in words:
        return words
    many = [word for word in reading.words if singular(word) == reading.noun]
    plural = many[-1] if many else reading.noun
    return ("one of", *(plural if word == reading.noun else word for word in words))
