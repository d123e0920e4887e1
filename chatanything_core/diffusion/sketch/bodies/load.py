"""Bodies and hats from their drawings: one SVG file each, all lengths in drawing units.

What lies straight below <svg> is a part (a shape, or a <g> of shapes and marks), a pupil or the
brim; `data-role` says which. What a browser shows is what is meant: a mark's `opacity` is its
amount, a `fill` is the colour unless `data-tint` names one that a seed chooses.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar, cast, get_args

from ....landmarks.face_model.placement import Polygon
from ..backdrop import SCENES
from ..face.face_kinds import FACE_KINDS, face_kind_of
from ..surface.materials import MATERIALS
from .base import Body, Hat, Kind, Mark, Part, Role, Stand
from .outline import GEOMETRY, REACH, UNIT, length, outline
from .svg import Element, quoted, read_svg

TINTS = ("base", "dark", "light", "accent", "hair")
"""Colours by name: the body's own, two shades of it, its second colour, and the hair's."""
SHADOWS: dict[str, float] = {"back": 0.35, "face": 0.45, "front": 0.3}
"""Roles of parts, and the shadow of each where `data-shadow` does not say it."""
VIEW = "-600 -600 1200 1200"
"""The viewBox of every drawing."""
_CANVAS = frozenset({"xmlns", "viewBox", "fill", "stroke-linecap", "stroke-linejoin"})
_BODY = frozenset(
    {"data-nouns", "data-stands-for", "data-kind", "data-stand", "data-backdrop", "data-material"}
)
_BODY |= {"data-colours", "data-accent", "data-rigid", "data-face", "data-nose"}
_PAINT = frozenset({"id", "fill", "stroke"})
_PART = frozenset({"data-role", "data-tint", "data-depth", "data-material", "data-shadow"})
_MARK = frozenset({"data-role", "data-tint", "data-soft", "data-rise", "opacity"})

T = TypeVar("T")


class Drawings(Mapping[str, T], Generic[T]):
    """The drawings of a folder by name, each read when it is first asked for.

    The name is the file's, with blanks for hyphens.
    """

    def __init__(self, folder: Path, load: Callable[[Path], T]) -> None:
        self._folder, self._load = folder, load
        self._read: dict[str, T] = {}

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every name and its file, sorted."""
        return {name_of(path): path for path in sorted(self._folder.glob("*.svg"))}

    def __getitem__(self, name: str) -> T:
        if name not in self._read:
            self._read[name] = self._load(self.files[name])
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)

    def __contains__(self, name: object) -> bool:
        return name in self.files


def name_of(path: Path) -> str:
    """The name of what a file draws."""
    return path.stem.replace("-", " ")


