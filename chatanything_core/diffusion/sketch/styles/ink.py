"""The style `ink`: pen lines round washes of colour on cream paper, as in a picture book."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter

from ..backdrop import out_of_focus
from ..surface.canvas import Canvas, Nose, Setting, Solid, display, lens
from ..surface.materials import Material, material_noise
from ..surface.raster import Patch
from ..surface.relief import Array, blur
from ..surface.shading import face_cover, shade_body

PAPER = np.array([0.90, 0.86, 0.78], np.float32)
PEN = np.array([0.085, 0.055, 0.045], np.float32)
"""Sepia: black would be the strongest edge of the picture, and none of the face."""


class InkCanvas(Canvas):
    """Pen and wash."""

    nose: Nose = "line"  # type: ignore[misc]

    def backdrop(self, setting: Setting) -> Array:
        """A wash of the wall's colour that leaves the paper's margins; see `Canvas.backdrop`."""
        w, h = setting.size
        x = np.linspace(-1, 1, w, dtype=np.float32)[None, :]
        y = np.linspace(-1, 1, h, dtype=np.float32)[:, None]
        ragged = material_noise((h, w), 0.10 * setting.unit, self.rng) * 0.12
        inside = np.clip((0.93 - np.maximum(np.abs(x), np.abs(y)) + ragged * 0.5) / 0.10, 0, 1)
        bloom = 0.66 + 0.12 * material_noise((h, w), 0.30 * setting.unit, self.rng)
        wash = out_of_focus(setting)
        if setting.floor is not None:
            line = (h / 2 + 0.62 * setting.unit) / h * 2 - 1
            wash = np.where((y > line + 0.1 * ragged)[..., None], setting.floor, wash)
        cover = np.clip(inside * bloom, 0, 1)[..., None]
        return np.asarray(PAPER + (wash * np.float32(0.9) - PAPER) * cover, np.float32)

    def solid(self, body: Solid) -> None:
        """A wash, shaded and hatched, with a pen line round it; see `Canvas.solid`."""
        line = max(0.0105 * self.unit, 1.2)
        patch = body.patch(self.size, margin=int(4 * line) + 2)
        if min(patch.mask.shape) < 2:  # nothing, or a line at the picture's edge
            return
        shape = (patch.mask.shape[0], patch.mask.shape[1])
        colour, normal = shade_body(
            body, patch, _wash(body.material), self.light, self.unit, self.size, self.rng
        )
        bloom = material_noise(shape, 0.16 * self.unit, self.rng)
        edge = np.clip(1 - 2 * np.abs(blur(patch.mask, 2.2 * line) - 0.5), 0, 1) * patch.mask
        depth = np.clip(0.90 + 0.045 * bloom + 0.10 * edge, 0, 1)[..., None]
        facing = normal @ np.array(self.light.towards, np.float32)
        # Dark paint covers the paper better: brown hair stays brown.
        bare = (1 - depth) * np.clip(4 * colour.max(-1, keepdims=True), 0.3, 1)
        wash = colour + (PAPER - colour) * bare
        hatch = self._hatch(patch, facing, 1 - face_cover(body, patch))
        self.over(patch, np.asarray(wash * hatch[..., None]))
        if body.cover is not None:
            self._seams(patch, body.colour)
        if body.outlined:
            self._line(patch, line)

    def _seams(self, patch: Patch, colours: Array) -> None:
        """Pen lines where one colour of a drawing meets another; `colours` (h, w, 3)."""
        soft = np.sqrt(gaussian_filter(colours, (1.2, 1.2, 0)))
        rise = np.zeros(patch.mask.shape, np.float32)
        for band in range(3):
            rise += np.hypot(*np.gradient(soft[..., band]))
        stroke = patch.mask * np.clip(rise / 0.25 - 0.25, 0, 0.7)
        self.over(Patch(stroke, patch.x, patch.y), PEN)

    def _hatch(self, patch: Patch, facing: Array, bare: Array) -> Array:
        """Slanted pen strokes where it is darkest: a factor on the colour, shape (h, w).

        On a face they would be read as stubble, so it stays `bare`, in [0, 1].
        """
        x, y = patch.grid()
        gap = max(0.026 * self.unit, 4.5)
        wave = np.sin((x - 0.6 * y) * np.float32(2 * np.pi / gap))
        return np.asarray(
            1 - 0.35 * np.clip(-4.5 * facing, 0, 1) * np.clip(wave * 2 - 0.8, 0, 1) * bare
        )

    def _line(self, patch: Patch, width: float) -> None:
        """The pen line: thick and thin, as a hand presses."""
        shape = (patch.mask.shape[0], patch.mask.shape[1])
        press = 1 + 0.5 * material_noise(shape, 0.14 * self.unit, self.rng)
        band = 1 - 2 * np.abs(blur(patch.mask, width) - 0.5)
        stroke = np.clip((band - 0.62 + 0.22 * (press - 1)) / 0.25, 0, 1)
        self.over(Patch(stroke, patch.x, patch.y), PEN, np.full(shape, 0.9, np.float32))

    def develop(self) -> npt.NDArray[np.uint8]:
        """The grain of the paper over everything; see `Canvas.develop`."""
        h, w, _ = self.pixels.shape
        grain = material_noise((h, w), 1.6, self.rng) + material_noise((h, w), 5.0, self.rng)
        return display(lens(self.pixels * (1 + 0.022 * grain)[..., None]))


def _wash(material: Material) -> Material:
    """The material as water colour shows it: matte, without grain, and nothing mirrors.

    Without a highlight only shade tells its relief, so that is deeper.
    """
    gloss, wrap = 0.4 * material.gloss, 0.3 * material.wrap
    return replace(material, gloss=gloss, wrap=wrap, sheen=0.0, metal=0.0, clear=0.0, texture=None)
