"""Faces in flat color and ink, drawn with Pillow, and where their features are."""

import json
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from chatanything.landmarks import Face, read_points

SIDE = 384
SCALE = 4
"""Drawn so many times larger and reduced, which mixes the colors of edges."""
INK = (0, 0, 0)


@dataclass(frozen=True)
class Drawing:
    """How one face is drawn; sizes are in pixels of a picture of SIDE."""

    ground: tuple[int, int, int] = (255, 255, 255)
    """RGB behind the head."""
    skin: tuple[int, int, int] = (255, 255, 255)
    ink: tuple[int, int, int] = INK
    line: float = 3.0
    eye: tuple[float, float] = (27.0, 15.0)
    """Half width and half height of the eye as drawn."""
    lids: tuple[float, float] = (27.0, 15.0)
    """The same as the landmarks have it."""
    white: tuple[int, int, int] = (255, 255, 255)
    iris: tuple[int, int, int] | None = None
    pupil: tuple[float, float] = (8.0, 8.0)
    outline: bool = True
    mouth: str = "smile"
    """smile, flat, open, lips, mask or beak."""
    hair: tuple[int, int, int] | None = None
    mouth_ink: tuple[int, int, int] | None = None


EYES = ((140.0, 176.0), (244.0, 176.0))
MOUTH = (192.0, 278.0)
DRAWINGS = {
    "line art": Drawing(),
    "thick line art": Drawing(line=6.0),
    "thin line art": Drawing(line=1.6),
    "anime": Drawing(
        (248, 208, 220), (253, 224, 205), (60, 28, 60), 4.0, (36, 48), (26, 14),
        iris=(92, 60, 205), pupil=(25, 38), hair=(90, 60, 140), mouth="flat",
        mouth_ink=(150, 60, 50),
    ),
    "lash and iris": Drawing(
        (220, 235, 250), (250, 226, 210), (40, 30, 40), 6.0, (32, 30), (26, 15),
        iris=(40, 150, 110), pupil=(17, 24), outline=False, hair=(230, 190, 80), mouth="flat",
        mouth_ink=(120, 50, 50),
    ),
    "flat cartoon": Drawing(
        (120, 200, 230), (255, 217, 15), (20, 20, 20), 3.0, (30, 30), (26, 14), pupil=(6, 6),
        mouth="open",
    ),
    "dark cartoon": Drawing(
        (230, 200, 120), (120, 72, 44), (25, 12, 8), 3.0, (27, 17), iris=(70, 40, 20),
        pupil=(11, 11), mouth="lips",
    ),
    "dots": Drawing(
        (200, 230, 200), (255, 240, 120), (50, 40, 20), 5.0, (9, 11), (18, 9), mouth="smile"
    ),
    "mask": Drawing(
        (210, 220, 230), (240, 200, 170), (40, 30, 30), 3.0, iris=(60, 110, 170),
        pupil=(12, 12), mouth="mask",
    ),
    "beak": Drawing(
        (180, 220, 240), (90, 140, 220), (20, 20, 40), 3.0, (28, 26), (26, 14), pupil=(8, 8),
        mouth="beak",
    ),
}  # fmt: skip


def draw_face(name: str) -> tuple[np.ndarray, Face]:
    """RGB picture (SIDE, SIDE, 3) and the face that a detector of people would have found."""
    plan = DRAWINGS[name]
    big = Image.new("RGB", (SIDE * SCALE, SIDE * SCALE), plan.ground)
    pen = Pen(ImageDraw.Draw(big), plan)
    pen.head()
    for centre in EYES:
        pen.eye(centre)
    pen.mouth()
    image = np.asarray(big.resize((SIDE, SIDE), Image.Resampling.BOX))
    return image, Face(read_points(json.dumps(corners(plan)), (SIDE, SIDE)), (SIDE, SIDE), "known")


def corners(plan: Drawing) -> list[list[float]]:
    """Six corners of eyes and mouth."""
    (left, y), (right, _) = EYES
    wide = plan.lids[0]
    mouth = MOUTH[1]
    found = [(left - wide, y), (left + wide, y), (right - wide, y), (right + wide, y)]
    return [list(p) for p in (*found, (MOUTH[0] - 44, mouth), (MOUTH[0] + 44, mouth))]


class Pen:
    """Draws the parts of one face."""

    def __init__(self, pen: ImageDraw.ImageDraw, plan: Drawing) -> None:
        self.pen, self.plan = pen, plan
        self.width = round(plan.line * SCALE)

    def _box(self, centre: tuple[float, float], half: tuple[float, float]) -> list[float]:
        (x, y), (a, b) = centre, half
        return [SCALE * side for side in (x - a, y - b, x + a, y + b)]

    def head(self) -> None:
        plan = self.plan
        if plan.hair:
            self.pen.ellipse(self._box((192, 160), (146, 150)), plan.hair)
        self.pen.ellipse(self._box((192, 205), (125, 160)), plan.skin, plan.ink, self.width)
        for x in (140, 244):
            brow = [SCALE * side for side in (x - 28, 112, x + 28, 108)]
            self.pen.line(brow, plan.ink, self.width)
        self.pen.line([SCALE * s for s in (192, 210, 184, 236, 198, 236)], plan.ink, self.width)

    def eye(self, centre: tuple[float, float]) -> None:
        plan = self.plan
        box = self._box(centre, plan.eye)
        if plan.eye[0] < 12:
            self.pen.ellipse(box, plan.ink)
            return
        if plan.outline:
            self.pen.ellipse(box, plan.white, plan.ink, self.width)
        else:
            self.pen.arc(box, 190, 350, plan.ink, self.width)
        if plan.iris:
            self.pen.ellipse(self._box(centre, plan.pupil), plan.iris)
            small = (plan.pupil[0] * 0.5, plan.pupil[1] * 0.5)
            self.pen.ellipse(self._box(centre, small), (22, 10, 40))
        else:
            self.pen.ellipse(self._box(centre, plan.pupil), plan.ink)

    def mouth(self) -> None:
        plan, (x, y) = self.plan, MOUTH
        ink = plan.mouth_ink or plan.ink
        if plan.mouth == "smile":
            self.pen.arc(self._box((x, y - 20), (44, 26)), 20, 160, ink, self.width)
        elif plan.mouth == "flat":
            self.pen.arc(self._box((x, y - 12), (26, 14)), 25, 155, ink, self.width)
        elif plan.mouth == "open":
            self.pen.chord(self._box((x, y), (44, 24)), 0, 180, (120, 20, 30), ink, self.width)
        elif plan.mouth == "lips":
            self.pen.ellipse(self._box((x, y), (44, 13)), (170, 60, 60), ink, self.width)
            self.pen.line([SCALE * s for s in (x - 40, y, x + 40, y)], ink, self.width)
        elif plan.mouth == "mask":
            self.pen.polygon(self._mask(), (150, 200, 225), ink, self.width)
        else:
            self.pen.ellipse(self._box((x, y - 8), (75, 55)), (245, 160, 40), ink, self.width)

    def _mask(self) -> list[tuple[float, float]]:
        corners = [(78, 216), (192, 204), (306, 216), (290, 310), (192, 356), (94, 310)]
        return [(SCALE * x, SCALE * y) for x, y in corners]
