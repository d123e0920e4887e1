"""BlazeFace: boxes and six points of faces (Bazarevsky et al., "BlazeFace", 2019)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...errors import EngineError
from .network import Network
from .operators import sigmoid
from .picture import SPACING, Picture, Points, Square

LAYOUTS = {128: ((8, 2), (16, 6)), 192: ((4, 1),)}
"""By input size (short and full range): each grid's stride in pixels, and anchors per cell."""
OVERLAP = 0.3
"""Intersection over union above which two boxes are one face."""
SPACINGS = {128: SPACING, 192: 1.0}
"""`spacing` of the crop by input size; the small faces of the full range suffer from noise."""
LAST_WORD = "Put the model file there again, whole."


@dataclass(frozen=True, eq=False)
class Candidate:
    """What may be a face."""

    square: Square
    """Round its box, turned so that the eyes lie level."""
    score: float
    """In [0, 1]."""


class FaceDetector:
    """A short-range or full-range network with its anchors."""

    def __init__(self, network: Network, name: str) -> None:
        """EngineError unless the network is such a detector; `name` says where it is from."""
        self._network = network
        self._size = network.input_shape[1] if len(network.input_shape) == 4 else 0
        self._anchors = anchors(self._size)
        count = len(self._anchors)
        shapes = {shape[1:]: index for index, shape in enumerate(network.output_shapes)}
        square = network.input_shape == (1, self._size, self._size, 3)
        if not square or not count or shapes.keys() != {(count, 16), (count, 1)}:
            raise EngineError(
                f"{name} is not a face detector: it takes {network.input_shape} and gives "
                f"{network.output_shapes}. {LAST_WORD}"
            )
        self._boxes, self._scores = shapes[count, 16], shapes[count, 1]

    def __call__(self, picture: Picture, square: Square, confidence: float) -> list[Candidate]:
        """Candidates of at least `confidence` in a square of the picture, best first."""
        spacing = SPACINGS[self._size]
        pixels = picture.crop(square, self._size, spacing=spacing).astype(np.float32)
        outputs = self._network((pixels / 127.5 - 1)[None])
        scores = sigmoid(outputs[self._scores].ravel().astype(np.float64))
        kept = np.flatnonzero(scores >= confidence)
        rows = outputs[self._boxes][0, kept].astype(np.float64).reshape(-1, 8, 2) / self._size
        # A row is the box's middle and size, then six points; all but the size from the anchor.
        rows[:, [0, *range(2, 8)]] += self._anchors[kept, None]
        found = []
        for group in groups(rows[:, 0], rows[:, 1], scores[kept]):
            weights = scores[kept][group] / scores[kept][group].sum()
            row = np.einsum("n,nij->ij", weights, rows[group])
            candidate = Candidate(_square(row, square), float(scores[kept][group[0]]))
            if candidate.square.sound():
                found.append(candidate)
        return found


def anchors(size: int) -> Points:
    """Middles of the anchors for an input of `size` pixels, in [0, 1]; none for other sizes."""
    made = [np.zeros((0, 2))]
    for stride, count in LAYOUTS.get(size, ()):
        middles = (np.arange(size // stride) + 0.5) / (size // stride)
        y, x = np.meshgrid(middles, middles, indexing="ij")
        made.append(np.repeat(np.stack([x.ravel(), y.ravel()], 1), count, axis=0))
    return np.concatenate(made)


def groups(
    middles: Points, sizes: Points, scores: npt.NDArray[np.float64]
) -> list[npt.NDArray[np.int64]]:
    """Boxes that overlap the best one, then those that overlap the best of the rest, and so on."""
    low, high = middles - sizes / 2, middles + sizes / 2
    area = np.prod(np.maximum(sizes, 0), 1)
    rest = np.argsort(-scores, kind="stable")
    made = []
    while len(rest):
        best = rest[0]
        sides = np.minimum(high[rest], high[best]) - np.maximum(low[rest], low[best])
        shared = np.prod(np.maximum(sides, 0), 1)
        same = shared > OVERLAP * (area[rest] + area[best] - shared)
        same[0] = True
        made.append(rest[same])
        rest = rest[~same]
    return made


def _square(row: Points, searched: Square) -> Square:
    """Round the box, in pixels; `row` in the frame of the searched square."""
    (x, y), left, right = searched.to_picture(row[[0, 2, 3]])
    turn = float(np.arctan2(right[1] - left[1], right[0] - left[0]))
    return Square(float(x), float(y), float(row[1].max()) * searched.side, turn)
