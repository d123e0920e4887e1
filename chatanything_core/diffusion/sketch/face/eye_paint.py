"""Paint one eye: lids, the eyeball seen through its opening, and the lashes."""

import numpy as np

from ....landmarks.face_model.anatomy import EyeShape, FaceStyle
from ....landmarks.face_model.placement import Placement, Polygon
from ..surface.canvas import Canvas, Solid, linear
from ..surface.materials import MATERIALS
from ..surface.outlines import brush, stroke
from ..surface.raster import Patch, rasterise
from ..surface.relief import Array

WHITE = np.array([0.95, 0.93, 0.90], np.float32)
DUCT = np.array([0.66, 0.34, 0.31], np.float32)
LIGHTS = ((-0.12, -0.38, 0.20, 1.0), (0.12, 0.42, 0.10, 0.55))
"""Catchlights: place and radius in iris radii, and strength; the window and the floor."""

ENDS = np.clip(np.sin(np.linspace(0, np.pi, 17)), 0, 1) ** 0.6
"""Width of a lid's line from corner to corner."""


def paint_eye(
    canvas: Canvas,
    eye: EyeShape,
    look: FaceStyle,
    place: Placement,
    skin: Array,
    lash: Array,
    slit: float = 1.0,
) -> None:
    """Paint the eye on the body's surface.

    `skin` and `lash` are linear RGB (3,); `slit` is the width of the pupil in its heights.
    """
    s = place.scale
    opening = place.put(eye.opening)
    if not look.lidless:
        _lids(canvas, eye, look, place, skin)
    canvas.haze([opening], skin * np.float32(0.25), 0.35, 0.014 * s)
    patch = rasterise([opening], canvas.size)
    if patch.empty:
        return
    canvas.over(patch, _eyeball(patch, eye, look, place, slit))
    if look.lidless:
        rim = np.concatenate([opening, opening[:1]])
        canvas.flat([stroke(rim, 0.022 * s)], lash, 0.9)
        return
    lower = brush(place.put(eye.lower), 0.024 * s * ENDS)
    canvas.haze([lower], skin * np.float32(0.22), 0.75, 0.005 * s)
    canvas.flat([_lash_line(eye, look, place), *_lashes(eye, look, place)], lash, 0.95)


def _lids(canvas: Canvas, eye: EyeShape, look: FaceStyle, place: Placement, skin: Array) -> None:
    """The upper lid up to its crease, and the fold under the eye."""
    s = place.scale
    reach = eye.upper[8, 1] - eye.lower[8, 1]
    arch = np.sin(np.linspace(0.12, np.pi - 0.12, 17))[:, None]
    crease = eye.upper + np.array([0.0, 0.42 * reach]) * arch
    lid = place.put(np.concatenate([crease, eye.upper[::-1]]))
    canvas.solid(
        Solid((lid,), skin * np.float32(0.80), MATERIALS["skin"], 0.05 * s, 0.0, outlined=False)
    )
    fold = stroke(place.put(crease), 0.020 * s, 0.014 * s)
    canvas.haze([fold], skin * np.float32(0.22), 0.75, 0.008 * s)
    bag = stroke(place.put(eye.lower[3:-3] + np.array([0, 0.055])), 0.022 * s)
    canvas.haze([bag], skin * np.float32(0.4), 0.22 + 0.4 * look.age, 0.016 * s)


def _lash_line(eye: EyeShape, look: FaceStyle, place: Placement) -> Polygon:
    """Upper lid edge: thickest over the outer half, running out to a point in either corner.

    A line that went on beyond the corner would say that the eye does.
    """
    width = (0.022 + 0.020 * look.lashes) * place.scale
    outward = eye.upper if eye.side > 0 else eye.upper[::-1]
    swell = 0.70 + 0.30 * np.linspace(0, 1, len(outward))
    return brush(place.put(outward), width * swell * ENDS)


