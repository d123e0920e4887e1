"""Colours of what is worn, from words, and drawings in other colours."""

from dataclasses import replace

import numpy as np

from ....landmarks.face_model.placement import Polygon
from ..bodies import Part
from ..palette import COLOURS, SUBSTANCES

SHADES = {"dark": ("000000", 0.4), "deep": ("000000", 0.3), "light": ("ffffff", 0.45)}
SHADES |= {"pale": ("ffffff", 0.5), "bright": ("ffffff", 0.1), "pastel": ("ffffff", 0.5)}
"""Words before a colour, what they mix into it, and how much."""
PATTERNS = {
    "striped": "stripes", "stripes": "stripes", "stripy": "stripes", "stripey": "stripes",
    "checked": "checks", "checkered": "checks", "chequered": "checks", "plaid": "checks",
    "tartan": "checks", "gingham": "checks", "flannel": "checks",
    "floral": "flowers", "flowered": "flowers", "flowery": "flowers", "embroidered": "flowers",
    "patterned": "flowers", "printed": "flowers", "dotted": "dots", "dots": "dots", "spotted": "dots", "dot": "dots", "polka": "dots",
}  # fmt: skip
"""Words for patterns of cloth."""


def colour_in(words: tuple[str, ...], known: dict[str, str] | None = None) -> str:
    """The last colour that words name, rrggbb; empty where there is none.

    `known` are names of colours; the usual ones otherwise, and after them materials.

    >>> colour_in(("dark", "green", "dress"))
    '365f2a'
    """
    named = COLOURS if known is None else known
    for at in range(len(words) - 1, -1, -1):
        if words[at] in named:
            before = words[at - 1] if at else ""
            return mix(named[words[at]], *SHADES[before]) if before in SHADES else named[words[at]]
    made = [SUBSTANCES[word][1] for word in words if word in SUBSTANCES]
    return made[-1] if made and known is None else ""


def mix(colour: str, other: str, amount: float) -> str:
    """A colour rrggbb with `amount` in [0, 1] of another."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (0, 2, 4))
    return "".join(f"{round(a + (b - a) * amount):02x}" for a, b in pairs)


def main_tint(parts: tuple[Part, ...]) -> str:
    """The colour that covers most of a drawing: `accent` where it has that, else the largest's."""
    if any(part.tint == "accent" for part in parts):
        return "accent"
    return max(parts, key=lambda part: sum(map(_area, part.outlines))).tint


def dyed(parts: tuple[Part, ...], colour: str) -> tuple[Part, ...]:
    """A drawing whose main colour is `colour`, rrggbb; as it is where that is empty."""
    if not colour or not parts:
        return parts
    old = main_tint(parts)
    return tuple(replace(part, tint=colour) if part.tint == old else part for part in parts)


def _area(outline: Polygon) -> float:
    x, y = outline.T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)
