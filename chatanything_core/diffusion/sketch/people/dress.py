"""The body of a person: a head, its hair, and clothes over one another."""

from dataclasses import replace

import numpy as np

from ..bodies import ACCESSORIES, BODIES, CLOTHES, HAIRS, Body, Mark, Part
from ..palette import luminance
from ..surface.canvas import linear
from ..surface.outlines import blob, ellipse, move, outline_of
from .dyes import dyed, main_tint, mix
from .person import Person
from .wishes import Item

OWN_HAIR = {
    "long": "woman", "bob": "lady", "puffs": "curly woman", "pigtails": "girl",
    "parted": "man", "quiff": "gentleman", "crop": "bearded man", "tousled": "boy",
    "grey bun": "grandmother", "grey sides": "grandfather",
}  # fmt: skip
"""Hair styles that are drawn on a body."""
FLOWERS = ("e8487a", "f4d04a", "f4f0ea", "5a9e6a")
"""Colours of printed flowers."""
BEARD_TOP = -0.25
"""Row below which hair on a body's drawing is a beard."""
ON_SKIN = {
    "stubble": ("000000", 0.42, 0.025),
    "eye shadow": ("6a4a9a", 0.45, 0.02),
    "face paint": ("c9302c", 0.85, 0.004),
}
"""What is painted on the face: colour, opacity, blur in body units."""


def dressed(person: Person) -> Body:
    """The person's body: what lies behind the head first, the hair that falls over it last."""
    head = BODIES[person.base]
    hair = hair_of(person.style)
    clothes = _layered(wear(CLOTHES[person.clothes.name], person.clothes), person)
    over = [p for item in person.over for p in wear(ACCESSORIES[item.name], item)]
    flesh = [part for part in head.parts if part.tint in ("base", "dark")]
    neck, *rest = (_painted(part, head, person) for part in flesh)
    parts = (
        *_of(clothes, front=False),
        *_of(hair, front=False),
        neck,
        *_of(clothes, front=True),
        *_of(over, front=False),
        *rest,
        *_of(hair, front=True),
        *_of(over, front=True),
    )
    backed = [replace(p, role="back") if p in _of(clothes, front=True) else p for p in parts]
    return replace(head, parts=tuple(backed))


def hair_of(style: Item) -> tuple[Part, ...]:
    """The parts of a hair style, or of the cloth over it."""
    if not style.name:
        return ()
    if style.name in HAIRS:
        return dyed(HAIRS[style.name], style.colour)
    parts = BODIES[OWN_HAIR[style.name]].parts
    return tuple(
        part
        for part in parts
        if part.tint not in ("base", "dark", "accent")
        and min(float(line[:, 1].min()) for line in part.outlines) < BEARD_TOP
    )


def _of(parts: "tuple[Part, ...] | list[Part]", *, front: bool) -> list[Part]:
    return [part for part in parts if (part.role == "front") == front]


def wear(parts: tuple[Part, ...], item: Item) -> tuple[Part, ...]:
    """A drawing of clothes in the colour and with the pattern of an item."""
    return _printed(dyed(parts, item.colour), item)


def _layered(parts: tuple[Part, ...], person: Person) -> tuple[Part, ...]:
    """Clothes with what is seen under them in its own colour: the largest piece that is not theirs."""
    inner = person.under
    below = tuple(part for part in parts if part.tint not in ("base", person.clothes.colour))
    if inner is None or not below:
        return parts
    old = main_tint(below)
    return _printed(
        tuple(replace(p, tint=inner.colour) if p.tint == old else p for p in parts), inner
    )


def _printed(parts: tuple[Part, ...], item: Item) -> tuple[Part, ...]:
    """Parts with a pattern on those of the item's own cloth."""
    if not item.pattern:
        return parts
    bright = luminance(linear(item.colour)) > 0.25
    tint = mix(item.colour, "14181f" if bright else "ffffff", 0.75)
    tints = FLOWERS if item.pattern == "flowers" else (tint,)
    lines = enumerate(_pattern(item.pattern))
    marks = tuple(Mark(line, tints[i % len(tints)], 0.85, 0.006) for i, line in lines)
    return tuple(
        replace(p, marks=(*marks, *p.marks)) if p.tint == item.colour else p for p in parts
    )


def _pattern(name: str) -> list[np.ndarray]:
    """Outlines of a pattern over the shoulders."""
    rows = np.arange(0.46, 1.95, 0.16)
    if name in ("dots", "flowers"):
        spots = (
            (x + 0.11 * (i % 2), y) for i, y in enumerate(rows) for x in np.arange(-1, 1, 0.22)
        )
        size = 0.045 if name == "dots" else 0.06
        return [ellipse(float(x), float(y), size) for x, y in spots]
    across = [outline_of(np.array([(-1.1, y + 0.06), (0, y), (1.1, y + 0.06)]), 0.06) for y in rows]
    if name == "stripes":
        return across
    columns = np.arange(-0.96, 1, 0.24)
    return across + [outline_of(np.array([(x, 0.6), (x * 1.04, 1.95)]), 0.05) for x in columns]


def _painted(part: Part, head: Body, person: Person) -> Part:
    """The face with what is painted on the skin itself."""
    if part.role != "face":
        return part
    marks = [
        mark for item in person.face if item.name in ON_SKIN for mark in _paint(item, head, person)
    ]
    return replace(part, marks=(*part.marks, *marks))


def _paint(item: Item, head: Body, person: Person) -> list[Mark]:
    x, y, scale = head.face
    tint, amount, soft = ON_SKIN[item.name]
    tint = person.hair if item.name == "stubble" else item.colour or tint
    return [Mark(move(line, x, y, scale), tint, amount, soft) for line in _strokes(item.name)]


def _strokes(name: str) -> list[np.ndarray]:
    """Outlines of paint in the face frame."""
    if name == "stubble":
        jaw = "-1.05,.5 -.75,.85 -.45,.82 0,.76 .45,.82 .75,.85 1.05,.5 .98,1.0 .6,1.5 0,1.66 -.6,1.5 -.98,1.0"
        return [blob(jaw)]
    if name == "eye shadow":
        return [ellipse(x, -0.14, 0.30, 0.15) for x in (-0.52, 0.52)]
    return [
        outline_of(np.array([(side * 0.42, y), (side * 0.92, y - 0.05)]), 0.07)
        for side in (-1, 1)
        for y in (0.42, 0.56)
    ]
