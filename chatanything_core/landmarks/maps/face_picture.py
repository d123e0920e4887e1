"""A plain face at given landmarks, for models that start from a picture instead of heeding a map.

What SDEdit keeps of a start at a strength of 0.8 is where things are and how light they are: so a
head, shoulders, eyes, brows, nose and mouth, softly, on a plain ground, is all that it needs.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from ..records import FaceGuide

GROUND, BODY = (150, 156, 160), (96, 100, 112)
SKIN, SHADE = (205, 165, 140), (165, 122, 100)
BROW, WHITE, IRIS = (70, 50, 40), (240, 238, 232), (60, 45, 35)
LIP, INSIDE = (170, 85, 80), (70, 25, 25)
FINE = 2
"""Pixels drawn for one that is kept, on a side."""
SOFT = 0.012
"""Radius of the blur, in widths of the face."""

Points = npt.NDArray[np.float64]


def face_picture(guide: FaceGuide, size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """The guide's face, RGB (H, W, 3), in a picture of `size` (width, height)."""
    points = guide.points * np.array(size) * FINE
    canvas = Image.new("RGB", (size[0] * FINE, size[1] * FINE), GROUND)
    draw = ImageDraw.Draw(canvas)
    _shape(draw, _shoulders(points, canvas.size), BODY)
    _shape(draw, _head(points), SKIN)
    _features(draw, points)
    width = float(np.ptp(points[:17, 0]))
    soft = canvas.filter(ImageFilter.GaussianBlur(SOFT * width))
    return np.asarray(soft.resize(size, Image.Resampling.LANCZOS))


def _features(draw: ImageDraw.ImageDraw, points: Points) -> None:
    width = float(np.ptp(points[:17, 0]))
    for brow in (points[17:22], points[22:27]):
        draw.line(_flat(brow), BROW, round(0.045 * width), joint="curve")
    for eye in (points[36:42], points[42:48]):
        _eye(draw, eye)
    draw.line(_flat(points[27:31]), SHADE, round(0.025 * width))
    draw.line(_flat(points[31:36]), SHADE, round(0.03 * width), joint="curve")
    _shape(draw, points[48:60], LIP)
    _shape(draw, points[60:68], INSIDE)


def _eye(draw: ImageDraw.ImageDraw, eye: Points) -> None:
    _shape(draw, eye, WHITE)
    x, y = eye.mean(0)
    radius = min(0.24 * np.ptp(eye[:, 0]), 0.55 * np.ptp(eye[:, 1]))
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), IRIS)
    draw.line(_flat(eye[:4]), BROW, max(round(0.06 * float(np.ptp(eye[:, 0]))), 1))


def _head(points: Points) -> Points:
    """The jaw, and the skull above it: as high over the brows as the chin is below the nose."""
    jaw, brows = points[:17], points[17:27].mean(0)
    middle, chin = (jaw[0] + jaw[16]) / 2, jaw[8]
    up = (brows - chin) * 0.62
    turns = np.linspace(0, np.pi, 17)[1:-1]
    half = (jaw[16] - jaw[0]) / 2
    skull = middle + np.cos(turns)[:, None] * half + np.sin(turns)[:, None] * up
    return np.concatenate([jaw, skull])


def _shoulders(points: Points, size: tuple[int, int]) -> Points:
    """Neck and shoulders, down to the lower edge."""
    jaw = points[:17]
    width, chin, low = float(np.ptp(jaw[:, 0])), jaw[8], float(size[1])
    half = np.array([width, 0.0])
    neck = jaw[5] + (0, 0.35 * width), jaw[11] + (0, 0.35 * width)
    base = np.array([chin[0], chin[1] + 0.55 * width])
    corners = [neck[0], jaw[5], jaw[11], neck[1], base + 1.1 * half]
    floor = [(chin[0] + 1.4 * width, low), (chin[0] - 1.4 * width, low)]
    return np.array([*corners, *floor, base - 1.1 * half])


def _shape(draw: ImageDraw.ImageDraw, points: Points, colour: tuple[int, int, int]) -> None:
    draw.polygon(_flat(points), colour)


def _flat(points: Points) -> Sequence[float]:
    return [float(value) for value in np.ravel(points)]
