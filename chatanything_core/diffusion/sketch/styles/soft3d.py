"""The style `soft 3D`: bodies inflated from their outlines and lit by a soft box."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ..backdrop import out_of_focus
from ..surface.canvas import Canvas, Setting, Solid, display, lens
from ..surface.outlines import ruffle
from ..surface.relief import Array
from ..surface.shading import shade_body


class SoftCanvas(Canvas):
    """Soft three-dimensional bodies before a wall that is out of focus."""

    def backdrop(self, setting: Setting) -> Array:
        """A wall that brightens behind the figure, and a floor; see `Canvas.backdrop`."""
        w, h = setting.size
        x = (np.arange(w, dtype=np.float32)[None, :] + 0.5 - setting.glow[0]) / setting.unit
        y = (np.arange(h, dtype=np.float32)[:, None] + 0.5 - setting.glow[1]) / setting.unit
        light = 0.55 + 0.66 * np.exp(-(x * x + y * y) / 0.95)
        picture = out_of_focus(setting) * light[..., None]
        if setting.floor is None:
            return np.asarray(picture, np.float32)
        line = h / 2 + 0.60 * setting.unit
        rows = np.arange(h, dtype=np.float32)[:, None] + 0.5
        mix = np.clip((rows - line) / (0.12 * setting.unit) + 0.5, 0, 1)
        mix = mix * mix * (3 - 2 * mix)
        near = np.clip((rows - line) / setting.unit + 0.6, 0, 1)
        floor = setting.floor * (0.66 + 0.50 * np.exp(-x * x / 1.1) * near)[..., None]
        return np.asarray(picture + (floor - picture) * mix[..., None], np.float32)

    def solid(self, body: Solid) -> None:
        """Inflate, model, texture and light a body; see `Canvas.solid`."""
        if body.material.tuft and body.cover is None:
            reach = body.material.tuft * self.unit
            tufts = tuple(ruffle(outline, reach, self.rng) for outline in body.outlines)
            body = replace(body, outlines=tufts)
        patch = body.patch(self.size, margin=2)
        if min(patch.mask.shape) < 2:  # nothing, or a line at the picture's edge
            return
        if body.shadow:
            self.cast(patch, body.shadow, 0.6 * body.thickness, max(0.35 * body.thickness, 1.5))
        lit, normal = shade_body(
            body, patch, body.material, self.light, self.unit, self.size, self.rng
        )
        clear = body.material.clear
        self.over(patch, lit, 1 - clear * np.clip(normal[..., 2], 0, 1) ** 2 if clear else None)

    def develop(self) -> npt.NDArray[np.uint8]:
        """A little more colour and darker corners; see `Canvas.develop`."""
        h, w, _ = self.pixels.shape
        grey = self.pixels @ np.array([0.2126, 0.7152, 0.0722], np.float32)
        x = grey[..., None] + (self.pixels - grey[..., None]) * np.float32(1.10)
        across = np.linspace(-1, 1, w, dtype=np.float32)[None, :] ** 2
        down = np.linspace(-1, 1, h, dtype=np.float32)[:, None] ** 2
        return display(lens(x * (1 - 0.09 * (across + down))[..., None]))
