"""Find out what a concept is about: its head noun, kind, traits, material and colours.

English noun phrases put the head last ("pirate parrot") and qualify it after a preposition or
a relative pronoun ("teapot with a moustache"), so the head is the last known noun of the
first segment that has one. Before "with" and similar words it is the head even when it is unknown
("a flurbinator with big eyes").
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ..records import Emotion, Reading
from . import lexicon
from .languages import LETTER, english_words

_WORD = re.compile(rf"{LETTER}+(?:['’\-]{LETTER}+)*|[,;:.!?()]")
_PROPER = r"[A-Z][\w'’\-]*(?: [A-Z][\w'’\-]*){0,2}"
_GIVEN = (
    re.compile(rf"\b(?:called|named) ({_PROPER})"),
    re.compile(rf"^({_PROPER}), (?:a|an|the|my|your)\b"),
)
_ADJECTIVE = re.compile(r".{2,}(?:y|ful|less|ous|ish|ic|ed|ing|al|ive|ant|ent|able|ible|ian)$")

_ATTRIBUTES = frozenset({"with", "without", "wearing", "holding", "riding", "in", "of"})
"""What follows these belongs to what stands before them."""
_AMOUNTS = frozenset(
    lexicon.split(
        "slice, piece, pair, bunch, bouquet, loaf, pile, heap, stack, herd, flock, swarm, pack, "
        "group, kind, sort, type, lot, handful, drop, bit, set, couple, dozen, portion, sheet, lump"
    )
)
"""Before "of" these say how much there is of the noun after it."""


@lru_cache(maxsize=256)
def read_concept(concept: str) -> Reading:
    """Read `concept` by the lexicon. Any text can be read, also one with no known word.

    Concepts in other languages are read through their English words.

    >>> reading = read_concept("A grumpy porcelain teapot with a moustache")
    >>> reading.noun, reading.kind, reading.adjectives, reading.materials
    ('teapot', 'kitchen', ('grumpy',), ('porcelain',))
    """
    english = english_words(concept)
    tokens = _tokens(english)
    segments = _segments(tokens)
    head = _own_head(tokens) or _head(segments)
    name = _given_name(concept, bool(head and head.known))
    if head and name and not head.known:
        head = replace(head, kind="human")
    own = head.segment if head else []
    described = [
        word for segment in segments for word in (segment if segment is own else _loose(segment))
    ]
    rest = [word for word in described if not head or word is not head.token]
    adjectives = tuple(dict.fromkeys(word for word in rest if _is_adjective(word, own)))
    return Reading(
        concept=concept,
        words=tuple(word for word in tokens if word[0].isalnum()),
        noun=head.noun if head else "",
        kind=head.kind if head else "thing",
        known=bool(head and head.known),
        phrase=_phrase(head, tokens, foreign=english is not concept),
        name=name,
        adjectives=adjectives,
        profession=head.profession if head else "",
        materials=tuple(dict.fromkeys(word for word in rest if word in lexicon.materials())),
        colours=tuple(dict.fromkeys(word for word in rest if word in lexicon.colours())),
        emotions=_emotions(adjectives),
    )


def _given_name(concept: str, known: bool) -> str:
    """What follows "called", what stands before ", a", or a whole concept: "Ada Lovelace"."""
    for pattern in _GIVEN:
        if match := pattern.search(concept):
            return match.group(1)
    proper = re.fullmatch(_PROPER, concept.strip())
    return proper.group() if proper and " " in proper.group() and not known else ""


def _phrase(head: "_Head | None", tokens: list[str], *, foreign: bool) -> tuple[str, ...]:
    """The head's segment with the noun in the singular, and its "of coffee"."""
    if not head:
        return ()
    end = next(i for i, token in enumerate(tokens) if token is head.token) + 1
    own = [head.noun if word is head.token else word for word in head.segment]
    if foreign:
        # "théière grincheuse": in English the adjectives go first.
        return (*(word for word in own if word != head.noun), head.noun)
    tail = tokens[end : end + 3]
    complete = tail[:1] == ["of"] and not set(tail[1:]) & lexicon.grammar().breaks
    return tuple([*own, *tail] if complete and len(tail) > 1 else own)


@dataclass(frozen=True)
class _Head:
    token: str
    noun: str
    kind: str
    segment: list[str]
    known: bool = True
    profession: str = ""


