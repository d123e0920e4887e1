"""Read a concept once: what it is, who, what it looks like, has, wears and does.

Everything that is made of a concept (name, voice, body, texts) is made of this one record.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from ..records import Attribute, Emotion, Reading, Sex
from . import lexicon
from .concept import person_facts
from .concept.belongings import belongings_of, is_thing
from .concept.head_noun import AMOUNTS, Head, head_of, is_role, says_how
from .concept.own_words import OwnWords, own_words
from .concept.proper_name import ProperName, proper_name
from .concept.tokens import Chunk, Token, chunks_of, singular, tokens_of
from .languages import english_words

_ADJECTIVE = re.compile(r".{2,}(?:y|ful|less|ous|ish|ic|ed|ing|al|ive|ant|ent|able|ible|ian)$")
_ABBREVIATED = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof|St)\.", re.IGNORECASE)
_SPEAKS_OF_HEAD = frozenset({"", ",", "and", "but", "or", "as"})
"""After these, adjectives without a noun of their own still belong to the head noun."""


@lru_cache(maxsize=256)
def read_concept(concept: str) -> Reading:
    """Read `concept` by the lexicon. Any text can be read, also one with no known word.

    Concepts in other languages are read through their English words.

    >>> reading = read_concept("A grumpy porcelain teapot with a red moustache")
    >>> reading.noun, reading.kind, reading.temper, reading.materials, reading.colours
    ('teapot', 'kitchen', ('grumpy',), ('porcelain',), ())
    >>> reading.attributes[-1]
    Attribute(words=('red',), part='moustache')
    """
    english = english_words(concept)
    years, text = person_facts.years_in(_ABBREVIATED.sub(r"\1", english))
    said = tokens_of(text)
    name = proper_name(text) if english is concept else None
    chunks = chunks_of(_without_name(said, name))
    parsed = _Parsed(concept, text, said, chunks, head_of(chunks), name)
    return parsed.reading(years, foreign=english is not concept)


@dataclass(frozen=True)
class _Parsed:
    """A concept cut into pieces, before anything is made of them."""

    concept: str
    text: str
    said: tuple[Token, ...]
    chunks: list[Chunk]
    head: Head | None
    name: ProperName | None

    def reading(self, years: float | None, *, foreign: bool) -> Reading:
        """All that the pieces say; `years` is the age that is told in numbers."""
        head, name = self.head, self.name
        has, own = belongings_of(self.text, self.chunks, head), self._own()
        adjectives = tuple(dict.fromkeys(word for word in own.free if _is_adjective(word, head)))
        attributes = (*own.attributes, *has.attributes)
        called_only = bool(name and name.noun and head and head.token.start == name.start)
        person = self._kind() == "human"
        return Reading(
            concept=self.concept,
            words=tuple(token.word for token in self.said if token.word[0].isalnum()),
            noun=head.noun if head else "",
            kind=self._kind(),
            known=bool(head and (head.known or called_only)),
            phrase=() if called_only else _phrase(head, self.chunks, foreign=foreign),
            name=name.name if name else "",
            adjectives=adjectives,
            profession=head.profession if head else "",
            materials=tuple(dict.fromkeys(w for w in own.free if w in lexicon.materials())),
            colours=tuple(dict.fromkeys(w for w in own.free if w in lexicon.colours())),
            emotions=_emotions(adjectives),
            person=person,
            sex=self._sex(attributes, person=person),
            age=years if years is not None else self._age(own.free) if person else None,
            attributes=attributes,
            wears=(*own.wears, *has.wears),
            holds=tuple(has.holds),
            temper=tuple(word for word in adjectives if lexicon.is_temper(word)),
            place=has.place,
            weather=has.weather,
            rest="" if foreign else self._rest(),
            clause=has.clause,
        )

    def _rest(self) -> str:
        """From the end of the noun phrase to the end of the sentence, without the name."""
        if self.head is None:
            return ""
        own = list(_before_clause(self.head))[-1]
        following = self.chunks[self.chunks.index(self.head.chunk) + 1 :]
        of = following[:1] if following and following[0].link == "of" else []
        last = of[0].tokens[-1] if of and own is self.head.chunk.tokens[-1] else own
        rest = self.text[last.end :]
        if self.name and self.name.start >= last.end:
            rest = rest.replace(self.name.name, "", 1)
            rest = re.sub(r"^\s*(?:called|named)\b", "", rest)
        rest = " ".join(re.split(r"[.;!?()]", rest, maxsplit=1)[0].split()).strip(",: ")
        speakable = not re.search(r"[^\w\s,'’\-]", rest)
        little = all(map(_says_little, rest.lower().split()))
        return rest if speakable and not little else ""

    def _kind(self) -> str:
        if self.head and self.name and not self.head.known:
            return "human"
        return self.head.kind if self.head else "thing"

    def _own(self) -> OwnWords:
        head = self.head
        at = self.chunks.index(head.chunk) if head else 0
        before, after = self.chunks[:at], self.chunks[at + bool(head) :]
        return own_words(head, *([w for c in part for w in _loose(c)] for part in (before, after)))

    def _sex(self, attributes: tuple[Attribute, ...], *, person: bool) -> Sex:
        """Nouns and jobs say it first, then the name, a beard and pronouns."""
        head, name = self.head, self.name
        words = [head.noun, head.profession, *reversed(head.chunk.words)] if head else []
        named = name.sex if name else ""
        bearded = person_facts.sex_of_beard(attributes) if person else ""
        told = person_facts.sex_of_words(filter(None, words), person=person)
        return told or named or bearded or person_facts.sex_of_pronouns(self.said)

    def _age(self, adjectives: tuple[str, ...]) -> float | None:
        nouns = [self.head.noun, self.head.profession] if self.head else []
        return person_facts.age_of(nouns, adjectives)


def _without_name(tokens: Sequence[Token], name: ProperName | None) -> Sequence[Token]:
    """The words beside the name; where there is only a name, what it is in its place."""
    if name is None or name.start == name.end:
        return tokens
    before = [token for token in tokens if token.start < name.start]
    after = [token for token in tokens if token.start >= name.end]
    own = [Token(name.noun, name.start, name.end, True)] if name.noun else []
    return [*before, *own, *after]


def _phrase(head: Head | None, chunks: Sequence[Chunk], *, foreign: bool) -> tuple[str, ...]:
    """The head's chunk with the noun in the singular, and its "of coffee"."""
    if not head:
        return ()
    words = head.chunk.tokens if foreign else _before_clause(head)
    own = [_shown(token, head) for token in words]
    if foreign:
        # "théière grincheuse": in English the adjectives go first.
        return (*(word for word in own if word != head.noun), head.noun)
    following = chunks[chunks.index(head.chunk) + 1 :]
    if following and following[0].link == "of" and head.token is head.chunk.tokens[-1]:
        own += ["of", *_articled(following[0])]
    return tuple(own)


