"""What things are made of: how each material takes light, and its texture."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from .relief import Array, blur

Texture = Callable[[tuple[int, int], float, np.random.Generator], tuple[Array, Array]]
"""Called with a patch's shape, pixels per body unit and a random stream; gives a factor on the
colour, shape (h, w), about 1, and a bump height in pixels, shape (h, w)."""


@dataclass(frozen=True)
class Material:
    """How a surface takes light."""

    gloss: float = 0.15
    """Strength of the soft box's reflection, in [0, 1]."""
    shine: float = 24.0
    """Exponent of the highlight; large is sharp."""
    sheen: float = 0.15
    """Brightening towards the rim (Fresnel, or the fuzz of cloth), in [0, 1]."""
    wrap: float = 0.25
    """How far light bleeds round into the shade, in [0, 1]; skin and wax let it in."""
    metal: float = 0.0
    """1 mirrors its surroundings in its own colour."""
    clear: float = 0.0
    """How much of the background shows through, in [0, 1]."""
    texture: Texture | None = None
    tuft: float = 0.0
    """How far hairs stand out beyond the outline, in body units."""


def material_noise(
    shape: tuple[int, int], cell: float, rng: np.random.Generator, aspect: float = 1
) -> Array:
    """Smooth noise in about [-1, 1]; `cell` is its grain in pixels, `aspect` stretches it in y."""
    h, w = shape
    rows, columns = int(h / max(cell * aspect, 1)) + 3, int(w / max(cell, 1)) + 3
    grid = Image.fromarray(rng.standard_normal((rows, columns)).astype(np.float32))
    return np.asarray(grid.resize((w, h), Image.Resampling.BICUBIC), np.float32) * np.float32(0.6)


def _wood(shape: tuple[int, int], unit: float, rng: np.random.Generator) -> tuple[Array, Array]:
    x = np.arange(shape[1], dtype=np.float32)[None, :] / unit
    warp = material_noise(shape, unit * 0.35, rng, aspect=3.0)
    rings = np.sin((x * 1.0 + warp * 0.11) * 62.0)
    fibre = material_noise(shape, unit * 0.012, rng, aspect=14.0)
    return 0.93 + 0.11 * rings + 0.08 * fibre, (0.5 * rings + fibre) * unit * 0.0022


def _metal(shape: tuple[int, int], unit: float, rng: np.random.Generator) -> tuple[Array, Array]:
    brushed = material_noise(shape, unit * 0.25, rng, aspect=0.03)
    return 1.0 + 0.02 * brushed, brushed * unit * 0.00012


def _fur(shape: tuple[int, int], unit: float, rng: np.random.Generator) -> tuple[Array, Array]:
    hair = material_noise(shape, unit * 0.010, rng, aspect=6.0) + 0.8 * material_noise(
        shape, unit * 0.022, rng, aspect=5.0
    )
    patch = material_noise(shape, unit * 0.22, rng)
    return 0.99 + 0.065 * hair + 0.07 * patch, hair * unit * 0.0030


def _hair(shape: tuple[int, int], unit: float, rng: np.random.Generator) -> tuple[Array, Array]:
    lock = material_noise(shape, unit * 0.055, rng, aspect=9.0)
    strand = material_noise(shape, unit * 0.014, rng, aspect=22.0)
    return 1.0 + 0.10 * lock + 0.08 * strand, (lock * 2.2 + strand) * unit * 0.0032


def _leather(shape: tuple[int, int], unit: float, rng: np.random.Generator) -> tuple[Array, Array]:
    grain = np.abs(material_noise(shape, unit * 0.022, rng)) + 0.6 * np.abs(
        material_noise(shape, unit * 0.011, rng)
    )
    wear = material_noise(shape, unit * 0.3, rng)
    return 0.94 + 0.10 * grain + 0.07 * wear, grain * unit * 0.0022


def _stone(shape: tuple[int, int], unit: float, rng: np.random.Generator) -> tuple[Array, Array]:
    rough = sum(
        (
            material_noise(shape, unit * cell, rng) * weight
            for cell, weight in ((0.3, 0.5), (0.09, 0.35), (0.03, 0.25))
        ),
        np.zeros(shape, np.float32),
    )
    speck = material_noise(shape, unit * 0.009, rng)
    return 0.97 + 0.13 * rough + 0.10 * speck, rough * unit * 0.016


