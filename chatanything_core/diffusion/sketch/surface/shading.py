"""From a body's mask, bumps and colours to how it looks in the light."""

import numpy as np

from .canvas import Solid, stain
from .lighting import KeyLight, shade
from .materials import Material
from .raster import Patch, coverage
from .relief import Array, blur, factor_for, grow, normals, puff, shrink


def shade_body(
    body: Solid,
    patch: Patch,
    material: Material,
    light: KeyLight,
    unit: float,
    size: tuple[int, int],
    rng: np.random.Generator,
) -> tuple[Array, Array]:
    """Linear RGB (h, w, 3) and unit normals (h, w, 3) of a body inflated from `patch`.

    `unit` is pixels per body unit and `size` that of the picture; `material` takes the light.
    """
    shape = (patch.mask.shape[0], patch.mask.shape[1])
    factor = factor_for(shape)
    low = shrink(patch.mask, factor)
    relief = _relief(body, patch, factor, (low.shape[0], low.shape[1]))
    height = puff(low, max(body.thickness / factor, 0.6)) + relief
    normal = normals(height, factor, shape)
    surface = np.broadcast_to(body.colour, (*shape, 3))
    if material.texture is not None:
        tone, grain = material.texture(shape, unit, rng)
        # A face smooths the texture.
        gy, gx = np.gradient(grain * (1 - 0.8 * face_cover(body, patch)))
        normal[..., 0] -= gx
        normal[..., 1] -= gy
        surface = surface * tone[..., None]
    surface = stain(surface, body.tints, patch, size)
    # Hollows are darker; measured in body units, so that every size shows them alike.
    dip = blur(relief, 0.06 * unit / factor) - relief
    hollow = grow(dip, factor, shape) * np.float32(12.8 * factor / unit)
    lit = shade(surface, normal, material, light)
    lit *= (1 - np.clip(hollow, -0.15, 0.5))[..., None]
    return lit, normal


def face_cover(body: Solid, patch: Patch) -> Array:
    """How much a face of its own covers the body, shape (h, w), in [0, 1]."""
    shape = (patch.mask.shape[0], patch.mask.shape[1])
    cover = np.zeros(shape, np.float32)
    for bump in body.bumps:
        if bump.smooth:
            cover += blur(coverage(bump.outline, (patch.x, patch.y), 1, shape), bump.soft)
    return cover


def _relief(body: Solid, patch: Patch, factor: int, shape: tuple[int, int]) -> Array:
    """Height of all bumps on the shrunken grid, in shrunken pixels."""
    relief = np.zeros(shape, np.float32)
    for bump in body.bumps:
        cover = coverage(bump.outline, (patch.x, patch.y), factor, shape)
        soft = blur(cover, bump.soft / factor)
        if bump.smooth:
            relief *= 1 - soft
        relief += soft * np.float32(bump.rise / factor)
    return relief
