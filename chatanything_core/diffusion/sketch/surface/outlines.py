"""Outlines: closed polygons of shape (n, 2), float64, in whatever frame their maker thinks in."""

from collections.abc import Sequence

import numpy as np

from ....landmarks.face_model.placement import Polygon

Points = str | Sequence[tuple[float, float]] | Polygon
"""Points in order; as text "x,y x,y ..." where many are written down."""


def path(points: Points) -> Polygon:
    """Points as an array of shape (n, 2).

    >>> path("0,-.5 1,2").tolist()
    [[0.0, -0.5], [1.0, 2.0]]
    """
    if isinstance(points, str):
        points = [tuple(map(float, point.split(","))) for point in points.split()]  # type: ignore[misc]
    return np.asarray(points, float)


def ellipse(
    cx: float, cy: float, rx: float, ry: float = 0.0, turn: float = 0.0, n: int = 72
) -> Polygon:
    """An ellipse; `ry` 0 makes a circle; `turn` in degrees, clockwise on a picture."""
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    flat = np.stack([rx * np.cos(t), (ry or rx) * np.sin(t)], 1)
    return np.asarray(rotate(flat, turn) + np.array([cx, cy]))


def box(cx: float, cy: float, width: float, height: float, radius: float) -> Polygon:
    """A rectangle with rounded corners."""
    w, h = width / 2, height / 2
    return rounded([(cx - w, cy - h), (cx + w, cy - h), (cx + w, cy + h), (cx - w, cy + h)], radius)


def rounded(corners: Points, radius: float) -> Polygon:
    """A polygon whose corners are replaced by quadratic curves that start `radius` before them."""
    c = path(corners)
    before, after = np.roll(c, 1, 0) - c, np.roll(c, -1, 0) - c
    arcs = []
    for tip, b, a in zip(c, before, after, strict=True):
        lb, la = np.hypot(*b), np.hypot(*a)
        arcs.append(corner(tip + b * min(radius / lb, 0.5), tip, tip + a * min(radius / la, 0.5)))
    return np.concatenate(arcs)


def curve(points: Points, *, closed: bool = False, steps: int = 10) -> Polygon:
    """A Catmull-Rom spline through the points."""
    p = path(points)
    if closed:
        q = np.concatenate([p[-1:], p, p[:2]])
    else:
        q = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    a, b, c, d = (q[i : len(q) - 3 + i, None, :] for i in range(4))
    line = stretch(a, b, c, d, steps).reshape(-1, 2)
    return line if closed else np.concatenate([line, p[-1:]])


def stretch(a: Polygon, b: Polygon, c: Polygon, d: Polygon, steps: int) -> Polygon:
    """A Catmull-Rom spline from `b` up to, without, `c`; `a` and `d` are the points beside them."""
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    square, cube = 2 * a - 5 * b + 4 * c - d, 3 * b - a - 3 * c + d
    return np.asarray(0.5 * (2 * b + (c - a) * t + square * t**2 + cube * t**3))


def corner(start: Polygon, tip: Polygon, end: Polygon) -> Polygon:
    """A quadratic curve of nine points from `start` to `end` that is pulled towards `tip`."""
    t = np.linspace(0, 1, 9)[:, None]
    return np.asarray((1 - t) ** 2 * start + 2 * t * (1 - t) * tip + t**2 * end)


def blob(points: Points) -> Polygon:
    """A smooth closed outline through the points."""
    return curve(points, closed=True)


def stroke(points: Points, start: float, end: float | None = None) -> Polygon:
    """A brush stroke along a smooth line: `start` and `end` are widths; its ends are round."""
    return outline_of(curve(points, steps=8), start, end)


def outline_of(line: Polygon, start: float, end: float | None = None) -> Polygon:
    """The outline of a line drawn with a round pen: `start` and `end` are its widths."""
    end = start if end is None else end
    widths = np.linspace(start, end, len(line)) / 2
    way, side = _along(line)
    side = side * widths[:, None]
    cap = np.linspace(-np.pi / 2, np.pi / 2, 9)[1:-1]
    tail = _cap(line[-1], way[-1], widths[-1], cap)
    head = _cap(line[0], -way[0], widths[0], cap)
    return np.concatenate([line - side, tail, (line + side)[::-1], head])


def brush(points: Points, widths: Sequence[float] | Polygon) -> Polygon:
    """A stroke along a smooth line, as wide as told at each point; its ends are pointed.

    `widths` has one value a point; the line ends exactly at the first and the last point.
    """
    line = curve(points, steps=8)
    at = np.linspace(0, len(widths) - 1, len(line))
    half = np.interp(at, np.arange(len(widths)), np.asarray(widths, float)) / 2
    side = _along(line)[1] * half[:, None]
    return np.concatenate([line[:1], (line - side)[1:-1], line[-1:], (line + side)[-2:0:-1]])


def _along(line: Polygon) -> tuple[Polygon, Polygon]:
    """Unit vectors along a line and across it."""
    way = np.gradient(line, axis=0)
    way /= np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
    return way, np.stack([-way[:, 1], way[:, 0]], 1)


def _cap(at: Polygon, way: Polygon, radius: float, angles: Polygon) -> Polygon:
    c, s = np.cos(angles)[:, None], np.sin(angles)[:, None]
    across = np.array([-way[1], way[0]])
    return np.asarray(at + radius * (c * way + s * across))


def mirror(outline: Polygon) -> Polygon:
    """The outline reflected about x = 0."""
    return np.asarray(outline[::-1] * (-1.0, 1.0))


def rotate(outline: Polygon, degrees: float, about: tuple[float, float] = (0.0, 0.0)) -> Polygon:
    """Turn clockwise (on a picture, where y points down)."""
    if not degrees:
        return outline
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.asarray((outline - about) @ np.array([[c, s], [-s, c]]) + about)


def move(outline: Polygon, dx: float, dy: float, scale: float = 1.0) -> Polygon:
    """Scale about the origin, then shift."""
    return np.asarray(outline * scale + (dx, dy))


def ring(count: int) -> list[tuple[float, float]]:
    """Points spread evenly on the unit circle, the first one at the right."""
    t = 2 * np.pi * np.arange(count) / count
    return [(float(c), float(s)) for c, s in zip(np.cos(t), np.sin(t), strict=True)]


def ruffle(outline: Polygon, reach: float, rng: np.random.Generator) -> Polygon:
    """An outline with tufts of hair on it that stand out up to `reach` and hang down a little."""
    closed = np.concatenate([outline, outline[:1]])
    steps = np.hypot(*np.diff(closed, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    count = max(int(along[-1] / max(1.1 * reach, 1.0)) // 2 * 2, 8)
    gap = along[-1] / count
    spots = np.sort((np.arange(count) + rng.uniform(-0.4, 0.4, count)) * gap % along[-1])
    line = np.stack([np.interp(spots, along, closed[:, i]) for i in (0, 1)], 1)
    way = np.roll(line, -1, 0) - np.roll(line, 1, 0)
    out = np.stack([way[:, 1], -way[:, 0]], 1) / np.maximum(np.hypot(*way.T), 1e-9)[:, None]
    turn = np.sign(
        np.dot(line[:, 0], np.roll(line[:, 1], -1)) - np.dot(line[:, 1], np.roll(line[:, 0], -1))
    )
    rise = rng.uniform(0.35, 1.0, count) * (np.arange(count) % 2)
    return np.asarray(line + reach * rise[:, None] * (turn * out + np.array([0.0, 0.5])))
