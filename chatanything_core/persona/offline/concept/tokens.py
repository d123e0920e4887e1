"""Cut a concept into words, compounds first, and the words into chunks between prepositions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .. import lexicon
from ..languages import LETTER
from . import word_lists

_WORD = re.compile(rf"{LETTER}+(?:['’\-&.]{LETTER}+)*|[,;:.!?()]")
JOINED = frozenset({",", "and", "or", "but"})
"""What continues a list; the next item belongs where the last one did."""


@dataclass(frozen=True)
class Token:
    """A word, a compound ("fire engine") or a mark."""

    word: str
    """In lower case."""
    start: int
    """Where it begins in the concept, characters."""
    end: int
    capital: bool
    """Whether it is written with a capital."""


@dataclass(frozen=True)
class Chunk:
    """The words between two prepositions, pronouns or marks."""

    link: str
    """What stands in front: "with", ","; empty for the first chunk."""
    tokens: tuple[Token, ...]
    start: int
    """Where its link begins in the concept, characters."""
    article: str = ""
    """"a" or "the" where its words begin with one."""

    @property
    def words(self) -> list[str]:
        """In order."""
        return [token.word for token in self.tokens]


@lru_cache(maxsize=64)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Every word of `text`; the longest compound at each place is one token."""
    raw = [_token(match) for match in _WORD.finditer(text)]
    found = []
    at = 0
    while at < len(raw):
        size = _compound(raw, at)
        first, last = raw[at], raw[at + size - 1]
        joint = "-" if _described(raw, at, size) else " "
        word = joint.join(token.word for token in raw[at : at + size])
        found.append(Token(word, first.start, last.end, first.capital))
        at += size
    return tuple(found)


def chunks_of(tokens: Sequence[Token]) -> list[Chunk]:
    """Runs of words between prepositions, pronouns and marks, without words that say nothing."""
    return list(_chunks(tokens))


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """The lexicon's form of a noun, a role or a proper name; empty when it has none.

    >>> singular("teapots"), singular("wolves"), singular("blorp")
    ('teapot', 'wolf', '')
    """
    known = (lexicon.nouns(), word_lists.roles())
    return next((form for form in singulars(word) if any(form in group for group in known)), "")


def singulars(word: str) -> list[str]:
    """What `word` may be the plural of, itself first."""
    first, _, last = word.rpartition(" ")
    forms = [last, lexicon.grammar().irregular.get(last, "")]
    if last.endswith("men"):
        forms.append(f"{last[:-3]}man")
    if last.endswith("s") and len(last) > 3:
        forms += [last[:-1], last[:-2] if last.endswith("es") else ""]
    if last.endswith("ies"):
        forms.append(f"{last[:-3]}y")
    if last.endswith("ves"):
        forms += [f"{last[:-3]}f", f"{last[:-3]}fe"]
    return [f"{first} {form}".strip() for form in forms if form]


def _token(match: re.Match[str]) -> Token:
    text = match.group()
    return Token(text.lower().replace("’", "'"), match.start(), match.end(), text[0].isupper())


def _compound(raw: list[Token], at: int) -> int:
    """How many words the compound at `at` has; 1 when there is none."""
    if _described(raw, at, 2):
        return 2
    first = raw[at].word
    for start in (first, first.removesuffix("s")):
        for phrase in word_lists.compounds().get(start, ()):
            size = phrase.count(" ") + 1
            said = " ".join(token.word for token in raw[at : at + size])
            same = said.startswith(phrase[:-3])
            if said == phrase or (same and phrase in singulars(said)):
                return size
    return 1


def _described(raw: list[Token], at: int, size: int) -> bool:
    """True for "red haired" and "dark skinned" without their hyphen."""
    if size != 2 or at + 1 >= len(raw) or not raw[at].word.isalpha():
        return False
    last = raw[at + 1].word
    return last.endswith("ed") and last in word_lists.mapping("worn", "suffixes")


def _chunks(tokens: Sequence[Token]) -> Iterator[Chunk]:
    grammar = lexicon.grammar()
    link, start, article, run = "", 0, "", list[Token]()
    for token in tokens:
        if token.word in grammar.breaks:
            if run:
                yield Chunk(link, tuple(run), start, article)
                link, run = "", []
            link, start, article = _link(link, token.word), start if link else token.start, ""
        elif token.word not in grammar.fillers:
            run.append(token)
        elif not run and token.word in ("a", "an", "the"):
            article = token.word
    if run:
        yield Chunk(link, tuple(run), start, article)


def _link(before: str, word: str) -> str:
    """Of several links in a row ("and with", "dressed in") the one that says more."""
    if before == "made":
        return before
    return before if before and word in ("in", "by", "as", *JOINED) else word
