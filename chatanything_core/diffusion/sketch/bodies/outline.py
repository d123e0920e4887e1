"""The shapes of a drawing as closed polygons in body units."""

import re
from collections.abc import Callable

import numpy as np

from ....landmarks.face_model.placement import Polygon
from ..surface.outlines import corner, ellipse, mirror, outline_of, stretch
from .svg import NUMBER, Element, quoted

UNIT = 600.0
"""Drawing units per body unit. Points in hundredths of a body unit, and the handles of a smooth
curve through them, a sixth of a difference, are then whole numbers."""
REACH = 1200.0
"""Farthest coordinate in drawing units: twice the picture's half side."""
MAX_POINTS = 2000
"""Points of the largest outline."""
FILLED, STROKED = 10, 8
"""Chords of a cubic curve in an area, and in a stroke, where a straight line has as many."""
GEOMETRY: dict[str, frozenset[str]] = {
    "path": frozenset({"d", "stroke-width"}),
    "circle": frozenset({"cx", "cy", "r"}),
    "ellipse": frozenset({"cx", "cy", "rx", "ry", "transform"}),
    "use": frozenset({"href", "transform"}),
}
"""Elements that are shapes, and the attributes that give their geometry."""
MIRROR = "scale(-1 1)"
"""The only transformation of a <use>: it draws the other one of a pair."""
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBERS = re.compile(rf"[\s,]*(?:{NUMBER}(?:[\s,]+|(?=-)|$))*")
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}


def outline(shape: Element, known: dict[str, Polygon]) -> Polygon:
    """The polygon of a shape, shape (n, 2); `known` has the earlier ones by id, and gets this one.

    Raises:
        InputError: something about it is not allowed.
    """
    made = _MAKERS[shape.name](shape, known)
    if len(made) > MAX_POINTS:
        raise shape.error(f"more than {MAX_POINTS} points. Simplify it.")
    name = shape.attributes.get("id")
    if name is not None and name in known:
        raise shape.error(f"id={quoted(name)} is taken. Choose another one.")
    if name:
        known[name] = made
    return made


def length(element: Element, key: str, low: float, high: float, default: float = np.nan) -> float:
    """An attribute given in drawing units, in body units, as are the limits and the default.

    Raises:
        InputError: it is missing, no number, or outside.
    """
    if key not in element.attributes and not np.isnan(default):
        return default
    return element.number(key, low * UNIT, high * UNIT) / UNIT


def _ellipse(shape: Element, _: dict[str, Polygon]) -> Polygon:
    cx, cy = (shape.number(key, -REACH, REACH) for key in ("cx", "cy"))
    keys = ("r", "r") if shape.name == "circle" else ("rx", "ry")
    rx, ry = (shape.number(key, 0.5, REACH) / UNIT for key in keys)
    turn = shape.text("transform", "rotate(0)")
    found = re.fullmatch(rf"rotate\(({NUMBER})(?: ({NUMBER}) ({NUMBER}))?\)", turn)
    if not found or (found[1] != "0" and (float(found[2] or 0), float(found[3] or 0)) != (cx, cy)):
        raise shape.error(
            f"transform={quoted(turn)} must turn it about its middle: 'rotate(30 {cx:g} {cy:g})'."
        )
    return ellipse(cx / UNIT, cy / UNIT, rx, ry, float(found[1]))


def _use(shape: Element, known: dict[str, Polygon]) -> Polygon:
    name = shape.text("href").removeprefix("#")
    if name not in known:
        ids = ", ".join(known) or "none"
        raise shape.error(
            f"href={quoted('#' + name)} is not a shape before it. Choose one of: {ids}."
        )
    shape.choice("transform", [MIRROR])
    return mirror(known[name])


def _path(shape: Element, _: dict[str, Polygon]) -> Polygon:
    if "stroke-width" in shape.attributes:
        return outline_of(_flat(shape, stroked=True), length(shape, "stroke-width", 1 / UNIT, 1.0))
    line = _flat(shape, stroked=False)
    return line[:-1] if (line[0] == line[-1]).all() else line


def _flat(path: Element, *, stroked: bool) -> Polygon:
    """The points of a path in body units, from its first to its last."""
    commands = _COMMAND.findall(path.text("d"))
    letters, end = "".join(letter for letter, _ in commands), "" if stroked else "Z"
    if not re.fullmatch(f"M[LQC]+{end}", letters):
        last = "no Z, because it has a stroke-width" if stroked else "Z at the end"
        raise path.error(
            f"d has the commands {quoted(letters)}. Allowed are, all absolute: M once, then L, Q or C, "
            f"and {last}."
        )
    at = _points(path, *commands[0])[0, 0]
    pieces = [at[None] / UNIT]
    for letter, numbers in commands[1 : len(commands) - len(end)]:
        for points in _points(path, letter, numbers):
            pieces.append(_CURVES[letter](at, points, stroked))
            at = points[-1]
    return np.concatenate(pieces)


def _points(path: Element, letter: str, numbers: str) -> Polygon:
    """The points of one command in drawing units, shape (repeats, points of the command, 2)."""
    if not _NUMBERS.fullmatch(numbers):
        raise path.error(
            f"{quoted(letter + numbers)} in d contains something that is not a number. Correct it."
        )
    values = np.array(re.findall(NUMBER, numbers), float)
    many = _POINTS[letter]
    if not len(values) or len(values) % (2 * many) or (letter == "M" and len(values) > 2):
        raise path.error(f"{letter} in d takes {2 * many} numbers, not {len(values)}.")
    if np.abs(values).max() > REACH:
        raise path.error(f"d goes beyond {REACH:g}, the farthest coordinate. Bring it nearer.")
    return values.reshape(-1, many, 2)


def _line(start: Polygon, points: Polygon, stroked: bool) -> Polygon:
    end = points[0]
    if not stroked:
        return np.asarray(end[None] / UNIT)
    return _spline(2 * start - end, start, end, 2 * end - start, stroked)


def _quadratic(start: Polygon, points: Polygon, _: bool) -> Polygon:
    tip, end = points / UNIT
    return corner(start / UNIT, tip, end)[1:]


def _cubic(start: Polygon, points: Polygon, stroked: bool) -> Polygon:
    """Any cubic Bezier is a stretch of a Catmull-Rom spline: handles are a sixth of chords."""
    first, second, end = points
    return _spline(end - 6 * (first - start), start, end, start + 6 * (end - second), stroked)


def _spline(
    before: Polygon, start: Polygon, end: Polygon, after: Polygon, stroked: bool
) -> Polygon:
    a, b, c, d = (point / UNIT for point in (before, start, end, after))
    return np.concatenate([stretch(a, b, c, d, STROKED if stroked else FILLED)[1:], c[None]])


_CURVES: dict[str, Callable[[Polygon, Polygon, bool], Polygon]] = {
    "L": _line,
    "Q": _quadratic,
    "C": _cubic,
}
_MAKERS: dict[str, Callable[[Element, dict[str, Polygon]], Polygon]] = {
    "path": _path,
    "circle": _ellipse,
    "ellipse": _ellipse,
    "use": _use,
}
