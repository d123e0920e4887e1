"""Place a face where none can be seen: on the thing that stands out of the picture.

The object is what differs most from the picture's border; the face goes on its axis of mirror
symmetry, a little above its middle, as wide as it allows.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from .face_model.placement import Placement
from .face_model.transform import out_of_frame, template
from .records import Face

WORK = 96
"""Longer side in pixels at which the object is looked for."""


@dataclass(frozen=True)
class Thing:
    """An object in a picture, in pixels."""

    left: float
    top: float
    right: float
    bottom: float
    axis: float
    """Column of its mirror axis."""


def place_face(image: npt.NDArray[np.uint8]) -> Face:
    """Put the average face on the most salient object of RGB `image`; always succeeds."""
    thing = find_thing(image)
    h, w = image.shape[:2]
    wide, tall = thing.right - thing.left, thing.bottom - thing.top
    # The face frame spans 2.2 eye distances across and 2.3 down (brows to chin).
    scale = float(np.clip(min(wide / 3.0, tall / 3.2), 0.08 * min(w, h), 0.24 * min(w, h)))
    x = float(np.clip(thing.axis, 1.3 * scale, w - 1.3 * scale))
    y = float(np.clip(thing.top + 0.46 * tall - 0.45 * scale, 0.8 * scale, h - 1.8 * scale))
    points = out_of_frame(template(), Placement(x, y, scale)) / np.array([w, h], float)
    return Face(points, (w, h), "placed")


def find_thing(image: npt.NDArray[np.uint8]) -> Thing:
    """The object that stands out; the whole picture when nothing does."""
    h, w = image.shape[:2]
    scale = WORK / max(h, w)
    small = Image.fromarray(image).resize(
        (max(round(w * scale), 8), max(round(h * scale), 8)), Image.Resampling.BOX
    )
    pixels = np.asarray(small, np.float64) / 255
    weight = saliency(pixels)
    mask = weight > _otsu(weight)
    if mask.mean() < 0.02 or weight.max() < 0.03:
        return Thing(0.1 * w, 0.1 * h, 0.9 * w, 0.9 * h, w / 2)
    shown = weight * mask
    left, right = _spread(shown.sum(0))
    top, bottom = _spread(shown.sum(1))
    axis = _axis(shown, left, right)
    kx, ky = w / pixels.shape[1], h / pixels.shape[0]
    return Thing(left * kx, top * ky, right * kx, bottom * ky, axis * kx)


def saliency(pixels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How much each pixel stands out, shape (h, w), in [0, 1]; `pixels` RGB in [0, 1].

    Distance to the nearest of the four borders' mean colours, weighted towards the middle
    (the boundary prior of Wei et al., ECCV 2012, in its simplest form).
    """
    h, w, _ = pixels.shape
    edge = max(min(h, w) // 16, 1)
    sides = [pixels[:edge], pixels[-edge:], pixels[:, :edge], pixels[:, -edge:]]
    means = np.stack([side.reshape(-1, 3).mean(0) for side in sides])
    spread = np.stack([side.reshape(-1, 3).std(0).mean() for side in sides]) + 0.05
    far = np.linalg.norm(pixels[:, :, None] - means, axis=-1) / spread
    nearest = far.min(-1)
    y, x = np.mgrid[-1 : 1 : h * 1j, -1 : 1 : w * 1j]
    middle = np.exp(-(x * x + y * y) / 0.9)
    weight = np.clip(nearest / 8, 0, 1) * middle
    return np.asarray(weight)


def _otsu(weight: npt.NDArray[np.float64]) -> float:
    """Threshold that best splits the values in two (Otsu 1979)."""
    counts, edges = np.histogram(weight, bins=64)
    centres = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    total = np.cumsum(counts * centres)
    mean_below = total / np.maximum(below, 1)
    mean_above = (total[-1] - total) / np.maximum(above, 1)
    return float(centres[np.argmax(below * above * (mean_below - mean_above) ** 2)])


def _spread(profile: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Where the middle 94 % of a profile's mass lies."""
    mass = np.cumsum(profile) / profile.sum()
    return float(np.searchsorted(mass, 0.03)), float(np.searchsorted(mass, 0.97) + 1)


def _axis(shown: npt.NDArray[np.float64], left: float, right: float) -> float:
    """Column about which the object is most like its mirror image."""
    middle, reach = (left + right) / 2, (right - left) / 2
    best, best_score = middle, -1.0
    for shift in np.linspace(-0.3, 0.3, 13):
        column = middle + shift * reach
        offsets = np.arange(0.5, max(reach * 0.7, 1.5))
        a = np.clip((column + offsets).astype(int), 0, shown.shape[1] - 1)
        b = np.clip((column - offsets).astype(int), 0, shown.shape[1] - 1)
        p, q = shown[:, a], shown[:, b]
        score = 2 * (p * q).sum() / max(float((p * p).sum() + (q * q).sum()), 1e-9)
        score *= 1 - 0.4 * abs(shift)
        if score > best_score:
            best, best_score = float(column), float(score)
    return best
