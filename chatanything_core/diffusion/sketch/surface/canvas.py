"""The picture while it is painted: linear light, float32, and the few ways to put paint on it.

A style is a canvas of its own: `soft3d`, `papercut`, `ink`. What is drawn is the same for all.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter1d

from ....landmarks.face_model.placement import Polygon
from .lighting import KeyLight
from .materials import Material
from .raster import Patch, rasterise
from .relief import Array, blur

LENS = 1.2 / 512
"""Standard deviation of the blur of `lens` in sides of the picture."""

Nose = Literal["modelled", "cut", "line"]


@dataclass(frozen=True, eq=False)
class Bump:
    """Something that models a surface."""

    outline: Polygon
    """In pixels."""
    rise: float
    """Height in pixels; negative sinks."""
    soft: float
    """Blur in pixels."""
    smooth: bool = False
    """True levels what lies under it."""


@dataclass(frozen=True, eq=False)
class Tint:
    """Something that colours a surface before it is lit."""

    outline: Polygon
    """In pixels."""
    colour: Array
    """Linear RGB, shape (3,)."""
    amount: float
    """Opacity in [0, 1]."""
    soft: float
    """Blur in pixels."""
    shading: bool = False
    """True for what only imitates shade; flat styles leave it out."""


@dataclass(frozen=True, eq=False)
class Solid:
    """A body to be painted."""

    outlines: tuple[Polygon, ...]
    """Closed outlines in pixels; their union is one body."""
    colour: Array
    """Linear RGB, shape (3,); (h, w, 3) for a body with a `cover`."""
    material: Material
    thickness: float
    """Depth in pixels."""
    shadow: float = 0.35
    """Darkness of the shadow that it throws, in [0, 1]."""
    bumps: tuple[Bump, ...] = ()
    tints: tuple[Tint, ...] = ()
    outlined: bool = True
    """Whether a pen draws round it: lips, lids and brows between lines would be but lines."""
    cover: Patch | None = None
    """What it covers where that is a picture's and not the outlines'."""

    def patch(self, size: tuple[int, int], margin: int) -> Patch:
        """What it covers of a picture of `size`, with an empty margin in pixels."""
        return self.cover or rasterise(list(self.outlines), size, margin)


@dataclass(frozen=True, eq=False)
class Setting:
    """What is behind the figure."""

    size: tuple[int, int]
    """Width and height in pixels."""
    unit: float
    """Pixels per body unit of a figure that fills the picture."""
    wall: Array
    """Linear RGB, shape (3,)."""
    floor: Array | None
    """Linear RGB, shape (3,); None leaves the wall down to the lower edge."""
    things: tuple[tuple[Polygon, float, tuple[float, float, float]], ...]
    """Outlines in the body frame, opacity, and linear RGB of what is far away."""
    glow: tuple[float, float]
    """Where the wall is brightest, in pixels."""


class Canvas(ABC):
    """A picture of linear RGB, shape (H, W, 3), and the light that falls on it."""

    nose: ClassVar[Nose] = "modelled"
    """How this style shows a nose."""

    def __init__(self, setting: Setting, light: KeyLight, rng: np.random.Generator) -> None:
        self.light = light
        self.rng = rng
        self.unit = setting.unit
        self.size = setting.size
        self.pixels = self.backdrop(setting)

    @abstractmethod
    def backdrop(self, setting: Setting) -> Array:
        """What is behind the figure, linear RGB, float32 (H, W, 3)."""

    @abstractmethod
    def solid(self, body: Solid) -> None:
        """Paint a body."""

    @abstractmethod
    def develop(self) -> npt.NDArray[np.uint8]:
        """The finished picture, RGB uint8, shape (H, W, 3)."""

    def ground(self, centre: tuple[float, float], width: float) -> None:
        """Darken the floor under a body that stands at `centre`, `width` pixels wide."""
        h, w, _ = self.pixels.shape
        for spread, amount in ((1.25, 0.35), (0.95, 0.5)):
            x = (np.arange(w, dtype=np.float32)[None] + 0.5 - centre[0]) / (width / 2 * spread)
            y = (np.arange(h, dtype=np.float32)[:, None] + 0.5 - centre[1]) / (
                width * 0.09 * spread
            )
            spot = np.clip(1.15 - np.sqrt(x * x + y * y), 0, 1)
            self.pixels *= (1 - amount * spot * spot * (3 - 2 * spot).clip(0, 1.5))[..., None]

    def over(self, patch: Patch, colour: Array, opacity: Array | None = None) -> None:
        """Lay `colour`, (3,) or (h, w, 3), over the picture where the patch covers it."""
        cover = patch.mask if opacity is None else patch.mask * opacity
        under = self.pixels[patch.window]
        under += (colour - under) * cover[..., None]

    def flat(self, outlines: Sequence[Polygon], colour: Array, amount: float = 1.0) -> None:
        """Plain paint with a crisp edge."""
        patch = rasterise(list(outlines), self.size)
        if not patch.empty:
            self.over(Patch(patch.mask * np.float32(amount), patch.x, patch.y), colour)

    def haze(self, outlines: Sequence[Polygon], colour: Array, amount: float, soft: float) -> None:
        """Plain paint with a blurred edge."""
        patch = rasterise(list(outlines), self.size, margin=int(soft * 3) + 2)
        if not patch.empty:
            self.over(Patch(blur(patch.mask, soft) * np.float32(amount), patch.x, patch.y), colour)

    def cast(self, patch: Patch, amount: float, reach: float, soft: float) -> None:
        """Throw the patch's shadow `reach` pixels away from the key light, blurred by `soft`."""
        pad = int(soft * 3) + 1
        mask = blur(np.pad(patch.mask, pad), soft)
        x = patch.x - pad + int(-self.light.towards[0] * reach)
        y = patch.y - pad + int(-self.light.towards[1] * reach)
        width, height = self.size
        left, top = max(-x, 0), max(-y, 0)
        mask = mask[top : max(height - y, 0), left : max(width - x, 0)]
        if mask.size:
            spot = Patch(mask, x + left, y + top)
            self.pixels[spot.window] *= (1 - np.float32(amount) * mask)[..., None]