def _lashes(eye: EyeShape, look: FaceStyle, place: Placement) -> list[Polygon]:
    """Three lashes on the outer half of the lid, where there is more than a hint of them."""
    if look.lashes < 0.5:
        return []
    outward = eye.upper if eye.side > 0 else eye.upper[::-1]
    hairs = []
    for at, lean in ((11, 0.25), (13, 0.5), (15, 0.75)):
        root = outward[at]
        tip = root + 0.10 * look.lashes * np.array([eye.side * lean, -0.8])
        middle = (root + tip) / 2 + np.array([eye.side * 0.012, 0.0])
        line = np.stack([root, middle, tip])
        hairs.append(brush(place.put(line), np.array([0.030, 0.020, 0.004]) * place.scale))
    return hairs


def _eyeball(patch: Patch, eye: EyeShape, look: FaceStyle, place: Placement, slit: float) -> Array:
    """Colour of every pixel of the opening, shape (h, w, 3): shaded white, iris, lights."""
    u, v = _about_iris(patch, eye, place)
    middle = float(eye.upper[[0, -1], 0].mean())
    half = float(eye.upper[-1, 0] - eye.upper[0, 0]) / 2
    along = u + np.float32(eye.iris[0] - middle)
    top = np.interp(along, eye.upper[:, 0] - middle, eye.upper[:, 1]) - eye.iris[1]
    height = max(float(eye.lower[8, 1] - eye.upper[8, 1]), 0.02)
    # The lid's shadow thins out to the corners: white that is seen up to its end marks them.
    deep = 0.26 * height * np.sqrt(np.clip(1 - (along / half) ** 2, 0.04, 1))
    lid_shadow = 1 - 0.62 * np.exp(-(((v - top) / deep) ** 2))
    ball = np.clip(1 - 0.05 * (along / half) ** 2 - 0.12 * (v / height) ** 2, 0, 1)
    pixels = WHITE * (ball * lid_shadow)[..., None]
    # The pink of the inner corner: small, but it tells where the eye ends.
    duct = np.clip(1.4 - np.abs(along + eye.side * 0.92 * half) / (0.08 * half), 0, 1)
    pixels = pixels + (DUCT - pixels) * (0.4 * duct)[..., None]
    edge = 1.2 / place.scale
    pixels = pixels + _iris(u, v, eye.radius, look, lid_shadow, edge, pixels, slit)
    for x, y, size, power in LIGHTS:
        far = np.hypot(u - x * eye.radius, v - y * eye.radius)
        light = np.clip((size * eye.radius - far) / edge + 0.5, 0, 1) * power
        pixels = pixels + (1.0 - pixels) * light[..., None]
    return np.asarray(pixels, np.float32)


def _about_iris(patch: Patch, eye: EyeShape, place: Placement) -> tuple[Array, Array]:
    """Face-frame offsets of the patch's pixels from the iris centre, each of shape (h, w)."""
    x, y = patch.grid()
    ix, iy = place.spot(*eye.iris)
    dx, dy = (x - np.float32(ix)) / place.scale, (y - np.float32(iy)) / place.scale
    turn = np.radians(place.roll)
    c, s = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    return dx * c + dy * s, dy * c - dx * s


def _iris(
    u: Array,
    v: Array,
    radius: float,
    look: FaceStyle,
    shadow: Array,
    edge: float,
    under: Array,
    slit: float,
) -> Array:
    """What the iris changes of the pixels `under` it, shape (h, w, 3).

    Light enters from above and glows in its lower half; its rim and the pupil are dark.
    """
    r = np.hypot(u, v) / np.float32(radius)
    angle = np.arctan2(v, u)
    inside = np.clip((1 - r) * radius / edge + 0.5, 0, 1)
    streaks = 1 + 0.16 * np.sin(angle * 23) * np.sin(angle * 9 + 1.3)
    glow = 0.62 + 0.75 * np.clip(v / radius + 0.25 * u / radius, -0.5, 1)
    rim = 1 - 0.72 * np.clip((r - 0.72) / 0.28, 0, 1) ** 1.5
    light = glow * rim * streaks * (0.65 + 0.80 * shadow)
    wide = np.float32(slit * radius)
    far = np.hypot(u / wide, v * np.float32(slit**0.4 / radius))
    pupil = np.clip((0.46 - far) * slit * radius / edge + 0.5, 0, 1)
    colour = linear(look.iris) * (light * (1 - 0.97 * pupil))[..., None]
    return np.asarray((colour - under) * inside[..., None])
