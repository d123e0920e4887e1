"""A person's looks: what the concept says, and for the rest what suits sex, age, origin and job."""

from dataclasses import dataclass

import numpy as np

from ....landmarks.face_model.emotion_shapes import Change, add_shape
from ..bodies import HAIRS, HATS
from ..palette import luminance
from ..surface.canvas import linear
from .outfit import CLOTHS, accessories_of, clothes_of, coloured, headwear_of, one_of
from .terms import tables, terms, words_in
from .wishes import Item, Wishes, wishes_of

INFANT, CHILD, GROWN, OLD = 3.0, 13.0, 45.0, 65.0
"""Years from which one has much hair, is no child, has first lines, is old."""
CLOTH_OF = {"wimple": ("26262c",), "space helmet": ("c4ccd4",)}
"""Colours of what covers hair, where it has its own."""
FAIR = frozenset({"e8c878", "f0e0b0", "dcae58", "b8481c"})
"""Colours of hair that seldom go with dark skin."""
LIGHT = ("f0c8a8", "f5d5bd", "e3b08a")
SKINS = ("f0c8a8", "e3b08a", "c98d63", "a86f48", "8a5838", "6d452e", "f5d5bd", "d9a27a")
HAIR_COLOURS = ("3a281c", "4a2f1d", "7a4a26", "a8703a", "c99a50", "8e3b1c", "2c2a30")
"""Natural colours; only the first and the last go with dark skin."""
GREYS = ("cfcbc4", "e4e0da", "b4b0aa")
DARK_EYES = ("3a2518", "4a2e1c", "2e1e16")
DARK = 0.22
"""Luminance of skin below which hair is dark."""
FEATURES: dict[str, Change] = {
    "freckles": {"freckles": 0.9},
    "rosy cheeks": {"blush": 0.6},
    "wrinkles": {"age": 0.7},
    "lipstick": {"lips": 0.25},
    "thick eyebrows": {"brow_weight": 0.7},
    "big eyes": {"eye_size": 0.12, "iris_size": 0.1},
    "big nose": {"nose": 0.35},
    "small nose": {"nose": -0.25},
    "full lips": {"lips": 0.4},
    "long lashes": {"lashes": 0.6},
}
"""Words that change the face itself."""


@dataclass(frozen=True)
class Person:
    """What a person looks like and wears."""

    base: str
    """Body that gives the head: `woman`, `man`, `girl`, `boy`, `grandmother`, `grandfather`."""
    skin: str
    """rrggbb."""
    hair: str
    """Colour, rrggbb."""
    style: Item
    """Hair style, or the cloth that covers it; its name is empty when bald."""
    clothes: Item
    under: Item | None = None
    """What is seen under open clothes."""
    over: tuple[Item, ...] = ()
    """Scarves, ties and jewellery over the clothes."""
    hats: tuple[Item, ...] = ()
    face: tuple[Item, ...] = ()
    """Beards, glasses and paint."""
    eyes: str = ""
    """Colour, rrggbb; empty for the seed's choice."""
    change: Change | None = None
    """What the words do to the face."""

    @property
    def bearded(self) -> bool:
        """Whether words say how the beard is."""
        return any(item.name in tables()["beard"] for item in self.face)

    @property
    def covered(self) -> bool:
        """Whether cloth covers the hair."""
        return self.style.name in tables()["headwear"]


def read_person(
    phrases: tuple[str, ...],
    jobs: tuple[str, ...],
    sex: str,
    age: float,
    rng: np.random.Generator,
) -> tuple[Person, tuple[str, ...]]:
    """A person's looks, and the phrases that nothing of it shows.

    Args:
        phrases: What the concept says of looks and clothes, a few words each.
        jobs: What it is called, its job and its noun, as far as there are: ("roman emperor",
            "emperor", "emperor"). Who has a job is dressed for it.
        sex: `female` or `male`.
        age: Years.
        rng: Chooses what is not said.
    """
    wishes, unused = wishes_of(phrases)
    base = base_of(sex, age)
    origin = _origin(wishes, jobs)
    skin = _skin(wishes, origin.get("skin", ""), rng)
    hair = _hair_colour(wishes, origin.get("hair", ""), skin, age, rng)
    headwear = headwear_of(wishes, jobs)
    bald = age < INFANT and not wishes.style
    style = "" if bald else _style(wishes, base, sex, origin.get("texture", ""), rng)
    clothes, under = clothes_of(wishes, jobs, base, rng)
    person = Person(
        base,
        skin,
        hair,
        _covered(Item(style), headwear, rng),
        clothes,
        under,
        accessories_of(wishes, jobs, rng),
        tuple(item for item in headwear if item.name in HATS)[-1:],
        (*wishes.of("beard"), *wishes.of("face")),
        wishes.eyes or _dark_eyes(skin, origin.get("texture", ""), rng),
        _change(wishes, age),
    )
    return person, (*unused, *_unseen(person, phrases))


