"""What a person wears: what the concept names, else what suits the job, else something everyday."""

from dataclasses import replace

import numpy as np

from ..bodies import ACCESSORIES
from .terms import lookup, tables
from .wishes import Item, Wishes

CLOTHS = ("c9302c", "2f5a8a", "e0b040", "3f7a5a", "7d4fa8", "d8d2c4")
"""Colours of scarves and other cloth."""
WHITE = frozenset({"pearls", "stud earrings", "ruff"})
GOLD, PEARL = ("e0b040",), ("f4efe6",)
OPEN = frozenset(
    [
        "leather jacket",
        "denim jacket",
        "suit",
        "tuxedo",
        "coat",
        "trench coat",
        "lab coat",
        "cardigan",
        "overalls",
        "apron",
        "waistcoat",
        "cloak",
        "shawl",
        "high visibility vest",
    ]
)
"""Clothes under which others are seen."""


def one_of(rng: np.random.Generator, options: tuple[str, ...]) -> str:
    """One of several, by the seed."""
    return str(rng.choice(options))


def coloured(item: Item, colours: tuple[str, ...], rng: np.random.Generator) -> Item:
    """An item in the colour that is said, else in a usual one."""
    return item if item.colour else replace(item, colour=one_of(rng, colours))


def headwear_of(wishes: Wishes, jobs: tuple[str, ...]) -> tuple[Item, ...]:
    """What is named, else what the job has; an astronaut's helmet is that of the job."""
    usual = _of_job("job headwear", jobs)
    said = wishes.of("headwear")
    if [item.name for item in said] == ["helmet"] and any("helmet" in i.name for i in usual):
        return usual
    return said or usual


def _of_job(table: str, jobs: tuple[str, ...]) -> tuple[Item, ...]:
    """What a job puts on."""
    rows = tables()[table].items()
    return tuple(Item(name) for name, known in rows if _jobs(known) & set(jobs))


def _jobs(jobs: str) -> set[str]:
    return {word.replace("-", " ") for word in jobs.split()}


def is_bearded(jobs: tuple[str, ...]) -> bool:
    """Whether men of a job are shown with a beard."""
    return bool(_jobs(tables()["bearded jobs"]) & set(jobs))


def accessories_of(
    wishes: Wishes, jobs: tuple[str, ...], rng: np.random.Generator
) -> tuple[Item, ...]:
    """What is worn over the clothes: cloth in a bright colour, jewels of gold."""
    said = (*wishes.of("over"), *wishes.of("jewellery"))
    found = []
    for item in said or _of_job("job accessories", jobs):
        golden = item.name in lookup("jewellery").values() or item.name == "badge"
        usual = PEARL if item.name in WHITE else GOLD if golden else CLOTHS
        found.append(coloured(item, usual, rng))
    return tuple(item for item in found if item.name in ACCESSORIES)


def clothes_of(
    wishes: Wishes, jobs: tuple[str, ...], base: str, rng: np.random.Generator
) -> tuple[Item, Item | None]:
    """The clothes that are named; else those of the job; else something everyday; and, where
    they are open and more is named, what is under them."""
    said = list(wishes.of("clothes"))
    if not said:
        formal = tables()["role clothes"].get(base, "") if len(jobs) > 2 else ""
        usual = formal or tables()["default clothes"][base]
        said = [Item(outfit_of(jobs) or one_of(rng, tuple(usual.split(", "))))]
    outer = next((item for item in reversed(said) if item.name in OPEN), said[-1])
    inner = [item for item in said if item != outer] if outer.name in OPEN else []
    rows = tables()["job colours"].items()
    own = tuple(colour for colour, known in rows if _jobs(known) & set(jobs))
    return _in_usual(outer, own, rng), _in_usual(inner[-1], (), rng) if inner else None


def _in_usual(item: Item, own: tuple[str, ...], rng: np.random.Generator) -> Item:
    """Clothes in the colour that is said, else that of the job, else a usual one."""
    return coloured(item, own or tuple(tables()["clothes"][item.name]["colours"].split()), rng)


def outfit_of(jobs: tuple[str, ...]) -> str:
    """Name of the clothes of the first job that has some of its own; empty when none has.

    >>> outfit_of(("pediatric surgeon", "surgeon")), outfit_of(("flurbinator",))
    ('scrubs', '')
    """
    for job in jobs:
        for name in (job, job.split()[-1]):
            found = next(
                (c for c, known in tables()["outfits"].items() if name in _jobs(known)), ""
            )
            if found:
                return str(found)
    return ""
