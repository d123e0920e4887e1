"""The style `paper cut`: flat layers of coloured paper, each throwing a crisp shadow."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ....landmarks.face_model.placement import Polygon
from ..surface.canvas import Canvas, Nose, Setting, Solid, display, lens, stain
from ..surface.materials import material_noise
from ..surface.raster import Patch, rasterise
from ..surface.relief import Array


class PaperCanvas(Canvas):
    """Sheets of paper laid over one another."""

    nose: Nose = "cut"  # type: ignore[misc]

    def backdrop(self, setting: Setting) -> Array:
        """Sheets for wall, far things and floor; see `Canvas.backdrop`."""
        w, h = setting.size
        self.pixels = np.empty((h, w, 3), np.float32)
        self.pixels[:] = setting.wall * np.float32(1.05)
        middle = np.array([w / 2, h / 2])
        for outline, amount, colour in setting.things:
            if amount > 0.4:
                tone = np.array(colour, np.float32) * 0.45 + setting.wall * np.float32(0.55)
                self._sheet((outline * setting.unit + middle,), tone, 0.18)
        if setting.floor is not None:
            line = h / 2 + 0.62 * setting.unit
            edge = np.array(
                [(-9.0, line + 6), (w * 0.3, line - 4), (w * 0.7, line + 4), (w + 9.0, line - 3)]
            )
            corners = np.array([(w + 9.0, h + 9.0), (-9.0, h + 9.0)])
            self._sheet((np.concatenate([edge, corners]),), setting.floor, 0.25)
        fibre = material_noise((h, w), 2.4, self.rng) + material_noise((h, w), 9.0, self.rng)
        self.pixels *= (1 + 0.02 * fibre)[..., None]
        return self.pixels

    def ground(self, centre: tuple[float, float], width: float) -> None:
        """A flat oval of shade, cut from paper; see `Canvas.ground`."""
        t = np.linspace(0, 2 * np.pi, 48, endpoint=False)
        oval = np.stack(
            [centre[0] + 0.56 * width * np.cos(t), centre[1] + 0.07 * width * np.sin(t)], 1
        )
        patch = rasterise([oval], self.size)
        self.pixels[patch.window] *= (1 - 0.32 * patch.mask)[..., None]

    def solid(self, body: Solid) -> None:
        """One sheet with its markings; see `Canvas.solid`."""
        patch = self._lay(body.patch(self.size, margin=3), body.colour, body.shadow)
        if patch.empty:
            return
        crisp = [
            replace(tint, soft=0.0, amount=min((0.5 if tint.shading else 1.2) * tint.amount, 1.0))
            for tint in body.tints
        ]
        under = self.pixels[patch.window]
        self.over(patch, stain(under, crisp, patch, self.size))

    def haze(self, outlines: Sequence[Polygon], colour: Array, amount: float, soft: float) -> None:
        """Paper knows no blur: a crisp, paler shape; see `Canvas.haze`."""
        del soft
        self.flat(outlines, colour, 0.8 * amount)

    def _sheet(self, outlines: Sequence[Polygon], colour: Array, shadow: float) -> Patch:
        return self._lay(rasterise(list(outlines), self.size, margin=3), colour, shadow)

    def _lay(self, patch: Patch, colour: Array, shadow: float) -> Patch:
        if patch.empty:
            return patch
        if shadow:
            self.cast(patch, min(1.3 * shadow, 0.6), 0.030 * self.unit, 0.014 * self.unit)
        mask = patch.mask
        fibre = material_noise((mask.shape[0], mask.shape[1]), 2.2, self.rng)
        y = np.linspace(1.06, 0.92, mask.shape[0], dtype=np.float32)[:, None]
        # The cut edge catches the light at the upper left and lies in shade at the lower right.
        rim = mask - np.roll(mask, (2, 2), (0, 1))
        tone = (y + 0.025 * fibre) * (1 + 0.22 * np.clip(rim, 0, 1))
        self.over(patch, colour * tone[..., None])
        return patch

    def develop(self) -> npt.NDArray[np.uint8]:
        """See `Canvas.develop`."""
        return display(lens(self.pixels))
