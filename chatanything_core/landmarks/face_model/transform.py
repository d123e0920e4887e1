"""Move, turn, scale and change the expression of 68 points."""

import numpy as np
import numpy.typing as npt

from ...persona import EmotionName
from .anatomy import FaceStyle, build
from .emotion_shapes import EMOTION_SHAPES, apply_emotion
from .placement import Placement

Points = npt.NDArray[np.float64]


def template(look: FaceStyle | None = None) -> Points:
    """The 68 points of an average face in the face frame (see `placement`), shape (68, 2)."""
    return build(look or FaceStyle(eye_size=1.0)).points


def express(expression: EmotionName, strength: float = 1.0) -> Points:
    """How far an expression moves each of the 68 points, in the face frame, shape (68, 2)."""
    calm = FaceStyle(eye_size=1.0)
    change = {name: value * strength for name, value in EMOTION_SHAPES[expression].items()}
    return build(apply_emotion(calm, change)).points - build(apply_emotion(calm, {})).points


def placement_of(points: Points) -> Placement:
    """Where a face stands, from its 68 points in pixels: between the eyes, upright scale, roll."""
    left, right = points[36:42].mean(0), points[42:48].mean(0)
    across = right - left
    middle = (left + right) / 2
    roll = float(np.degrees(np.arctan2(across[1], across[0])))
    return Placement(float(middle[0]), float(middle[1]), max(float(np.hypot(*across)), 1e-6), roll)


def into_frame(points: Points, place: Placement) -> Points:
    """Undo a placement without yaw and pitch: pixels to the face frame."""
    turn = np.radians(place.roll)
    c, s = np.cos(turn), np.sin(turn)
    shifted = (points - (place.x, place.y)) / place.scale
    return np.stack(
        [c * shifted[:, 0] + s * shifted[:, 1], c * shifted[:, 1] - s * shifted[:, 0]], 1
    )


def out_of_frame(points: Points, place: Placement) -> Points:
    """Face frame to pixels by similarity alone."""
    turn = np.radians(place.roll)
    c, s = np.cos(turn) * place.scale, np.sin(turn) * place.scale
    x, y = points[:, 0], points[:, 1]
    return np.stack([place.x + c * x - s * y, place.y + s * x + c * y], 1)
