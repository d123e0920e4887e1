"""How eyes look about and close.

The iris is a layer of its own behind the lids: it is read out of the portrait, made whole where
the lids hid it, and slides over the white. A lid with skin is drawn down like a blind;
where a cartoon eye has none, one is painted in the colour around it. All of this is done on the
portrait itself before the head moves it, and only when an eye has changed. Lengths are in half
eye widths.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from ..constants.eye_constants import (
    ABOVE_LASH,
    BLIND_CORNERS,
    BLIND_CREASE,
    BLIND_CREASE_ENDS,
    BLIND_EDGE,
    BLIND_LAP,
    BLIND_MEET,
    BLIND_ROUND,
    CHEEK,
    CORNERS,
    EARLY,
    GATHER,
    GLANCE,
    GLIMPSE,
    IRIS_GONE,
    IRIS_RIM,
    IRIS_THERE,
    LAP,
    LASH,
    LASH_LINE,
    LASH_SHOWN,
    LASHES,
    LINE,
    MEET,
    MIDDLE_OF_LID,
    OVER_LID,
    PLAIN,
    PLAIN_AT,
    RIM,
    SHADE,
    SHADOW,
    SHUT,
    STEPS,
    TURNED,
    UNDER_LID,
)
from .compositing import blend, cover, planes, step, tint, to_bytes
from .face_geometry import TABLE, Lids, at, doubled_pixels, local
from .remap import Field, Pixels, Remapper
from .sampled_colours import EyeColours

KEPT = 8
"""Closures of which the drawn lid is kept; a blink at 25 frames a second has seven."""
Gaze = tuple[float, float]
Read = Callable[[Field], Field]


class Layer(Protocol):
    """One eye that changes."""

    box: tuple[slice, slice]
    """Rows and columns of the doubled portrait in which anything of the eye moves."""

    def draw(self, patch: Pixels, gaze: Gaze, closure: float, read: Read) -> None:
        """Make the eye in `patch`, the portrait in `box`, look and close; `read` gives the RGB
        (3, h, w) of the untouched portrait at positions (h, w, 2) in doubled pixels."""
        ...


class Eyes:
    """Both eyes of a doubled portrait; they may lie so close that their lids overlap."""

    def __init__(self, layers: Sequence[Layer], source: Pixels, sampler: Remapper) -> None:
        boxes = [layer.box for layer in layers] or [(slice(0, 0), slice(0, 0))]
        self._box = (
            slice(min(b[0].start for b in boxes), max(b[0].stop for b in boxes)),
            slice(min(b[1].start for b in boxes), max(b[1].stop for b in boxes)),
        )
        self.layers, self._source, self._sampler = layers, source, sampler
        self._still = source[self._box].copy()
        self._shown: tuple[float, ...] = (0,) * (2 + len(layers))

    def show(self, gaze: Gaze, closures: list[float]) -> None:
        """Make the eyes in the portrait look and close, each by its own of `closures`."""
        if not self.layers:
            return
        now = tuple(round(STEPS * part) / STEPS for part in (*gaze, *closures))
        if now == self._shown:
            return
        self._shown = now
        patch = self._still.copy()
        top, left = self._box[0].start, self._box[1].start
        for layer, closure in zip(self.layers, now[2:], strict=True):
            rows, columns = layer.box
            part = patch[
                rows.start - top : rows.stop - top, columns.start - left : columns.stop - left
            ]
            layer.draw(part, (now[0], now[1]), closure, self._read)
        self._sampler.repaint(self._source, self._box, patch)

    def _read(self, xy: Field) -> Field:
        corner = np.array([self._box[1].start, self._box[0].start], np.float32)
        return planes(self._sampler.pixels(self._still, xy - corner))


class EyeLayer:
    """One eye that looks about and closes."""

    def __init__(self, lids: Lids, light: EyeColours, edge: float, shape: tuple[int, ...]) -> None:
        """`edge` is the width of the portrait's edges in pixels, `shape` that of the doubled
        portrait."""
        self.lids, self.light = lids, light
        self.pixels = lids.axes.unit / edge
        """Widths of an edge to one unit."""
        self.top = lids.upper.astype(np.float32)
        self.bottom = lids.lower.astype(np.float32)
        self.seen = (float(self.top[400:801].min()), float(self.bottom[400:801].max()))
        """Highest and lowest place where the eyeball shows."""
        lash = 0.0 if lids.lidless else LASH
        self.upper = (lids.upper - lash * 0.5).astype(np.float32)
        # Above the fold skin stays; below it the lid comes down.
        free = float(lids.upper.min() - lids.brow)
        reach = float((lids.lower - lids.upper)[500:701].mean())
        arch = np.sqrt(np.clip(1 - TABLE**2, 0, 1))
        fold = min(0.62 * reach, 0.75 * free) * arch
        self.fold = (self.upper - np.maximum(fold, LASH + 0.05)).astype(np.float32)
        self.box = self._around(shape)
        """Rows and columns of the doubled portrait in which anything of the eye moves."""
        y, x = np.mgrid[self.box].astype(np.float32)
        self._uv = local(lids.axes, np.stack([x, y], -1) * np.float32(0.5))
        self._lids: dict[float, tuple[Pixels, Pixels]] = {}

    def draw(self, patch: Pixels, gaze: Gaze, closure: float, read: Read) -> None:
        """See `Layer`."""
        if not patch.size:
            return
        if self.lids.looks and any(gaze) and closure < SHUT:
            self._look(patch, gaze, read)
        if closure:
            blend(patch, *self._lid(closure, read))

    def _lid(self, closure: float, read: Read) -> tuple[Pixels, Pixels]:
        """Colour (3, h, w) and share (h, w) of the lid; blinks are all alike, so it is kept."""
        if closure not in self._lids:
            if len(self._lids) == KEPT:
                del self._lids[next(iter(self._lids))]
            rgb, share = self._blind(closure) if self.lids.lidless else self._lowered(closure, read)
            self._lids[closure] = to_bytes(rgb), to_bytes(share * 255)
        return self._lids[closure]

    def _around(self, shape: tuple[int, ...]) -> tuple[slice, slice]:
        lids = self.lids
        if lids.lidless:
            low, high = float(lids.upper.min()) - RIM, float(lids.lower.max()) + RIM
        else:
            low, high = float(self.fold.min()), float(lids.lower.max()) + CHEEK
        side = 1.05 + (RIM if lids.lidless else 0.0)
        corners = 2 * lids.axes.pixels(
            [(u, v) for u in (-side, side) for v in (low - 0.05, high + 0.05)]
        )
        ends = np.clip([corners.min(0), corners.max(0) + 2], 0, (shape[1], shape[0])).astype(int)
        return slice(ends[0, 1], ends[1, 1]), slice(ends[0, 0], ends[1, 0])

    def _look(self, patch: Pixels, gaze: Gaze, read: Read) -> None:
        """Turn the eyeball in `patch`."""
        uv = self._uv
        rows = np.flatnonzero(
            (uv[..., 1].max(1) > self.seen[0]) & (uv[..., 1].min(1) < self.seen[1])
        )
        if not len(rows):
            return
        within = slice(rows[0], rows[-1] + 1)
        patch, uv = patch[within], uv[within]
        u, v = uv[..., 0], uv[..., 1]
        top = at(self.top, u)
        lashes = np.float32(LASHES / self.pixels)
        share = cover(v - top, at(self.bottom, u) - lashes - v, self.pixels)
        ix, iy = np.float32(self.lids.iris[0]), np.float32(self.lids.iris[1])
        radius = float(self.lids.iris_radius)
        move = np.array(gaze, np.float32) * np.array(GLANCE, np.float32)
        # A glance of a fraction of a pixel must not show that an eye was painted.
        share *= np.float32(min(float(np.hypot(*move)) * self.lids.axes.unit / GLIMPSE, 1))
        # White and corners stay; the iris is taken out of them and put where it looks.
        rgb = planes(patch)
        # An iris takes its own rim along, as soft as it is; what it leaves must be all gone.
        rim = max(IRIS_RIM[0] * radius, IRIS_RIM[1] / self.pixels)
        outside, inside = (radius + way * rim for way in IRIS_GONE)
        gone = step(outside, inside, np.hypot(u - ix, v - iy))
        shadow = SHADOW + (1 - SHADOW) * step(*SHADE, v - top)
        rgb += (tint(self.light.white) * shadow - rgb) * gone
        from_u, from_v = u - move[0], v - move[1]
        outside, inside = (radius + way * rim for way in IRIS_THERE)
        there = step(outside, inside, np.hypot(from_u - ix, from_v - iy))
        rgb += (self._iris(from_u, from_v, shadow, read) - rgb) * there
        blend(patch, rgb.astype(np.uint8), (share * 255).astype(np.uint8))

    def _iris(self, u: Field, v: Field, shadow: Field, read: Read) -> Field:
        """RGB of the iris at places of the resting eye, also where the lids hide or shade it.

        An iris looks the same all round, so what is not seen of it is read beside its centre,
        where no lid throws its `shadow`.
        """
        axes, (ix, iy) = self.lids.axes, self.lids.iris.astype(np.float32)
        away, level = np.hypot(u - ix, v - iy), np.full_like(v, iy)
        rgb = read(doubled_pixels(axes, ix - away, level))
        to_right = step(-self.lids.iris_radius, self.lids.iris_radius, u - ix)
        rgb += (read(doubled_pixels(axes, ix + away, level)) - rgb) * to_right
        rgb *= shadow
        free = step(*UNDER_LID, v - at(self.top, u)) * step(*OVER_LID, at(self.bottom, u) - v)
        rgb += (read(doubled_pixels(axes, u, v)) - rgb) * free
        return rgb

    def _lowered(self, amount: float, read: Read) -> tuple[Field, Field]:
        """Both lids on their way to each other; the upper one lies over the lower one."""
        u, v = self._uv[..., 0], self._uv[..., 1]
        rest, low = at(self.upper, u), at(self.bottom, u)
        meet = rest + np.float32(MEET) * (low - rest)
        edge = rest + np.float32(amount) * (meet + np.float32(LAP) - rest)
        rgb, share = self._upper_lid(amount, rest, edge, read)
        rise = low + np.float32(amount) * (meet - low)
        # Skin below the eye is stretched up to the edge; a little further down it lies still.
        room = np.float32(CHEEK)
        below = low + (v - rise) * (room / (room + low - rise))
        skin = read(doubled_pixels(self.lids.axes, u, below))
        there = cover(v - rise, low + room - v, self.pixels) * step(*CORNERS, np.abs(u))
        there *= (1 - share) * np.float32(min(EARLY * amount, 1))
        both = share + there
        return skin + (rgb - skin) * _ratio(share, both), both

    def _upper_lid(
        self, amount: float, rest: Field, edge: Field, read: Read
    ) -> tuple[Field, Field]:
        """The lid comes down with its lashes, out of the fold, which stays where it is.

        Stretched, the few rows of skin at its corners would turn to streaks. So the lower it
        is, the more it has the colour of its middle, where it is highest, and of what is around.
        """
        u, v = self._uv[..., 0], self._uv[..., 1]
        axes, fold, lash = self.lids.axes, at(self.fold, u), np.float32(LASH)
        down = _ratio(v - fold, edge - lash - fold)
        from_v = np.where(v < edge - lash, fold + down * (rest - lash - fold), rest + (v - edge))
        rgb = read(doubled_pixels(axes, u * np.float32(GATHER[0]), from_v))
        inner = u * np.float32(GATHER[1])
        high, low = at(self.fold, inner), at(self.upper, inner) - lash
        deep = MIDDLE_OF_LID + (1 - MIDDLE_OF_LID) * np.clip(down, 0, 1)
        height = high + deep * (low - high)
        lid = read(doubled_pixels(axes, inner, height))
        around = np.stack([at(channel, u) for channel in self.light.above])
        lid += (around - lid) * np.float32(PLAIN)
        plain = step(*PLAIN_AT, np.full_like(v, amount)) * step(0.0, ABOVE_LASH, edge - lash - v)
        rgb += (lid - rgb) * plain
        # Skin that comes down turns away from the light above, and lids meet in a dark line.
        rgb *= 1 - step(TURNED[0], 0.0, v - edge) * np.float32(TURNED[1] * amount)
        thin = np.float32(max(LASH_LINE[0], LASH_LINE[1] / self.pixels))
        line = np.exp(-(((v - edge) / thin) ** 2)) * (1 - u**4) * np.float32(LASH_LINE[2] * amount)
        rgb += (np.minimum(rgb, around * np.float32(LINE)) - rgb) * np.clip(line, 0, 1)
        share = cover(v - fold, edge + lash * np.float32(LASH_SHOWN) - v, self.pixels)
        share *= step(0.0, 1.0, _ratio(v - fold, rest - lash - fold))
        return rgb, share * step(*CORNERS, np.abs(u))

    def _blind(self, amount: float) -> tuple[Field, Field]:
        u, v = self._uv[..., 0], self._uv[..., 1]
        widen = np.clip(u * np.float32(1 / (1 + RIM)), -1, 1)
        top, bottom = (
            at(self.top, widen) - np.float32(RIM),
            at(self.bottom, widen) + np.float32(RIM),
        )
        meet = top * np.float32(BLIND_MEET) + bottom * np.float32(1 - BLIND_MEET)
        shut = np.full_like(v, amount)
        lap = np.float32(BLIND_LAP)
        upper = top + shut * (meet + lap - top)
        lower = bottom - shut * (bottom - meet + lap)
        pixels = self.lids.axes.unit / BLIND_EDGE
        share = np.maximum(cover(v - top, upper - v, pixels), cover(v - lower, bottom - v, pixels))
        soft, whole = BLIND_CORNERS
        inside = step(1 + RIM, 1 + RIM - soft, np.abs(u)) * step(0.0, whole, bottom - top)
        rise = np.clip((v - top) / np.maximum(meet - top, 1e-3), 0, 1)
        rim, middle, aside = BLIND_ROUND
        shade = rim + middle * np.sin(rise * np.float32(np.pi)) * (1 - aside * u * u)
        thin, dark = BLIND_CREASE
        crease = np.exp(-(((v - upper) / np.float32(thin)) ** 2)) * np.float32(dark)
        skin = (
            tint(self.light.skin[0]) + u * tint(self.light.skin[1]) + v * tint(self.light.skin[2])
        )
        return skin * (shade * (1 - crease * step(*BLIND_CREASE_ENDS, np.abs(u)))), share * inside


def _ratio(part: "Field | np.float32", to_bytes: Field) -> Field:
    return np.asarray(part / np.maximum(to_bytes, np.float32(1e-3)))
