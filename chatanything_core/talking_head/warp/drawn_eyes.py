"""Eyes of flat drawings: found as they are drawn, and closed by a flat lid and a line of ink.

Landmarks are trained on people, so the eye they give is smaller than an anime eye. What is drawn
there, and is not the skin or paper around, is the eye: white, iris and outline together. A lid is
that same skin, without shading; its edge is a line as wide and as dark as the eye's own outline.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..constants.mouth_constants import STEEP
from .compositing import blend, tint, to_bytes
from .eyes import Gaze, Read
from .face_geometry import TABLE, Array, Axes, Field, Lids, at, local
from .flat_ink import LOOSE, crop, flood, ground_of, luma_range
from .remap import Pixels
from .tone import LUMA

ACROSS, DOWN = 0.49, 0.7
"""Half size of the place where an eye is looked for, over the distance of the eyes."""
CHEEK = (-0.1, 0.45)
"""From where to where below its middle the skin around an eye is looked for, alike: hair falls
into it from above, and a mask may begin under it."""
LARGEST = 0.95
"""Largest eye, over the distance of the eyes; a larger thing is hair or glasses that touch it."""
SLIT = 0.3
"""Lowest open eye, in half eye widths; a lower one is a line, and closed as it is."""
WIDEST = 0.4
"""Widest outline, in half eye widths; what is wider is a filled eye."""
FAINT = 50.0
"""Least difference of brightness between ink and ground."""
LINE = 0.1
"""Width of the line where the drawing has no outline, in half eye widths."""
FILLED = 0.3
"""The same where the eye is a dot."""
HEM = 3.0
"""Pixels around an eye that its lid may cover: mixed edges, and what sampling makes of them."""


@dataclass(frozen=True, eq=False)
class DrawnEye:
    """One eye as it is drawn."""

    axes: Axes
    upper: Array
    """Upper edge of its outline over TABLE, in half eye widths."""
    lower: Array
    """Lower edge, alike."""
    ground: Array
    """RGB of the skin or paper around it, shape (3,)."""
    ink: Array
    """RGB of its outline, shape (3,)."""
    line: float
    """Width of its outline in pixels."""
    others: npt.NDArray[np.bool_]
    """What else is drawn around it, such as brows and hair, (h, w)."""
    corner: Array
    """Pixel of the portrait at the top left of `others`, (x, y)."""


def drawn_eyes(image: Pixels, lids: tuple[Lids, Lids]) -> tuple[DrawnEye, ...]:
    """Both eyes of RGB `image`; none when one of them cannot be read or is closed."""
    apart = float(np.hypot(*(lids[1].axes.origin - lids[0].axes.origin)))
    found = [_read_eye(image, eye, apart) for eye in lids]
    return tuple(eye for eye in found if eye) if all(found) else ()


def _read_eye(image: Pixels, lids: Lids, apart: float) -> DrawnEye | None:
    axes = lids.axes
    reach = apart * np.array([ACROSS, DOWN])
    rgb, corner = crop(image, axes.origin - reach, axes.origin + reach)
    y, x = np.mgrid[: rgb.shape[0], : rgb.shape[1]]
    uv = axes.local(np.stack([x, y], -1) + corner)
    below = uv[..., 1] * axes.unit / apart
    ground = ground_of(rgb[(below > CHEEK[0]) & (below < CHEEK[1])])
    plain = np.abs(rgb - ground).max(-1) <= LOOSE * luma_range(rgb)
    rim = np.zeros_like(plain)
    rim[[0, -1]] = rim[:, [0, -1]] = True
    drawn = ~flood(plain, rim)
    tall = max(float((lids.lower - lids.upper)[400:801].max()), 0.3)
    seeds = np.hypot(uv[..., 0], uv[..., 1] * 2 / tall) < 0.8
    eye = flood(drawn, seeds)
    size = np.ptp(axes.pixels(uv[eye]), axis=0) if eye.any() else np.zeros(2)
    if (eye & rim).any() or not 3 < size.max() < LARGEST * apart:
        return None
    return _outlined(rgb, corner, axes, (eye, drawn & ~eye), ground)


def _outlined(
    rgb: npt.NDArray[np.int32],
    corner: Array,
    axes: Axes,
    shapes: tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]],
    ground: Array,
) -> DrawnEye | None:
    """The eye that fills the first of `shapes` (h, w); the second holds all else."""
    y, x = np.nonzero(shapes[0])
    along, across = np.moveaxis(axes.local(np.stack([x, y], -1) + corner) * axes.unit, -1, 0)
    place = np.round(along - along.min()).astype(int)
    count = int(place.max()) + 1
    top, bottom = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(top, place, across - 0.5)
    np.maximum.at(bottom, place, across + 0.5)
    there = np.isfinite(top)
    middle = (float(top[there].min()) + float(bottom[there].max())) / 2
    centre = (along.min() + along.max()) / 2
    own = Axes(axes.pixels(np.array([centre, middle]) / axes.unit), axes.x, count / 2)
    u = (np.arange(count)[there] - (count - 1) / 2) / own.unit
    upper = -_hull(u, (middle - top[there]) / own.unit)
    lower = _hull(u, (bottom[there] - middle) / own.unit)
    if float(np.median((lower - upper)[np.abs(TABLE) < 0.7])) < SLIT:
        return None
    ink, line = _outline(rgb, corner, own, upper, ground)
    if line == 0 or line > WIDEST * own.unit:
        filled = FILLED if line else LINE
        ink, line = _darkest(rgb[shapes[0]]), max(filled * own.unit, 1.5)
    return DrawnEye(own, upper, lower, ground, ink, line, shapes[1], corner)


def _hull(u: Array, height: Array) -> Array:
    """The least concave curve over TABLE that is nowhere below `height` at `u`: eyes are round,
    and where an outline has gaps, their lids go straight across."""
    corners: list[int] = []
    for now in range(len(u)):
        while len(corners) > 1:
            first, last = corners[-2:]
            rise = (height[now] - height[first]) * (u[last] - u[first])
            if (height[last] - height[first]) * (u[now] - u[first]) > rise:
                break
            corners.pop()
        corners.append(now)
    return np.interp(TABLE, u[corners], height[corners])


def _outline(
    rgb: npt.NDArray[np.int32], corner: Array, axes: Axes, upper: Array, ground: Array
) -> tuple[Array, float]:
    """Colour and width in pixels of the line along the upper edge; 0 without a dark one."""
    u = np.linspace(-0.5, 0.5, 25)
    deep = np.arange(-1.0, max(0.6 * axes.unit, 5.0), 0.5)
    edge = np.interp(u, TABLE, upper)
    places = np.stack(np.broadcast_arrays(u[:, None], edge[:, None] + deep / axes.unit), -1)
    x, y = np.moveaxis(np.round(axes.pixels(places) - corner).astype(int), -1, 0)
    height, width = rgb.shape[:2]
    seen = rgb[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)].astype(np.float64)
    near = deep < max(0.15 * axes.unit, 3.0)
    darkest = (seen[:, near] @ LUMA).argmin(1)
    ink = np.median(np.take_along_axis(seen, darkest[:, None, None], 1)[:, 0], axis=0)
    away = ground - ink
    if float(away @ LUMA) < FAINT:
        return ink, 0.0
    # The share of ink in what is seen, which is also less than half on what is not the ground.
    share = 1 - np.abs(seen - ink).max(-1) / np.abs(away).max()
    inked = share > 0.5
    past = np.maximum.accumulate(inked, 1) & ~inked
    run = (inked & ~np.maximum.accumulate(past, 1)).sum(1)
    slope = np.gradient(edge, u)
    line = float(np.median(run * 0.5 / np.sqrt(1 + slope * slope)))
    return ink, max(line, 1.0)


def _darkest(rgb: npt.NDArray[np.int32]) -> Array:
    luma = rgb @ LUMA
    return np.asarray(np.median(rgb[luma <= np.percentile(luma, 5)], axis=0))


class DrawnLid:
    """Closes one drawn eye of a doubled portrait; it does not look about, since what is behind
    a drawn iris is not known."""

    def __init__(self, eye: DrawnEye, shape: tuple[int, ...]) -> None:
        """`shape` is that of the doubled portrait."""
        axes = eye.axes
        hem = (HEM + 1) / axes.unit
        low, high = float(eye.upper.min()) - hem, float(eye.lower.max()) + hem
        ends = 2 * axes.pixels([(u, v) for u in (-1 - hem, 1 + hem) for v in (low, high)])
        left, top = np.clip(np.floor(ends.min(0)), 0, (shape[1], shape[0])).astype(int)
        right, bottom = np.clip(ends.max(0) + 2, 0, (shape[1], shape[0])).astype(int)
        self.box = slice(top, bottom), slice(left, right)
        """Rows and columns of the doubled portrait in which anything of the eye moves."""
        y, x = np.mgrid[self.box].astype(np.float32)
        self._uv = local(axes, np.stack([x, y], -1) * np.float32(0.5))
        self.eye, self._pixels = eye, np.float32(2 * axes.unit)
        half = np.minimum(eye.line / 2 / axes.unit, (eye.lower - eye.upper) / 2)
        self.edges = (eye.upper + half, eye.lower - half)
        self.reach = self._covered(x, y)

    def draw(self, patch: Pixels, gaze: Gaze, closure: float, read: Read) -> None:
        """Close the eye in `patch`, the portrait in `box`; see `EyeLayer`."""
        if not patch.size or not closure:
            return
        u, v = self._uv[..., 0], self._uv[..., 1]
        top, bottom = self.edges
        edge = (top + closure * (bottom - top)).astype(np.float32)
        lid = self.reach
        if closure < 1:
            lid = lid * np.clip((at(edge, u) - v) * self._pixels + np.float32(0.5), 0, 1)
        for colour, share in ((self.eye.ground, lid), (self.eye.ink, self._line(edge))):
            flat = np.empty((3, *v.shape), np.float32)
            flat[:] = tint(colour.astype(np.float32))
            blend(patch, to_bytes(flat), to_bytes(share * 255))

    def _line(self, edge: Field) -> Field:
        """Share of ink in the line along `edge` over TABLE."""
        u, v = self._uv[..., 0], self._uv[..., 1]
        slope = np.gradient(edge, TABLE[1] - TABLE[0])
        level = (1 / np.sqrt(1 + np.minimum(slope * slope, STEEP))).astype(np.float32)
        half = np.float32(self.eye.line / 2 / self.eye.axes.unit)
        off = np.abs(v - at(edge, u)) * at(level, u)
        share = np.clip((half - off) * self._pixels + np.float32(0.5), 0, 1)
        return np.asarray(share * np.clip((1 - np.abs(u)) * self._pixels, 0, 1))

    def _covered(self, x: Field, y: Field) -> Field:
        """Share of every pixel that a closed lid covers: the eye and its hem, nothing else drawn."""
        eye, (u, v) = self.eye, np.moveaxis(self._uv, -1, 0)
        hem, inside = np.float32(HEM / eye.axes.unit), np.clip(u, -1, 1)
        upper, lower = eye.upper.astype(np.float32), eye.lower.astype(np.float32)
        within = (np.abs(u) < 1 + hem) & (v > at(upper, inside) - hem)
        within &= v < at(lower, inside) + hem
        column = np.clip(np.round(x / 2 - eye.corner[0]).astype(int), 0, eye.others.shape[1] - 1)
        row = np.clip(np.round(y / 2 - eye.corner[1]).astype(int), 0, eye.others.shape[0] - 1)
        return np.asarray(within & ~eye.others[row, column], np.float32)
