"""Face meshes: 468 points that judge whether there is a face, and 478 with its irises."""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from ...errors import EngineError
from .attention import LEFT_EYE, LIPS, RIGHT_EYE
from .network import Network
from .operators import sigmoid
from .picture import Picture, Points, Square

MARGIN = 1.5
"""How much wider than a face the square is that its mesh is looked for in."""
EYE_CORNERS = (33, 263)
"""Mesh indices of the outer corners of the eyes, from left to right as the viewer sees them."""
DOWN = 0.018
"""How much too high the whole older mesh lies, in eye distances as all that follows."""
LIDS = 16
"""How many of the points round an eye are its lids; the iris network's brows are less exact than
the mesh's own (0.084 eye distances against 0.051, median of 57 photographs)."""
EYES = (((33, 133), LEFT_EYE[:LIDS]), ((263, 362), RIGHT_EYE[:LIDS]))
"""Outer and inner corner of each eye, and the indices of its lids."""
OUTER, INNER = 0.038, 0.009
"""How much too far inwards the outer corner of an eye lies, and too far outwards the inner one."""
MOUTH = (61, 291)
"""Its corners."""
WIDE, BENT = 0.018, 0.018
"""How much too far outwards the corners of the mouth lie, and too high against its middle."""
IRIS_MARGIN = 2.3
"""How much wider than an eye the square is that its iris is looked for in."""


@dataclass(frozen=True, eq=False)
class Mesh:
    """What a mesh network says of a square."""

    points: Points
    """In pixels of the picture, shape (468 or 478, 2)."""
    presence: float
    """How sure it is that there is a face, in [0, 1]."""

    def square(self) -> Square:
        """The square to look for this face's mesh in."""
        across = self.points[EYE_CORNERS[1]] - self.points[EYE_CORNERS[0]]
        turn = float(np.arctan2(across[1], across[0]))
        c, s = np.cos(turn), np.sin(turn)
        level = self.points @ np.array([[c, -s], [s, c]])
        low, high = level.min(0), level.max(0)
        x, y = (low + high) / 2
        return Square(
            float(c * x - s * y), float(s * x + c * y), float((high - low).max()), turn
        ).scaled(MARGIN)  # fmt: skip


class MeshModel(Protocol):
    """Any of the networks below."""

    def __call__(self, picture: Picture, square: Square) -> Mesh:
        """The mesh of the face in a square of the picture."""
        ...


class PlainMesh:
    """A network of 468 points, or of 478 (that of newer MediaPipe), and a face's presence."""

    def __init__(self, network: Network, name: str, count: int) -> None:
        """EngineError unless the network is a mesh of `count` points; `name` for its message."""
        self._network, self._size = network, _input_size(network, name)
        self._points = _output(network, name, 3 * count)
        # The newest network has a second flag behind that of presence: whether the tongue is out.
        self._presence = _output(network, name, 1)

    def __call__(self, picture: Picture, square: Square) -> Mesh:
        """See `MeshModel`."""
        outputs = self._network(_pixels(picture, square, self._size))
        points = outputs[self._points].reshape(-1, 3)[:, :2].astype(np.float64) / self._size
        return Mesh(square.to_picture(points), float(sigmoid(outputs[self._presence].ravel()[0])))


class AttentionMesh:
    """The network of 478 points that looks closer at lips and eyes."""

    REFINED = (
        (LIPS, 160),
        (LEFT_EYE, 142),
        (RIGHT_EYE, 142),
        (tuple(range(468, 473)), 10),
        (tuple(range(473, 478)), 10),
    )
    """Which points the outputs behind the first refine, and how many numbers each has."""

    def __init__(self, network: Network, name: str) -> None:
        """EngineError unless the network is an attention mesh; `name` for its message."""
        self._network, self._size = network, _input_size(network, name)
        sizes = [int(np.prod(shape)) for shape in network.output_shapes]
        if sizes != [1404, *(count for _, count in self.REFINED), 1]:
            raise _foreign(network, name)

    def __call__(self, picture: Picture, square: Square) -> Mesh:
        """See `MeshModel`."""
        coarse, *refined, presence = self._network(_pixels(picture, square, self._size))
        points = np.zeros((478, 2))
        points[:468] = coarse.reshape(-1, 3)[:, :2]
        for (indices, _), spots in zip(self.REFINED, refined, strict=True):
            points[list(indices)] = spots.reshape(-1, 2)
        return Mesh(square.to_picture(points / self._size), float(sigmoid(presence.ravel()[0])))


