"""A drawing laid on the body frame: linear light, ready to be shaded as a body is."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy.ndimage import (
    binary_fill_holes,
    distance_transform_edt,
    gaussian_filter,
    label,
)

from ..surface.raster import Patch
from ..surface.relief import Array

SHARE = 0.86
"""Share of the body frame's side that the longer side of a drawing takes."""
DROP = 0.02
"""How far below the middle it lies, as a share of the frame's side."""
FLOOR = 0.85
"""Where the feet of what stands are at least, as a share of the frame's side."""
GAP = 0.022
"""Width of the lines in a silhouette that are closed, as a share of the frame's side."""
HOLE = 0.45
"""Largest hole that is backed, as a share of the silhouette."""
SEAM, SEAM_LIFT = 0.45, 0.10
"""Colour of a backed gap: a factor on the silhouette's, or what is added to a black one's."""
MARGIN = 14
"""Empty pixels around a picture on a canvas, for lines and shadows."""


@dataclass(frozen=True, eq=False)
class Page:
    """What a drawing looks like in the square [-1, 1] x [-1, 1] of the body frame."""

    rgb: Array
    """Linear RGB, shape (side, side, 3); beyond the edge the colours go on."""
    alpha: Array
    """How much of each pixel it covers, shape (side, side), in [0, 1]."""

    @property
    def side(self) -> int:
        """Pixels along one side."""
        return int(self.alpha.shape[0])

    @property
    def extent(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in pixels of what is seen."""
        seen = self.alpha > 0.5
        rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
        return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def fit_page(pixels: npt.NDArray[np.uint8], side: int, low: bool = False) -> Page:
    """RGBA pixels, cut to what is seen, in the middle of a page of `side` pixels.

    `low` puts what is wide and not tall near the lower edge, where the floor is.
    """
    h, w = pixels.shape[:2]
    share = SHARE * side / max(h, w)
    wide, tall = max(1, round(w * share)), max(1, round(h * share))
    rgba = pixels.astype(np.float32) / 255
    rgba[..., :3] = rgba[..., :3] ** 2 * rgba[..., 3:]
    way = Image.Resampling.LANCZOS if share < 1 else Image.Resampling.BICUBIC
    bands = [np.asarray(Image.fromarray(rgba[..., i]).resize((wide, tall), way)) for i in range(4)]
    page = np.zeros((side, side, 4), np.float32)
    top, left = (side - tall) // 2 + round(DROP * side), (side - wide) // 2
    if low:
        top = max(top, round(FLOOR * side) - tall)
    page[top : top + tall, left : left + wide] = np.stack(bands, -1)
    rgb = page[..., :3] / np.maximum(page[..., 3:], 1e-3)
    alpha = page[..., 3].clip(0, 1)
    return Page(_spread(rgb.clip(0, 1), alpha), alpha)


def _spread(rgb: Array, alpha: Array) -> Array:
    """The colours with those of the opaque edge continued outwards: a soft edge shows no halo."""
    solid = alpha > 0.9
    if not solid.any():
        return np.asarray(rgb, np.float32)
    nearest = distance_transform_edt(~solid, return_distances=False, return_indices=True)
    return np.asarray(rgb[tuple(nearest)], np.float32)


def back_gaps(page: Page) -> Page:
    """A silhouette of one colour with the gaps that stand for lines in a darker tone.

    Pages with more than one colour are returned as they are.
    """
    inside = page.rgb[page.alpha > 0.99]
    if len(inside) < 50:
        return page
    colour = np.median(inside, 0)
    if float(np.percentile(np.abs(inside - colour).max(1), 99.8)) > 0.03:
        return page
    alpha = np.maximum(page.alpha, gaussian_filter(_closed(page.alpha).astype(np.float32), 1.0))
    dark = float(colour @ np.array([0.2126, 0.7152, 0.0722])) > 0.08
    seam = colour * np.float32(SEAM) if dark else colour + np.float32(SEAM_LIFT)
    part = np.where(alpha > 0.01, page.alpha / np.maximum(alpha, 1e-3), 1).clip(0, 1)
    return Page(np.asarray(seam + (colour - seam) * part[..., None], np.float32), alpha)


def _closed(alpha: Array) -> npt.NDArray[np.bool_]:
    """The silhouette without thin gaps and small holes."""
    reach = GAP * alpha.shape[0]
    pad = int(2 * reach) + 2
    full = np.pad(alpha > 0.5, pad)
    grown = distance_transform_edt(~full) < reach
    whole = (distance_transform_edt(grown) >= reach) | full
    holes, _ = label(binary_fill_holes(whole) & ~whole)
    sizes = np.bincount(holes.ravel())
    small = np.flatnonzero(sizes < HOLE * whole.sum())
    whole |= np.isin(holes, small[small > 0])
    return np.asarray(whole[pad:-pad, pad:-pad])


def outline_of_page(page: Page, points: int = 144) -> npt.NDArray[np.float64]:
    """The outermost point that is seen in each direction from the middle, body frame, (n, 2)."""
    left, top, right, bottom = page.extent
    middle = np.array([(left + right) / 2, (top + bottom) / 2])
    rows, columns = np.nonzero(page.alpha > 0.5)
    xy = np.stack([columns, rows], 1) + 0.5 - middle
    turn = np.arctan2(xy[:, 1], xy[:, 0])
    sector = ((turn / (2 * np.pi) + 0.5) * points).astype(int) % points
    reach = np.zeros(points)
    np.maximum.at(reach, sector, np.hypot(xy[:, 0], xy[:, 1]))
    known = np.flatnonzero(reach > 0)
    reach = np.interp(np.arange(points), known, reach[known], period=points)
    angle = ((np.arange(points) + 0.5) / points - 0.5) * 2 * np.pi
    ring = np.stack([np.cos(angle), np.sin(angle)], 1) * reach[:, None] + middle
    return np.asarray(ring * (2 / page.side) - 1)


def put_page(
    page: Page, origin: tuple[float, float], unit: float, roll: float, size: tuple[int, int]
) -> tuple[Patch, Array]:
    """What a page covers of a picture of `size`, and its colours there, (h, w, 3).

    `origin` is where the body frame's origin lies and `unit` how many pixels its unit has;
    `roll` turns it clockwise, in degrees.
    """
    turn = np.radians(roll)
    k = page.side / (2 * unit)
    c, s = float(np.cos(turn)) * k, float(np.sin(turn)) * k
    half = page.side / 2
    # PIL maps pixel centres of the result to points of the source.
    move = (c, s, half - c * origin[0] - s * origin[1], -s, c, half + s * origin[0] - c * origin[1])
    if move[:2] == (1.0, 0.0) and (page.side, page.side) == size and abs(move[2]) < 1e-6:
        rgb, alpha = page.rgb, page.alpha
    else:
        rgb = np.stack([_moved(page.rgb[..., i], move, size) for i in range(3)], -1).clip(0, 1)
        alpha = _moved(page.alpha, move, size).clip(0, 1)
    rows, columns = np.flatnonzero(alpha.max(1) > 0.01), np.flatnonzero(alpha.max(0) > 0.01)
    if not len(rows):
        return Patch(np.zeros((0, 0), np.float32), 0, 0), np.zeros((0, 0, 3), np.float32)
    top, bottom = max(rows[0] - MARGIN, 0), min(rows[-1] + 1 + MARGIN, size[1])
    left, right = max(columns[0] - MARGIN, 0), min(columns[-1] + 1 + MARGIN, size[0])
    window = slice(top, bottom), slice(left, right)
    return Patch(np.ascontiguousarray(alpha[window]), int(left), int(top)), rgb[window]


def _moved(band: Array, move: tuple[float, ...], size: tuple[int, int]) -> Array:
    picture = Image.fromarray(np.ascontiguousarray(band, np.float32))
    if (shrunk := round(np.hypot(move[0], move[1]))) > 1:
        picture = picture.reduce(shrunk)
        move = tuple(value / shrunk for value in move)
    moved = picture.transform(size, Image.Transform.AFFINE, move, Image.Resampling.BICUBIC)
    return np.asarray(moved, np.float32)
