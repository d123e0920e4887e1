"""The style `ink`: pen lines round washes of colour on cream paper, as in a picture book."""

import numpy as np
import numpy.typing as npt

from .backdrop import out_of_focus
from .canvas import Canvas, Nose, Setting, Solid, display, stain
from .materials import noise
from .raster import Patch, coverage, rasterise
from .relief import Array, blur, factor_for, normals, puff, shrink

PAPER = np.array([0.90, 0.86, 0.78], np.float32)
PEN = np.array([0.020, 0.016, 0.022], np.float32)


class InkCanvas(Canvas):
    """Pen and wash."""

    nose: Nose = "line"  # type: ignore[misc]

    def backdrop(self, setting: Setting) -> Array:
        """A wash of the wall's colour that leaves the paper's margins; see `Canvas.backdrop`."""
        w, h = setting.size
        x = np.linspace(-1, 1, w, dtype=np.float32)[None, :]
        y = np.linspace(-1, 1, h, dtype=np.float32)[:, None]
        ragged = noise((h, w), 0.10 * setting.unit, self.rng) * 0.12
        inside = np.clip((0.93 - np.maximum(np.abs(x), np.abs(y)) + ragged * 0.5) / 0.10, 0, 1)
        bloom = 0.66 + 0.12 * noise((h, w), 0.30 * setting.unit, self.rng)
        wash = out_of_focus(setting)
        if setting.floor is not None:
            line = (h / 2 + 0.62 * setting.unit) / h * 2 - 1
            wash = np.where((y > line + 0.1 * ragged)[..., None], setting.floor, wash)
        cover = np.clip(inside * bloom, 0, 1)[..., None]
        return np.asarray(PAPER + (wash * np.float32(0.9) - PAPER) * cover, np.float32)

    def solid(self, body: Solid) -> None:
        """A wash, shaded in two steps and hatched, with a pen line round it; see `Canvas.solid`."""
        line = max(0.0105 * self.unit, 1.2)
        patch = rasterise(list(body.outlines), self.size, margin=int(4 * line) + 2)
        if min(patch.mask.shape) < 2:  # nothing, or a line at the picture's edge
            return
        shape = (patch.mask.shape[0], patch.mask.shape[1])
        shade = self._shade(body, patch)
        bloom = noise(shape, 0.16 * self.unit, self.rng)
        tints = [tint for tint in body.tints if not tint.shading]
        surface = stain(np.broadcast_to(body.colour, (*shape, 3)), tints, patch, self.size)
        edge = np.clip(1 - 2 * np.abs(blur(patch.mask, 2.2 * line) - 0.5), 0, 1) * patch.mask
        depth = 0.90 + 0.045 * bloom + 0.10 * edge - 0.22 * np.clip(0.50 - shade, 0, 1)
        wash = PAPER + (surface - PAPER) * np.clip(depth, 0, 1)[..., None]
        wash = wash * (1 - 0.75 * np.clip(shade - 0.40, 0, 0.6))[..., None]
        self.over(patch, np.asarray(wash * self._hatch(patch, shade)[..., None]))
        self._line(patch, line)

    def _shade(self, body: Solid, patch: Patch) -> Array:
        """How far each pixel turns from the light, in [0, 1]."""
        shape = (patch.mask.shape[0], patch.mask.shape[1])
        factor = factor_for(shape)
        low = shrink(patch.mask, factor)
        height = puff(low, max(body.thickness / factor, 0.6))
        for bump in body.bumps:
            cover = coverage(bump.outline, (patch.x, patch.y), factor, (low.shape[0], low.shape[1]))
            height += blur(cover, bump.soft / factor) * np.float32(bump.rise / factor)
        facing = normals(height, factor, shape) @ np.array(self.light.towards, np.float32)
        return np.asarray(np.clip(0.75 - 0.75 * facing, 0, 1))

    def _hatch(self, patch: Patch, shade: Array) -> Array:
        """Slanted pen strokes where it is darkest: a factor on the colour."""
        x, y = patch.grid()
        gap = max(0.026 * self.unit, 4.5)
        wave = np.sin((x - 0.6 * y) * np.float32(2 * np.pi / gap))
        return np.asarray(
            1 - 0.45 * np.clip((shade - 0.74) * 6, 0, 1) * np.clip(wave * 3 - 1.6, 0, 1)
        )

    def _line(self, patch: Patch, width: float) -> None:
        """The pen line: thick and thin, as a hand presses."""
        shape = (patch.mask.shape[0], patch.mask.shape[1])
        press = 1 + 0.5 * noise(shape, 0.14 * self.unit, self.rng)
        band = 1 - 2 * np.abs(blur(patch.mask, width) - 0.5)
        stroke = np.clip((band - 0.62 + 0.22 * (press - 1)) / 0.25, 0, 1)
        self.over(Patch(stroke, patch.x, patch.y), PEN, np.full(shape, 0.9, np.float32))

    def develop(self) -> npt.NDArray[np.uint8]:
        """The grain of the paper over everything; see `Canvas.develop`."""
        h, w, _ = self.pixels.shape
        grain = noise((h, w), 1.6, self.rng) + noise((h, w), 5.0, self.rng)
        return display(self.pixels * (1 + 0.022 * grain)[..., None])
