"""What users say of themselves: heard, kept in sentences, and told back when they ask."""

import re
from functools import cache

from ...persona.offline.lexicon import split
from .phrasebook import LANGUAGES, FactKind, Phrasebook, about, phrasebook

_TOLD_AT_ONCE = 3


def facts_in(message: str, book: Phrasebook) -> list[tuple[FactKind, tuple[str, ...]]]:
    """Kinds and values of what the user says of themselves, in the order of the phrasebook."""
    found = []
    message = message[-600:].replace("’", "'")
    for kind in book.facts:
        for pattern in kind.hear:
            for match in pattern.finditer(message):
                values = tuple(_value(part, kind, book) for part in match.groups() if part)
                if values and all(values) and not _no_fact(values, book):
                    found.append((kind, values))
    return found


def kept(kind: FactKind, values: tuple[str, ...]) -> str:
    """The sentence for memory."""
    return kind.kept.format(*values)


def told(kind: FactKind, values: tuple[str, ...], book: Phrasebook) -> str:
    """The sentence for the user."""
    swaps = book.words.get("swaps_back", {})
    return kind.told.format(*(_swapped(value, swaps) for value in values))


def user_name(memory: tuple[str, ...]) -> str:
    """The user's name, when it was told in any language; the latest one."""
    names = [values[0] for kind, values in _known(memory) if kind.name == "name"]
    return names[-1] if names else ""


def asked_back(message: str, memory: tuple[str, ...], book: Phrasebook) -> list[str] | None:
    """What memory says to a question about the user; None when there is no such question."""
    bare = book.bare(message)
    asked = [(kind, match) for kind in book.facts if (match := kind.ask.search(bare))]
    everything = book.everything.search(bare)
    if not asked and not everything:
        return None
    wanted = {kind.name: about(match) for kind, match in asked}
    answers = [
        told(phrased, values, book)
        for kind, values in _known(memory)
        if everything or _wanted(kind, values, wanted)
        for phrased in [next(k for k in book.facts if k.name == kind.name)]
    ]
    other = [fact for fact in memory if not _known((fact,))] if everything else []
    return [*other[-1:], *dict.fromkeys(answers)][-_TOLD_AT_ONCE:]


def _wanted(kind: FactKind, values: tuple[str, ...], wanted: dict[str, str]) -> bool:
    if kind.name not in wanted:
        return False
    narrow = wanted[kind.name]
    return not narrow or narrow.casefold() in values[0].casefold()


def _known(memory: tuple[str, ...]) -> list[tuple[FactKind, tuple[str, ...]]]:
    """The facts of memory that were written by a phrasebook of any language."""
    found = []
    for fact in memory:
        matches = ((kind, kind.found_in(fact)) for kind in _kinds())
        first = next(((kind, values) for kind, values in matches if values), None)
        if first:
            found.append(first)
    return found


@cache
def _kinds() -> tuple[FactKind, ...]:
    return tuple(kind for code in LANGUAGES for kind in phrasebook(code).facts)


def _value(part: str, kind: FactKind, book: Phrasebook) -> str:
    part = re.split(book.words["ends"], part, maxsplit=1, flags=re.I)[0].strip(" .,!?'。！？、，")
    part = _swapped(part, book.words.get("swaps", {}))
    return part[:1].upper() + part[1:] if kind.capital else part


def _no_fact(values: tuple[str, ...], book: Phrasebook) -> bool:
    never = split(book.words["no_facts"])
    if book.joint:
        told = {word for value in values for word in value.casefold().split()}
        return bool(told & set(never))
    return any(word in value for word in never for value in values)


def _swapped(text: str, swaps: dict[str, str]) -> str:
    """ "my dog" as "their dog", or back as "your dog"."""
    for word, other in swaps.items():
        text = re.sub(rf"\b{word}\b", other, text, flags=re.I)
    return text
