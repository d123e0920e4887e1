"""What a concept says that its thing has, wears and holds, and where it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...records import Attribute
from .. import lexicon
from . import word_lists
from .head_noun import Head, is_role
from .tokens import JOINED, Chunk, Token, singular, singulars

_WITH = frozenset({"with", "without", "having", "sporting"})
_WORN = frozenset({"in", "wearing", "dressed", "clad"})
_PLACES = word_lists.words("worn", "weather") | {"hand", "hands", "mouth", "eyes", "arms", "head"}
"""Parts, or what sounds like them, that something else is "in"."""
_HELD = frozenset(
    lexicon.split(
        "holding, carrying, playing, riding, wielding, reading, eating, drinking, smoking, juggling, "
        "pushing, dragging, hugging, throwing, waving"
    )
)
_WHO = frozenset({"who", "that", "which", "whose", "where", "when", "while", "because"})
_ELSEWHERE = frozenset(
    lexicon.split(
        "on, at, from, in, under, behind, inside, near, over, beside, beneath, above, among, "
        "between, through, across, around, against, outside, underneath, atop, beyond, by"
    )
)
_VERBS = {
    **dict.fromkeys(("has", "have", "had"), "with"),
    **dict.fromkeys(("wears", "wore"), "wearing"),
    **dict.fromkeys(("holds", "carries", "plays", "rides"), "holding"),
}
"""In a clause these say what follows."""
_HELD_KINDS = frozenset(
    lexicon.split(
        "food, drink, fruit, vegetable, kitchen, household, office, electronics, bag, tool, "
        "instrument, toy, sport, clothing, plant, animal, bird, reptile, insect, fish"
    )
)
"""Kinds of things that someone "with" them holds."""
ANIMATE = frozenset(
    lexicon.split("human, animal, bird, fish, insect, reptile, fantasy, robot, cartoon")
)
"""Kinds that can wear and hold things as people do."""
_FOLLOWS = re.compile(r".{3,}(?:ing|ed)|afraid|scared|fond|tired|full|lost|stuck|born|made")
"""Words that begin a clause when they follow the noun."""


@dataclass
class Belongings:
    """What is said around the head noun, filled chunk by chunk."""

    attributes: list[Attribute] = field(default_factory=list)
    wears: list[Attribute] = field(default_factory=list)
    holds: list[Attribute] = field(default_factory=list)
    place: str = ""
    weather: str = ""
    clause: str = ""


def belongings_of(text: str, chunks: Sequence[Chunk], head: Head | None) -> Belongings:
    """Sort what the chunks beside the head's say; `text` is what they were cut from."""
    found = Belongings(clause=_after_noun(text, head))
    before, taken = "with", False
    for at, chunk in enumerate(chunks):
        if head and chunk is head.chunk:
            before, taken = "with", bool(found.clause)
            continue
        listed = chunk.link in (*JOINED, "")
        link, tokens = before if listed else chunk.link, list(chunk.tokens)
        if taken or (listed and not _continues(tokens, before, head, chunk)):
            # What follows "in love" or "obsessed" belongs to the clause.
            before, taken = "", False
            continue
        if chunk.link in _WHO:
            found.clause = found.clause or _to_stop(text, chunk.start)
            link, tokens = _in_clause(chunk.link, tokens)
        clause = found.clause
        if tokens:
            _sort(found, link, tokens, head, _written(text, chunks, at))
        if found.clause != clause:
            found.clause, taken = _to_stop(text, chunk.start), True
        before = link
    return found


def phrase_of(tokens: Sequence[Token]) -> tuple[tuple[str, ...], str]:
    """The words before the last thing that is named, and that thing.

    >>> from .tokens import tokens_of
    >>> phrase_of(tokens_of("long curly hair"))
    (('long', 'curly'), 'hair')
    """
    named = [at for at, token in enumerate(tokens) if is_thing(token.word)]
    last = named[-1] if named else len(tokens) - 1
    words = tuple(token.word for token in tokens[:last])
    return words, tokens[last].word


