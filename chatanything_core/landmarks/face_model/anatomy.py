"""The features of a face as curves, and the 68 landmarks that lie on them.

Everything is in the face frame (see `placement`): what is painted and what is handed over as
landmarks are the same numbers, which is why they agree exactly.
"""

from dataclasses import dataclass

import numpy as np

from .placement import Polygon

SIDES = (-1, 1)
"""The viewer's left and right."""
EYE_MIDDLE = 0.5225
"""Columns of the eyes' middles; the pupils, at 1/2, lie a little nearer to the nose."""


@dataclass(frozen=True)
class FaceStyle:
    """What a face looks like. 0 or 1 is ordinary; see each field."""

    eye_size: float = 1.34
    """Factor on the width of the eyes, 0.8 to 1.5."""
    eye_open: float = 1.0
    """Factor on the upper lid's arch, 0.35 to 1.5."""
    eye_tilt: float = 0.0
    """Positive raises the outer corners, in [-1, 1]."""
    squint: float = 0.0
    """How far the lower lid is pushed up, in [0, 1]."""
    glare: float = 0.0
    """Upper lids slanted down to the nose (anger, positive) or away (worry), in [-1, 1]."""
    lidless: bool = False
    """Round cartoon eyes."""
    iris: str = "6a4425"
    """Colour, rrggbb."""
    iris_size: float = 1.0
    """Factor, 0.7 to 1.3."""
    gaze: tuple[float, float] = (0.0, 0.0)
    """Shift of the iris, in [-1, 1], right and down."""
    lashes: float = 0.4
    """Length of the lashes, in [0, 1]."""
    brow_lift: float = 0.0
    """Raises the brows, in [-1, 1]."""
    brow_slant: float = 0.0
    """Inner ends down (anger, positive) or up (sorrow), in [-1, 1]."""
    brow_arch: float = 0.5
    """In [0, 1]."""
    brow_weight: float = 1.0
    """Factor on thickness, 0.5 to 2."""
    nose: float = 1.0
    """Factor on size, 0.6 to 1.6."""
    mouth_width: float = 1.0
    """Factor, 0.7 to 1.3."""
    smile: float = 0.15
    """Corners up or down, in [-1, 1]."""
    lips: float = 1.0
    """Factor on fullness, 0.4 to 1.6."""
    parted: float = 0.0
    """Gap between the lips, in eye distances, 0 to 0.3."""
    jaw: float = 1.0
    """Factor on the width of cheeks and jaw, 0.85 to 1.15."""
    chin: float = 1.0
    """Factor on the length of the lower face, 0.9 to 1.1."""
    blush: float = 0.3
    """Rosy cheeks, in [0, 1]."""
    age: float = 0.0
    """Lines of age, in [0, 1]."""
    freckles: float = 0.0
    """In [0, 1]."""


@dataclass(frozen=True, eq=False)
class EyeShape:
    """One eye in the face frame."""

    side: int
    upper: Polygon
    """Edge of the upper lid, left to right, shape (17, 2)."""
    lower: Polygon
    """Edge of the lower lid, left to right, shape (17, 2)."""
    iris: tuple[float, float]
    radius: float

    @property
    def opening(self) -> Polygon:
        """Outline of what is seen of the eyeball."""
        return np.concatenate([self.upper, self.lower[::-1]])


@dataclass(frozen=True, eq=False)
class MouthShape:
    """The lips in the face frame; every curve runs left to right, shape (21, 2)."""

    top: Polygon
    upper_edge: Polygon
    lower_edge: Polygon
    bottom: Polygon


@dataclass(frozen=True, eq=False)
class FaceFeatures:
    """All curves of one face."""

    eyes: tuple[EyeShape, EyeShape]
    brows: tuple[Polygon, Polygon]
    """Centre lines from the left to the right end, shape (9, 2)."""
    mouth: MouthShape
    points: Polygon
    """The 68 iBUG points."""


def build(look: FaceStyle) -> FaceFeatures:
    """Lay out the features of a face."""
    eyes = (_eye(look, -1), _eye(look, 1))
    brows = (_brow(look, -1), _brow(look, 1))
    mouth = _mouth(look)
    points = np.concatenate(
        [
            _jaw(look),
            *(_at(brow, 5) for brow in brows),
            _nose_points(look),
            *(_eye_points(eye) for eye in eyes),
            _mouth_points(mouth),
        ]
    )
    return FaceFeatures(eyes, brows, mouth, points)


