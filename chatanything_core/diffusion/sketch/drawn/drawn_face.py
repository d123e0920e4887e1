"""Where the face goes on a drawing: the largest upright oval of one colour, high, on the axis."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy.fft import irfft2, next_fast_len, rfft2
from scipy.ndimage import gaussian_filter

from ..surface.relief import Array
from .eye_dots import Dot, EyePair, dots_of, eye_pair, lone_eye
from .page import Page

WORK = 96
"""Side in pixels at which places are compared."""
SMALL, LARGE = 62 / 512, 104 / 512
"""Least and largest eye distance, as shares of the page's side; bodies of ours have 102/512."""
SIZES = 7
WIDE, TALL = 1.05, 1.20
"""Half axes of the face's oval in eye distances."""
BELOW = 0.32
"""How far the oval's middle lies below the eyes, in eye distances."""
ROOM, SURE_ROOM = 0.85, 0.93
"""Share of a face that must lie on a drawing for its dots to be eyes, and for eyes that surely are
some, which a face can be laid over instead."""
FACE = 2.1
"""Width of a face in eye distances."""
PLATE = (70 / 512, 84 / 512)
"""Least and largest eye distance on a face that lies over a drawing."""

Field = npt.NDArray[np.float64]
How = Literal["on", "over", "eyes"]
"""On the drawing's surface; on an oval of its own that lies over it; where its own eyes are."""


@dataclass(frozen=True)
class FacePlace:
    """A face on a page, in the body frame."""

    x: float
    y: float
    """The point between the eyes."""
    apart: float
    """Distance between the eyes."""
    how: How

    def oval(self, side: int) -> Field:
        """1 under the face and 0 elsewhere, shape (side, side)."""
        at = (np.arange(side) + 0.5) * (2 / side) - 1
        x = (at[None, :] - self.x) / (WIDE * self.apart)
        y = (at[:, None] - self.y - BELOW * self.apart) / (TALL * self.apart)
        return np.asarray((x * x + y * y < 1).astype(float))


def place_on_drawing(page: Page, animal: bool) -> FacePlace:
    """The face of a drawing; an `animal` that is drawn from the side wears it on its head."""
    dots = dots_of(page)
    eyes = eye_pair(page, dots)
    own = (_at_eyes(eyes, page) or _over_eyes(eyes, page)) if eyes else None
    if own:
        return own
    grid = _Grid(page)
    head = lone_eye(page, dots) if animal else None
    if head:
        head = replace(head, x=head.x * WORK / page.side, y=head.y * WORK / page.side)
    best = max((_best_of(grid, size, head) for size in _sizes()), key=lambda found: found[0])
    _, x, y, apart, fits = best
    if not fits:
        least, most = PLATE
        small = float(np.clip(0.8 * apart, least, most))
        x, y = _inside(x, y, small)
        return FacePlace(2 * x - 1, 2 * (y - BELOW * small) - 1, 2 * small, "over")
    return FacePlace(2 * x - 1, 2 * (y - BELOW * apart) - 1, 2 * apart, "on")


def _sizes() -> list[float]:
    return [float(size) for size in np.geomspace(LARGE, SMALL, SIZES)]


def _inside(x: float, y: float, apart: float) -> tuple[float, float]:
    """The middle of an oval that stays on the page."""
    aside, up = 1.25 * apart, 1.5 * apart
    return float(np.clip(x, aside, 1 - aside)), float(np.clip(y, up, 1 - up))


def _at_eyes(eyes: EyePair, page: Page) -> FacePlace | None:
    """The face whose eyes are the drawing's; None where the drawing has no room for the rest of
    it, so that they are spots and no eyes."""
    side = page.side
    apart = float(np.clip(1.15 * eyes.apart / side, SMALL, 1.25 * LARGE))
    place = FacePlace(2 * eyes.x / side - 1, 2 * eyes.y / side - 1, 2 * apart, "eyes")
    under, room = place.oval(side), SURE_ROOM if eyes.glint else ROOM
    return place if float((page.alpha * under).sum()) > room * float(under.sum()) else None


def _over_eyes(eyes: EyePair, page: Page) -> FacePlace | None:
    """A face that lies over eyes which are surely eyes, and hides them, where the drawing is too
    small for the rest of it."""
    if not eyes.glint:
        return None
    apart = max(1.15 * eyes.wide / FACE / page.side, PLATE[0])
    x, y = _inside(eyes.x / page.side, eyes.y / page.side + BELOW * apart, apart)
    return FacePlace(2 * x - 1, 2 * (y - BELOW * apart) - 1, 2 * apart, "over")


