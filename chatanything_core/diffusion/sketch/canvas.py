"""The picture while it is painted: linear light, float32, and the few ways to put paint on it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ...landmarks.placement import Polygon
from .light import Light, shade
from .materials import Material
from .raster import Patch, coverage, rasterise
from .relief import Array, blur, factor_for, grow, normals, puff, shrink

Bump = tuple[Polygon, float, float]
"""Outline in pixels, height in pixels (negative sinks), softness in pixels."""


class Canvas:
    """A picture of linear RGB, shape (H, W, 3), and the light that falls on it."""

    def __init__(self, pixels: Array, light: Light, unit: float, rng: np.random.Generator) -> None:
        self.pixels = pixels
        self.light = light
        self.unit = unit
        """Pixels per body unit: half of the picture's shorter side."""
        self.rng = rng

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        h, w, _ = self.pixels.shape
        return w, h

    def solid(
        self,
        outlines: Sequence[Polygon],
        colour: Array,
        material: Material,
        thickness: float,
        *,
        bumps: Sequence[Bump] = (),
        paint: "Sequence[tuple[Polygon, Array, float, float]]" = (),
        shadow: float = 0.35,
    ) -> Patch:
        """A soft body: `thickness` is its depth in pixels, `bumps` model its surface.

        `paint` tints the surface before it is lit: outline, colour, amount, softness in pixels.
        """
        patch = rasterise(list(outlines), self.size, margin=2)
        if patch.empty:
            return patch
        if shadow:
            self.cast(patch, shadow, thickness)
        shape = patch.mask.shape
        factor = factor_for(shape)
        low = shrink(patch.mask, factor)
        height = puff(low, max(thickness / factor, 0.6))
        origin = (patch.x, patch.y)
        relief = np.zeros_like(height)
        for outline, rise, soft in bumps:
            cover = coverage(outline, origin, factor, low.shape)
            relief += blur(cover, soft / factor) * np.float32(rise / factor)
        tone = np.ones(shape, np.float32)
        grain = np.zeros(shape, np.float32)
        if material.texture is not None:
            tone, grain = material.texture(shape, self.unit, self.rng)
        normal = normals(height + relief, factor, shape)
        if grain.any():
            gy, gx = np.gradient(grain)
            normal[..., 0] -= gx
            normal[..., 1] -= gy
        surface = np.broadcast_to(colour, (*shape, 3)) * tone[..., None]
        for outline, tint, amount, soft in paint:
            cover = grow(
                blur(coverage(outline, origin, factor, low.shape), soft / factor), factor, shape
            )
            surface = surface + (tint - surface) * (cover * np.float32(amount))[..., None]
        hollow = grow(blur(relief, 5.0) - relief, factor, shape)
        reach = np.float32(0.05 * factor)
        lit = shade(surface, normal, material, self.light)
        lit *= (1 - np.clip(hollow * reach, -0.15, 0.5))[..., None]
        self._over(
            patch, lit, 1.0 - material.clear * self._thin(normal) if material.clear else None
        )
        return patch

    def _thin(self, normal: Array) -> Array:
        """Glass is clearest where it faces the viewer."""
        return np.clip(normal[..., 2], 0, 1) ** 2

    def _over(self, patch: Patch, colour: Array, opacity: Array | None = None) -> None:
        cover = patch.mask if opacity is None else patch.mask * opacity
        under = self.pixels[patch.window]
        under += (colour - under) * cover[..., None]

    def flat(self, outlines: Sequence[Polygon], colour: Array, amount: float = 1.0) -> Patch:
        """Plain paint with a crisp edge."""
        patch = rasterise(list(outlines), self.size)
        if not patch.empty:
            self._over(Patch(patch.mask * np.float32(amount), patch.x, patch.y), colour)
        return patch

    def haze(self, outlines: Sequence[Polygon], colour: Array, amount: float, soft: float) -> None:
        """Plain paint with a blurred edge."""
        patch = rasterise(list(outlines), self.size, margin=int(soft * 3) + 2)
        if not patch.empty:
            self._over(Patch(blur(patch.mask, soft) * np.float32(amount), patch.x, patch.y), colour)

    def cast(self, patch: Patch, amount: float, depth: float) -> None:
        """The soft shadow that a body throws, away from the key light, on what is painted yet."""
        soft = max(depth * 0.35, 1.5)
        pad = int(soft * 3) + 1
        mask = blur(np.pad(patch.mask, pad), soft)
        dx = int(-self.light.towards[0] * depth * 0.6)
        dy = int(-self.light.towards[1] * depth * 0.6)
        x, y = patch.x - pad + dx, patch.y - pad + dy
        width, height = self.size
        left, top = max(-x, 0), max(-y, 0)
        mask = mask[top : max(height - y, 0), left : max(width - x, 0)]
        if mask.size:
            spot = Patch(mask, x + left, y + top)
            self.pixels[spot.window] *= (1 - np.float32(amount) * mask)[..., None]


def linear(hexes: str) -> Array:
    """Linear RGB, float32 (3,), of a colour written rrggbb; gamma 2 stands for sRGB."""
    value = np.array([int(hexes[i : i + 2], 16) for i in (0, 2, 4)], np.float32) / 255
    return np.asarray(value * value)


def develop(pixels: Array) -> npt.NDArray[np.uint8]:
    """Linear light to RGB uint8: a little more colour, a soft shoulder, darker corners."""
    h, w, _ = pixels.shape
    grey = pixels @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    x = np.clip(grey[..., None] + (pixels - grey[..., None]) * np.float32(1.16), 0, None)
    across = np.linspace(-1, 1, w, dtype=np.float32)[None, :] ** 2
    down = np.linspace(-1, 1, h, dtype=np.float32)[:, None] ** 2
    x *= (1 - 0.10 * (across + down))[..., None]
    x = np.where(x < 0.66, x, 0.66 + 0.34 * np.tanh((x - 0.66) / 0.46))
    return np.asarray((np.sqrt(x) * 255 + 0.5).astype(np.uint8))