def _eye(look: FaceStyle, side: int) -> EyeShape:
    t = np.linspace(-1, 1, 17)
    # Large eyes are above all high: how far they reach sideways differs little among faces.
    half = 0.166 * (1.0 + 0.25 * look.eye_size)
    middle_x = side * EYE_MIDDLE
    out = t * side  # -1 at the inner corner, +1 at the outer
    rise, drop = 0.128 * look.eye_open, 0.082 * (1 - 0.75 * look.squint)
    bend = 0.7 if not look.lidless else 0.5
    if look.lidless:
        rise, drop = 0.18 * min(look.eye_open, 1.1), 0.18 * (1 - 0.5 * look.squint)
    arch = np.clip(1 - t * t, 0, 1) ** bend
    slope = -0.013 - (0.034 + 0.018 * look.eye_tilt) * out
    lid = rise * look.eye_size * (1 + 0.10 * out - 0.45 * abs(look.glare) * 0.5)
    slant = -0.07 * look.glare * (out * np.clip(1 - t * t, 0, 1)) * look.eye_size
    upper = np.stack([middle_x + half * t, slope - lid * arch + slant], 1)
    upper[:, 1] = np.minimum(upper[:, 1], slope + 0.02)
    lower = np.stack([middle_x + half * t, slope + drop * look.eye_size * arch], 1)
    radius = 0.108 * look.eye_size * look.iris_size * (1.15 if look.lidless else 1.0)
    middle = (upper[8] + lower[8]) / 2
    iris = (
        side * 0.5 + 0.07 * look.eye_size * look.gaze[0],
        0.35 * middle[1] - 0.012 + 0.05 * look.eye_size * look.gaze[1],
    )
    return EyeShape(side, upper, lower, iris, radius)


def _brow(look: FaceStyle, side: int) -> Polygon:
    t = np.linspace(0, 1, 9)  # from the inner to the outer end
    x = 0.5 + (t - 0.46) * 0.56
    top = 0.36 + 0.085 * (look.eye_size - 1) + 0.09 * look.brow_lift
    y = -top - 0.10 * look.brow_arch * np.sin(np.pi * np.clip(t * 0.92 + 0.05, 0, 1)) ** 1.3
    y = y + 0.15 * look.brow_slant * (1 - 1.3 * t) * (0.8 + 0.2 * (1 - t)) + 0.05 * t
    line = np.stack([side * x, y], 1)
    return line if side > 0 else line[::-1]


def _mouth(look: FaceStyle) -> MouthShape:
    t = np.linspace(-1, 1, 21)
    half = 0.388 * (0.5 + 0.5 * look.mouth_width) * (1 + 0.05 * max(look.smile, 0))
    round_ = np.clip(1 - t * t, 0, 1)
    # Lips level out towards the corners and stay lips up to them: a tail that thins out to a line
    # is not seen as mouth.
    middle = (
        1.0 + look.smile * (0.15 * round_**1.2 - 0.077) + 0.012 * np.cos(3 * np.pi * t / 2) * round_
    )
    gap = look.parted * round_**0.8
    bow = (
        0.85 + 0.30 * np.exp(-(((np.abs(t) - 0.22) / 0.16) ** 2)) - 0.12 * np.exp(-((t / 0.1) ** 2))
    )
    thin = look.lips * (1 - 0.25 * abs(look.smile))
    upper_edge, lower_edge = middle - 0.35 * gap, middle + 0.65 * gap
    top = upper_edge - 0.085 * thin * bow * round_**0.6
    bottom = lower_edge + 0.14 * thin * round_**0.6
    x = half * t
    return MouthShape(*(np.stack([x, y], 1) for y in (top, upper_edge, lower_edge, bottom)))


def _jaw(look: FaceStyle) -> Polygon:
    a = np.linspace(np.pi, 0, 17)
    x = 1.10 * look.jaw * np.cos(a) * (1 - 0.10 * np.sin(a) ** 2)
    # sin(pi) is not exactly 0 in floating point, and a root of it would show.
    depth = np.clip(np.sin(a), 0, None) ** 0.9
    return np.stack([x, 0.02 + 1.60 * look.chin * depth], 1)


def _nose_points(look: FaceStyle) -> Polygon:
    bridge = [(0.0, 0.05), (0.0, 0.21), (0.0, 0.37), (0.0, 0.53)]
    wide = 0.19 * look.nose
    base = [
        (-wide, 0.645),
        (-wide * 0.52, 0.685),
        (0.0, 0.705),
        (wide * 0.52, 0.685),
        (wide, 0.645),
    ]
    return np.array(bridge + base)


def _eye_points(eye: EyeShape) -> Polygon:
    up, low = _at(eye.upper, 4), _at(eye.lower, 4)
    return np.stack([up[0], up[1], up[2], up[3], low[2], low[1]])


def _mouth_points(mouth: MouthShape) -> Polygon:
    top, bottom = _at(mouth.top, 7), _at(mouth.bottom, 7)
    inner_up, inner_low = mouth.upper_edge[[2, 6, 10, 14, 18]], mouth.lower_edge[[14, 10, 6]]
    return np.concatenate([top, bottom[5:0:-1], inner_up, inner_low])


def _at(line: Polygon, count: int) -> Polygon:
    """`count` points spread evenly over a curve's samples."""
    s = np.linspace(0, len(line) - 1, count)
    i = np.arange(len(line))
    return np.stack([np.interp(s, i, line[:, 0]), np.interp(s, i, line[:, 1])], 1)
