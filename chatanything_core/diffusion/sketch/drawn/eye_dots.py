"""The eyes that a drawing has already: dark dots."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.ndimage import find_objects, label

from .page import Page

DARK = 0.30
"""Lightness, square root of the luminance, below which a dot is dark."""
LIGHT = 0.75
"""Lightness above which a spot in a dot is a glint."""


@dataclass(frozen=True)
class Dot:
    """A dark spot, in pixels of the page."""

    x: float
    y: float
    area: float
    glint: bool
    """Light falls on it, as on an eye."""


@dataclass(frozen=True)
class EyePair:
    """Two eyes that look at us, in pixels of the page."""

    x: float
    y: float
    apart: float
    wide: float
    """From the left edge of one to the right edge of the other."""
    glint: bool
    """Light falls on both, so that they are no spots, wheels or buttons."""


def dots_of(page: Page) -> list[Dot]:
    """Compact dark spots that are as large as eyes."""
    light = np.sqrt(page.rgb @ np.array([0.2126, 0.7152, 0.0722], np.float32))
    marks, count = label((light < DARK) & (page.alpha > 0.6))
    if not 1 <= count <= 80:
        return []
    area = float((page.alpha > 0.5).sum())
    dots = []
    for number, box in enumerate(find_objects(marks), 1):
        mark = marks[box] == number
        size, (h, w) = float(mark.sum()), mark.shape
        if 0.0008 * area < size < 0.035 * area and 0.45 < h / w < 2.6 and mark.mean() > 0.55:
            rows, columns = box
            x, y = (columns.start + columns.stop) / 2, (rows.start + rows.stop) / 2
            shine = (light[box] > LIGHT) & (page.alpha[box] > 0.6)
            dots.append(Dot(x, y, size, float(shine.mean()) > 0.03))
    return dots


def eye_pair(page: Page, dots: list[Dot]) -> EyePair | None:
    """Two dots of one size on one row, about the middle of the drawing."""
    found = [pair for two in combinations(dots, 2) if (pair := _paired(page, *two))]
    return min(found, key=lambda each: each[0])[1] if found else None


def _paired(page: Page, a: Dot, b: Dot) -> tuple[float, EyePair] | None:
    """How far two dots are off the middle, and the eyes that they are; None where they are none.

    Eyes that light falls on may look askance: they are less level, and farther off.
    """
    left, top, right, bottom = page.extent
    wide, glint = right - left, a.glint and b.glint
    apart, x, y = abs(a.x - b.x), (a.x + b.x) / 2, (a.y + b.y) / 2
    tilt, aside = (0.15, 0.2) if glint else (0.08, 0.08)
    off = abs(x - (left + right) / 2) / wide
    level = abs(a.y - b.y) <= tilt * apart and 0.7 < a.area / b.area < 1.43
    if not (level and 0.12 * wide < apart < 0.8 * wide and off < aside):
        return None
    high = y < top + 0.7 * (bottom - top)
    whole = apart + 2 * float(np.sqrt(max(a.area, b.area) / np.pi))
    return off, EyePair(x, y, apart, whole, glint and high and apart < 0.45 * wide)


def lone_eye(page: Page, dots: list[Dot]) -> Dot | None:
    """The eye of an animal that is drawn from the side: the highest dot of the upper part."""
    _, top, _, bottom = page.extent
    upper = [dot for dot in dots if dot.y < top + 0.6 * (bottom - top)]
    return min(upper, key=lambda dot: dot.y) if upper else None
