"""What a silhouette is: parts laid over one another, and where the face goes.

Body frame: the picture's inscribed square is [-1, 1] x [-1, 1], x right, y down.
"""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Literal

from ....landmarks.face_model.placement import Polygon
from ..surface.outlines import mirror

Stand = Literal["table", "bust", "float"]
"""Stands on a surface; is cut off by the picture's lower edge; hangs in the air."""


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
    """`base`, `dark`, `light`, `accent`, or a fixed colour rrggbb."""
    depth: float = 0.3
    """How far it bulges, in body units."""
    material: str = ""
    """Empty: the body's own."""
    role: Literal["back", "face", "front"] = "back"
    """Painted before the face, carrying it, or over it."""
    shadow: float = 0.35
    """Darkness of the shadow that it throws on what lies below."""
    marks: tuple[Mark, ...] = ()


def back(
    *outlines: Polygon, tint: str = "base", depth: float = 0.2, made: str = "", shadow: float = 0.35
) -> Part:
    """A piece that lies behind the face or under it; `made` is its material."""
    return Part(outlines, tint, depth, made, "back", shadow)


def main(
    outline: Polygon,
    depth: float,
    *marks: Mark,
    tint: str = "base",
    made: str = "",
    also: tuple[Polygon, ...] = (),
) -> Part:
    """The piece that carries the face; `also` widens its outline."""
    return Part((outline, *also), tint, depth, made, "face", 0.45, marks)


def over(
    *outlines: Polygon, tint: str = "base", depth: float = 0.05, made: str = "", shadow: float = 0.3
) -> Part:
    """A piece that lies over the one that carries the face."""
    return Part(outlines, tint, depth, made, "front", shadow)


@dataclass(frozen=True, eq=False)
class Body:
    """A silhouette that can wear a face."""

    name: str
    parts: Callable[[], list[Part]]
    """Makes the parts, lowest first; exactly one has the role `face`."""
    material: str
    colours: tuple[str, ...]
    """Colours that it has by nature, rrggbb; a seed chooses."""
    face: tuple[float, float, float]
    """Point between the pupils and the distance between them."""
    brim: float
    """Row on which a hat sits, by the middle of its brim."""
    stand: Stand = "table"
    _: KW_ONLY
    kind: str
    """One of the paper's eight categories."""
    accent: str
    """Colour of what does not have the body's own, rrggbb."""
    backdrop: str
    rigid: bool = False
    """True when its outline does not bend when it speaks."""
    head: float = 1.0
    """Width of the head at the brim; hats are drawn for 1.0."""


def pair(outline: Polygon) -> tuple[Polygon, Polygon]:
    """An outline and its mirror image."""
    return outline, mirror(outline)
