"""Faces found by BlazeFace and MediaPipe's face meshes, run in NumPy."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ..detectors.mediapipe_to_68 import to_68
from ..face_model.covered_mouth import lips_unseen
from ..records import Face
from .detection import FaceDetector
from .files import ModelFile, find_files
from .mesh import MARGIN, AttentionMesh, IrisMesh, MeshModel, PlainMesh
from .network import Network
from .picture import Picture, Points, Square
from .search import Found, Models, find

LEGIBLE = 24.0
"""Pixels between the eyes of the smallest face of which lips can be said to be hidden."""
STEADY = 0.04
"""Most that lips which are seen wander, in eye distances (see `lips_wander`)."""
LOOKS = ((0.04, 0.04, 0.95, 0.1), (-0.04, -0.027, 1.08, -0.1))
"""Other squares: moved to the right and down by shares of the side, scaled, and turned in radians."""


class BlazeFaceDetector:
    """One verb: `detect`. May be used from several threads."""

    def __init__(self, models: Models | None = None) -> None:
        """Runs `models`; by default those of the files that are found, which stay loaded."""
        self._models = models

    def detect(self, image: npt.NDArray[np.uint8], confidence: float) -> tuple[Face, ...]:
        """Faces with at least `confidence`, largest first; see `base.Detector`.

        Raises:
            MissingModelError: there are no model files.
            EngineError: a model file is damaged or another than its name says.
        """
        models = self._models or _found_models()
        picture = Picture(np.ascontiguousarray(image))
        size = (picture.width, picture.height)
        faces = []
        for found in find(picture, models, confidence):
            points = found.mesh.points / size
            mesh = points if len(points) == 478 else None
            covered = lips_hidden(image, picture, models, found)
            face = Face(to_68(points), size, "detected", mesh=mesh, covered=covered)
            faces.append(face)
        return tuple(faces)


def lips_hidden(
    image: npt.NDArray[np.uint8], picture: Picture, models: Models, found: Found
) -> bool:
    """Whether nothing shows lips in `image`, and the mesh guesses where they are."""
    points = to_68(found.mesh.points)
    if eye_distance(points) < LEGIBLE or not lips_unseen(image, points):
        return False
    return lips_wander(picture, models, found.square) > STEADY


def eye_distance(points: Points) -> float:
    """Between the middles of the eyes of 68 points, in their unit."""
    return float(np.linalg.norm(points[36:42].mean(0) - points[42:48].mean(0)))


def lips_wander(picture: Picture, models: Models, square: Square) -> float:
    """How far the mesh moves the lips when it looks at other squares than a face's own.

    Mean distance in eye distances; lips that are seen stay where they are.
    """
    square = square.scaled(MARGIN)
    meshes = [to_68(models.judge(picture, square).points)]
    for right, down, factor, turn in LOOKS:
        x, y = square.x + right * square.side, square.y + down * square.side
        look = Square(x, y, square.side * factor, square.turn + turn)
        meshes.append(to_68(models.judge(picture, look).points))
    first, *others = meshes
    moved = [np.linalg.norm(other[48:] - first[48:], axis=1).mean() for other in others]
    return float(np.mean(moved)) / max(eye_distance(first), 1e-6)


def _found_models() -> Models:
    files = find_files()
    return _loaded(
        tuple((role, file, file.path.stat().st_mtime_ns) for role, file in files.items())
    )


@lru_cache(maxsize=1)
def _loaded(files: tuple[tuple[str, ModelFile, int], ...]) -> Models:
    """Networks of the files last asked for; their times tell when one was replaced."""
    return load({role: file for role, file, _ in files})


def load(files: dict[str, ModelFile]) -> Models:
    """The networks of model files by role (see `find_files`).

    Raises:
        EngineError: a file is damaged or another than its role needs.
    """
    short = FaceDetector(_network(files["short"]), str(files["short"]))
    full = None
    if "full" in files:
        full = FaceDetector(_network(files["full"]), str(files["full"]))
    points = _points(files)
    judge = _mesh(files["mesh"], 468) if "mesh" in files else points
    return Models(short, full, judge, points)


def _points(files: dict[str, ModelFile]) -> MeshModel:
    """The mesh that gives the points: the best that there is."""
    if "landmarks" in files:
        return _mesh(files["landmarks"], 478)
    if "attention" in files:
        return AttentionMesh(_network(files["attention"]), str(files["attention"]))
    mesh = _mesh(files["mesh"], 468)
    if "iris" not in files:
        return mesh
    return IrisMesh(mesh, _network(files["iris"]), str(files["iris"]))


def _mesh(file: ModelFile, count: int) -> PlainMesh:
    return PlainMesh(_network(file), str(file), count)


def _network(file: ModelFile) -> Network:
    return Network(file.read(), str(file))
