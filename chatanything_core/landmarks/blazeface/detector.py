"""Faces found by BlazeFace and MediaPipe's face meshes, run in NumPy."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ..detectors.mediapipe_to_68 import to_68
from ..records import Face
from .detection import FaceDetector
from .files import ModelFile, find_files
from .mesh import AttentionMesh, IrisMesh, MeshModel, PlainMesh
from .network import Network
from .picture import Picture
from .search import Models, find


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
        h, w = image.shape[:2]
        faces = []
        for found in find(Picture(np.ascontiguousarray(image)), models, confidence):
            points = found.mesh.points / (w, h)
            mesh = points if len(points) == 478 else None
            faces.append(Face(to_68(points), (w, h), "detected", mesh=mesh))
        return tuple(faces)


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
