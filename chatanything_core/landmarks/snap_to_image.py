"""Carry a guide's points to a picture that was painted after it, and pull them onto its features.

Painters that follow a control map put eyes and mouth near its points, not on them. Lids and lips
are edges, so each group of points is shifted to where its outlines meet the strongest edges
nearby.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from .face_model.transform import placement_of
from .records import Face, FaceGuide

WORK = 256
"""Longer side in pixels at which features are looked for."""
REACH = 0.16
"""How far a feature is looked for, in eye distances."""
STEPS = 17
"""Shifts that are tried along each axis."""
GROUPS = ((slice(36, 42),), (slice(42, 48),), (slice(48, 60), slice(60, 68)))
"""Closed outlines of the left eye, the right eye, and the mouth."""


def refine(image: npt.NDArray[np.uint8], prior: Face | FaceGuide, *, reach: float = REACH) -> Face:
    """The prior's face with eyes and mouth pulled onto the features of RGB `image`.

    `reach` is how far at most, in eye distances; 0 leaves the points as they are.
    """
    if reach == 0.0:
        size = (image.shape[1], image.shape[0])
        return Face(prior.points, size, "guide", notes=("carried from the guide",))
    h, w = image.shape[:2]
    scale = WORK / max(h, w)
    size = (max(round(w * scale), 8), max(round(h * scale), 8))
    grey = Image.fromarray(image).convert("L").resize(size, Image.Resampling.BOX)
    edges = _edges(np.asarray(grey.filter(ImageFilter.GaussianBlur(1.0)), np.float64) / 255)
    points = prior.points * np.array(size, float)
    eye = placement_of(points).scale
    shifts = np.zeros_like(points)
    for outlines in GROUPS:
        line = np.concatenate([_dense(points[outline]) for outline in outlines])
        shift = _pull(edges, line, reach * eye)
        for outline in outlines:
            shifts[outline] = shift
    middle = (shifts[36] + shifts[42]) / 2
    shifts[17:27] = middle
    shifts[27:36] = (middle + shifts[48]) / 2
    shifts[0:17] = (middle + shifts[48]) / 2
    moved = (points + shifts) / np.array(size, float)
    return Face(moved, (w, h), "guide", notes=("carried from the guide and refined",))


def _edges(grey: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How steep each pixel is, shape (h, w)."""
    gy, gx = np.gradient(grey)
    return np.asarray(np.hypot(gx, gy))


def _dense(outline: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """A closed outline with four points for each of its own."""
    after = np.roll(outline, -1, 0)
    return np.concatenate([outline + (after - outline) * t for t in (0.0, 0.25, 0.5, 0.75)])


def _pull(
    edges: npt.NDArray[np.float64], line: npt.NDArray[np.float64], reach: float
) -> npt.NDArray[np.float64]:
    """Shift in pixels, within `reach`, that lays the line on the strongest edges."""
    high = np.array(edges.shape[::-1]) - 1
    best, best_score = np.zeros(2), -np.inf
    steps = np.linspace(-reach, reach, STEPS)
    for dy in steps:
        for dx in steps:
            shift = np.array([dx, dy])
            x, y = np.clip(np.round(line + shift).astype(int), 0, high).T
            # Staying is worth something, so that flat skin does not drag points about.
            score = edges[y, x].mean() * (1 - 0.25 * np.hypot(dx, dy) / max(reach, 1e-6))
            if score > best_score:
                best, best_score = shift, float(score)
    return best
