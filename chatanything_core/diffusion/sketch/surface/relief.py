"""From a flat mask to a soft body: a height field that is round at the edge, and its normals."""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy.ndimage import uniform_filter

Array = npt.NDArray[np.floating[Any]]

WORK = 176
"""Longest side in pixels at which heights are worked out; they are smooth, so this suffices."""


def blur(field: Array, radius: float) -> Array:
    """Nearly Gaussian blur of standard deviation `radius` pixels: three box blurs.

    Beyond its edge a field goes on as it ends, so what the picture cuts off is not rounded.
    """
    size = round(radius * 2) | 1
    if size < 3:
        return field
    for _ in range(3):
        field = uniform_filter(field, size, mode="nearest")
    return field


def shrink(mask: Array, factor: int) -> Array:
    """Mean of blocks of `factor` x `factor` pixels, padded with zeros."""
    if factor == 1:
        return mask
    h, w = mask.shape
    padded = np.pad(mask, ((0, -h % factor), (0, -w % factor)))
    blocks = padded.reshape(padded.shape[0] // factor, factor, -1, factor)
    return np.asarray(blocks.mean((1, 3), dtype=np.float32))


def grow(field: Array, factor: int, shape: tuple[int, int]) -> Array:
    """Undo `shrink`: bilinear, cut to `shape`."""
    if factor == 1:
        return field
    h, w = field.shape
    large = Image.fromarray(field).resize((w * factor, h * factor), Image.Resampling.BILINEAR)
    return np.asarray(large, dtype=np.float32)[: shape[0], : shape[1]]


def factor_for(shape: tuple[int, int]) -> int:
    """How much a patch is shrunk before its heights are worked out; slivers are not."""
    return max(1, min(-(-max(shape) // WORK), min(shape) // 2))


def puff(mask: Array, thickness: float) -> Array:
    """Height in pixels of a body inflated from `mask`; `thickness` is its depth in pixels.

    A mask blurred at one scale is 1/2 on a straight edge and rises inside, so the square root
    of 2 blur - 1 is a smooth dome without the ridges of a distance transform. Small scales give
    a crisp rounded edge, large ones a gentle arch; a soft clip keeps corners from creasing.
    """
    height = np.zeros_like(mask)
    for share, weight, knee in ((0.85, 0.62, 0.30), (0.36, 0.30, 0.10), (0.12, 0.16, 0.02)):
        rise = 2 * blur(mask, max(thickness * share, 0.8)) - 1
        height += weight * np.sqrt(0.5 * (rise + np.sqrt(rise * rise + knee)))
    return height * np.float32(thickness)


def normals(height: Array, factor: int, shape: tuple[int, int]) -> Array:
    """Unit normals, shape (H, W, 3), of a shrunken height field; +z points at the viewer."""
    gy, gx = (np.asarray(slope) for slope in np.gradient(height))
    slope = np.empty((*shape, 3), np.float32)
    slope[..., 0] = -grow(gx.astype(np.float32), factor, shape)
    slope[..., 1] = -grow(gy.astype(np.float32), factor, shape)
    slope[..., 2] = 1.0
    slope /= np.sqrt(np.einsum("ijk,ijk->ij", slope, slope))[..., None]
    return slope
