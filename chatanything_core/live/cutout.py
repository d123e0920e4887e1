"""A portrait without what is around it, as a mask for a page that shows the character alone."""

import io

import numpy as np
import numpy.typing as npt
from PIL import Image

from ..landmarks import Face

SMALL = 256
"""Pixels of the longer side at which a background is looked for."""
RING = 0.05
"""Share of the picture at its edge that is taken for background."""
NEAR = 26.0
"""Levels by which a colour may differ from the background's."""
LEAST, MOST = 0.1, 0.9
"""Shares of the picture that what is kept must have; else nothing stands alone in it."""
SOFT = 0.02
"""Share of the picture over which the mask fades: a head moves by about as much."""


def cutout_mask(image: npt.NDArray[np.uint8], face: Face) -> npt.NDArray[np.uint8]:
    """What of a picture is the character, 0 to 255, shape (h, w) with SMALL as the longer side.

    A background that changes softly from edge to edge is cut away along the character's outline;
    of any other picture an oval about the face is kept. The corners are always 0.
    """
    scale = SMALL / max(image.shape[:2])
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    small = np.asarray(Image.fromarray(image).resize(size, Image.Resampling.BOX), np.float32)
    kept = _outline(small)
    if kept is None or not _holds(kept, face):
        kept = _oval(small.shape[:2], face)
    return _faded(kept)


def mask_png(mask: npt.NDArray[np.uint8]) -> bytes:
    """A PNG whose alpha is the mask, as CSS takes one."""
    out = io.BytesIO()
    Image.merge("LA", [Image.fromarray(np.full_like(mask, 255)), Image.fromarray(mask)]).save(
        out, "PNG"
    )
    return out.getvalue()


def _outline(rgb: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_] | None:
    """True where the background does not reach in from the edge; None where there is none."""
    from scipy.ndimage import binary_fill_holes, binary_opening, label

    near = np.abs(rgb - _background(rgb)).max(-1) < NEAR
    marks, _ = label(near)
    edge = np.unique(np.concatenate([marks[0], marks[-1], marks[:, 0], marks[:, -1]]))
    away = np.isin(marks, edge[edge > 0])
    kept = binary_fill_holes(binary_opening(~away, iterations=2))
    parts, count = label(kept)
    if count:
        sizes = np.bincount(parts.ravel())[1:]
        kept = np.isin(parts, 1 + np.flatnonzero(sizes >= 0.02 * sizes.max()))
    ring = _ring(rgb.shape[:2])
    good = LEAST < kept.mean() < MOST and away[ring].mean() > 0.6
    return np.asarray(kept, bool) if good else None


def _background(rgb: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """A surface of second order through the edge, fitted again without what lies far from it."""
    h, w = rgb.shape[:2]
    y, x = np.mgrid[-1 : 1 : h * 1j, -1 : 1 : w * 1j]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], -1)
    ring = _ring((h, w))
    basis, seen = terms[ring], rgb[ring]
    used = np.ones(len(seen), bool)
    fitted = np.zeros((6, 3))
    for _ in range(4):
        fitted, *_ = np.linalg.lstsq(basis[used], seen[used], rcond=None)
        far = np.abs(seen - basis @ fitted).max(-1)
        used = far <= max(np.median(far) * 2.5, 6.0)
    return np.asarray(terms @ fitted, np.float32)


def _ring(shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    edge = max(2, round(RING * max(shape)))
    ring = np.ones(shape, bool)
    ring[edge:-edge, edge:-edge] = False
    return ring


def _holds(kept: npt.NDArray[np.bool_], face: Face) -> bool:
    """Whether the whole face is kept."""
    h, w = kept.shape
    points = np.clip(face.points * [w, h], 0, [w - 1, h - 1]).astype(int)
    return bool(kept[points[:, 1], points[:, 0]].mean() > 0.9)


def _oval(shape: tuple[int, ...], face: Face) -> npt.NDArray[np.bool_]:
    h, w = shape
    low, high = face.points.min(0), face.points.max(0)
    middle, half = (low + high) / 2, (high - low) * [1.15, 1.25]
    # It never reaches the edge of the picture.
    edge = 3 * SOFT * max(shape) / np.array([w, h])
    half = np.minimum(half, np.minimum(middle, 1 - middle) - edge).clip(0.05)
    y, x = np.mgrid[0 : 1 : h * 1j, 0 : 1 : w * 1j]
    return np.asarray(((x - middle[0]) / half[0]) ** 2 + ((y - middle[1]) / half[1]) ** 2 < 1)


def _faded(kept: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
    from scipy.ndimage import binary_dilation, gaussian_filter

    width = SOFT * max(kept.shape)
    wide = binary_dilation(kept, iterations=max(1, round(width))) & ~_corners(kept.shape)
    soft = gaussian_filter(wide.astype(np.float32), width / 2) * 255
    return np.where(soft < 2, 0, soft).astype(np.uint8)


def _corners(shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """What lies outside of a rectangle with rounded corners."""
    h, w = shape
    radius = 4 * SOFT * max(shape)
    y, x = np.mgrid[0:h, 0:w]
    over = [np.maximum(radius - np.minimum(at, size - 1 - at), 0) for at, size in ((y, h), (x, w))]
    return np.asarray(np.hypot(*over) > radius)