class _Grid:
    """The fields of a page that places are judged by, on a small grid."""

    def __init__(self, page: Page) -> None:
        self.cover = _small(page.alpha)
        seen = np.maximum(self.cover, 1e-3)
        # Lightness as the eye sees it, so that a step counts alike in light and shade.
        bands = [
            np.sqrt(np.clip(_small(page.rgb[..., i] * page.alpha) / seen, 0, 1)) for i in range(3)
        ]
        colour = np.stack(bands, -1) * (self.cover > 0.3)[..., None]
        fields = [self.cover, *(colour[..., i] * self.cover for i in range(3))]
        fields += [(colour**2).sum(-1) * self.cover, _edges(colour, self.cover)]
        self.fast = next_fast_len(2 * WORK, real=True)
        self.fields = [rfft2(field, (self.fast, self.fast)) for field in fields]

    def mean_under(self, number: int, kernel: Field) -> Field:
        """The mean of a field under a kernel that sums to 1, at every place."""
        turned = rfft2(
            np.roll(np.pad(kernel, (0, self.fast - len(kernel))), -(len(kernel) // 2), (0, 1))
        )
        mean = irfft2(self.fields[number] * turned, (self.fast, self.fast))
        return np.asarray(mean[:WORK, :WORK])


def _best_of(grid: _Grid, size: float, head: Dot | None) -> tuple[float, float, float, float, bool]:
    """Score, middle and eye distance of the best oval of one size, and whether it fits there."""
    scale = size * WORK
    reach = int(1.3 * scale) + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1] / scale
    oval = ((x / WIDE) ** 2 + (y / TALL) ** 2 <= 1).astype(float)
    core = np.exp(-((x / 0.8) ** 2) - (y / 0.8) ** 2) * oval
    oval, core = oval / oval.sum(), core / core.sum()
    cover = np.clip(grid.mean_under(0, oval), 1e-3, 1)
    mean = [grid.mean_under(number, oval) / cover for number in (1, 2, 3)]
    square = grid.mean_under(4, oval) / cover
    spread = np.sqrt(np.clip(square - sum(each * each for each in mean), 0, None))
    edge = grid.mean_under(5, core)
    score = (size / LARGE) ** 1.2 * cover**3 * np.exp(-2 * edge - 2.5 * spread)
    score = score * _prior(grid.cover, head)
    row, column = np.unravel_index(int(np.argmax(score)), score.shape)
    at = (row, column)
    fits = bool(cover[at] > 0.90 and spread[at] < 0.22 and edge[at] < 0.28)
    return float(score[at]), (column + 0.5) / WORK, (row + 0.5) / WORK, size, fits


def _small(band: Array) -> Field:
    picture = Image.fromarray(np.ascontiguousarray(band, np.float32))
    return np.asarray(picture.resize((WORK, WORK), Image.Resampling.BOX), np.float64)


def _edges(colour: Field, cover: Field) -> Field:
    """Edges of colour within the drawing, shape (WORK, WORK), in [0, 1]."""
    total = np.zeros_like(cover)
    for i in range(3):
        total += np.hypot(*np.gradient(gaussian_filter(colour[..., i], 0.6)))
    inside = gaussian_filter((cover > 0.6).astype(float), 1.2) > 0.97
    return np.asarray(np.clip(total * (cover > 0.6) * (96 / 128) / 0.25, 0, 1) * inside)


def _prior(cover: Field, head: Dot | None) -> Field:
    """How probable a face is by its place alone: on the mirror axis, above the middle; on the
    head, in pixels of the grid, where that is known."""
    seen = cover > 0.5
    rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    top, left = rows[0], columns[0]
    tall, wide = max(rows[-1] - top, 1), max(columns[-1] - left, 1)
    x, y = np.arange(WORK) + 0.5, np.arange(WORK)[:, None] + 0.5
    if head is not None:
        across, down = (x - head.x) / (0.12 * wide), (y - head.y) / (0.12 * tall)
        return np.asarray(np.exp(-0.5 * across**2 - 0.5 * down**2))
    axis = (left + columns[-1] + 1) / 2
    other = cover[:, np.clip((2 * axis - x).astype(int), 0, WORK - 1)]
    unlike = float(np.abs(cover - other).sum() / max(2 * cover.sum(), 1))
    narrow = 0.06 if unlike < 0.10 else 0.14 if unlike < 0.18 else 0.40
    weight = float(np.nonzero(seen)[1].mean())
    middle = axis if narrow < 0.4 else 0.5 * weight + 0.5 * axis
    across = (x - middle) / (narrow * wide)
    down = (y - (top + 0.44 * tall)) / (0.36 * tall)
    return np.asarray(np.exp(-0.5 * across**2 - 0.5 * down**2))
