"""One key light, a sky, a floor that gives light back, and a rim: how a surface looks in them."""

from dataclasses import dataclass

import numpy as np

from .materials import Material
from .relief import Array

RGB = tuple[float, float, float]


@dataclass(frozen=True)
class KeyLight:
    """The light of one picture. Colours are linear RGB, 1 is white."""

    key: RGB = (1.05, 0.98, 0.88)
    """Colour of the key light."""
    towards: RGB = (-0.10, -0.70, 0.70)
    """Vector towards the key light, about 1 long; x right, y down, z to the viewer. From far to
    one side it would make a face look turned."""
    sky: RGB = (0.42, 0.46, 0.54)
    """Ambient light from above."""
    floor: RGB = (0.30, 0.26, 0.24)
    """Light given back from below."""
    rim: RGB = (0.55, 0.60, 0.72)
    """Light from behind, at the right."""


def shade(colour: Array, normal: Array, material: Material, light: KeyLight) -> Array:
    """Linear RGB, shape (h, w, 3), of a surface of linear `colour` (3,) or (h, w, 3).

    Wrapped Lambert plus a two-tone sky; a square soft box in the mirror direction; Schlick-like
    rim. Metals colour their reflections.
    """
    nx, ny, nz = normal[..., 0], normal[..., 1], normal[..., 2]
    lx, ly, lz = light.towards
    facing = nx * lx + ny * ly + nz * lz
    up = (0.5 - 0.5 * ny)[..., None]
    key = np.clip((facing + material.wrap) / (1 + material.wrap), 0, None)[..., None]
    sky, floor = np.array(light.sky, np.float32), np.array(light.floor, np.float32)
    ambient = floor + (sky - floor) * up
    lit = colour * (ambient + key * np.array(light.key, np.float32))
    glint = _soft_box(nx, ny, nz, material) + 0.35 * material.gloss * np.clip(
        _half(normal, light), 0, 1
    ) ** np.float32(material.shine)
    rim = np.clip(1 - nz, 0, 1) ** 3
    back = material.sheen * rim * (0.6 + 0.8 * np.clip(nx - 0.3 * ny, 0, 1))
    white = np.ones(3, np.float32)
    tint = white + (colour * 1.4 - white) * np.float32(material.metal)
    if material.metal:
        lit = lit * np.float32(1 - 0.55 * material.metal) + _mirror(ny, nz, material) * colour
    return np.asarray(
        lit + glint[..., None] * tint + back[..., None] * np.array(light.rim, np.float32)
    )


def _half(normal: Array, light: KeyLight) -> Array:
    half = np.array(light.towards, np.float32) + np.array([0, 0, 1], np.float32)
    return np.asarray(normal @ (half / np.linalg.norm(half)).astype(np.float32))


def _soft_box(nx: Array, ny: Array, nz: Array, material: Material) -> Array:
    """A window-shaped reflection, up and to the left; its edges sharpen with `shine`."""
    if material.gloss < 0.05:
        return np.zeros_like(nx)
    soft = np.float32(1.6 / np.sqrt(material.shine))
    rx, ry = 2 * nz * nx + np.float32(0.62), 2 * nz * ny + np.float32(0.74)
    inside = np.clip((0.26 - np.abs(rx)) / soft + 0.5, 0, 1) * np.clip(
        (0.20 - np.abs(ry)) / soft + 0.5, 0, 1
    )
    return np.asarray(np.float32(material.gloss * 0.7) * inside * inside * (3 - 2 * inside))


def _mirror(ny: Array, nz: Array, material: Material) -> Array:
    """What a metal sees: bright sky, dark horizon, lit floor."""
    ry = 2 * nz * ny
    sky = np.clip(0.55 - 0.75 * ry, 0, 1.5)
    horizon = np.exp(-(((ry - 0.22) / 0.34) ** 2))
    return np.asarray((material.metal * (0.25 + 0.75 * sky - 0.30 * horizon + 0.1))[..., None])
