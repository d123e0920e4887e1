"""The words that concepts are made of, and those that are kept away from training."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from chatanything.diffusion.sketch.bodies import BODIES, HATS, body_for, has_own_body, known_nouns
from chatanything.diffusion.sketch.palette import COLOURS, SUBSTANCES
from chatanything.evaluation.evaluation_set import evaluation_set
from chatanything.persona import read_concept
from chatanything.persona.offline import lexicon
from chatanything.seeding import generator

CONCEPTS = Path(__file__).resolve().parents[3] / "benchmarks" / "concepts.json"
HELD_OUT = 13
"""Of 256 hashes of a modifier and a noun, those that are never painted: 5 %."""


@dataclass(frozen=True)
class Vocabulary:
    """What `words.json` beside the weights says; see `chatanything.diffusion.mixture.known_words`."""

    nouns: tuple[str, ...]
    traits: tuple[str, ...]
    colours: tuple[str, ...]
    materials: tuple[str, ...]
    hats: tuple[str, ...]

    def write(self, path: Path) -> None:
        """Write it as the product reads it."""
        path.write_text(json.dumps(asdict(self), indent=0, ensure_ascii=False) + "\n", "utf-8")


@cache
def vocabulary() -> Vocabulary:
    """Every word that may be drawn."""
    nouns = sorted(
        {noun for table in (things(), people()) for names in table.values() for noun in names}
    )
    traits, colours = sorted(lexicon.traits()), sorted(COLOURS)
    return Vocabulary(
        tuple(nouns), tuple(traits), tuple(colours), tuple(sorted(SUBSTANCES)), tuple(sorted(HATS))
    )


@cache
def _bodies() -> dict[str, tuple[str, ...]]:
    """Silhouette to the nouns that it truly shows, none that it only stands in for."""
    found: dict[str, list[str]] = {}
    for noun in known_nouns():
        reading = read_concept(noun)
        if reading.noun == noun and has_own_body(reading):
            found.setdefault(body_for(reading, generator(0, "training", noun)), []).append(noun)
    return {body: tuple(names) for body, names in sorted(found.items())}


@cache
def things() -> dict[str, tuple[str, ...]]:
    """Silhouettes of all but people, and their nouns."""
    return {body: nouns for body, nouns in _bodies().items() if BODIES[body].kind != "human"}


@cache
def people() -> dict[str, tuple[str, ...]]:
    """Silhouettes of people and their nouns, and every profession."""
    human = {body: nouns for body, nouns in _bodies().items() if BODIES[body].kind == "human"}
    return human | {"": tuple(sorted(lexicon.professions()))}


@cache
def asked_pairs() -> frozenset[tuple[str, str]]:
    """(modifier, noun) of every prompt that the project is judged with."""
    table = json.loads(CONCEPTS.read_text("utf-8"))["categories"]
    texts = [text for names in table.values() for text in names]
    texts += [prompt.text for group in evaluation_set().values() for prompt in group]
    words = [text.lower().split() for text in texts]
    return frozenset(
        (each[at], " ".join(each[first:]))
        for each in words
        for first in range(1, len(each))
        for at in range(first)
    )


def is_held_out(modifier: str, noun: str) -> bool:
    """True for pairs that are never painted: those of the evaluations, and 5 % of all by a hash.

    >>> is_held_out("grumpy", "man")
    True
    """
    mark = hashlib.sha256(f"{modifier} {noun}".encode()).digest()[0]
    return (modifier, noun) in asked_pairs() or mark < HELD_OUT
