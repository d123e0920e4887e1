"""Mouths of flat drawings: a drawn line opens along itself, and what is inside is flat ink."""

import numpy as np
import numpy.typing as npt

from ..face_geometry import Array, Axes
from ..flat_ink import LOOSE, flood, ground_of, luma_range
from ..remap import Pixels
from ..tone import LUMA
from .teeth import OPEN

BESIDE = 1.7
"""How far from its middle a mouth is looked for, in half mouth widths."""
NEAR = 0.6
"""How far from where the landmarks have it a line may be, in half mouth widths."""
THICK = 0.3
"""Thickest line, in half mouth widths; what is thicker are lips or an open mouth."""
SPAN = (0.5, 3.0)
"""Shortest and longest line, in half mouth widths."""
RIM = 0.08
"""Outline of an opening that is drawn, in half mouth widths."""
DARK = 0.6
"""Brightest opening, over the brightness of the skin."""
LINE_SEEN = 20.0
"""How much darker a line between lips is than they are."""
WHOLE = 0.9
"""Share of its columns in which a line must be seen."""
COLUMNS = 241


def along_line(image: Pixels, points: Array) -> Array:
    """The 68 `points` in pixels with those of the mouth moved on the line that is drawn there;
    as they are where no line is."""
    axes = Axes.between(points[48], points[54])
    mouth = axes.local(points)
    middle = float(mouth[60:68, 1].mean())
    v = np.arange(
        max(mouth[31:36, 1].max() + 0.03, middle - 1.2),
        min(mouth[8, 1] - 0.1, middle + 1.2),
        0.5 / axes.unit,
    )
    u = np.linspace(-BESIDE, BESIDE, COLUMNS)
    if len(v) < 4:
        return points
    rgb = _seen(image, axes, u, v)
    inked = np.abs(rgb - ground_of(rgb.reshape(-1, 3))).max(-1) > 2 * LOOSE * luma_range(rgb)
    near = (np.abs(v - middle) < NEAR)[:, None] & (np.abs(u) < 0.8)
    line = flood(inked, near & inked)
    there = np.flatnonzero(line.any(0))
    if len(there) < 2 or there[0] == 0 or there[-1] == COLUMNS - 1:
        return points
    top = v[line.argmax(0)[there]]
    bottom = v[len(v) - 1 - line[::-1].argmax(0)[there]]
    long = u[there[-1]] - u[there[0]]
    whole = len(there) >= WHOLE * (there[-1] - there[0] + 1)
    if not (whole and SPAN[0] < long < SPAN[1]):
        return points
    if float(np.median(bottom - top)) < THICK:
        return _placed(points, axes, u[there], top, bottom, np.zeros_like(top))
    if _is_open(rgb, v, there, top, bottom):
        rim = np.minimum((bottom - top) / 2, RIM)
        return _placed(points, axes, u[there], top, bottom, (bottom - top) / 2 - rim)
    return points


def _is_open(
    rgb: npt.NDArray[np.int32], v: Array, columns: npt.NDArray[np.int64], top: Array, bottom: Array
) -> bool:
    """Whether what is drawn from `top` to `bottom` is a dark opening, not lips with a line
    between them."""
    middle = slice(len(columns) // 4, -(len(columns) // 4) or None)
    inner = (v[:, None] > top[middle] * 0.75 + bottom[middle] * 0.25) & (
        v[:, None] < top[middle] * 0.25 + bottom[middle] * 0.75
    )
    luma = (rgb @ LUMA)[:, columns[middle]]
    inside = float(np.median(luma[inner]))
    parted = inside - float(np.median(np.where(inner, luma, 255).min(0))) > LINE_SEEN
    return not parted and inside < DARK * float(ground_of(rgb.reshape(-1, 3)) @ LUMA)


def ink_of(image: Pixels, points: Array) -> npt.NDArray[np.float32]:
    """RGB of the opening that is drawn, or of the darkest between closed lips, shape (3,)."""
    axes = Axes.between(points[48], points[54])
    inner = axes.local(points[60:68])
    u = np.linspace(-0.6, 0.6, 25)
    if float(inner[6, 1] - inner[2, 1]) > OPEN:
        opening = np.linspace(inner[2, 1], inner[6, 1], 15)[3:-3]
        return np.asarray(np.median(_seen(image, axes, u / 2, opening), axis=(0, 1)), np.float32)
    v = np.arange(inner[:, 1].min() - 0.25, inner[:, 1].max() + 0.25, 0.5 / axes.unit)
    seen = _seen(image, axes, u, v)
    darkest = (seen @ LUMA).argmin(0)
    return np.asarray(np.median(seen[darkest, np.arange(len(u))], axis=0), np.float32)


def _seen(image: Pixels, axes: Axes, u: Array, v: Array) -> npt.NDArray[np.int32]:
    """RGB at the nearest pixels of places `u` (m,) and `v` (n,), shape (n, m, 3)."""
    places = axes.pixels(np.stack(np.meshgrid(u, v), -1)).round().astype(int)
    height, width = image.shape[:2]
    x, y = np.clip(places[..., 0], 0, width - 1), np.clip(places[..., 1], 0, height - 1)
    return image[y, x, :3].astype(np.int32)


def _placed(points: Array, axes: Axes, u: Array, top: Array, bottom: Array, apart: Array) -> Array:
    """Lips from `top` to `bottom` at `u` that lie `apart` from the middle between them."""
    pad = 1 / axes.unit
    ends = np.linspace(u[0], u[-1], 7)
    inner = np.linspace(0.97 * u[0] + 0.03 * u[-1], 0.03 * u[0] + 0.97 * u[-1], 5)
    middle = (top + bottom) / 2
    upper, lower = np.interp(ends, u, top) - pad, np.interp(ends, u, bottom) + pad
    upper[[0, -1]] = lower[[0, -1]] = middle[[0, -1]]
    centre = np.interp(inner, u, middle)
    gap = np.interp(inner, u, apart) * (0, 1, 1, 1, 0)
    made = points.copy()
    made[48:55] = axes.pixels(np.stack([ends, upper], -1))
    made[55:60] = axes.pixels(np.stack([ends, lower], -1))[5:0:-1]
    made[60:65] = axes.pixels(np.stack([inner, centre - gap], -1))
    made[65:68] = axes.pixels(np.stack([inner, centre + gap], -1))[3:0:-1]
    return made