def _covered(style: Item, headwear: tuple[Item, ...], rng: np.random.Generator) -> Item:
    """The hair, or the cloth that is worn over it."""
    cloths = [item for item in headwear if item.name in HAIRS]
    if not cloths:
        return style
    return coloured(cloths[-1], CLOTH_OF.get(cloths[-1].name, CLOTHS), rng)


def _unseen(person: Person, phrases: tuple[str, ...]) -> list[str]:
    """Phrases about clothes and hats that others hide."""
    seen = {person.clothes.name, person.style.name, *(hat.name for hat in person.hats)}
    seen |= {person.under.name} if person.under else set()
    asked = {phrase: wishes_of((phrase,))[0] for phrase in phrases}
    return [
        phrase
        for phrase, wishes in asked.items()
        for item in (*wishes.of("clothes"), *wishes.of("headwear"))
        if not any(item.name in name for name in seen)
    ]


def base_of(sex: str, age: float) -> str:
    """The body whose head someone has.

    >>> base_of("female", 70)
    'grandmother'
    """
    names = ("girl", "woman", "grandmother") if sex == "female" else ("boy", "man", "grandfather")
    return names[0 if age < CHILD else 1 if age < OLD else 2]


def _origin(wishes: Wishes, jobs: tuple[str, ...]) -> dict[str, str]:
    """The row of `origins` that is said, or that the job has: a samurai is Japanese."""
    named = [int(term.name) for term in terms(words_in(" ".join(jobs[1:])), ("origins",))]
    rows = named if wishes.origin < 0 else [wishes.origin]
    return dict(tables()["origins"][rows[-1]]) if rows else {}


def _skin(wishes: Wishes, natural: str, rng: np.random.Generator) -> str:
    """The colour that is said, or is usual there; light with fair hair."""
    usual = LIGHT if wishes.hair in FAIR else SKINS
    return one_of(rng, wishes.skin or tuple(natural.split()) or usual)


def _dark_eyes(skin: str, texture: str, rng: np.random.Generator) -> str:
    """A brown where eyes are brown; empty where they may have any colour."""
    return one_of(rng, DARK_EYES) if texture or luminance(linear(skin)) < DARK else ""


def _hair_colour(
    wishes: Wishes, natural: str, skin: str, age: float, rng: np.random.Generator
) -> str:
    """The colour that is said; else grey for the old, and dark on dark skin."""
    if wishes.hair:
        return wishes.hair
    if age >= OLD:
        return one_of(rng, GREYS)
    if natural:
        return one_of(rng, tuple(natural.split()))
    dark = luminance(linear(skin)) < DARK
    return one_of(rng, HAIR_COLOURS[:1] + HAIR_COLOURS[-1:] if dark else HAIR_COLOURS)


def _style(wishes: Wishes, base: str, sex: str, texture: str, rng: np.random.Generator) -> str:
    """The first row of hair styles all of whose words are said; else one that suits."""
    said = {*wishes.style, sex}
    for row in tables()["looks"] if wishes.style else ():
        if set(_looks(row["words"])) <= said:
            return one_of(rng, tuple(row["styles"].split(", ")))
    usual = tables()[f"{texture} hair" if texture else "hair styles"][base]
    return one_of(rng, tuple(usual.split(", ")))


def _looks(words: str) -> tuple[str, ...]:
    """Words of a row of `looks`: a name of two words is one."""
    named = {row["words"] for row in tables()["looks"]}
    return (words,) if " " in words and words in named and words in HAIRS else tuple(words.split())


def _change(wishes: Wishes, age: float) -> Change:
    """Lines of age by years, and the features that are named."""
    total: Change = {"age": float(np.interp(age, (30, GROWN, OLD, 80), (0.0, 0.2, 0.65, 0.95)))}
    for item in wishes.of("face"):
        add_shape(total, FEATURES.get(item.name, {}), 1.0)
    return total
