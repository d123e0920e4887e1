"""Paint a nose: of skin, as the style shows it, or an animal's own, and its nostrils."""

import numpy as np

from ....landmarks.face_model.placement import Placement, Polygon
from ..surface.canvas import Canvas, Nose, Solid
from ..surface.materials import MATERIALS, Material
from ..surface.outlines import blob, brush, ellipse, stroke
from ..surface.relief import Array
from .face_kinds import FaceKind

WET = Material(gloss=0.28, shine=30, sheen=0.08, wrap=0.3)
"""An animal's nose."""
TRUNK = (
    (0.0, 0.02),
    (0.0, 0.32),
    (0.03, 0.58),
    (0.2, 0.76),
    (0.46, 0.76),
    (0.66, 0.6),
    (0.7, 0.38),
)
TRUNK_WIDTHS = (0.42, 0.40, 0.34, 0.28, 0.23, 0.19, 0.17)


def paint_nose(
    canvas: Canvas, kind: FaceKind, size: float, place: Placement, skin: Array, colour: Array
) -> None:
    """Paint the nose; `size` scales one of skin, `skin` and `colour` (its own) are linear RGB."""
    if kind.trunk:
        _trunk(canvas, place, skin)
    elif kind.nose:
        outline = place.put(blob(kind.nose))
        canvas.solid(Solid((outline,), colour, WET, kind.rise * place.scale, 0.2))
    elif kind.ridge >= 1:
        _skin_nose(canvas, canvas.nose, size, place, skin)
    elif kind.ridge:
        _button(canvas, canvas.nose, size, place, skin)
    if kind.philtrum:
        cleft = place.put(stroke([(0.0, 0.70), (0.0, 0.82), (0.0, 0.97)], 0.02, 0.026))
        canvas.haze([cleft], skin * np.float32(0.1), 0.85, 0.006 * place.scale)
    if kind.mouth != "beak":
        _nostrils(canvas, kind, size, place, (colour if kind.nose else skin) * np.float32(0.16))


def _skin_nose(canvas: Canvas, manner: Nose, n: float, place: Placement, skin: Array) -> None:
    """A person's nose where relief does not show it."""
    put, s = place.put, place.scale
    if manner == "cut":
        shape = blob(
            "0,-.08 .05,.2 .10,.46 .20,.60 .14,.70 0,.72 -.14,.70 -.20,.60 -.10,.46 -.05,.2"
        )
        shade = skin * np.float32(0.70)
        canvas.solid(Solid((put(shape * (n, 1.0)),), shade, MATERIALS["paper"], 0.1 * s, 0.2))
    if manner == "line":
        side = [(0.12 * n, 0.30), (0.17 * n, 0.52), (0.20 * n, 0.64), (0.10 * n, 0.69)]
        wing = stroke(np.array(side), 0.014, 0.024)
        low = [(-0.18 * n, 0.64), (-0.09 * n, 0.69), (0.0, 0.705), (0.10 * n, 0.69)]
        canvas.flat([put(wing), put(stroke(np.array(low), 0.024))], skin * np.float32(0.10), 0.85)


def _button(canvas: Canvas, manner: Nose, n: float, place: Placement, skin: Array) -> None:
    """The small round nose of a thing, where relief does not show it."""
    if manner == "cut":
        round_ = place.put(ellipse(0, 0.6, 0.13 * n, 0.1 * n))
        shade = skin * np.float32(0.72)
        canvas.solid(Solid((round_,), shade, MATERIALS["paper"], 0.1 * place.scale, 0.2))
    else:
        low = [
            (-0.12 * n, 0.62),
            (-0.07 * n, 0.675),
            (0.0, 0.69),
            (0.07 * n, 0.675),
            (0.12 * n, 0.62),
        ]
        line = place.put(stroke(np.array(low), 0.018, 0.018))
        amount = 0.8 if manner == "line" else 0.35
        canvas.haze([line], skin * np.float32(0.15), amount, 0.008 * place.scale)


def _trunk(canvas: Canvas, place: Placement, skin: Array) -> None:
    """A trunk that curls up beside the mouth, with its folds."""
    s = place.scale
    line, widths = np.array(TRUNK), np.array(TRUNK_WIDTHS)
    outline = place.put(_limb(line, widths))
    canvas.solid(Solid((outline,), skin * np.float32(0.95), MATERIALS["skin"], 0.22 * s, 0.3))
    folds = []
    for (x, y), wide in zip(TRUNK[1:4], TRUNK_WIDTHS[1:4], strict=True):
        fold = [(x - 0.36 * wide, y - 0.02), (x, y + 0.03), (x + 0.36 * wide, y - 0.02)]
        folds.append(place.put(brush(np.array(fold), np.array([0.004, 0.02, 0.004]))))
    canvas.haze(folds, skin * np.float32(0.25), 0.6, 0.01 * s)


def _limb(line: Polygon, widths: Polygon) -> Polygon:
    """Outline of a tapering limb with a round tip."""
    way = np.gradient(line, axis=0)
    side = np.stack([-way[:, 1], way[:, 0]], 1) / np.hypot(*way.T)[:, None] * widths[:, None] / 2
    tip = line[-1] + 0.5 * widths[-1] * way[-1] / np.hypot(*way[-1])
    return blob(np.concatenate([line + side, tip[None], (line - side)[::-1]]))


def _nostrils(canvas: Canvas, kind: FaceKind, n: float, place: Placement, dark: Array) -> None:
    size = n if kind.ridge else 1.0
    for x, y, rx, ry, turn in kind.nostrils:
        for side in (-1, 1):
            hole = ellipse(side * x * size, y, rx * size, ry * size, -side * turn)
            canvas.haze([place.put(hole)], dark, 0.85, 0.012 * place.scale)
