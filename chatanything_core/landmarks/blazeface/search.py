"""Look for faces: plain ones first, then small, turned and distant ones.

A candidate counts as a face when the 468-point mesh, run twice, says so; the second run is on the
square that the first one's points span, which fits a face and nothing else.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from .detection import Candidate, FaceDetector
from .mesh import MARGIN, Mesh, MeshModel
from .picture import Picture, Square

SURE = 0.75
"""Below this score a face may stand on its head."""
ROOM = 0.4
"""A face narrower than this share of the picture leaves room for more, which are looked for."""
TILES = (1 / 2, 1 / 3.2, 1 / 5)
"""Sides of the squares that small faces are looked for in, as shares of the longer side."""
APART = 0.35
"""Middles of two faces are at least this share of the larger one's extent apart."""


@dataclass(frozen=True)
class Models:
    """The networks that a search runs."""

    short: FaceDetector
    full: FaceDetector | None
    judge: MeshModel
    points: MeshModel


@dataclass(frozen=True, eq=False)
class Found:
    """A face."""

    mesh: Mesh
    score: float
    """That of the detector, in [0, 1]."""

    def extent(self) -> float:
        """Longer side of its points' box, in pixels."""
        return float(np.ptp(self.mesh.points, axis=0).max())

    def area(self) -> float:
        """Of its points' box, in pixels."""
        return float(np.prod(np.ptp(self.mesh.points, axis=0)))


def find(picture: Picture, models: Models, confidence: float) -> list[Found]:
    """All faces of at least `confidence` (of detector and judge), largest first."""
    faces = _plain(picture, models, confidence)
    if not faces:
        for squares in _places(picture):
            faces = [
                face
                for square in squares
                for face in _look(picture, models, models.short, square, confidence)
            ]
            if faces:
                break
    return sorted(_distinct(faces), key=Found.area, reverse=True)


def _plain(picture: Picture, models: Models, confidence: float) -> list[Found]:
    """Faces seen on the whole picture."""
    whole = picture.whole()
    faces = _look(picture, models, models.short, whole, confidence)
    if faces and max(face.score for face in faces) < SURE:
        turned = _look(picture, models, models.short, replace(whole, turn=math.pi), confidence)
        if turned and turned[0].score > faces[0].score + 0.1:
            faces = turned
    if models.full and all(face.extent() < ROOM * whole.side for face in faces):
        faces = [*faces, *_look(picture, models, models.full, whole, confidence)]
    return faces


def _places(picture: Picture) -> Iterator[list[Square]]:
    """Where else to look, step by step: the picture turned, then tiles, smaller and smaller."""
    whole = picture.whole()
    yield [replace(whole, turn=math.radians(angle)) for angle in (90, -90, 180)]
    for share in TILES:
        side = whole.side * share
        rows, columns = _middles(picture.height, side), _middles(picture.width, side)
        yield [Square(x, y, side) for y in rows for x in columns]


def _middles(length: float, side: float) -> list[float]:
    """Middles of squares that cover a length and overlap by half."""
    if length <= side:
        return [length / 2]
    count = math.ceil((length - side) / (side / 2)) + 1
    return list(np.linspace(side / 2, length - side / 2, count).tolist())


def _look(
    picture: Picture, models: Models, detector: FaceDetector, square: Square, confidence: float
) -> list[Found]:
    """Faces in a square, best first."""
    found = []
    for candidate in detector(picture, square, confidence):
        mesh = _judged(picture, models, candidate, confidence)
        if mesh is not None:
            found.append(Found(mesh, candidate.score))
    return found


def _judged(
    picture: Picture, models: Models, candidate: Candidate, confidence: float
) -> Mesh | None:
    """The mesh of a candidate; None where there is no face."""
    mesh, square = None, candidate.square.scaled(MARGIN)
    for _ in range(2):
        mesh = models.judge(picture, square)
        square = mesh.square() if np.isfinite(mesh.points).all() else square
        if not mesh.presence >= 0.05 or not square.sound():
            return None
    if mesh is None or not mesh.presence >= confidence:
        return None
    points = models.points(picture, candidate.square.scaled(MARGIN)).points
    return replace(mesh, points=points) if np.isfinite(points).all() else None


def _distinct(faces: list[Found]) -> list[Found]:
    """Each face once, as the detector was surest of it."""
    kept: list[Found] = []
    for face in sorted(faces, key=lambda face: -face.score):
        middle = face.mesh.points.mean(0)
        if all(
            np.hypot(*(middle - other.mesh.points.mean(0)))
            > APART * max(face.extent(), other.extent())
            for other in kept
        ):
            kept.append(face)
    return kept
