"""Find what a concept is about: the head noun, its kind, and what it works as.

English noun phrases put the head last ("pirate parrot") and qualify it after a preposition or
a relative pronoun ("teapot with a moustache"), so the head is the last known noun of the
first chunk that has one. Before "with" and similar words it is the head even when it is unknown
("a flurbinator with big eyes"). A job beside a thing is what the thing does ("zebra painter"),
unless the thing is what the job is about ("dog trainer").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .. import lexicon
from . import word_lists
from .tokens import Chunk, Token, singular

_ATTRIBUTES = frozenset(
    {"with", "without", "wearing", "holding", "carrying", "riding", "in", "of", "dressed", "having"}
)
"""What follows these belongs to what stands before them."""
AMOUNTS = frozenset(
    lexicon.split(
        "slice, piece, pair, bunch, bouquet, loaf, pile, heap, stack, herd, flock, swarm, pack, "
        "group, kind, sort, type, lot, handful, drop, bit, set, couple, dozen, portion, sheet, lump"
    )
)
"""Before "of" these say how much there is of the noun after it."""


@dataclass(frozen=True)
class Head:
    """What a concept is about."""

    token: Token
    noun: str
    """In the singular."""
    kind: str
    """One of persona.KINDS."""
    chunk: Chunk
    """Where it stands."""
    known: bool = True
    profession: str = ""


def head_of(chunks: Sequence[Chunk]) -> Head | None:
    """The head noun; None when no word can be one."""
    return _unknown_head(chunks) or _first_known(chunks)


@lru_cache(maxsize=1024)
def is_role(word: str) -> bool:
    """Whether `word` says what someone does, by the lists or by its ending.

    >>> is_role("playwright"), is_role("survivor"), is_role("toaster"), is_role("river")
    (True, True, False, False)
    """
    if word in word_lists.roles():
        return True
    if word in lexicon.nouns() or says_how(word) or word in word_lists.words("people", "no_roles"):
        return False
    if singular(word) or word in word_lists.worn() or word in word_lists.parts():
        return False
    endings = lexicon.split(str(word_lists.table("people")["role_endings"]))
    fits = any(word.endswith(ending) and len(word) > len(ending) + 2 for ending in endings)
    return fits and not _ending_kind(word)


def _unknown_head(chunks: Sequence[Chunk]) -> Head | None:
    """The unknown noun that a concept begins with, when what follows only describes it."""
    if len(chunks) < 2 or chunks[0].link or chunks[1].link not in _ATTRIBUTES:
        return None
    amounts = set(chunks[0].words) & AMOUNTS
    return None if amounts or _nouns_in(chunks[0]) else _guessed(chunks[0])


def _first_known(chunks: Sequence[Chunk]) -> Head | None:
    for chunk in chunks:
        found = _nouns_in(chunk)
        if found:
            return _known(found, chunk)
    return _guessed(chunks[0]) if chunks else None


GROWN = ("fruit", "vegetable", "plant")


def _nouns_in(chunk: Chunk) -> list[tuple[Token, str]]:
    """Nouns and roles; a word that also says how something is counts only at the end.

    Of what grows it counts before a job, too: an elegant rose actress is a rose.
    """
    found = []
    for at, token in enumerate(chunk.tokens):
        noun = _noun(token.word)
        last = at == len(chunk.tokens) - 1
        if noun and (last or not says_how(token.word) or _grown(noun, chunk.tokens[at + 1 :])):
            found.append((token, noun))
    return found


def _grown(noun: str, after: Sequence[Token]) -> bool:
    known = lexicon.nouns().get(noun)
    return bool(known and known.kind in GROWN and len(after) == 1 and is_role(after[0].word))


def _noun(word: str) -> str:
    return singular(word) or (word if is_role(word) else "")


def _known(found: list[tuple[Token, str]], chunk: Chunk) -> Head:
    token, noun = found[-1]
    if noun in lexicon.nouns() and not is_role(noun):
        jobs = [word for _, word in found[:-1] if is_role(word)]
        return Head(token, noun, lexicon.nouns()[noun].kind, chunk, True, "".join(jobs[-1:]))
    things = [pair for pair in found[:-1] if pair[1] in lexicon.nouns()]
    if things and _works(*things[-1], noun):
        bearer, thing = things[-1]
        return Head(bearer, thing, lexicon.nouns()[thing].kind, chunk, True, noun)
    kind = lexicon.nouns()[noun].kind if noun in lexicon.nouns() else "human"
    return Head(token, _job(noun), kind, chunk, True, _job(noun))


def _job(role: str) -> str:
    """The job in a role of several words: a taxi driver is a driver."""
    last = role.rpartition(" ")[2]
    return last if role not in lexicon.professions() and last in lexicon.professions() else role


def _works(bearer: Token, thing: str, job: str) -> bool:
    """Whether the thing does the job, as in "teapot detective"; a dog trainer is no dog."""
    kind = lexicon.nouns()[thing].kind
    jobs = word_lists.objects()
    if kind in lexicon.grammar().modifiers or thing in word_lists.words("people", "settings"):
        return False
    if thing in lexicon.materials() or (says_how(bearer.word) and kind not in GROWN):
        return False
    if job == "farmer" and thing in word_lists.words("people", "farmed"):
        return False
    last = job.rpartition(" ")[2]
    about = jobs[""] | jobs.get(kind, frozenset())
    return not {job, last, last.rpartition("-")[2]} & about


def _guessed(chunk: Chunk) -> Head | None:
    """The last word that is not an adjective; its ending tells its kind."""
    tokens = [token for token in chunk.tokens if not says_how(token.word)]
    if not tokens:
        return None
    token = tokens[-1]
    kind = "idea" if token.word.isdigit() else _ending_kind(token.word)
    if not kind and is_role(token.word):
        return Head(token, token.word, "human", chunk, False, token.word)
    job = token.word if kind == "human" else ""
    return Head(token, token.word, kind or "thing", chunk, False, job)


def _ending_kind(word: str) -> str:
    table = lexicon.grammar().endings.items()
    endings = (kind for ending, kind in table if word.endswith(ending) and word != ending)
    return next(endings, "")


def says_how(word: str) -> bool:
    """Whether a word of the lexicon tells how something is: a trait, a colour or a material."""
    return word in lexicon.traits() or word in lexicon.colours() or word in lexicon.materials()
