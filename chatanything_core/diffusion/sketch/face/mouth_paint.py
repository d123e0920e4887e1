"""Paint a mouth: lips, the line of a muzzle, or a beak whose edge is the mouth."""

import numpy as np

from ....landmarks.face_model.anatomy import MouthShape
from ....landmarks.face_model.placement import Placement, Polygon
from ..surface.canvas import Canvas, Solid, linear
from ..surface.materials import Material
from ..surface.outlines import ellipse
from ..surface.relief import Array
from .face_kinds import FaceKind

LIPS = Material(gloss=0.30, shine=30, sheen=0.06, wrap=0.35)
MATTE = Material(gloss=0.08, shine=14, sheen=0.06, wrap=0.35)
"""Lips that are not made up."""
HORN = Material(gloss=0.25, shine=24, sheen=0.08, wrap=0.3)
"""A beak."""


def paint_mouth(
    canvas: Canvas,
    kind: FaceKind,
    mouth: MouthShape,
    parted: float,
    place: Placement,
    skin: Array,
    lip: Array,
) -> None:
    """Paint the mouth; `lip` is the colour of lips or beak, `skin` that around it, linear RGB."""
    if parted > 0.01:
        hole = np.concatenate([mouth.upper_edge, mouth.lower_edge[::-1]])
        canvas.flat([place.put(hole)], linear("2a0d0d"))
    if kind.mouth == "beak":
        _beak(canvas, kind, mouth, place, lip)
    elif kind.mouth == "lips":
        _lips(canvas, mouth, place, lip, LIPS if kind.rose > 0.5 else MATTE)
    else:
        _lower_lip(canvas, mouth, place, lip)
    _line(canvas, mouth, place, lip if kind.mouth != "line" else skin, kind.mouth)
    for x, y in (mouth.upper_edge[0], mouth.upper_edge[-1]):
        corner = place.put(ellipse(float(x), float(y), 0.035, 0.028))
        canvas.haze([corner], skin * np.float32(0.2), 0.85, 0.016 * place.scale)


def _lips(
    canvas: Canvas, mouth: MouthShape, place: Placement, lip: Array, material: Material
) -> None:
    put, s = place.put, place.scale
    lower = np.concatenate([mouth.lower_edge, mouth.bottom[::-1]])
    upper = np.concatenate([mouth.top, mouth.upper_edge[::-1]])
    canvas.solid(Solid((put(lower),), lip, material, 0.15 * s, 0.25, outlined=False))
    shade = lip * np.float32(0.78)
    canvas.solid(Solid((put(upper),), shade, material, 0.10 * s, 0.0, outlined=False))


def _lower_lip(canvas: Canvas, mouth: MouthShape, place: Placement, lip: Array) -> None:
    """The chin's edge under the line of a muzzle."""
    lower = np.concatenate([mouth.lower_edge, mouth.bottom[::-1]])
    canvas.haze([place.put(lower)], lip, 0.85, 0.02 * place.scale)


def _line(canvas: Canvas, mouth: MouthShape, place: Placement, colour: Array, manner: str) -> None:
    """The edges of the mouth, one line while it is shut."""
    width = (0.028 if manner == "lips" else 0.042) * place.scale
    amount = 0.65 if manner == "lips" else 0.9
    for edge in (mouth.upper_edge, mouth.lower_edge):
        canvas.flat([_taper(place.put(edge), width)], colour * np.float32(0.08), amount)


def _beak(
    canvas: Canvas, kind: FaceKind, mouth: MouthShape, place: Placement, colour: Array
) -> None:
    """Two halves that meet in the line of the mouth; the upper one has the nostrils."""
    put, s = place.put, place.scale
    (left, y0), (right, y1) = mouth.upper_edge[0], mouth.upper_edge[-1]
    lower = np.concatenate([mouth.lower_edge, mouth.bottom[::-1] + np.array([0.0, 0.03])])
    canvas.solid(Solid((put(lower),), colour * np.float32(0.72), HORN, 0.12 * s, 0.25))
    roof = [(left, y0), (0.62 * left, 0.78), (0.36 * left, 0.55), (0.16 * left, 0.42), (0, 0.38)]
    roof += [(0.16 * right, 0.42), (0.36 * right, 0.55), (0.62 * right, 0.78), (right, y1)]
    upper = np.concatenate([np.array(roof), mouth.upper_edge[::-1][1:-1]])
    canvas.solid(Solid((put(upper),), colour, HORN, kind.rise * s, 0.25))
    for x, y, rx, ry, turn in kind.nostrils:
        for side in (-1, 1):
            hole = put(ellipse(side * x, y, rx, ry, side * turn))
            canvas.haze([hole], colour * np.float32(0.15), 0.8, 0.008 * s)


def _taper(line: Polygon, width: float) -> Polygon:
    """A stroke that is thickest in its middle."""
    w = width / 2 * np.sin(np.linspace(0.35, np.pi - 0.35, len(line)))[:, None]
    return np.concatenate([line - w * (0, 1), (line + w * (0, 1))[::-1]])
