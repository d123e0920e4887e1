"""The eyes that a drawing has already: dark dots."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import find_objects, label

from .page import Page

DARK = 0.30
"""Lightness, square root of the luminance, below which a dot is dark."""


@dataclass(frozen=True)
class Dot:
    """A dark spot, in pixels of the page."""

    x: float
    y: float
    area: float


@dataclass(frozen=True)
class EyePair:
    """Two eyes that look at us, in pixels of the page."""

    x: float
    y: float
    apart: float


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
            dots.append(Dot((columns.start + columns.stop) / 2, (rows.start + rows.stop) / 2, size))
    return dots


def eye_pair(page: Page, dots: list[Dot]) -> EyePair | None:
    """Two dots of one size on one row, about the middle of the drawing."""
    left, _, right, _ = page.extent
    middle, wide = (left + right) / 2, right - left
    best: tuple[float, EyePair] | None = None
    for number, a in enumerate(dots):
        for b in dots[number + 1 :]:
            apart = abs(a.x - b.x)
            level = abs(a.y - b.y) <= 0.08 * apart and 0.7 < a.area / b.area < 1.43
            off = abs((a.x + b.x) / 2 - middle) / wide
            if level and 0.12 * wide < apart < 0.8 * wide and off < 0.08:
                found = (off, EyePair((a.x + b.x) / 2, (a.y + b.y) / 2, apart))
                best = found if best is None else min(best, found, key=lambda each: each[0])
    return best[1] if best else None


def lone_eye(page: Page, dots: list[Dot]) -> Dot | None:
    """The eye of an animal that is drawn from the side: the highest dot of the upper part."""
    _, top, _, bottom = page.extent
    upper = [dot for dot in dots if dot.y < top + 0.6 * (bottom - top)]
    return min(upper, key=lambda dot: dot.y) if upper else None
