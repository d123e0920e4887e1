"""How skin around the mouth lightens and darkens as it moves.

Cheeks that are pulled or lifted fold beside the nose, and lips that push forward throw a shadow
on the chin. Lengths are in half mouth widths, measured in the resting face.
"""

import numpy as np

from ..displacement import Grid
from ..face_geometry import Array, Field, Mouth
from ..remap import Remapper
from .lip_motion import MIDDLE

FOLD = 0.13
"""Darkest a full fold gets, as a share of the skin's brightness."""
CHEEK = 0.06
"""How much a lifted cheek lightens."""
UNDERLIP = 0.16
"""Shadow under lips that are pushed forward."""
CELL = 4


class SkinShading:
    """Factors on the brightness of the skin around one mouth."""

    def __init__(self, mouth: Mouth, points: Array) -> None:
        """`points` (68, 2) in pixels."""
        self.axes = mouth.axes
        wings = np.abs(self.axes.local(points[[31, 35]]))
        self._from = np.array([max(float(wings[:, 0].mean()) + 0.12, 0.4), mouth.nose - 0.12])
        self._to = np.array([1.34, 0.05])
        self._chin = float(mouth.lower_out[MIDDLE]) + 0.16
        around = self.axes.pixels(
            [(u, v) for u in (-1.9, 1.9) for v in (mouth.nose - 0.9, self._chin + 0.5)]
        )
        self.corners = (around.min(0), around.max(0))
        """Top left and bottom right of the shaded area, in pixels."""
        self.grid = Grid.over((*self.corners[0], *self.corners[1]), CELL)
        self.changes = self._made()

    def gains(self, places: Field, pull: float, push: float, sampler: Remapper) -> Field:
        """Factors on RGBA at resting positions `places` (h, w, 2) in pixels, shape (h, w, 4).

        `pull` in [0, 1] is how far cheeks are lifted or spread, `push` how far lips protrude.
        """
        change = sampler.field(self.changes, self.grid.cells(places))
        out = np.ones((*places.shape[:2], 4), np.float32)
        change *= np.array([pull, push], np.float32)
        out[..., :3] += (change[..., 0] + change[..., 1])[..., None]
        return out

    def _made(self) -> Field:
        """Change of the factors by a full pull and a full push on the grid, (rows, columns, 2)."""
        u, v = np.moveaxis(self.axes.local(self.grid.points()), -1, 0)
        x = np.abs(u)
        along, across = self._beside_fold(x, v)
        ends = np.clip(along * 6 + 0.3, 0, 1) * np.clip((1.05 - along) * 2.2, 0, 1)
        fold = np.exp(-((across / 0.15) ** 2)) * ends
        cheek = np.exp(-(((across - 0.42) / 0.24) ** 2)) * ends
        chin = np.exp(-((x / 0.55) ** 2) - ((v - self._chin) / 0.13) ** 2)
        changes = np.stack([CHEEK * cheek - FOLD * fold, -UNDERLIP * chin], -1)
        # Beyond the grid its rim goes on for ever, so the rim has to be nothing.
        changes[[0, -1]] = changes[:, [0, -1]] = 0
        return changes.astype(np.float32)

    def _beside_fold(self, x: Array, v: Array) -> tuple[Array, Array]:
        """How far along the fold (0 at the nose, 1 at its end) and outside it a place lies."""
        way = self._to - self._from
        length = float(np.hypot(*way))
        dx, dv = x - self._from[0], v - self._from[1]
        along = (dx * way[0] + dv * way[1]) / length**2
        # The fold bows outwards around the mouth.
        bow = 0.16 * (1 - (2 * along - 1) ** 2)
        return along, (dx * way[1] - dv * way[0]) / length - bow
