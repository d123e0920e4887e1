"""From a reading to the body that is painted, what it wears and holds, and what is not drawn."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from ...landmarks.face_model.emotion_shapes import Change
from ...persona import Persona, Reading
from ...persona.records import Attribute
from .bodies import ACCESSORIES, BODIES, HATS, Body, Part, body_for
from .bodies.details import recoloured
from .bodies.held import held_parts
from .face.face_style import TRAITS
from .face.facewear import FACEWEAR
from .palette import SUBSTANCES
from .people import Item, Person, dressed, is_bearded, read_person
from .people.dyes import colour_in, dyed
from .people.wishes import Wishes, wishes_of
from .places import place_of, weather_of
from .surface.outlines import move
from .wardrobe import worn_by

Stream = Callable[[str], np.random.Generator]
"""Random numbers for a purpose."""
YOUNG, OLD, ADULT = 9.0, 72.0, 32.0
"""Years of those of whom only the voice tells that they are young, old, or neither."""
HUMAN = (0.0, -0.07, 0.4)
"""The face of the bodies that accessories are drawn for."""


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


def costume_of(reading: Reading, persona: Persona, stream: Stream) -> Costume:
    """Dress what the concept is."""
    body = BODIES[body_for(reading, stream("body"))]
    if reading.person or body.kind == "human":
        made = _person(reading, persona, stream)
    else:
        made = _thing(reading, body)
    held, let_go = _held(reading, made)
    place, weather = place_of(reading.place), weather_of(reading.weather or reading.place)
    lost = [words for words, known in ((reading.place, place), (reading.weather, weather)) if not known]
    missing = (*made.missing, *let_go, *(words for words in lost if words))
    return replace(made, held=held, place=place, weather=weather, missing=missing)


def sex_of(reading: Reading, persona: Persona) -> str:
    """`female` or `male`: what the words say, else how the voice sounds."""
    return reading.sex or ("female" if persona.voice.presentation > 0 else "male")


def age_of(reading: Reading, persona: Persona) -> float:
    """Years: what the words say, else how old the voice sounds."""
    if reading.age is not None:
        return reading.age
    return YOUNG if persona.voice.age < -0.6 else OLD if persona.voice.age > 0.6 else ADULT


def _person(reading: Reading, persona: Persona, stream: Stream) -> Costume:
    sex, age = sex_of(reading, persona), age_of(reading, persona)
    phrases = tuple(_phrase(each) for each in (*reading.attributes, *reading.wears))
    job = reading.profession or (reading.noun if reading.person else "")
    person, unused = read_person(phrases, job, sex, age, stream("person"))
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
        missing=_said(reading, unused),
    )


def _worn_by_person(person: Person, reading: Reading, sex: str, age: float) -> list[Item]:
    """Hats and what is on the face: what is named, else what the job calls for."""
    face = [item for item in person.face if item.name in FACEWEAR]
    usual = [name for name in worn_by(reading, "") if name not in UNSUITED]
    if sex == "male" and age >= 16 and is_bearded(reading.profession or reading.noun):
        usual.append("beard")
    if sex == "female" or age < 16 or person.bearded:
        usual = [name for name in usual if name not in BEARDS]
    if any(item.name in EYEWEAR for item in face):
        usual = [name for name in usual if name not in EYEWEAR]
    if person.hats or person.covered:
        usual = [name for name in usual if name not in HATS]
    named = {item.name for item in (*person.hats, *face)}
    more = (Item(name) for name in dict.fromkeys(usual) if name not in named)
    return [*person.hats, *face, *more]


ARTICLES = "an?|the|his|her|its|their|some"
BEARDS = frozenset({"beard", "goatee", "moustache", "walrus moustache", "handlebar moustache"})
UNSUITED = frozenset({"bow tie", "nurse cap", "halo"})
"""What tells the job of a thing; people wear clothes for that."""
EYEWEAR = frozenset({"glasses", "square glasses", "sunglasses", "monocle", "eye patch"})


def _thing(reading: Reading, body: Body) -> Costume:
    """A thing or an animal: colours of its parts, and what it wears on head, face and neck."""
    body, eyes, unused = _details(reading, body)
    wishes, not_worn = wishes_of(tuple(map(_phrase, reading.wears)))
    items = [i for table in ("headwear", "face", "beard") for i in wishes.of(table)]
    worn = [item for item in items if item.name in HATS or item.name in FACEWEAR]
    neck = [i for t in ("over", "jewellery") for i in wishes.of(t) if i.name in ACCESSORIES]
    body = replace(body, parts=(*body.parts, *_on_neck(neck, body)))
    undrawn = [*not_worn, *_undrawable(wishes, [*worn, *neck], reading)]
    usual = worn_by(reading, body.name)
    if any(item.name in HATS for item in worn):
        usual = tuple(name for name in usual if name not in HATS)
    names = dict.fromkeys((*(item.name for item in worn), *usual))
    return Costume(
        body,
        tuple(names),
        tuple((item.name, item.colour) for item in worn if item.colour),
        eyes=eyes,
        missing=_said(reading, (*unused, *undrawn)),
    )


def _undrawable(wishes: Wishes, drawn: list[Item], reading: Reading) -> list[str]:
    """What is worn and known, but not on a thing."""
    lost = {item.name for items in wishes.items.values() for item in items} - {i.name for i in drawn}
    phrases = map(_phrase, reading.wears)
    return [phrase for phrase in phrases if any(name in phrase for name in lost)]


def _on_neck(items: Iterable[Item], body: Body) -> list[Part]:
    """Accessories where the chin of this face is."""
    x, y, scale = body.face
    ratio = scale / HUMAN[2]
    return [
        replace(
            part,
            outlines=tuple(
                move(line, x - HUMAN[0] * ratio, y - HUMAN[1] * ratio, ratio)
                for line in part.outlines
            ),
            tint=part.tint,
            depth=part.depth * ratio,
            role="front",
            marks=(),
        )
        for item in items
        for part in dyed(ACCESSORIES[item.name], item.colour or "c9302c")
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


def _held(reading: Reading, made: Costume) -> tuple[tuple[Part, ...], list[str]]:
    """The first two things that are held, and what is not drawn of them."""
    parts: list[Part] = []
    missing = []
    sleeve = made.person.clothes.colour if made.person else ""
    for each in reading.holds:
        colour = colour_in(each.words)
        found = held_parts(each.part, colour, bool(made.person), left=bool(parts))
        parts += [replace(p, tint=sleeve) if p.tint == "sleeve" else p for p in found]
        if not found:
            missing.append(f"holding {_as_said(_phrase(each), reading)}")
    return tuple(parts), missing


def _phrase(each: Attribute) -> str:
    """An attribute in words; "origin" is a kind of word, not a part."""
    return " ".join((*each.words, *((each.part,) if each.part not in ("", "origin") else ())))


def _said(reading: Reading, phrases: Iterable[str]) -> tuple[str, ...]:
    """Phrases that are not drawn, and say so of clothes."""
    worn = {_phrase(each) for each in reading.wears}
    return tuple(
        f"wearing {_as_said(each, reading)}" if each in worn else each
        for each in dict.fromkeys(phrases)
    )


def _as_said(phrase: str, reading: Reading) -> str:
    """A phrase with the article that it has in the concept."""
    found = re.search(rf"\b({ARTICLES}) {re.escape(phrase)}\b", reading.concept, re.IGNORECASE)
    return f"{found[1]} {phrase}" if found else phrase
