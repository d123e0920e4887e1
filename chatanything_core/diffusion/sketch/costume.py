"""From a reading to the body that is painted, what it wears and holds, and what is not drawn."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from ...landmarks.face_model.emotion_shapes import Change
from ...persona import Attribute, Reading
from .bodies import ACCESSORIES, BODIES, HATS, Body, Part, body_for
from .bodies.choose_body import held_by
from .bodies.details import recoloured
from .bodies.held import can_be_held, held_parts
from .face.face_style import TRAITS
from .face.facewear import FACEWEAR
from .landscapes import place_of
from .palette import SUBSTANCES
from .people import Item, Person, dressed, is_bearded, read_person
from .people.dress import wear
from .people.dyes import colour_in
from .people.wishes import Wishes, wishes_of
from .surface.outlines import move
from .wardrobe import worn_by
from .weather import weather_of

Stream = Callable[[str], np.random.Generator]
"""Random numbers for a purpose."""
ADULT = 32.0
"""Years of fairies and others who look human and of whose age nothing is said."""
RED = "c9302c"
HUMAN = (0.0, -0.07, 0.4)
"""The face of the bodies that accessories are drawn for."""

HOLD = "holding|carrying|playing|riding|smoking"
VERBS = f"{HOLD}|wearing|in"
ARTICLES = "an?|the|his|her|its|their|some"
BEARD_AGE = 16
BEARDS = frozenset(
    {"beard", "long beard", "goatee", "moustache", "walrus moustache", "handlebar moustache"}
)
UNSUITED = frozenset({"bow tie", "nurse cap", "halo"})
"""What tells the job of a thing; people wear clothes for that."""
EYEWEAR = frozenset({"glasses", "square glasses", "sunglasses", "monocle", "eye patch"})


@dataclass(frozen=True, eq=False)
class Costume:
    """What is painted, but for its colours and its expression."""

    body: Body
    """Dressed, if it is a person's."""
    worn: tuple[str, ...] = ()
    """Names of hats and of what is worn on the face."""
    dyes: tuple[tuple[str, str], ...] = ()
    """Names of those that are not in their own colour, and the colour, rrggbb."""
    held: tuple[Part, ...] = ()
    person: Person | None = None
    eyes: str = ""
    """Colour, rrggbb; empty for the seed's choice."""
    change: Change | None = None
    """What words do to the face."""
    lips: str = ""
    """Colour, rrggbb; empty for that of the skin."""
    place: str = ""
    weather: str = ""
    missing: tuple[str, ...] = ()
    """What the concept says of looks that is not drawn."""


def costume_of(reading: Reading, stream: Stream) -> Costume:
    """Dress what the concept is; `reading` is a persona's (`persona.reading_of`)."""
    body = BODIES[body_for(reading, stream("body"))]
    place, weather = place_of(reading.place), weather_of(reading.weather or reading.place)
    asked = ((reading.place, place), (reading.weather, weather))
    told = tuple(words for words, scene in asked if words and not scene)
    holds = tuple(each for each in reading.holds if _in_hand(each, reading))
    worn = (*reading.wears, *(each for each in reading.holds if each not in holds))
    phrases = (*told, *map(_phrase, (*reading.attributes, *worn)))
    if reading.person or body.kind == "human":
        made = _person(reading, phrases, stream)
    else:
        made = _thing(replace(reading, wears=worn), body)
    job = held_by(reading.profession or reading.noun)
    held = _held(holds or ((Attribute((), job),) if job else ()), made)
    missing = tuple(_as_said(each, reading) for each in made.missing)
    return replace(made, held=held, place=place, weather=weather, missing=missing)


def _person(reading: Reading, phrases: tuple[str, ...], stream: Stream) -> Costume:
    sex, age = reading.sex, ADULT if reading.age is None else reading.age
    jobs = tuple(filter(None, (" ".join(reading.phrase), reading.profession, reading.noun)))
    person, unused = read_person(phrases, jobs, sex, age, stream("person"))
    worn = _worn_by_person(person, reading, sex, age)
    paints = [item.colour for item in person.face if item.name == "lipstick"]
    return Costume(
        dressed(person),
        tuple(item.name for item in worn),
        tuple((item.name, item.colour) for item in worn if item.colour),
        person=person,
        eyes=person.eyes,
        change=person.change,
        lips=(paints[-1] or "b01830") if paints else "",
        missing=unused,
    )


def _worn_by_person(person: Person, reading: Reading, sex: str, age: float) -> list[Item]:
    """Hats and what is on the face: what is named, else what the job calls for."""
    named = [*person.hats, *(item for item in person.face if item.name in FACEWEAR)]
    usual = [name for name in worn_by(reading, "") if name not in UNSUITED]
    grown = sex == "male" and age >= BEARD_AGE
    if grown and is_bearded((reading.profession, reading.noun)):
        usual.append("beard")
    if person.clothes.name != "armour" and "helmet" in usual:
        usual.remove("helmet")
    unwanted = BEARDS if person.bearded or not grown else frozenset()
    hatless = frozenset(HATS) if person.covered else frozenset()
    return _with_usual(named, [name for name in usual if name not in unwanted | hatless])


