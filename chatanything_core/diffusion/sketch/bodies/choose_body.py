"""Which body a concept gets: by its noun, else by what kind of thing it is."""

import json
from functools import cache
from pathlib import Path

import numpy as np

from ....errors import InputError
from ....persona import Reading
from .base import Body, Hat, Part
from .load import Drawings, load_body, load_hat, load_piece, nouns_of

_HERE = Path(__file__).parent
BODIES: Drawings[Body] = Drawings(_HERE / "drawings", load_body)
"""Every silhouette by its name."""
HATS: Drawings[Hat] = Drawings(_HERE / "hats", load_hat)
"""Head wear by name."""
HAIRS: Drawings[tuple[Part, ...]] = Drawings(_HERE / "hair", load_piece)
"""Hair of people by the name of its style, and cloth that is worn over it."""
CLOTHES: Drawings[tuple[Part, ...]] = Drawings(_HERE / "clothes", load_piece)
"""Clothes of people by name."""
TOOLS: Drawings[tuple[Part, ...]] = Drawings(_HERE / "tools", load_piece)
"""What is only held, by name."""
ACCESSORIES: Drawings[tuple[Part, ...]] = Drawings(_HERE / "accessories", load_piece)
"""What people wear over their clothes, by name."""


@cache
def _data() -> dict[str, dict[str, str]]:
    files = ("nouns.json", "tools.json")
    data: dict[str, dict[str, str]] = {}
    for name in files:
        data |= json.loads((_HERE / name).read_text("utf-8"))
    return data


Claims = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""Nouns that each drawing claims by its name: of what it shows, and of what it has to do for."""


@cache
def _claims() -> Claims:
    return claims_of(BODIES)


def claims_of(drawings: Drawings[Body]) -> Claims:
    """Read the heads of all drawings."""
    return {name: nouns_of(path) for name, path in drawings.files.items()}


@cache
def _by_noun() -> dict[str, tuple[str, ...]]:
    return bodies_by_noun(_claims(), _data()["choices"])


def bodies_by_noun(drawn: Claims, choices: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Each noun and the names of the bodies that it may get.

    `choices` has names, divided by |, and the nouns, divided by commas, that mean any of them.

    Raises:
        InputError: a noun is claimed twice.
    """
    found: dict[str, tuple[str, ...]] = {}
    claims = {name: own + others for name, (own, others) in drawn.items()}
    claims |= {names: tuple(nouns.split(", ")) for names, nouns in choices.items()}
    for claimant, nouns in claims.items():
        names = tuple(claimant.split("|"))
        for noun in nouns:
            if noun in found:
                rivals = " and by ".join(repr("|".join(each)) for each in (found[noun], names))
                raise InputError(
                    f"The noun {noun!r} is claimed by {rivals}. A noun may have one body: take it "
                    "out of data-nouns of one drawing, or out of nouns.json."
                )
            found[noun] = names
    return found


def known_nouns() -> tuple[str, ...]:
    """Every noun that has a body of its own choosing, sorted."""
    return tuple(sorted(_by_noun()))


def words_of(reading: Reading) -> frozenset[str]:
    """Every word that may say something about looks; traits in English in any language."""
    return frozenset((*reading.words, *reading.adjectives, reading.noun, reading.profession))


def body_for(reading: Reading, rng: np.random.Generator) -> str:
    """Name of the body; any concept gets one, and `rng` chooses among those that fit."""
    noun = noun_drawn(reading)
    if noun:
        return str(rng.choice(_by_noun()[noun]))
    kinds = _data()["kinds"]
    return str(rng.choice(kinds.get(reading.kind, kinds["thing"]).split("|")))


def noun_drawn(reading: Reading) -> str:
    """What a drawing claims of the reading: "cola can", "block of cheese", else of its noun."""
    if not reading.noun:
        return ""
    before, noun, after = " ".join(reading.phrase).partition(reading.noun)
    words = before.split()
    longer = [" ".join((*words[first:], noun)) for first in range(len(words))]
    found = next((each for each in (*longer, noun + after) if each in _by_noun()), "")
    return found if noun and found else claimed(reading.noun)


def claimed(noun: str) -> str:
    """The part of a noun that a drawing claims: all of it, else its end; empty when none does.

    >>> claimed("coffee table"), claimed("suspension bridge"), claimed("flurbinator")
    ('coffee table', 'bridge', '')
    """
    words = noun.split(" ")
    ends = (" ".join(words[first:]) for first in range(len(words)))
    return next((end for end in ends if end in _by_noun()), "")


def body_of(noun: str) -> str:
    """Name of the first body that a noun has of its own; empty when it has none."""
    return _by_noun().get(claimed(noun), ("",))[0]


@cache
def _stand_ins() -> frozenset[str]:
    return frozenset(noun for _, others in _claims().values() for noun in others)


def has_own_body(reading: Reading) -> bool:
    """True when a drawing shows what it is, and not just something like it."""
    noun = noun_drawn(reading)
    return bool(noun) and noun not in _stand_ins()


@cache
def _nouns_in(table: str) -> dict[str, str]:
    """Each noun of a table of the two files, and the row that it stands in."""
    rows = _data()[table].items()
    return {noun: row for row, nouns in rows for noun in nouns.split(", ")}


def tool_of(noun: str) -> tuple[str, str]:
    """Name and usual colour, rrggbb, of what is only drawn in a hand; empty when it is none."""
    name = _nouns_in("tools").get(noun, "")
    return name, _nouns_in("tool colours").get(name, "")


def held_by(job: str) -> str:
    """What someone of a job holds; empty when nothing in particular."""
    return _nouns_in("held by").get(job, "")


def colour_of(noun: str) -> str:
    """Natural colour of a noun, rrggbb, where it is not the body's own; else empty."""
    return _nouns_in("colours").get(noun, "")
