"""Where the face sits on the picture and which way it looks."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Polygon = npt.NDArray[np.float64]
"""Points in order, shape (n, 2)."""


@dataclass(frozen=True)
class Placement:
    """Maps the face frame to picture pixels.

    Face frame: the unit is the distance between the pupils; x right, y down; the eyes lie at
    (-1/2, 0) and (1/2, 0), the mouth near (0, 1), the chin near (0, 1.6).
    """

    x: float
    """Column in pixels of the point between the pupils."""
    y: float
    """Row in pixels of the point between the pupils."""
    scale: float
    """Pixels per eye distance."""
    roll: float = 0.0
    """Degrees, clockwise on the picture."""
    yaw: float = 0.0
    """Degrees; positive looks to the picture's right."""
    pitch: float = 0.0
    """Degrees; positive looks up."""

    def put(self, points: Polygon) -> Polygon:
        """Picture pixels of face-frame points, turned in depth by `relief`."""
        x, y = points[:, 0], points[:, 1]
        z = relief(x, y)
        yaw, pitch = np.radians(self.yaw), np.radians(self.pitch)
        x, z = x * np.cos(yaw) + z * np.sin(yaw), z * np.cos(yaw) - x * np.sin(yaw)
        y = 0.45 + (y - 0.45) * np.cos(pitch) - z * np.sin(pitch)
        turn = np.radians(self.roll)
        c, s = np.cos(turn) * self.scale, np.sin(turn) * self.scale
        return np.stack([self.x + c * x - s * y, self.y + s * x + c * y], 1)

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """Picture pixels of one face-frame point."""
        px, py = self.put(np.array([[x, y]]))[0]
        return float(px), float(py)


def relief(x: Polygon, y: Polygon) -> Polygon:
    """Depth of a face at face-frame coordinates, towards the viewer, in eye distances.

    Pupils lie at 0, the nose tip about 0.5 before them, the ears about 0.8 behind.
    """
    cheek = 0.16 - 0.62 * x**2 - 0.05 * (y - 0.5) ** 2
    nose = 0.36 * np.exp(-((x / 0.17) ** 2) - ((y - 0.58) / 0.24) ** 2)
    return np.asarray(cheek + nose)
