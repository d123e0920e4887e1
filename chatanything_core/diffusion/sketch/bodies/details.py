"""Colours of single parts: "dragon with black horns", "teapot with gold trim"."""

from dataclasses import replace

from .base import Body, Part

TRIM = frozenset(
    [
        "trim",
        "trimming",
        "trims",
        "edge",
        "edges",
        "rim",
        "border",
        "borders",
        "detail",
        "details",
        "accent",
        "accents",
        "decoration",
        "decorations",
        "ornament",
        "ornaments",
        "inlay",
        "inlays",
        "lining",
        "band",
        "bands",
        "highlights",
        "fittings",
        "knob",
    ]
)
"""Words for what has the second colour of a drawing."""
COVER = frozenset(
    [
        "fur",
        "coat",
        "feathers",
        "plumage",
        "scales",
        "hide",
        "skin",
        "body",
        "shell",
        "wool",
        "fleece",
        "paint",
    ]
)
"""Words for what has the first colour."""
HAIRY = frozenset(["hair", "mane", "locks", "curls", "tuft", "fringe"])
SAME = {
    "wings": "wing", "leaves": "leaf", "hooves": "foot", "hoof": "foot", "feet": "foot",
    "paws": "foot", "paw": "foot", "tails": "tail", "tentacles": "leg", "antennae": "feeler",
    "antenna": "feeler", "feelers": "feeler", "wheel": "tyre", "wheels": "tyre", "tyres": "tyre",
    "teeth": "tooth", "petals": "petals", "seeds": "seeds", "roof": "roof", "stomach": "belly",
    "tummy": "belly", "chest": "chest", "breast": "chest", "icing": "icing", "frosting": "icing",
}  # fmt: skip
"""Words and the names that drawings have for them."""


def recoloured(body: Body, part: str, colour: str) -> Body | None:
    """The body with one of its parts in a colour, rrggbb; None when it has no such part."""
    name = SAME.get(part, part.removesuffix("s"))
    named = [each for each in body.parts if {name, part} & each.names and each.role != "face"]
    tint = (
        "accent" if part in TRIM else "hair" if part in HAIRY else "base" if part in COVER else ""
    )
    same = [each for each in body.parts if each.tint == tint]
    if not named and not same:
        return None
    chosen = {id(each) for each in named or same}
    return replace(body, parts=tuple(_in(p, colour) if id(p) in chosen else p for p in body.parts))


def _in(part: Part, colour: str) -> Part:
    return replace(part, tint=colour)
