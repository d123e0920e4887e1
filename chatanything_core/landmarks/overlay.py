"""Draw a face's landmarks on its picture, for a person to judge."""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from .records import Face

LINES = (
    *((slice(a, b), False) for a, b in ((0, 17), (17, 22), (22, 27), (27, 31), (31, 36))),
    *((slice(a, b), True) for a, b in ((36, 42), (42, 48), (48, 60), (60, 68))),
)
"""Runs of the 68 points that belong together, and whether they close."""
GREEN, WHITE = (80, 235, 130), (255, 255, 255)


def draw_overlay(image: npt.NDArray[np.uint8], face: Face) -> npt.NDArray[np.uint8]:
    """RGB uint8, shape (H, W, 3): the picture with lines and points of the face."""
    page = Image.fromarray(image).copy()
    pen = ImageDraw.Draw(page)
    size = np.array(page.size, float)
    width = max(page.width // 256, 1)
    for run, closed in LINES:
        points = [tuple(point) for point in (face.points[run] * size).tolist()]
        pen.line(points + points[:1] * closed, fill=GREEN, width=width)
    for x, y in face.points * size:
        pen.ellipse((x - width, y - width, x + width, y + width), fill=WHITE)
    return np.array(page)


def describe_face(face: Face) -> str:
    """The score, its parts and how the face was found, one line each."""
    lines = [f"animatability {face.score:.2f}, landmarks {face.origin}"]
    lines += [f"{name} {value:.2f}" for name, value in face.report.items()]
    return "\n".join([*lines, *face.notes])