def stain(surface: Array, tints: Sequence[Tint], patch: Patch, size: tuple[int, int]) -> Array:
    """The surface of a patch, (h, w, 3), with its tints; each is worked out where it lies."""
    surface = np.array(surface, np.float32)
    for tint in tints:
        spot = rasterise([tint.outline], size, margin=int(3 * tint.soft) + 1)
        cover = blur(spot.mask, tint.soft) * np.float32(tint.amount)
        h, w = patch.mask.shape
        x, y = spot.x - patch.x, spot.y - patch.y
        left, top = max(-x, 0), max(-y, 0)
        cover = cover[top : max(h - y, 0), left : max(w - x, 0)]
        if cover.size:
            rows = slice(y + top, y + top + cover.shape[0])
            columns = slice(x + left, x + left + cover.shape[1])
            under = surface[rows, columns]
            under += (tint.colour - under) * cover[..., None]
    return surface


def linear(hexes: str) -> Array:
    """Linear RGB, float32 (3,), of a colour written rrggbb; gamma 2 stands for sRGB."""
    value = np.array([int(hexes[i : i + 2], 16) for i in (0, 2, 4)], np.float32) / 255
    return np.asarray(value * value)


def lens(pixels: Array) -> Array:
    """Linear RGB, shape (H, W, 3), as sharp as a good lens and a sensor would show it.

    Edges of drawn shapes are one pixel wide. Whoever halves such a picture, a codec's colour or a
    detector's 128 pixels, gets stairs that crawl when it moves by less than a pixel.
    """
    spread = LENS * min(pixels.shape[:2])
    soft = gaussian_filter1d(pixels, spread, axis=0, mode="nearest", truncate=3.0)
    return np.asarray(gaussian_filter1d(soft, spread, axis=1, mode="nearest", truncate=3.0))


def display(pixels: Array) -> npt.NDArray[np.uint8]:
    """Linear RGB to RGB uint8, with a shoulder so that highlights do not burn out."""
    x = np.clip(pixels, 0, None)
    x = np.where(x < 0.66, x, 0.66 + 0.34 * np.tanh((x - 0.66) / 0.46))
    return np.asarray((np.sqrt(x) * 255 + 0.5).astype(np.uint8))
