"""Names of persons and of famous things in a concept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...records import Sex
from .. import lexicon
from . import word_lists
from .head_noun import is_role
from .tokens import Token, singular, tokens_of

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’\-]*\.?"
_PARTICLES = r"(?:(?:da|de|del|della|van|von|der|den|la|le|di|du|bin|al|el|ibn|of|the|ter|ten|y) )*"
_PROPER = rf"{_CAPITAL}(?: {_PARTICLES}(?:{_CAPITAL}|\d+))*"
_CALLED = re.compile(rf"\b(?:called|named) ({_PROPER})")
_BEFORE_COMMA = re.compile(rf"^({_PROPER}), (?:a|an|the|my|your)\b")
_BEFORE_THE = re.compile(rf"^({_CAPITAL}(?: {_CAPITAL})?) the [a-z]")
_RUN = re.compile(_PROPER)
_MANY = frozenset({"electronics", "drink", "food", "toy"})
"""Of things of these kinds there are many: an iPhone is not called iPhone."""
_MARK = re.compile(r"[,;:.!?()]")


@dataclass(frozen=True)
class ProperName:
    """What someone or something is called."""

    name: str
    """As it is written with capitals."""
    sex: Sex = ""
    start: int = 0
    """Where it begins in the concept, characters."""
    end: int = 0
    noun: str = ""
    """What it is, when the name alone says so: "woman", "captain", "stonehenge"; empty when the
    concept has a noun beside the name."""


def proper_name(text: str) -> ProperName | None:
    """The name in a concept; None when there is none.

    >>> proper_name("a teapot called Rex").name, proper_name("Captain Ahab").noun
    ('Rex', 'captain')
    >>> proper_name("marie curie").name, proper_name("Grumpy Teapot")
    ('Marie Curie', None)
    """
    for pattern in (_CALLED, _BEFORE_COMMA, _BEFORE_THE):
        match = pattern.search(text)
        if match and not (pattern is not _CALLED and _describes(match[1])):
            return ProperName(match[1].rstrip("."), _sex(match[1]), *match.span(1))
    return _famous(text) or _personal(text) or _in_small_letters(text)


def _famous(text: str) -> ProperName | None:
    """A famous name at the end of the first noun phrase."""
    tokens = tokens_of(text)
    for at, token in enumerate(tokens):
        if token.word in lexicon.grammar().breaks:
            return None
        known = word_lists.proper_names().get(token.word)
        if known is None or not _ends_phrase(tokens, at) or not _meant(token, known.kind):
            continue
        if known.kind in _MANY:
            return None
        start = _title_before(tokens, at)
        written = text[start : token.end]
        name = written if token.capital else titled(written)
        noun = token.word if known.kind != "human" else _someone(known.sex)
        title = token.word.split(" ")[0]
        if known.kind == "human" and is_role(title):
            noun = title
        return ProperName(name, known.sex, start, token.end, noun)
    return None


def _title_before(tokens: Sequence[Token], at: int) -> int:
    """Where a name begins, with the title in front of it: "Sir Lancelot"."""
    before = tokens[at - 1] if at else tokens[at]
    titled_ = before.word in word_lists.words("people", "titles") and before.capital
    return before.start if titled_ else tokens[at].start


def titled(name: str) -> str:
    """A name with the capitals of names: "Leonardo da Vinci", "Statue of Liberty"."""
    small = {*_PARTICLES[3:].split(")")[0].split("|"), "a", "and", "in", "with"}
    words = name.split(" ")
    return " ".join(
        word if at and word in small else word[:1].upper() + word[1:]
        for at, word in enumerate(words)
    )


def _ends_phrase(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1].word if at + 1 < len(tokens) else ","
    return following in lexicon.grammar().breaks or following in lexicon.grammar().fillers


def _meant(token: Token, kind: str) -> bool:
    """Whether the name is meant and not the word: "prince" is a title, "Mars" may be sweet."""
    if " " in token.word or kind != "human":
        return True
    common = token.word in word_lists.words("proper_names", "words") or _describes(token.word)
    return not common and not singular(token.word)


def _personal(text: str) -> ProperName | None:
    """A capitalised name: after a title, with a known first name, or all of the concept."""
    end = next((t.start for t in tokens_of(text) if t.word in _stops()), len(text))
    if text.isupper():
        return None
    for match in _RUN.finditer(text):
        start, words = match.start(), match[0].split(" ")
        while words and _skipped(words):
            start += len(words[0]) + 1
            words = words[1:]
        name = " ".join(words)
        linked = text[:start].lower().split()[-1:]
        if not words or not _closes(text, start + len(name), end):
            continue
        if linked and linked[0] in lexicon.grammar().breaks:
            continue
        if noun := _called(words, alone=match.start() == 0 and match.end() == len(text.rstrip())):
            return ProperName(name, _sex(name), start, start + len(name), noun)
    return None


def _stops() -> frozenset[str]:
    return lexicon.grammar().breaks - {"of"}


def _closes(text: str, at: int, end: int) -> bool:
    """Whether a name that ends at `at` ends the first noun phrase, which ends at `end`."""
    return at <= end and not text[at:end].strip()


def _called(words: list[str], *, alone: bool) -> str:
    """What someone of this name is: "woman", "captain"; empty when it is no name."""
    lower = [word.lower().rstrip(".") for word in words if word]
    title = lower[0] in word_lists.words("people", "titles")
    if title and len(words) > 1 and not any(map(singular, lower[1:])):
        role = {"dr": "doctor", "prof": "professor", "st": "saint"}.get(lower[0], lower[0])
        return role if singular(role) else _someone(_sex(" ".join(words)))
    first = lower[0] in _first_names()
    common = lower[0] in word_lists.words("proper_names", "words")
    unknown = [not (_describes(word) or singular(word)) for word in lower]
    if first and not common and (len(words) > 1 or unknown[0]):
        return _someone(_sex(lower[0]))
    if first and len(words) > 1 and all(unknown[1:]):
        return _someone(_sex(lower[0]))
    everything = alone and 1 < len(words) <= 3 and all(unknown) and not is_role(lower[-1])
    brand = set(lower) & word_lists.words("proper_names", "brands")
    return _someone(_sex(lower[0])) if everything and not brand else ""


def _in_small_letters(text: str) -> ProperName | None:
    """A whole concept such as "marie curie"."""
    words = text.split()
    if text != text.lower() or not 2 <= len(words) <= 3 or words[0] not in _first_names():
        return None
    if words[0] in word_lists.words("proper_names", "words") or _MARK.search(text):
        return None
    if any(_describes(word) or singular(word) or is_role(word) for word in words[1:]):
        return None
    breaks = lexicon.grammar().breaks | lexicon.grammar().fillers
    if breaks & set(words):
        return None
    sex = _sex(words[0])
    return ProperName(titled(" ".join(words)), sex, 0, len(text), _someone(sex))


def _skipped(words: list[str]) -> bool:
    """True for what stands before a name: "The", "Grumpy"."""
    first = words[0].lower()
    if first in lexicon.grammar().fillers or first in lexicon.grammar().breaks:
        return True
    names = _first_names() | word_lists.words("people", "titles")
    return len(words) > 1 and _describes(first) and first not in names


def _describes(word: str) -> bool:
    word = word.lower()
    return word in lexicon.traits() or word in lexicon.colours() or word in lexicon.materials()


def _first_names() -> frozenset[str]:
    return word_lists.words("proper_names", "women") | word_lists.words("proper_names", "men")


def _someone(sex: Sex) -> str:
    return {"female": "woman", "male": "man", "": "person"}[sex]


def _sex(name: str) -> Sex:
    """By fame, by title, by first name."""
    lower = name.lower().rstrip(".")
    first = lower.split(" ")[0].rstrip(".")
    female = {first, lower} & word_lists.words("people", "female") or first in ("mrs", "ms", "miss")
    male = {first, lower} & word_lists.words("people", "male") or first == "mr"
    if lower in word_lists.proper_names():
        return word_lists.proper_names()[lower].sex
    if female or first in word_lists.words("proper_names", "women"):
        return "female"
    return "male" if male or first in word_lists.words("proper_names", "men") else ""