def _says_little(word: str) -> bool:
    """Words of temper, and those that join them: who introduces themselves as grumpy?"""
    grammar = lexicon.grammar()
    little = word in grammar.breaks or word in grammar.fillers
    return little or lexicon.is_temper(word.strip(","))


def _shown(token: Token, head: Head) -> str:
    """The head noun in the singular, other words as they are."""
    if token is not head.token:
        return token.word
    return singular(token.word) if singular(token.word).endswith(head.noun) else head.noun


def _before_clause(head: Head) -> Iterator[Token]:
    for token in head.chunk.tokens:
        if token.start > head.token.start and not (singular(token.word) or is_role(token.word)):
            return
        yield token


def _articled(chunk: Chunk) -> list[str]:
    return [chunk.article, *chunk.words] if chunk.article else chunk.words


def _loose(chunk: Chunk) -> list[str]:
    """Words of a side chunk that do not belong to a noun of their own ("who is grumpy")."""
    words = chunk.words
    if chunk.link in ("of", "made", "from") and words and words[-1] in lexicon.materials():
        return words[-1:]
    if chunk.link in ("who", "that", "which"):
        return list(takewhile(says_how, words))
    if chunk.link not in _SPEAKS_OF_HEAD:
        return []
    last = max((at for at, word in enumerate(words) if is_thing(word)), default=-1)
    return [word for word in words[last + 1 :] if word not in AMOUNTS]


def _is_adjective(word: str, head: Head | None) -> bool:
    if word in lexicon.traits():
        return True
    own = head is not None and word in head.chunk.words
    plain = word in lexicon.colours() or word in lexicon.materials() or singular(word)
    return bool(own and not plain and not is_role(word) and _ADJECTIVE.match(word))


def _emotions(adjectives: tuple[str, ...]) -> tuple[Emotion, ...]:
    found: dict[str, Emotion] = {}
    for word in adjectives:
        if word in lexicon.traits():
            family, factor = lexicon.traits()[word]
            emotion, strength = family.emotion
            felt = Emotion(emotion, min(1.0, strength * factor))
            found[emotion] = max(found.get(emotion, felt), felt, key=lambda item: item.strength)
    return tuple(sorted(found.values(), key=lambda item: -item.strength))
