"""Carry a guide's points to a picture that was painted after it, and pull them onto its features.

Painters that follow a control map put eyes and mouth near its points, not on them. Eyes and
mouth are the dark, finely structured spots of a face, so each group of points is shifted to
where local contrast is greatest nearby.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from .editing import placement_of
from .records import Face, FaceGuide

WORK = 256
"""Longer side in pixels at which features are looked for."""
REACH = 0.16
"""How far a feature is looked for, in eye distances."""
GROUPS = (slice(36, 42), slice(42, 48), slice(48, 68))
"""Left eye, right eye, mouth."""


def refine(image: npt.NDArray[np.uint8], prior: Face | FaceGuide) -> Face:
    """The prior's face with eyes and mouth pulled onto the features of RGB `image`."""
    h, w = image.shape[:2]
    scale = WORK / max(h, w)
    size = (max(round(w * scale), 8), max(round(h * scale), 8))
    grey = Image.fromarray(image).convert("L").resize(size, Image.Resampling.BOX)
    dark = np.asarray(grey, np.float64) / 255
    points = prior.points * np.array(size, float)
    eye = placement_of(points).scale
    shifts = np.zeros_like(points)
    for group in GROUPS:
        shifts[group] = _pull(dark, points[group], REACH * eye)
    middle = (shifts[36] + shifts[42]) / 2
    shifts[17:27] = middle
    shifts[27:36] = (middle + shifts[48]) / 2
    shifts[0:17] = (middle + shifts[48]) / 2
    moved = (points + shifts) / np.array(size, float)
    return Face(moved, (w, h), "guide", notes=("carried from the guide and refined",))


def _pull(
    grey: npt.NDArray[np.float64], points: npt.NDArray[np.float64], reach: float
) -> npt.NDArray[np.float64]:
    """Shift in pixels that brings a group's box onto the darkest, most contrasted place nearby."""
    low, high = points.min(0), points.max(0)
    pad = 0.15 * (high - low)
    low, high = low - pad, high + pad
    best, best_score = np.zeros(2), -np.inf
    steps = np.linspace(-reach, reach, 9)
    for dy in steps:
        for dx in steps:
            shift = np.array([dx, dy])
            x0, y0 = np.floor(low + shift).astype(int)
            x1, y1 = np.ceil(high + shift).astype(int)
            if x0 < 0 or y0 < 0 or x1 > grey.shape[1] or y1 > grey.shape[0]:
                continue
            window = grey[y0:y1, x0:x1]
            # Staying is worth something, so that flat skin does not drag points about.
            score = window.std() - 0.5 * window.mean() - 0.04 * np.hypot(dx, dy) / max(reach, 1e-6)
            if score > best_score:
                best, best_score = shift, float(score)
    return best
