"""Look for faces: plain ones first, then turned and small ones.

A candidate counts as a face when the 468-point mesh says so twice; its second run is on the square
that the first one's points span, which fits a face and nothing else. Where many squares are
looked at, chance finds more: there the detector has to see the face again in frames round it.
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
FRAMES = (2.0, 2.5, 3.0)
"""Sides of the frames in which a face is looked at again, as factors of its own."""
DOUBT = 0.7
"""In each frame the score is above 1 - DOUBT * (1 - confidence): 0.65 for a confidence of 0.5."""
ALIKE = 1.6
"""How many times larger than the other the larger of two squares round the same face is at most."""
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
    square: Square
    """That of the detector."""

    def extent(self) -> float:
        """Longer side of its points' box, in pixels."""
        return float(np.ptp(self.mesh.points, axis=0).max())

    def area(self) -> float:
        """Of its points' box, in pixels."""
        return float(np.prod(np.ptp(self.mesh.points, axis=0)))


def find(picture: Picture, models: Models, confidence: float) -> list[Found]:
    """All faces of at least `confidence` (of detector and judge), largest first."""
    first = models.short(picture, picture.whole(), confidence)
    faces = _plain(picture, models, first, confidence)
    if not faces:
        for squares in _places(picture):
            faces = [
                face
                for square in squares
                for face in _look_hard(picture, models, square, confidence)
            ]
            if faces:
                break
    placed = [_placed(picture, models, first, face) for face in _distinct(faces)]
    return sorted(placed, key=Found.area, reverse=True)


def _plain(
    picture: Picture, models: Models, first: list[Candidate], confidence: float
) -> list[Found]:
    """Faces seen on the whole picture; `first` are those that the short range sees."""
    whole = picture.whole()
    faces = _faces(picture, models, first, confidence)
    if faces and max(face.score for face in faces) < SURE:
        turned = _look_hard(picture, models, replace(whole, turn=math.pi), confidence)
        if turned and turned[0].score > faces[0].score + 0.1:
            faces = turned
    if models.full and all(face.extent() < ROOM * whole.side for face in faces):
        seen = models.full(picture, whole, confidence)
        faces = [*faces, *_faces(picture, models, seen, confidence)]
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


def _faces(
    picture: Picture, models: Models, candidates: list[Candidate], confidence: float
) -> list[Found]:
    """The faces among candidates, best first."""
    judged = (_judged(picture, models, candidate, confidence) for candidate in candidates)
    return [face for face in judged if face is not None]


def _look_hard(picture: Picture, models: Models, square: Square, confidence: float) -> list[Found]:
    """Faces in one of many squares, best first: those that are seen in every frame round them."""
    least = 1 - DOUBT * (1 - confidence)
    found = []
    for candidate in models.short(picture, square, confidence):
        sure = candidate.score >= least
        face = _judged(picture, models, candidate, confidence) if sure else None
        if face is not None and all(
            _seen(picture, models, candidate.square, candidate.square.scaled(factor), least)
            for factor in FRAMES
        ):
            found.append(face)
    return found


def _seen(picture: Picture, models: Models, face: Square, frame: Square, least: float) -> bool:
    return any(
        math.hypot(other.square.x - face.x, other.square.y - face.y) < face.side / 2
        for other in models.short(picture, frame, least)
    )


def _judged(
    picture: Picture, models: Models, candidate: Candidate, confidence: float
) -> Found | None:
    """The face of a candidate; None where there is none."""
    square = candidate.square.scaled(MARGIN)
    first = models.judge(picture, square)
    if not first.presence >= confidence or not first.square().sound():
        return None
    second = models.judge(picture, first.square())
    if not second.presence >= confidence:
        return None
    mesh = models.points(picture, square)
    if not mesh.presence >= confidence or not np.isfinite(mesh.points).all():
        return None
    return Found(mesh, candidate.score, candidate.square)


def _placed(picture: Picture, models: Models, first: list[Candidate], face: Found) -> Found:
    """The face with its points looked for where the short range sees it in the whole picture.

    The meshes learnt from that range's squares; those of the full range, of turns and tiles fit
    less well. What it sees may be a face that the judge only believed in another square.
    """
    if any(candidate.square == face.square for candidate in first):
        return face
    for candidate in first:
        if _same(candidate.square, face.square):
            mesh = models.points(picture, candidate.square.scaled(MARGIN))
            if mesh.presence >= face.mesh.presence / 2 and np.isfinite(mesh.points).all():
                return replace(face, mesh=mesh)
    return face


def _same(one: Square, other: Square) -> bool:
    """Whether two squares are round the same face, the same way up."""
    turn = (one.turn - other.turn + math.pi) % (2 * math.pi) - math.pi
    near = math.hypot(one.x - other.x, one.y - other.y) < min(one.side, other.side) / 2
    return near and abs(turn) < math.pi / 4 and 1 / ALIKE < one.side / other.side < ALIKE


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
