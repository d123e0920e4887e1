"""How well an expert's description fits a persona, by shared words.

The score is a cosine of tf-idf vectors (Salton & Buckley 1988) whose inverse document frequency
is counted over the pool itself: a word that all experts use says nothing about any of them.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ...model_folders import ModelFolders
from ...persona import Persona, read_concept
from ..records import Expert

WEIGHTS = {"concept": 3.0, "kind": 3.0, "appearance": 1.0, "personality": 1.0, "style": 0.5}
"""How much a word counts by where it stands in the persona."""

STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and anything are as at be by for from has her his in into is it its like of on or our "
        "she small such that the their them they thing this to very was who with you your he",
    )
)


@dataclass(frozen=True)
class Match:
    """One expert's fit."""

    expert: Expert
    score: float
    """In [0, 1]; comparable within one pool."""
    why: str
    """What speaks for it, in words."""


class TfIdfMatcher:
    """The matcher that needs no model."""

    def rank(
        self, persona: Persona, experts: Sequence[Expert], *, model: str, folders: ModelFolders
    ) -> list[Match]:
        """Rank by shared words; `model` and `folders` are not looked at."""
        return rank_by_words(persona, experts)


def rank_by_words(persona: Persona, experts: Sequence[Expert]) -> list[Match]:
    """Experts by how well they fit the persona, best first; equal fits keep the pool's order."""
    documents = [Counter(content_words(described(e))) for e in experts]
    rarity = {
        word: math.log(1 + len(documents) / sum(word in d for d in documents))
        for word in set().union(*documents)
    }
    query = _query(persona)
    matches = [_match(e, d, query, rarity) for e, d in zip(experts, documents, strict=True)]
    return sorted(matches, key=lambda match: -match.score)


def described(expert: Expert) -> str:
    """Everything that an expert says about itself."""
    return f"{expert.description} {' '.join(expert.tags)}"


def told(persona: Persona) -> dict[str, str]:
    """What a persona says about itself, by the names of WEIGHTS.

    The kind is that of its noun. Texts that were put together from sentences of a lexicon say
    no more than the concept does: their "portrait" and "character" would speak for an expert.
    """
    reading = read_concept(persona.concept)
    said = {"concept": persona.concept, "kind": f"{reading.noun} {reading.kind}"}
    if persona.provenance.engine == "offline":
        return said
    texts = (persona.appearance, persona.personality, persona.speaking_style)
    return said | dict(zip(("appearance", "personality", "style"), texts, strict=True))


def content_words(text: str) -> list[str]:
    """Lower-case words without stop words, plurals cut to their singular.

    >>> content_words("The Grumpy teapots, and berries!")
    ['grumpy', 'teapot', 'berry']
    """
    found = re.findall(r"[^\W\d_]{2,}", text.lower())
    return [_singular(word) for word in found if word not in STOP_WORDS]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "su" else word


def _query(persona: Persona) -> dict[str, float]:
    query: dict[str, float] = {}
    for place, text in told(persona).items():
        for word in set(content_words(text)):
            query[word] = query.get(word, 0.0) + WEIGHTS[place]
    return query


def _match(
    expert: Expert, document: Counter[str], query: dict[str, float], rarity: dict[str, float]
) -> Match:
    shared = {w: query[w] * rarity[w] ** 2 for w in query if w in document}
    length = math.sqrt(sum(rarity[w] ** 2 for w in document))
    scale = math.sqrt(sum((v * rarity.get(w, 1.0)) ** 2 for w, v in query.items()))
    telling = sorted(shared, key=lambda word: (-shared[word], word))
    if telling:
        why = f"its description shares {', '.join(telling[:5])}"
    else:
        why = "no description shares a word with the persona"
    return Match(expert, sum(shared.values()) / (length * scale or 1.0), why)
