"""What a character holds: another drawing, small, beside it, in a hand where it has hands."""

from dataclasses import dataclass, replace

import numpy as np

from ....landmarks.face_model.placement import Polygon
from ..surface.outlines import blob, mirror, move, stroke
from .base import Part
from .choose_body import BODIES, TOOLS, body_of, tool_of

SIZE = 0.4
"""Height of what is held in body units, as half the side of its drawing."""
PLACE = (0.74, 0.74)
"""Where it is held, at the viewer's right; on a person's body that is before the shoulder."""
BESIDE = (0.72, 0.60)
"""Where it stands beside something without hands."""


@dataclass(frozen=True)
class Inks:
    """The colours that a drawing has by itself."""

    base: str
    """rrggbb."""
    accent: str
    """rrggbb."""
    material: str

    def fixed(self, tint: str) -> str:
        """The colour, rrggbb, of a tint."""
        if tint in ("dark", "light"):
            other, share = (0, 0.21) if tint == "dark" else (240, 0.4)
            levels = (int(self.base[i : i + 2], 16) for i in (0, 2, 4))
            return "".join(f"{round(level + (other - level) * share):02x}" for level in levels)
        return {"base": self.base, "accent": self.accent, "hair": "7a4a26"}.get(tint, tint)


def can_be_held(noun: str) -> bool:
    """Whether there is a drawing of it."""
    return bool(tool_of(noun)[0] or body_of(noun))


def held_parts(noun: str, colour: str, hands: bool, left: bool = False) -> tuple[Part, ...]:
    """The parts of a drawing as it is held; none where the noun has no drawing.

    `colour`, rrggbb, is that of its own; empty for the first that it has by nature.
    """
    tool, usual = tool_of(noun)
    if tool:
        drawn, inks = TOOLS[tool], Inks(colour or usual, colour or usual, "plastic")
    elif name := body_of(noun):
        body = BODIES[name]
        drawn, inks = body.parts, Inks(colour or body.colours[0], body.accent, body.material)
    else:
        return ()
    small = tuple(_small(part, inks, PLACE if hands else BESIDE) for part in drawn)
    parts = (*small, *(_hand() if hands else ()))
    return tuple(_mirrored(part) for part in parts) if left else parts


def _small(part: Part, inks: Inks, place: tuple[float, float]) -> Part:
    """A part at the size of what is held, in the colours of its own drawing."""
    return replace(
        part,
        outlines=tuple(_put(line, place) for line in part.outlines),
        tint=inks.fixed(part.tint),
        depth=part.depth * SIZE,
        material=part.material or inks.material,
        role="front",
        marks=tuple(
            replace(
                mark,
                outline=_put(mark.outline, place),
                tint=inks.fixed(mark.tint),
                soft=mark.soft * SIZE,
                rise=mark.rise * SIZE,
            )
            for mark in part.marks
        ),
        names=frozenset(),
    )


def _put(line: Polygon, place: tuple[float, float]) -> Polygon:
    return move(line, *place, SIZE)


def _hand() -> tuple[Part, ...]:
    """A hand in front of the lower part of what it holds: fingers, and the sleeve's end."""
    x, y = PLACE[0], PLACE[1] + 0.26
    palm = blob(
        [(x - 0.15, y), (x, y - 0.10), (x + 0.15, y), (x + 0.13, y + 0.2), (x - 0.13, y + 0.2)]
    )
    fingers = tuple(
        stroke(np.array([(x - 0.13, y + d), (x, y + d - 0.035), (x + 0.12, y + d)]), 0.085, 0.075)
        for d in (-0.06, 0.01, 0.08)
    )
    arm = blob(
        [(x - 0.14, y + 0.12), (x + 0.14, y + 0.12), (x + 0.2, y + 0.9), (x - 0.22, y + 0.9)]
    )
    return (
        Part((palm,), "base", 0.08, "skin", "front"),
        *(Part((finger,), "base", 0.05, "skin", "front", 0.25) for finger in fingers),
        Part((arm,), "sleeve", 0.12, "cloth", "front"),
    )


def _mirrored(part: Part) -> Part:
    return replace(part, outlines=tuple(mirror(line) for line in part.outlines))
