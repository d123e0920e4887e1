"""Where the figure stands on the picture: by itself, or moved so that its face meets a guide."""

from dataclasses import dataclass

import numpy as np

from ...landmarks import FaceGuide
from ...landmarks.face_model.anatomy import EYE_MIDDLE
from ...landmarks.face_model.placement import Placement, Polygon
from .bodies import Body
from .drawn.page import Page, put_page
from .surface.raster import Patch
from .surface.relief import Array

EDGE = 0.96
"""Where the picture ends for what must be seen whole, in body units."""

BUST, CHEST, HIGHEST = 0.8, 1.12, -0.85
"""Of people: the largest scale, the lowest row that must be seen so that their clothes are, and
the row at which a bald head is taken to end; in body units."""


@dataclass(frozen=True)
class Composition:
    """A similarity from the body frame to picture pixels, and the face's place on it."""

    x: float
    """Column of the body frame's origin in pixels."""
    y: float
    """Row of the body frame's origin in pixels."""
    unit: float
    """Pixels per body unit."""
    roll: float
    """Degrees, clockwise on the picture."""
    face: Placement
    size: tuple[int, int]
    """Width and height of the picture in pixels."""

    def put(self, points: Polygon) -> Polygon:
        """Body frame to picture pixels."""
        turn = np.radians(self.roll)
        c, s = np.cos(turn) * self.unit, np.sin(turn) * self.unit
        x, y = points[:, 0], points[:, 1]
        return np.stack([self.x + c * x - s * y, self.y + s * x + c * y], 1)

    def put_page(self, page: Page) -> tuple[Patch, Array]:
        """What a drawing covers of the picture, and its colours there, (h, w, 3)."""
        return put_page(page, (self.x, self.y), self.unit, self.roll, self.size)


def compose(
    body: Body,
    size: tuple[int, int],
    guide: FaceGuide | None,
    hat: tuple[float, float] = (0.0, 0.0),
) -> Composition:
    """Centre the body; with a guide, turn and scale the whole figure until its eyes meet.

    `guide.strength` below 1 goes only that part of the way. `hat` is how far a hat reaches
    sideways and above its brim, in widths of the head.
    """
    unit = min(size) / 2
    rest = np.array([size[0] / 2, size[1] / 2, unit, 0.0])
    rest[1:3] = _with_headroom(body, hat, rest[1], unit)
    pose = np.zeros(3)
    if guide is not None:
        share = float(np.clip(guide.strength, 0, 1))
        rest = rest + share * (_meeting(body, size, guide) - rest)
        pose = share * np.array(guide.pose)
    x, y, unit, roll = (float(value) for value in rest)
    turn = np.radians(roll)
    fx, fy, distance = body.face
    return Composition(
        x,
        y,
        unit,
        roll,
        Placement(
            x + unit * (np.cos(turn) * fx - np.sin(turn) * fy),
            y + unit * (np.sin(turn) * fx + np.cos(turn) * fy),
            distance * unit,
            roll,
            float(np.clip(pose[0], -25, 25)),
            float(np.clip(pose[1], -25, 25)),
        ),
        size,
    )


def _with_headroom(
    body: Body, hat: tuple[float, float], middle: float, unit: float
) -> tuple[float, float]:
    """Row of the origin and unit that leave room for a hat; the feet stay where they were."""
    side, top, feet = hat[0] * body.head, body.brim - hat[1] * body.head, 0.9
    if body.kind == "human":
        return _bust(body, side, top, middle, unit)
    factor = min(1.0, (feet + EDGE) / (feet - top), EDGE / max(side, EDGE))
    return middle + unit * feet * (1 - factor), unit * factor


def _bust(body: Body, side: float, top: float, middle: float, unit: float) -> tuple[float, float]:
    """Row of the origin and unit that show a person from hair or hat down to the chest."""
    lines = np.concatenate([line for part in body.parts for line in part.outlines])
    top = min(top, HIGHEST, float(lines[:, 1].min()))
    above = lines[lines[:, 1] < body.face[1] + body.face[2]]
    side = max(side, float(np.abs(above[:, 0]).max()))
    factor = min(BUST, (1 + EDGE) / (CHEST - top), EDGE / max(side, EDGE))
    return middle - unit * (EDGE + factor * top), unit * factor


def _meeting(
    body: Body, size: tuple[int, int], guide: FaceGuide
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Origin, unit and roll of the body frame that bring its eyes onto the guide's."""
    points = guide.points * np.array(size, float)
    left, right = points[36:42].mean(0), points[42:48].mean(0)
    across = right - left
    # Yaw shortens what is seen of the eye distance.
    distance = max(float(np.hypot(*across)) / max(np.cos(np.radians(guide.pose[0])), 0.5), 1.0)
    roll = np.degrees(np.arctan2(across[1], across[0]))
    unit = distance / (2 * EYE_MIDDLE * body.face[2])
    turn = np.radians(roll)
    middle = (left + right) / 2
    fx, fy, _ = body.face
    x = middle[0] - unit * (np.cos(turn) * fx - np.sin(turn) * fy)
    y = middle[1] - unit * (np.sin(turn) * fx + np.cos(turn) * fy)
    return np.array([x, y, unit, roll])
