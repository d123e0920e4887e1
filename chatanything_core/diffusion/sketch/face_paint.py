"""Paint a face on a body: sockets, nose, eyes, lids, lips, brows, lines of age."""

import numpy as np

from ...landmarks.anatomy import EyeShape, Features, Look
from ...landmarks.placement import Placement, Polygon
from .canvas import Bump, Canvas, linear
from .materials import MATERIALS, Material
from .raster import Patch, rasterise
from .relief import Array
from .shapes import blob, ellipse, stroke

BROW = Material(gloss=0.05, shine=10, sheen=0.12, wrap=0.3)
LIPS = Material(gloss=0.30, shine=30, sheen=0.06, wrap=0.35)


class FacePainter:
    """Paints one face; its relief must be built into the body before (`bumps`, `tints`)."""

    def __init__(
        self, look: Look, features: Features, place: Placement, skin: Array, brow: Array, lip: Array
    ) -> None:
        self.look, self.features, self.place = look, features, place
        self.skin, self.brow, self.lip = skin, brow, lip
        self.material: Material = MATERIALS["skin"]

    def bumps(self) -> list[Bump]:
        """What the face models into the body's surface: nose, sockets, cheeks, chin."""
        put, s, n = self.place.put, self.place.scale, self.look.nose
        cheek = 0.05 + 0.07 * max(self.look.smile, 0)
        rises = [
            (
                blob([(0, -0.1), (0.07, 0.2), (0.1, 0.5), (0, 0.66), (-0.1, 0.5), (-0.07, 0.2)]),
                0.20,
                0.055,
            ),
            (ellipse(0, 0.56, 0.125 * n, 0.11 * n), 0.16 * n, 0.045),
            (ellipse(-0.165 * n, 0.61, 0.065 * n, 0.06 * n), 0.10 * n, 0.03),
            (ellipse(0.165 * n, 0.61, 0.065 * n, 0.06 * n), 0.10 * n, 0.03),
            (ellipse(-0.5, 0.0, 0.30, 0.20), -0.13, 0.10),
            (ellipse(0.5, 0.0, 0.30, 0.20), -0.13, 0.10),
            (ellipse(-0.62, 0.52, 0.24, 0.19), cheek, 0.11),
            (ellipse(0.62, 0.52, 0.24, 0.19), cheek, 0.11),
            (ellipse(0, 1.02, 0.44, 0.20), 0.07, 0.09),
            (ellipse(0, 1.45, 0.24, 0.14), 0.06, 0.09),
            (ellipse(0, 1.24, 0.26, 0.05), -0.06, 0.05),
            (ellipse(0, 0.81, 0.05, 0.07), -0.03, 0.025),
        ]
        return [(put(outline), rise * s, soft * s) for outline, rise, soft in rises]

    def tints(self) -> list[tuple[Polygon, Array, float, float]]:
        """What the face does to the body's colour before it is lit."""
        put, s, look = self.place.put, self.place.scale, self.look
        rosy = self.skin * np.array([1.0, 0.45, 0.42], np.float32) + np.array(
            [0.10, 0, 0], np.float32
        )
        dim = self.skin * np.float32(0.55)
        tints = [
            (put(ellipse(x, 0.55, 0.24, 0.17)), rosy, 0.55 * look.blush, 0.10 * s)
            for x in (-0.64, 0.64)
        ]
        tints += [(put(ellipse(x, -0.02, 0.31, 0.20)), dim, 0.38, 0.07 * s) for x in (-0.5, 0.5)]
        tints.append((put(ellipse(0, 0.70, 0.20 * look.nose, 0.035)), dim, 0.7, 0.03 * s))
        tints.append((put(ellipse(0, 1.235, 0.22, 0.035)), dim, 0.35, 0.035 * s))
        return tints

    def paint(self, canvas: Canvas) -> None:
        """Put eyes, nostrils, lips and brows on the body."""
        self._nostrils(canvas)
        for eye in self.features.eyes:
            self._eye(canvas, eye)
        self._lips(canvas)
        self._age(canvas)
        self._brows(canvas)

    def _nostrils(self, canvas: Canvas) -> None:
        dark = self.skin * np.float32(0.16)
        for side in (-1, 1):
            hole = ellipse(
                side * 0.085 * self.look.nose, 0.668, 0.048 * self.look.nose, 0.020, side * -14
            )
            canvas.haze([self.place.put(hole)], dark, 0.85, 0.012 * self.place.scale)

    def _eye(self, canvas: Canvas, eye: EyeShape) -> None:
        put, s = self.place.put, self.place.scale
        opening = put(eye.opening)
        if not self.look.lidless:
            self._lids(canvas, eye)
        canvas.haze([opening], self.skin * np.float32(0.25), 0.45, 0.02 * s)
        patch = rasterise([opening], canvas.size)
        if patch.empty:
            return
        canvas._over(patch, self._eyeball(patch, eye))
        lash = self.brow * np.float32(0.35)
        width = (0.034 + 0.016 * self.look.lashes) * s
        if self.look.lidless:
            canvas.flat(
                [stroke(put(np.concatenate([eye.opening, eye.opening[:1]])), 0.022 * s)], lash, 0.9
            )
            return
        canvas.flat([self._lash_line(eye, width)], lash, 0.95)
        canvas.haze(
            [stroke(put(eye.lower[1:-1]), 0.016 * s)], self.skin * np.float32(0.22), 0.7, 0.006 * s
        )

    def _lids(self, canvas: Canvas, eye: EyeShape) -> None:
        put, s = self.place.put, self.place.scale
        reach = eye.upper[8, 1] - eye.lower[8, 1]
        arch = np.sin(np.linspace(0.12, np.pi - 0.12, 17))[:, None]
        crease = eye.upper + np.array([0.0, 0.42 * reach]) * arch
        lid = put(np.concatenate([crease, eye.upper[::-1]]))
        canvas.solid([lid], self.skin * np.float32(0.80), self.material, 0.05 * s, shadow=0.0)
        canvas.haze(
            [stroke(put(crease), 0.020 * s, 0.014 * s)],
            self.skin * np.float32(0.22),
            0.75,
            0.008 * s,
        )
        bag = eye.lower + np.array([0, 0.055])
        canvas.haze(
            [stroke(put(bag[3:-3]), 0.022 * s)],
            self.skin * np.float32(0.4),
            0.22 + 0.4 * self.look.age,
            0.016 * s,
        )

    def _lash_line(self, eye: EyeShape, width: float) -> Polygon:
        """Upper lid edge with a taper, flicked out beyond the outer corner."""
        line = eye.upper.copy()
        flick = np.array([[eye.side * 0.05, -0.03]]) * self.look.lashes
        line = (
            np.concatenate([line, line[-1:] + flick])
            if eye.side > 0
            else np.concatenate([line[:1] + flick, line])
        )
        outward = line if eye.side > 0 else line[::-1]
        return stroke(self.place.put(outward), width * 0.45, width)

    def _eyeball(self, patch: Patch, eye: EyeShape) -> Array:
        """Colour of an eyeball seen through its opening: shaded white, iris, pupil, lights."""
        s = self.place.scale
        x, y = patch.grid()
        ix, iy = self.place.spot(*eye.iris)
        dx, dy = (x - np.float32(ix)) / np.float32(s), (y - np.float32(iy)) / np.float32(s)
        turn = np.radians(self.place.roll)
        u = dx * np.cos(turn) + dy * np.sin(turn)
        v = dy * np.cos(turn) - dx * np.sin(turn)
        half = (eye.upper[-1, 0] - eye.upper[0, 0]) / 2
        along = u + np.float32(eye.iris[0] - eye.side * 0.5)
        top = np.interp(along, eye.upper[:, 0] - eye.side * 0.5, eye.upper[:, 1]) - eye.iris[1]
        height = max(float(eye.lower[8, 1] - eye.upper[8, 1]), 0.02)
        under_lid = 1 - 0.62 * np.exp(-(((v - top) / (0.26 * height)) ** 2))
        ball = np.clip(1 - 0.42 * (along / half) ** 2 - 0.12 * (v / height) ** 2, 0, 1)
        pixels = (np.array([0.86, 0.84, 0.82], np.float32) * (ball * under_lid)[..., None]).astype(
            np.float32
        )
        pixels = self._iris(pixels, u, v, eye.radius, under_lid, 1.2 / s)
        for px, py, size, power in ((-0.34, -0.38, 0.27, 1.0), (0.36, 0.42, 0.13, 0.55)):
            far = np.hypot(u - px * eye.radius, v - py * eye.radius)
            light = np.clip((size * eye.radius - far) * s / 1.4 + 0.5, 0, 1) * power
            pixels += (1.0 - pixels) * light[..., None]
        return np.asarray(pixels, np.float32)

    def _iris(
        self, pixels: Array, u: Array, v: Array, radius: float, shade: Array, edge: float
    ) -> Array:
        r = np.hypot(u, v) / np.float32(radius)
        angle = np.arctan2(v, u)
        inside = np.clip((1 - r) * radius / edge + 0.5, 0, 1)
        streaks = 1 + 0.16 * np.sin(angle * 23) * np.sin(angle * 9 + 1.3)
        glow = 0.62 + 0.75 * np.clip(v / radius + 0.25 * u / radius, -0.5, 1)
        limb = 1 - 0.72 * np.clip((r - 0.72) / 0.28, 0, 1) ** 1.5
        colour = (
            linear(self.look.iris)
            * (glow * limb * streaks * (0.45 + 0.55 * shade))[..., None]
            * 1.45
        )
        pupil = np.clip((0.46 - r) * radius / edge + 0.5, 0, 1)
        colour = colour * (1 - pupil[..., None] * 0.97)
        return np.asarray(pixels + (colour - pixels) * inside[..., None])

    def _lips(self, canvas: Canvas) -> None:
        put, s, mouth = self.place.put, self.place.scale, self.features.mouth
        if self.look.parted > 0.01:
            hole = np.concatenate([mouth.upper_edge, mouth.lower_edge[::-1]])
            canvas.flat([put(hole)], linear("2a0d0d"))
        lower = np.concatenate([mouth.lower_edge, mouth.bottom[::-1]])
        upper = np.concatenate([mouth.top, mouth.upper_edge[::-1]])
        canvas.solid([put(lower)], self.lip, LIPS, 0.085 * s, shadow=0.25)
        canvas.solid([put(upper)], self.lip * np.float32(0.78), LIPS, 0.06 * s, shadow=0.0)
        dark = self.lip * np.float32(0.10)
        for edge in (mouth.upper_edge, mouth.lower_edge):
            canvas.flat([self._taper(put(edge), 0.026 * s)], dark, 0.92)
        for end in (mouth.upper_edge[0], mouth.upper_edge[-1]):
            canvas.haze(
                [put(ellipse(end[0], end[1], 0.035, 0.028))],
                self.skin * np.float32(0.2),
                0.6,
                0.016 * s,
            )

    @staticmethod
    def _taper(line: Polygon, width: float) -> Polygon:
        """A stroke that is thickest in its middle."""
        w = width / 2 * np.sin(np.linspace(0.35, np.pi - 0.35, len(line)))[:, None]
        return np.concatenate([line - w * (0, 1), (line + w * (0, 1))[::-1]])

    def _brows(self, canvas: Canvas) -> None:
        s = self.place.scale
        for side, line in zip((-1, 1), self.features.brows, strict=True):
            inner_first = line if side > 0 else line[::-1]
            thick = 0.115 * self.look.brow_weight * s
            outline = stroke(self.place.put(inner_first), thick, thick * 0.42)
            canvas.solid([outline], self.brow, BROW, 0.07 * s, shadow=0.25)

    def _age(self, canvas: Canvas) -> None:
        if self.look.age < 0.15:
            return
        put, s, dark = self.place.put, self.place.scale, self.skin * np.float32(0.30)
        amount = 0.65 * self.look.age
        for side in (-1, 1):
            fold = [(side * 0.24, 0.62), (side * 0.40, 0.78), (side * 0.50, 1.0)]
            canvas.haze([put(stroke(fold, 0.022, 0.012))], dark, amount, 0.012 * s)
            for rise in (-0.08, 0.0, 0.08):
                crow = [(side * 0.79, rise * 0.6), (side * 0.93, rise * 1.6 - 0.02)]
                canvas.haze([put(stroke(crow, 0.016, 0.006))], dark, amount * 0.8, 0.008 * s)
        for rise in (-0.72, -0.84):
            line = [(-0.42, rise + 0.02), (0.0, rise - 0.02), (0.42, rise + 0.02)]
            canvas.haze([put(stroke(line, 0.018))], dark, amount * 0.8, 0.012 * s)
