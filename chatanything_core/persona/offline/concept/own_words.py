"""What the words before the head noun say of it: looks, hair, skin, clothes."""

from collections.abc import Iterable
from dataclasses import dataclass

from ...records import Attribute
from .. import lexicon
from . import word_lists
from .belongings import ANIMATE
from .head_noun import Head, is_role
from .tokens import Token, singular

_BODIES = frozenset(
    lexicon.split(
        "man, woman, gentleman, lady, person, adult, boy, girl, child, kid, baby, toddler, teenager, "
        "grandmother, grandfather, grandma, grandpa, granny, mother, father, guy, people"
    )
)


@dataclass(frozen=True)
class OwnWords:
    """The words of the head's chunk, sorted."""

    attributes: tuple[Attribute, ...] = ()
    wears: tuple[Attribute, ...] = ()
    free: tuple[str, ...] = ()
    """Words that belong to the thing itself and to no part of it."""


def own_words(head: Head | None, before: Iterable[str], after: Iterable[str]) -> OwnWords:
    """Sort the words of the head's chunk, and those before and after it that speak of it too."""
    entries: list[str | Attribute] = [*before]
    wears: list[Attribute] = []
    for token in head.chunk.tokens if head else ():
        word = token.word
        garment = word_lists.mapping("worn", "means").get(word)
        if head is None or token is head.token or not _speaks_of(token, head):
            continue
        if garment is not None:
            wears += [Attribute((), garment)] if garment else []
        elif _worn_before(token, head):
            wears.append(Attribute(_popped(entries), word))
        else:
            entries.append(_of_part(word, head) or word)
    entries += after
    free = tuple(entry for entry in entries if isinstance(entry, str))
    attributes = (
        Attribute((entry,), "") if isinstance(entry, str) else entry
        for entry in entries
        if not isinstance(entry, str) or _shows(entry, head)
    )
    return OwnWords(tuple(dict.fromkeys(attributes)), tuple(wears), free)


def _speaks_of(token: Token, head: Head) -> bool:
    """Words before the noun do; after it, only those that say how it is ("knight afraid")."""
    if token.word.endswith("'s"):
        return False
    before = token.start < head.token.start
    return before or token.word in lexicon.traits() or _plain(token.word)


def _popped(entries: list[str | Attribute]) -> tuple[str, ...]:
    """The colours and materials at the end, which belong to the garment that follows."""
    taken: list[str] = []
    while entries and isinstance(entries[-1], str) and _plain(entries[-1]):
        taken.insert(0, str(entries.pop()))
    return tuple(taken)


def _worn_before(token: Token, head: Head) -> bool:
    """True for the hat of a "top hat penguin"."""
    is_before = token.start < head.token.start and head.kind in ANIMATE
    return is_before and token.word in word_lists.worn() and not _plain(token.word)


def _of_part(word: str, head: Head) -> Attribute | None:
    """What a word says of hair, skin, eyes or a people; None when it says none of that."""
    first, _, last = word.rpartition("-")
    suffixes = word_lists.mapping("worn", "suffixes")
    if first and last in suffixes and word not in word_lists.words("worn", "no_suffixes"):
        return Attribute(tuple(first.split("-")), suffixes[last])
    if word in word_lists.words("people", "origins"):
        return Attribute((word,), "origin")
    if head.kind == "human" and word in word_lists.words("worn", "hair"):
        return Attribute((word_lists.mapping("worn", "hair_words").get(word, word),), "hair")
    if head.kind == "human" and word in word_lists.words("worn", "skin") and _has_skin(word, head):
        return Attribute((word,), "skin")
    grown = word_lists.mapping("worn", "grown").get(word)
    return Attribute((), grown) if grown else None


def _has_skin(word: str, head: Head) -> bool:
    """A black woman has black skin; a black knight has black armour."""
    if word in ("pale", "fair", "tan", "tanned", "sunburned", "sunburnt", "albino", "swarthy"):
        return True
    return head.noun in _BODIES or head.noun not in word_lists.words("people", "no_skin")


def _plain(word: str) -> bool:
    return word in lexicon.colours() or word in lexicon.materials()


def _shows(word: str, head: Head | None) -> bool:
    """Whether it is seen: not a temper, a job, a noun, an age or a brand."""
    if _plain(word):
        return True
    person = head is not None and head.kind == "human"
    aged = person and word in word_lists.numbers("people", "ages")
    other = singular(word) or is_role(word) or word in word_lists.words("proper_names", "brands")
    return not (aged or other or lexicon.is_temper(word))
