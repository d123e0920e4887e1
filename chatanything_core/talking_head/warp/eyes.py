"""How lids close: skin is drawn down over the eyeball, or a lid is painted where there is none."""

import numpy as np

from .cavity import cover, step
from .geometry import Array, Lids, at
from .sampling import Field, Pixels, Sampler

OVERSHOOT = 0.10
"""How far a closed lid covers the lower lid's edge, in half eye widths."""
LASH = 0.14
"""Height of the lash line, which moves without being stretched."""


class EyeLid:
    """Closes one eye."""

    def __init__(self, lids: Lids, skin: Array) -> None:
        """`skin` is the RGB of the lid where one has to be painted."""
        self.lids = lids
        self.skin = skin.astype(np.float32)
        lash = 0.0 if lids.lidless else LASH
        self.upper = (lids.upper - lash * 0.5).astype(np.float32)
        self.lower = (lids.lower + OVERSHOOT).astype(np.float32)
        self.fold = (self.upper + 0.55 * (lids.brow - lids.upper.min())).astype(np.float32)

    def corners(self) -> Array:
        """Pixels around all that a blink touches, shape (2, 2)."""
        v = (float(self.fold.min()) - 0.1, float(self.lower.max()) + 0.25)
        around = self.lids.axes.pixels([(u, w) for u in (-1.3, 1.3) for w in v])
        return np.stack([around.min(0), around.max(0)])

    def close(
        self, frame: Pixels, uv: Field, amount: float, source: Pixels, sampler: Sampler
    ) -> None:
        """Draw the lid into `frame` (h, w, 4), whose pixels lie at `uv` (h, w, 2) of the eye."""
        if self.lids.lidless:
            rgb, share = self._painted(uv, amount)
        else:
            rgb, share = self._stretched(uv, amount, source, sampler)
        share = share[..., None]
        frame[..., :3] = (frame[..., :3] * (1 - share) + rgb * share + 0.5).astype(np.uint8)

    def _stretched(
        self, uv: Field, amount: float, source: Pixels, sampler: Sampler
    ) -> tuple[Field, Field]:
        u, v = uv[..., 0], uv[..., 1]
        rest, fold = at(self.upper, u), at(self.fold, u)
        edge = rest + np.float32(amount) * (at(self.lower, u) - rest)
        lash = np.float32(LASH)
        stretch = (rest - lash - fold) / np.maximum(edge - lash - fold, 1e-3)
        from_v = np.where(v < edge - lash, fold + (v - fold) * stretch, rest + (v - edge))
        xy = self.lids.axes.pixels(np.stack([u, from_v], -1)).astype(np.float32)
        rgb = sampler.pixels(source, xy * 2)[..., :3]
        share = cover(v - fold, edge + lash * np.float32(0.6) - v, self.lids.axes.unit / 1.3)
        return rgb.astype(np.float32), share * step(1.12, 0.98, np.abs(u))

    def _painted(self, uv: Field, amount: float) -> tuple[Field, Field]:
        u, v = uv[..., 0], uv[..., 1]
        rim, shut = np.float32(0.10), np.full_like(v, amount)
        top = at(self.lids.upper.astype(np.float32), u) - rim
        bottom = at(self.lids.lower.astype(np.float32), u) + rim
        meet = top * 0.32 + bottom * 0.68
        upper, lower = top + shut * (meet - top), bottom - shut * (bottom - meet)
        pixels = self.lids.axes.unit
        share = np.maximum(cover(v - top, upper - v, pixels), cover(v - lower, bottom - v, pixels))
        rise = np.clip((v - top) / np.maximum(meet - top, 1e-3), 0, 1)
        shade = 0.86 + 0.20 * np.sin(rise * np.float32(np.pi)) * (1 - 0.4 * u * u)
        line = np.exp(-(((v - upper) / np.float32(0.07)) ** 2)) * np.float32(0.75)
        rgb = self.skin * (shade * (1 - line))[..., None]
        return np.clip(rgb, 0, 255), share * step(1.10, 1.0, np.abs(u))