def _tokens(concept: str) -> list[str]:
    """Words and breaking marks in lower case; nouns of several words are one token."""
    raw = [match.group().lower() for match in _WORD.finditer(concept)]
    tokens = []
    while raw:
        size = next((n for n in (3, 2) if _singular(" ".join(raw[:n])) and n <= len(raw)), 1)
        tokens.append(" ".join(raw[:size]))
        del raw[:size]
    return tokens


def _singular(word: str) -> str:
    """The lexicon's form of a noun or a profession; empty when it has none."""
    forms = [word, lexicon.grammar().irregular.get(word, "")]
    if word.endswith("s"):
        forms += [word[:-1], word[:-2] if word.endswith("es") else ""]
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    known = (form for form in forms if form in lexicon.nouns() or form in lexicon.professions())
    return next(known, "")


def _segments(tokens: list[str]) -> list[list[str]]:
    """Runs of tokens between prepositions, pronouns and marks."""
    segments: list[list[str]] = [[]]
    for token in tokens:
        if token in lexicon.grammar().breaks:
            segments.append([])
        elif token not in lexicon.grammar().fillers:
            segments[-1].append(token)
    return [segment for segment in segments if segment]


def _own_head(tokens: list[str]) -> _Head | None:
    """The unknown noun that a concept begins with, when what follows only describes it."""
    end = next((i for i, token in enumerate(tokens) if token in lexicon.grammar().breaks), None)
    if end is None or tokens[end] not in _ATTRIBUTES:
        return None
    (segment,) = _segments(tokens[:end]) or [[]]
    if any(_singular(token) for token in segment) or set(segment) & _AMOUNTS:
        return None
    return _guessed_head(segment)


def _head(segments: list[list[str]]) -> _Head | None:
    for segment in segments:
        found = [(token, noun) for token in segment if (noun := _singular(token))]
        if found:
            return _known_head(found, segment)
    return _guessed_head(segments[0]) if segments else None


def _known_head(found: list[tuple[str, str]], segment: list[str]) -> _Head:
    token, noun = found[-1]
    jobs = [word for _, word in found if word in lexicon.professions()]
    things = [pair for pair in found[:-1] if pair[1] in lexicon.nouns()]
    if noun in lexicon.nouns() and noun not in lexicon.professions():
        return _Head(token, noun, lexicon.nouns()[noun].kind, segment, True, "".join(jobs[-1:]))
    if things and noun not in lexicon.relational():
        bearer, thing = things[-1]
        kind = lexicon.nouns()[thing].kind
        described = kind in lexicon.grammar().modifiers or thing in lexicon.materials()
        if not described and bearer not in lexicon.traits():
            # "teapot detective": the teapot is what one sees, the detective is what it does.
            return _Head(bearer, thing, kind, segment, True, noun)
    return _Head(token, noun, "human", segment, True, noun)


def _guessed_head(segment: list[str]) -> _Head | None:
    """The last word that is not an adjective; its ending tells its kind."""
    words = [word for word in segment if not _is_trait(word)]
    if not words:
        return None
    word = words[-1]
    table = lexicon.grammar().endings.items()
    endings = (kind for ending, kind in table if word.endswith(ending) and word != ending)
    kind = "idea" if word.isdigit() else next(endings, "thing")
    return _Head(word, word, kind, segment, False, word if kind == "human" else "")


def _loose(segment: list[str]) -> list[str]:
    """Words of a side segment that do not belong to a noun of their own ("who is grumpy")."""
    last = max((i for i, word in enumerate(segment) if _singular(word)), default=-1)
    if last >= 0 and segment[last] in lexicon.materials():
        return segment[last:]
    return segment[last + 1 :]


def _is_trait(word: str) -> bool:
    return word in lexicon.traits() or word in lexicon.colours() or word in lexicon.materials()


def _is_adjective(word: str, own: list[str]) -> bool:
    if word in lexicon.traits():
        return True
    shaped = word in own and not _is_trait(word) and not _singular(word)
    return bool(shaped and _ADJECTIVE.match(word))


def _emotions(adjectives: tuple[str, ...]) -> tuple[Emotion, ...]:
    found: dict[str, Emotion] = {}
    for word in adjectives:
        if word in lexicon.traits():
            family, factor = lexicon.traits()[word]
            emotion, strength = family.emotion
            felt = Emotion(emotion, min(1.0, strength * factor))
            found[emotion] = max(found.get(emotion, felt), felt, key=lambda item: item.strength)
    return tuple(sorted(found.values(), key=lambda item: -item.strength))
