"""Paint a face on a body: sockets, nose, eyes, lids, lips, brows, lines of age."""

from dataclasses import dataclass

import numpy as np

from ....landmarks.face_model.anatomy import FaceFeatures, FaceStyle
from ....landmarks.face_model.placement import Placement, Polygon
from ..surface.canvas import Bump, Canvas, Nose, Solid, Tint
from ..surface.materials import Material
from ..surface.outlines import blob, ellipse, stroke
from ..surface.relief import Array
from .eye_paint import paint_eye
from .face_kinds import HUMAN, FaceKind
from .mouth_paint import paint_mouth
from .nose_paint import paint_nose

Rise = tuple[Polygon, float, float]
"""An outline in the face frame, how far it stands out, and its blur, in eye distances."""
BROW = Material(gloss=0.05, shine=10, sheen=0.12, wrap=0.3)


@dataclass(frozen=True, eq=False)
class FacePainter:
    """Paints one face; its relief must be built into the body before (`bumps`, `tints`)."""

    look: FaceStyle
    features: FaceFeatures
    place: Placement
    skin: Array
    """Colour of the face, linear RGB (3,)."""
    brow: Array
    """Linear RGB (3,)."""
    lip: Array
    """Linear RGB (3,)."""
    kind: FaceKind = HUMAN
    nose: Array | None = None
    """Colour of a nose or beak of its own, linear RGB (3,)."""
    manner: Nose = "modelled"
    """How the style shows a nose of skin."""
    abstract: bool = False
    """Dots for eyes and a line for a mouth, nothing else."""

    def bumps(self) -> tuple[Bump, ...]:
        """What the face models into the body's surface: first itself, free of the ribs and seams that
        the body has there, then nose, sockets, cheeks, chin."""
        if self.abstract:
            return ()
        put, s, kind = self.place.put, self.place.scale, self.kind
        cheek = 0.05 + 0.07 * max(self.look.smile, 0)
        rises = [
            *self._ridge(),
            *((ellipse(x, 0.0, 0.30, 0.20), -0.13, 0.10) for x in (-0.5, 0.5)),
            *((ellipse(x, 0.52, 0.24, 0.19), cheek, 0.11) for x in (-0.62, 0.62)),
            *self._muzzle(),
        ]
        oval = Bump(put(self._oval()), 0.28 * kind.oval * s, 0.115 * s, smooth=True)
        own = (oval,) if kind.oval else ()
        return (*own, *(Bump(put(outline), rise * s, soft * s) for outline, rise, soft in rises))

    def _ridge(self) -> list[Rise]:
        """A nose of skin."""
        n, high = self.look.nose, self.kind.ridge
        if not high:
            return []
        tip = (ellipse(0, 0.56, 0.125 * n, 0.11 * n), 0.16 * n * high, 0.045)
        if high < 1:
            return [tip]
        ridge = blob("0,-.1 .07,.2 .1,.5 0,.66 -.1,.5 -.07,.2")
        wings = (ellipse(x * n, 0.61, 0.065 * n, 0.06 * n) for x in (-0.165, 0.165))
        return [(ridge, 0.20, 0.055), tip, *((wing, 0.10 * n, 0.03) for wing in wings)]

    def _muzzle(self) -> list[Rise]:
        """What stands out about the mouth: lips and chin, or the two halves of a muzzle."""
        if self.kind.muzzle:
            high = 0.17 * self.kind.muzzle
            puffs = [(ellipse(x, 0.84, 0.27, 0.2), high, 0.055) for x in (-0.21, 0.21)]
            return [*puffs, (ellipse(0, 1.2, 0.24, 0.13), 0.5 * high, 0.06)]
        return [
            (ellipse(0, 1.02, 0.44, 0.20), 0.07, 0.09),
            (ellipse(0, 1.45, 0.24, 0.14), 0.06 * self.kind.oval, 0.09),
            (ellipse(0, 1.24, 0.26, 0.05), -0.06, 0.05),
            (ellipse(0, 0.81, 0.05, 0.07), -0.03 * self.kind.oval, 0.025),
        ]

    def _oval(self) -> Polygon:
        """The face's outline: jaw and forehead.

        A face that stands out a little from a wide thing is seen where it is: without it, eyes
        and mouth are all that says how large the face is.
        """
        jaw = self.features.points[:17]
        t = np.linspace(0, np.pi, 19)[1:-1]
        forehead = np.stack([jaw[-1, 0] * np.cos(t), -0.98 * np.sin(t) ** 0.8], 1)
        return np.concatenate([jaw, forehead])

    def ground(self) -> tuple[Tint, ...]:
        """What lies under all markings of the body: the face's own skin.

        Paper has no relief to speak of: there it is a sheet of its own, with an edge.
        """
        if self.abstract or not self.kind.oval:
            return ()
        soft = 0.0 if self.manner == "cut" else 0.06 * self.place.scale
        sheet = self.skin + (1 - self.skin) * np.float32(0.05)
        amount = 0.45 + 0.45 * self.kind.oval
        return (Tint(self.place.put(self._oval()), sheet, amount, soft),)

    def tints(self) -> tuple[Tint, ...]:
        """What the face does to the body's colour before it is lit."""
        if self.abstract:
            return ()
        put, s, look = self.place.put, self.place.scale, self.look
        rosy = self.skin * np.array([1.0, 0.45, 0.42], np.float32)
        rosy += np.array([0.10, 0, 0], np.float32)
        dim = self.skin * np.float32(0.55)
        cheeks = (put(ellipse(x, 0.55, 0.24, 0.17)) for x in (-0.64, 0.64))
        sockets = (put(ellipse(x, -0.02, 0.31, 0.20)) for x in (-0.5, 0.5))
        nose = Tint(put(ellipse(0, 0.70, 0.20 * look.nose, 0.035)), dim, 0.7, 0.03 * s, True)
        return (
            *(Tint(cheek, rosy, 0.55 * look.blush, 0.10 * s) for cheek in cheeks),
            *(Tint(socket, dim, 0.38, 0.07 * s, True) for socket in sockets),
            *((nose,) if self.kind.ridge else ()),
            Tint(put(ellipse(0, 1.235, 0.22, 0.035)), dim, 0.35, 0.035 * s, True),
        )

    def paint(self, canvas: Canvas) -> None:
        """Put eyes, nostrils, lips and brows on the body."""
        if self.abstract:
            self._dots(canvas)
            return
        look, place, kind = self.look, self.place, self.kind
        horn = self.skin * np.float32(0.72) if self.nose is None else self.nose
        paint_nose(canvas, kind, look.nose, place, self.skin, horn)
        for eye in self.features.eyes:
            lash = self.brow * np.float32(0.35)
            paint_eye(canvas, eye, look, place, self.skin, lash, kind.pupil)
        lip = horn if kind.mouth == "beak" else self.lip
        paint_mouth(canvas, kind, self.features.mouth, look.parted, place, self.skin, lip)
        self._age(canvas)
        self._freckles(canvas)
        self._brows(canvas)

    def _dots(self, canvas: Canvas) -> None:
        """The face of a generator that was not told where a face should be."""
        dark = self.brow * np.float32(0.4)
        for eye in self.features.eyes:
            canvas.flat([self.place.put(ellipse(eye.iris[0], eye.iris[1], 0.075, 0.095))], dark)
        canvas.flat(
            [stroke(self.place.put(self.features.mouth.upper_edge), 0.045 * self.place.scale)], dark
        )

    def _brows(self, canvas: Canvas) -> None:
        s = self.place.scale
        thick = 0.115 * self.look.brow_weight * s
        left, right = self.features.brows
        for line in (left[::-1], right):  # from the inner end out
            outline = stroke(self.place.put(line), thick, thick * 0.42)
            if self.kind.brows < 1:
                canvas.haze([outline], self.brow, self.kind.brows, 0.012 * s)
                continue
            canvas.solid(Solid((outline,), self.brow, BROW, 0.07 * s, 0.25, outlined=False))

    def _age(self, canvas: Canvas) -> None:
        """Folds beside the mouth, crow's feet, lines on the forehead."""
        if self.look.age < 0.15:
            return
        lines = []
        for side in (-1, 1):
            lines.append(
                stroke([(side * 0.24, 0.62), (side * 0.40, 0.78), (side * 0.50, 1.0)], 0.022, 0.012)
            )
            for rise in (-0.08, 0.0, 0.08):
                crow = [(side * 0.79, rise * 0.6), (side * 0.93, rise * 1.6 - 0.02)]
                lines.append(stroke(crow, 0.016, 0.006))
        for y in (-0.72, -0.84):
            lines.append(stroke([(-0.42, y + 0.02), (0.0, y - 0.02), (0.42, y + 0.02)], 0.018))
        outlines = [self.place.put(line) for line in lines]
        amount = 0.65 * self.look.age
        canvas.haze(outlines, self.skin * np.float32(0.30), amount, 0.010 * self.place.scale)

    def _freckles(self, canvas: Canvas) -> None:
        if self.look.freckles < 0.1:
            return
        spots = [
            (x + 0.11 * i, 0.42 + 0.09 * ((i * 7) % 3) + 0.02 * i)
            for x in (-0.85, 0.42)
            for i in range(5)
        ]
        outlines = [self.place.put(ellipse(x, y, 0.022)) for x, y in spots]
        canvas.flat(outlines, self.skin * np.float32(0.42), 0.6 * self.look.freckles)