class IrisMesh:
    """The older mesh of 468 points, its lids refined and its irises added by the iris network."""

    def __init__(self, mesh: MeshModel, network: Network, name: str) -> None:
        """EngineError unless the network is an iris network; `name` for its message."""
        self._mesh, self._network, self._size = mesh, network, _input_size(network, name)
        self._eye, self._iris = _output(network, name, 213), _output(network, name, 15)

    def __call__(self, picture: Picture, square: Square) -> Mesh:
        """See `MeshModel`."""
        mesh = self._mesh(picture, self._mesh(picture, square).square())
        left, left_iris = self._look(picture, mesh.points[[33, 133]], mirrored=False)
        right, right_iris = self._look(picture, mesh.points[[362, 263]], mirrored=True)
        points = np.concatenate([mesh.points, left_iris, right_iris])
        points[list(LEFT_EYE[:LIDS])], points[list(RIGHT_EYE[:LIDS])] = left[:LIDS], right[:LIDS]
        return replace(mesh, points=corrected(points))

    def _look(self, picture: Picture, corners: Points, *, mirrored: bool) -> tuple[Points, Points]:
        """71 points round an eye and 5 of its iris; `mirrored` since the network knows left ones."""
        across, middle = corners[1] - corners[0], corners.mean(0)
        turn = float(np.arctan2(across[1], across[0]))
        x, y, side = float(middle[0]), float(middle[1]), float(np.hypot(*across))
        square = Square(x, y, side * IRIS_MARGIN, turn)
        if not square.sound():
            return np.repeat(middle[None], 71, 0), np.repeat(middle[None], 5, 0)
        outputs = self._network(_pixels(picture, square, self._size, mirrored=mirrored))
        made = []
        for index in (self._eye, self._iris):
            spots = outputs[index].reshape(-1, 3)[:, :2].astype(np.float64) / self._size
            if mirrored:
                spots[:, 0] = 1 - spots[:, 0]
            made.append(square.to_picture(spots))
        return made[0], made[1]


def corrected(points: Points) -> Points:
    """Points (478, 2) of the older mesh and the iris network where the attention mesh has them.

    The constants were fitted to it on 50 photographs, in eye distances, the same on both sides of
    the face; leaving out the photograph that is measured changes none of the figures.
    """
    left, right = points[list(EYES[0][0])].mean(0), points[list(EYES[1][0])].mean(0)
    across = right - left
    down = np.array([-across[1], across[0]])
    made = points.copy()
    made[:468] += DOWN * down
    for (outer, inner), lids in EYES:
        rows, axis = list(lids), points[outer] - points[inner]
        outwards = np.sign(axis @ across) * across
        share = ((points[rows] - points[inner]) @ axis / max(axis @ axis, 1e-9))[:, None]
        made[rows] = points[rows] + (OUTER * share - INNER * (1 - share)) * outwards
    rows, ends = list(LIPS), points[list(MOUTH)]
    half = (ends[1] - ends[0]) / 2
    place = ((points[rows] - ends.mean(0)) @ half / max(half @ half, 1e-9))[:, None]
    made[rows] += -WIDE * place * across + BENT * place**2 * down
    return made


def _pixels(picture: Picture, square: Square, size: int, *, mirrored: bool = False) -> Points:
    pixels = picture.crop(square, size, mirrored=mirrored, beyond=True)
    return np.asarray((pixels.astype(np.float32) / 255)[None])


def _input_size(network: Network, name: str) -> int:
    shape = network.input_shape
    if len(shape) != 4 or shape != (1, shape[1], shape[1], 3):
        raise _foreign(network, name)
    return shape[1]


def _output(network: Network, name: str, count: int) -> int:
    """Which output has `count` numbers; the first of several."""
    for index, shape in enumerate(network.output_shapes):
        if int(np.prod(shape)) == count:
            return index
    raise _foreign(network, name)


def _foreign(network: Network, name: str) -> EngineError:
    return EngineError(
        f"{name} is not the kind of face mesh that its name says: it takes {network.input_shape} "
        f"and gives {network.output_shapes}. Put the model file there again."
    )
