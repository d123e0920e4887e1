"""What a silhouette is: parts stacked on one another, and where the face goes.

Body frame: the picture's inscribed square is [-1, 1] x [-1, 1], x right, y down.
"""

from dataclasses import dataclass
from typing import Literal

from ....landmarks.face_model.placement import Polygon
from ..drawn.page import Page
from ..face.face_kinds import FaceKind
from ..surface.outlines import mirror

Stand = Literal["table", "bust", "float"]
"""Stands on a surface; is cut off by the picture's lower edge; hangs in the air."""
Role = Literal["back", "face", "front"]
"""Painted before the face, carrying it, or over it."""
Kind = Literal["human", "animal", "fruit", "plant", "office", "bag", "clothing", "cartoon"]
"""The paper's eight categories."""


@dataclass(frozen=True, eq=False)
class Mark:
    """A marking on a surface, lit together with it: a muzzle, stripes, a rib."""

    outline: Polygon
    tint: str
    """As `Part.tint`."""
    amount: float = 1.0
    """Opacity in [0, 1]."""
    soft: float = 0.01
    """Blur of its edge in body units."""
    rise: float = 0.0
    """How far it stands out of the surface in body units; negative sinks."""


@dataclass(frozen=True, eq=False)
class Part:
    """One piece of a body."""

    outlines: tuple[Polygon, ...]
    """Closed outlines in the body frame; their union is painted as one piece."""
    tint: str = "base"
    """`base`, `dark`, `light`, `accent`, `hair`, or a fixed colour rrggbb."""
    depth: float = 0.3
    """How far it bulges, in body units; 0 is a film that shows what is behind it, if it is clear."""
    material: str = ""
    """Empty: the body's own."""
    role: Role = "back"
    shadow: float = 0.35
    """Darkness of the shadow that it throws on what lies below, in [0, 1]."""
    marks: tuple[Mark, ...] = ()
    names: frozenset[str] = frozenset()
    """What its shapes are called: `horn`, `lid`."""
    picture: Page | None = None
    """Colours and cover of a drawing; then `outlines` only say how far it reaches."""


@dataclass(frozen=True, eq=False)
class Body:
    """A silhouette that can wear a face."""

    name: str
    parts: tuple[Part, ...]
    """Lowest first; exactly one has the role `face`."""
    material: str
    colours: tuple[str, ...]
    """Colours that it has by nature, rrggbb; a seed chooses."""
    face: tuple[float, float, float]
    """Point between the pupils and the distance between them, in body units."""
    brim: float
    """Row on which a hat sits, by the middle of its brim."""
    head: float
    """Width of the head at the brim in body units; hats are drawn for 1."""
    stand: Stand
    kind: Kind
    accent: str
    """Colour of what does not have the body's own, rrggbb."""
    backdrop: str
    """Name of its scene; see `backdrop.SCENES`."""
    rigid: bool
    """True when its outline does not bend when it speaks."""
    face_kind: FaceKind
    """What its face is like."""
    nose: str = ""
    """Colour of its nose or beak, rrggbb; empty for that of its kind."""
    middle: float = 0.0
    """Column of the middle of its head, where a hat sits."""
    outline: Polygon | None = None
    """Outline of the whole, where it is not that of the part with the face."""


@dataclass(frozen=True, eq=False)
class Hat:
    """What is worn on the head.

    Hat frame: the origin is the middle of the brim on the forehead, the head there reaches from
    x = -0.5 to 0.5, y points down.
    """

    name: str
    parts: tuple[Part, ...]
    """Lowest first."""
    open: bool
    """True when it leaves the hair as it stands."""


def over(
    *outlines: Polygon, tint: str = "base", depth: float = 0.05, made: str = "", shadow: float = 0.3
) -> Part:
    """A piece that lies over the one that carries the face."""
    return Part(outlines, tint, depth, made, "front", shadow)


def pair(outline: Polygon) -> tuple[Polygon, Polygon]:
    """An outline and its mirror image."""
    return outline, mirror(outline)