def nouns_of(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The nouns that a drawing claims; nothing else of it is read.

    First those that mean what it shows, its name before all, then those of other things that it
    has to do for.

    Raises:
        InputError: the file's head is not as it should be.
    """
    root = read_svg(path, header=True)
    own, others = (
        tuple(noun.strip() for noun in root.text(key, "").split(",") if noun.strip())
        for key in ("data-nouns", "data-stands-for")
    )
    return (name_of(path), *own), others


def load_body(path: Path) -> Body:
    """The body that an SVG file draws.

    Raises:
        InputError: something in it is not allowed or missing; the message says where.
    """
    root = _root(path, _CANVAS | _BODY)
    x, y, apart = _face(root)
    brim, head = _brim(root)
    kind = cast(Kind, root.choice("data-kind", get_args(Kind)))
    material = root.choice("data-material", MATERIALS)
    nose = root.text("data-nose", "")
    return Body(
        name_of(path),
        _parts(root),
        material,
        tuple(_colour(root, "data-colours", word) for word in _words(root, "data-colours")),
        (x, y, apart),
        brim,
        head,
        cast(Stand, root.choice("data-stand", get_args(Stand))),
        kind,
        _colour(root, "data-accent", root.text("data-accent")),
        root.choice("data-backdrop", SCENES),
        root.choice("data-rigid", ("true", "false"), "false") == "true",
        face_kind_of(kind, material, root.choice("data-face", FACE_KINDS, "")),
        _colour(root, "data-nose", nose) if nose else "",
    )


def load_hat(path: Path) -> Hat:
    """The hat that an SVG file draws.

    Raises:
        InputError: something in it is not allowed or missing; the message says where.
    """
    root = _root(path, _CANVAS | {"data-open"})
    is_open = root.choice("data-open", ("true", "false"), "false") == "true"
    return Hat(name_of(path), _parts(root, "front", faces=0), is_open)


def load_piece(path: Path) -> tuple[Part, ...]:
    """The parts of hair, clothes or an accessory: those before the face, and those over it.

    Raises:
        InputError: something in it is not allowed or missing; the message says where.
    """
    return _parts(_root(path, _CANVAS), faces=0)


def _root(path: Path, allowed: frozenset[str]) -> Element:
    root = read_svg(path)
    root.permit(allowed)
    root.choice("viewBox", [VIEW])
    return root


def _colour(element: Element, key: str, text: str) -> str:
    if not re.fullmatch("#[0-9a-f]{6}", text):
        raise element.error(f"{key}={quoted(text)} must be a colour such as #d98f4a.")
    return text[1:]


def _words(element: Element, key: str) -> list[str]:
    words = element.text(key).split()
    if not words:
        raise element.error(f"{key} is empty. Name at least one.")
    return words


def _guides(root: Element, role: str, name: str, count: int, allowed: set[str]) -> list[Element]:
    found = [each for each in root.children if each.attributes.get("data-role") == role]
    if len(found) != count or any(each.name != name for each in found):
        raise root.error(f"{count} <{name}> must have data-role={role!r}, not {len(found)}.")
    for each in found:
        each.permit({"data-role", "fill", "stroke", "stroke-width", *allowed})
    return found


def _face(root: Element) -> tuple[float, float, float]:
    """Point between the pupils and the distance between them."""
    pupils = _guides(root, "pupil", "circle", 2, {"cx", "cy", "r"})
    (x0, y0), (x1, y1) = sorted(
        tuple(pupil.number(key, -REACH, REACH) for key in ("cx", "cy")) for pupil in pupils
    )
    if y0 != y1 or x0 == x1:
        raise pupils[1].error("the pupils must be side by side. Give both the same cy.")
    return (x0 + x1) / 2 / UNIT, y0 / UNIT, (x1 - x0) / UNIT


def _brim(root: Element) -> tuple[float, float]:
    """Row on which a hat sits, and the width of the head there."""
    (line,) = _guides(root, "brim", "line", 1, {"x1", "y1", "x2", "y2"})
    left, y0, right, y1 = (line.number(key, -REACH, REACH) for key in ("x1", "y1", "x2", "y2"))
    if y0 != y1 or left != -right or right <= 0:
        raise line.error("the brim must be level, from the left, its middle at x = 0.")
    return y0 / UNIT, 2 * right / UNIT


def _parts(root: Element, role: Role | None = None, *, faces: int = 1) -> tuple[Part, ...]:
    """The parts of a drawing, all of one `role` if one is given; so many must carry a face."""
    known: dict[str, Polygon] = {}
    drawn = [e for e in root.children if e.attributes.get("data-role") not in ("pupil", "brim")]
    parts = tuple(_part(element, known, role) for element in drawn)
    found = sum(part.role == "face" for part in parts)
    if found != faces:
        wanted = "one part" if faces else "no part"
        raise root.error(f"{wanted} must have data-role='face', not {found}.")
    return parts


def _part(element: Element, known: dict[str, Polygon], fixed: Role | None) -> Part:
    group = element.name == "g"
    own = _PART if fixed is None else _PART - {"data-role"}
    element.permit(own | ({"id", "fill"} if group else _shape(element) | _PAINT))
    role = fixed or cast(Role, element.choice("data-role", SHADOWS, "back"))
    marked = [each for each in element.children if each.attributes.get("data-role") == "mark"]
    plain = [each for each in element.children if each not in marked] if group else [element]
    for shape in plain if group else ():
        _of_group(shape, element)
    if not plain:
        raise element.error("a part needs a shape. Add one, or remove it.")
    return Part(
        tuple(outline(shape, known) for shape in plain),
        _tint(element),
        length(element, "data-depth", 0.0, 1.0),
        element.choice("data-material", MATERIALS, ""),
        role,
        element.number("data-shadow", 0, 1, SHADOWS[role]),
        tuple(_mark(each, known) for each in marked),
        _names(element, *plain),
    )


def _names(*elements: Element) -> frozenset[str]:
    """What a part is called: its ids, without the numbers of several."""
    ids = (element.attributes.get("id", "") for element in elements)
    return frozenset(re.sub(r"[-\d]+$", "", name) for name in ids) - {""}


def _shape(element: Element) -> frozenset[str]:
    """The attributes of a shape's geometry."""
    if element.name not in GEOMETRY:
        raise element.error(f"unknown element. Choose one of: g, {', '.join(GEOMETRY)}.")
    if element.children:
        raise element.error("a shape has nothing inside. Use a <g> for a part with marks.")
    return GEOMETRY[element.name]


def _of_group(shape: Element, group: Element) -> None:
    """A shape of a group has the group's colour, whether it is an area or a line."""
    shape.permit(_shape(shape) | _PAINT)
    line = "stroke-width" in shape.attributes
    wanted = ("none", group.attributes.get("fill")) if line else (None, None)
    if (shape.attributes.get("fill"), shape.attributes.get("stroke")) != wanted:
        said = (
            "fill='none' and as stroke the fill of its <g>" if line else "neither fill nor stroke"
        )
        raise shape.error(f"it must have {said}, because a part has one colour.")


def _mark(element: Element, known: dict[str, Polygon]) -> Mark:
    element.permit(_shape(element) | _PAINT | _MARK)
    return Mark(
        outline(element, known),
        _tint(element),
        element.number("opacity", 0, 1, 1.0),
        length(element, "data-soft", 0.0, 1.0, 0.01),
        length(element, "data-rise", -1.0, 1.0, 0.0),
    )


def _tint(element: Element) -> str:
    """A colour by name, else the one that a browser shows."""
    if "data-tint" in element.attributes:
        return element.choice("data-tint", TINTS)
    key = "stroke" if "stroke-width" in element.attributes else "fill"
    return _colour(element, key, element.text(key))