def _cloth(shape: tuple[int, int], unit: float, rng: np.random.Generator) -> tuple[Array, Array]:
    h, w = shape
    thread = 2 * np.pi / max(unit * 0.016, 2.4)
    x, y = np.arange(w, dtype=np.float32)[None, :], np.arange(h, dtype=np.float32)[:, None]
    weave = np.sin((x + y) * thread) * np.sin((x - y) * thread)
    fold = material_noise(shape, unit * 0.35, rng, aspect=1.6)
    return 0.97 + 0.06 * weave + 0.05 * fold, weave * unit * 0.0012 + fold * unit * 0.022


def _paper(shape: tuple[int, int], unit: float, rng: np.random.Generator) -> tuple[Array, Array]:
    fibre = material_noise(shape, unit * 0.012, rng) + material_noise(
        shape, unit * 0.04, rng, aspect=0.4
    )
    return 0.99 + 0.02 * fibre, fibre * unit * 0.0005


def _skin(shape: tuple[int, int], unit: float, rng: np.random.Generator) -> tuple[Array, Array]:
    tone = material_noise(shape, unit * 0.16, rng)
    pores = material_noise(shape, unit * 0.008, rng)
    return 1.0 + 0.02 * tone + 0.008 * pores, pores * unit * 0.00012


def _peel(shape: tuple[int, int], unit: float, rng: np.random.Generator) -> tuple[Array, Array]:
    pits = -blur(np.clip(material_noise(shape, unit * 0.02, rng) - 0.5, 0, 0.4), unit * 0.004)
    return 1.0 + 0.3 * pits + 0.03 * material_noise(shape, unit * 0.2, rng), pits * unit * 0.016


def _fruit(shape: tuple[int, int], unit: float, rng: np.random.Generator) -> tuple[Array, Array]:
    streak = material_noise(shape, unit * 0.05, rng, aspect=5.0)
    freckle = np.clip(material_noise(shape, unit * 0.016, rng) - 0.75, 0, 1)
    return 0.99 + 0.045 * streak + 0.35 * freckle, np.zeros(shape, np.float32)


def _leaf(shape: tuple[int, int], unit: float, rng: np.random.Generator) -> tuple[Array, Array]:
    tone = material_noise(shape, unit * 0.09, rng, aspect=2.0)
    return 1.0 + 0.08 * tone, tone * unit * 0.004


def _ceramic(shape: tuple[int, int], unit: float, rng: np.random.Generator) -> tuple[Array, Array]:
    glaze = material_noise(shape, unit * 0.3, rng)
    return 1.0 + 0.03 * glaze, glaze * unit * 0.004


MATERIALS: dict[str, Material] = {
    "skin": Material(0.10, 16, 0.10, 0.42, texture=_skin),
    "fur": Material(0.02, 6, 0.30, 0.36, texture=_fur, tuft=0.016),
    "fruit": Material(0.42, 46, 0.12, 0.32, texture=_fruit),
    "peel": Material(0.26, 26, 0.12, 0.30, texture=_peel),
    "leaf": Material(0.14, 18, 0.14, 0.36, texture=_leaf),
    "wood": Material(0.10, 14, 0.08, 0.16, texture=_wood),
    "metal": Material(0.80, 60, 0.35, 0.05, metal=0.75, texture=_metal),
    "glass": Material(0.95, 120, 0.55, 0.30, clear=0.45),
    "smoked glass": Material(0.95, 120, 0.55, 0.30, clear=0.28),
    "ceramic": Material(0.62, 80, 0.14, 0.22, texture=_ceramic),
    "plastic": Material(0.40, 50, 0.14, 0.24),
    "leather": Material(0.22, 20, 0.10, 0.12, texture=_leather),
    "paper": Material(0.01, 6, 0.06, 0.34, texture=_paper),
    "stone": Material(0.03, 8, 0.06, 0.10, texture=_stone),
    "cloth": Material(0.02, 6, 0.26, 0.26, texture=_cloth),
    "hair": Material(0.26, 18, 0.16, 0.20, texture=_hair),
    "wax": Material(0.30, 30, 0.14, 0.55),
    "jelly": Material(0.70, 90, 0.40, 0.60, clear=0.20),
}