def _with_usual(named: list[Item], usual: Iterable[str]) -> list[Item]:
    """What is named, and of what is usual the kinds that are not."""
    kinds = (frozenset(HATS), BEARDS, EYEWEAR)
    taken = {name for kind in kinds for name in kind if any(i.name in kind for i in named)}
    taken |= {item.name for item in named}
    return [*named, *(Item(name) for name in dict.fromkeys(usual) if name not in taken)]


def _thing(reading: Reading, body: Body) -> Costume:
    """A thing or an animal: colours of its parts, and what it wears on head, face and neck."""
    body, eyes, others = _details(reading, body)
    phrases = (*others, *map(_phrase, reading.wears))
    wishes, lost = wishes_of(phrases)
    items = [i for table in ("headwear", "face", "beard") for i in wishes.of(table)]
    worn = [item for item in items if item.name in HATS or item.name in FACEWEAR]
    neck = [i for t in ("over", "jewellery") for i in wishes.of(t) if i.name in ACCESSORIES]
    body = replace(body, parts=(*body.parts, *_on_neck(neck, body)))
    # Whiskers of men on a muzzle or a thing hide the mouth: they are worn when they are named.
    usual = tuple(name for name in worn_by(reading, body.name) if name not in BEARDS)
    everything = _with_usual(worn, usual)
    return Costume(
        body,
        tuple(item.name for item in everything),
        tuple((item.name, item.colour) for item in worn if item.colour),
        eyes=eyes,
        missing=(*lost, *_undrawable([*worn, *neck], phrases)),
    )


def _undrawable(drawn: list[Item], phrases: Iterable[str]) -> list[str]:
    """Phrases about what people wear and things do not."""
    used = [phrase for phrase in phrases if wishes_of((phrase,))[0] != Wishes()]
    names = {item.name for item in drawn}
    asked = {phrase: wishes_of((phrase,))[0].items.values() for phrase in used}
    return [
        phrase
        for phrase, tables in asked.items()
        if not any(item.name in names for items in tables for item in items)
    ]


def _on_neck(items: Iterable[Item], body: Body) -> list[Part]:
    """Accessories where the chin of this face is."""
    x, y, scale = body.face
    ratio = scale / HUMAN[2]
    place = (x - HUMAN[0] * ratio, y - HUMAN[1] * ratio, ratio)
    return [
        replace(
            part,
            outlines=tuple(move(line, *place) for line in part.outlines),
            depth=part.depth * ratio,
            role="front",
            marks=tuple(replace(m, outline=move(m.outline, *place)) for m in part.marks),
        )
        for item in items
        for part in wear(ACCESSORIES[item.name], item if item.colour else replace(item, colour=RED))
    ]


def _details(reading: Reading, body: Body) -> tuple[Body, str, tuple[str, ...]]:
    """The body with its parts in the colours that are named, the eyes' colour, what is left."""
    eyes, unused = "", []
    for each in reading.attributes:
        colour = colour_in(each.words)
        if each.part in ("eyes", "eye") and colour:
            eyes = colour
            continue
        new = recoloured(body, each.part, colour) if colour and each.part else None
        if new is None and not _elsewhere(each, reading):
            unused.append(_phrase(each))
        body = new or body
    return body, eyes, tuple(unused)


def _elsewhere(each: Attribute, reading: Reading) -> bool:
    """Whether the face, the material or the whole body shows it."""
    traits = {word for words in TRAITS for word in words.split()}
    shown = traits | set(reading.colours) | set(SUBSTANCES)
    return not each.part and bool(set(each.words) & shown)


def _held(holds: tuple[Attribute, ...], made: Costume) -> tuple[Part, ...]:
    """What is held: the first at the viewer's right, the second at the left."""
    sleeve = made.body.parts[0].tint
    parts: list[Part] = []
    for each in holds[:2]:
        drawn = held_parts(each.part, colour_in(each.words), bool(made.person), left=bool(parts))
        parts += [replace(p, tint=sleeve) if p.tint == "sleeve" else p for p in drawn]
    return tuple(parts)


def _in_hand(each: Attribute, reading: Reading) -> bool:
    """Whether it can be drawn as held; a scarf that nobody is said to hold is worn."""
    phrase = _phrase(each)
    said = _as_said(phrase, reading).split()[0].lower()
    worn = said not in HOLD.split("|") and wishes_of((phrase,))[0] != Wishes()
    return can_be_held(each.part) and not worn


def _phrase(each: Attribute) -> str:
    """An attribute in words; "origin" is a kind of word, not a part."""
    return " ".join((*each.words, *((each.part,) if each.part not in ("", "origin") else ())))


def _as_said(phrase: str, reading: Reading) -> str:
    """A phrase with the verb and article that it has in the concept: "holding a lantern"."""
    pattern = rf"\b((?:({VERBS}) )?(?:({ARTICLES}) )?){re.escape(phrase)}\b"
    found = re.search(pattern, reading.concept, re.IGNORECASE)
    return found[0] if found else phrase