def _sort(
    found: Belongings, link: str, tokens: Sequence[Token], head: Head | None, written: str
) -> None:
    words, part = phrase_of(tokens)
    if link in _WORN and _is_part(part) and part not in _PLACES:
        # "Hair in a bun", and what goes on after it: "pale skin".
        found.attributes.append(Attribute(words, part))
    elif link == "over" and _is_worn(part):
        found.wears.insert(0, Attribute(words, part))
    elif link in _WITH | {"whose"}:
        words = ("no", *words) if link == "without" else words
        _field(found, part, head).append(Attribute(words, part))
    elif link in _HELD:
        found.holds.append(Attribute(words, part))
    elif link in _WORN and _garment(words, part, link):
        found.wears.append(_garment(words, part, link) or Attribute(words, part))
    elif link == "made" and part not in lexicon.materials():
        found.attributes.append(Attribute((*words, part), ""))
    elif part in word_lists.words("worn", "weather") and link in _ELSEWHERE:
        found.weather = found.weather or written
    elif part in word_lists.mapping("worn", "states") and link in _ELSEWHERE:
        found.clause = found.clause or written
    elif link in _ELSEWHERE:
        found.place = found.place or written


def _field(found: Belongings, part: str, head: Head | None) -> list[Attribute]:
    if _is_part(part):
        return found.attributes
    if _is_worn(part):
        return found.wears
    noun = lexicon.nouns().get(singular(part))
    animate = head is None or head.kind in ANIMATE
    return found.holds if noun and noun.kind in _HELD_KINDS and animate else found.attributes


def _garment(words: tuple[str, ...], part: str, link: str) -> Attribute | None:
    """What is worn "in" it: a garment, a colour, or the clothes of a role."""
    every = (*words, part)
    if _is_worn(part):
        return Attribute(words, part)
    if all(word in lexicon.colours() or word in lexicon.materials() for word in every):
        return Attribute(every, "clothes")
    if link == "dressed" and is_role(part):
        return Attribute((part,), "costume")
    return Attribute(words, part) if link != "in" else None


def _is_part(part: str) -> bool:
    return any(form in word_lists.parts() for form in (part, *singulars(part)))


def _is_worn(part: str) -> bool:
    return any(form in word_lists.worn() for form in (part, *singulars(part)))


def is_thing(word: str) -> bool:
    """Whether a word names something: a noun, a garment or a part, no colour and no material."""
    if word in lexicon.colours() or word in lexicon.materials() or word in lexicon.traits():
        return False
    return bool(singular(word)) or _is_worn(word) or word in word_lists.parts()


def _continues(tokens: list[Token], before: str, head: Head | None, chunk: Chunk) -> bool:
    """Whether an item of a list ("..., silver hair and a crown") belongs to the thing."""
    if before not in _WITH | _WORN | _HELD:
        return False
    if head and chunk.start < head.chunk.start:
        return False
    _, part = phrase_of(tokens)
    return is_thing(part) and (part in word_lists.parts() or _is_worn(part) or before != "with")


def _in_clause(link: str, tokens: list[Token]) -> tuple[str, list[Token]]:
    """What "who has green eyes" and "whose eyes are green" say of the thing."""
    if link == "whose" and tokens:
        return "whose", [*tokens[1:], tokens[0]]
    if tokens and tokens[0].word in _VERBS and tokens[1:]:
        rest = tokens[1:]
        named = is_thing(phrase_of(rest)[1]) and not re.fullmatch(r".+ed|lost|been", rest[0].word)
        return (_VERBS[tokens[0].word], rest) if named else ("", [])
    return "", []


def _after_noun(text: str, head: Head | None) -> str:
    """A clause without a pronoun: "knight afraid of heights", "kettle dreaming of the sea"."""
    if head is None:
        return ""
    after = [token for token in head.chunk.tokens if token.start > head.token.start]
    begins = after and _FOLLOWS.fullmatch(after[0].word) and not singular(after[0].word)
    return _to_stop(text, after[0].start) if begins else ""


def _to_stop(text: str, start: int) -> str:
    """From `start` to the end of the sentence, with single blanks."""
    return " ".join(re.split(r"[.;!?()]", text[start:], maxsplit=1)[0].split()).rstrip(",: ")


def _written(text: str, chunks: Sequence[Chunk], at: int) -> str:
    """A chunk as it was typed, with its "of"."""
    ends = [at + 1]
    while ends[-1] < len(chunks) and chunks[ends[-1]].link == "of":
        ends.append(ends[-1] + 1)
    last = chunks[ends[-1] - 1]
    return " ".join(text[chunks[at].start : last.tokens[-1].end].split())
