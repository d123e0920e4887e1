"""Give a picture a face: eyes, brows, nose and mouth on whatever it shows, in its own light."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ....errors import InputError
from ....landmarks import Eye, Face, check_image, score_face
from ....landmarks.face_model.anatomy import EyeShape, FaceFeatures, FaceStyle, build
from ....landmarks.face_model.placement import Placement, Polygon
from ....landmarks.face_model.transform import placement_of
from ....landmarks.fallback_face import place_face
from ....persona import Persona, read_concept
from ....ranges import Range
from ....seeding import generator
from ...drawings.cut_out import cut_out
from ...drawings.records import FaceSpot
from ...records import Portrait
from ..face.face_kinds import HUMAN
from ..face.face_paint import FacePainter
from ..face.face_style import face_style
from ..palette import dark_on, lip_on, luminance, skin_on
from ..styles.soft3d import SoftCanvas
from ..surface.canvas import Setting, Tint, lens, stain
from ..surface.lighting import KeyLight, shade
from ..surface.materials import MATERIALS
from ..surface.raster import Patch, coverage
from ..surface.relief import Array, blur, factor_for, grow, normals
from .drawn_face import BELOW, FACE, TALL, WIDE, place_on_drawing
from .page import fit_page

Pixels = npt.NDArray[np.uint8]

GREY = 0.30
"""Luminance, linear, of a surface that is lit as a sketch is."""
EXPOSURE = Range(0.22, 1.5)
"""How much darker or lighter than a sketch a picture's place may be taken to be."""
SKIN = 0.35
"""How far the colour of the place becomes that of skins."""
TINGE, FULL_TINGE = 0.34, 0.82
"""How much the face's ground covers of the picture; of one that is too dark or too busy."""
BUSY = 0.16
"""Deviation of lightness, square root of the luminance, at which a place is too busy."""
DARKEST = 0.10
"""Least luminance of a face, as if in a sketch's light."""
ALIKE = 0.22
"""How far the colours, square roots, of two pixels are that are of one surface."""
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
NOTE = "a face was painted into the picture"


def paint_in_picture(
    image: Pixels, *, spot: FaceSpot | None = None, persona: Persona | None = None, seed: int = 0
) -> Portrait:
    """RGB `image`, (H, W, 3), with a face painted into it, and that face's exact landmarks.

    `spot` says where; without it, the face is put on what stands out. The `persona` says how
    it looks; without one it is a friendly face. About 0.1 s at 512 x 512 pixels.

    Raises:
        InputError: no RGB picture of at least 32 pixels a side.
    """
    check_image(image)
    place = _placed(image, spot)
    look = _look(persona, seed)
    features = build(look)
    under = _under(image, place)
    exposure = _exposure(under)
    canvas = _PictureCanvas(image, exposure, _light(under), place.scale)
    colour = np.median(under.colours, 0).astype(np.float32) / np.float32(exposure)
    colour = colour + np.float32(max(DARKEST - luminance(colour), 0))
    skin = np.asarray(colour + (skin_on(colour) - colour) * np.float32(SKIN), np.float32)
    brush = FacePainter(
        look, features, place, skin, dark_on(skin), lip_on(skin), HUMAN, None, canvas.nose
    )
    canvas.emboss(brush)
    brush.paint(canvas)
    painted = canvas.develop()
    face = score_face(painted, _landmarks(features, look, place, canvas.size))
    recipe = {"engine": "sketch", "painted into": "a picture", "seed": seed}
    return Portrait(painted, face, recipe)


def _placed(image: Pixels, spot: FaceSpot | None) -> Placement:
    h, w = image.shape[:2]
    if spot is not None:
        apart = spot.width * w / FACE
        return Placement(spot.x * w, spot.y * h - BELOW * apart, apart)
    try:
        thing, box, _ = cut_out(image, "the picture")
    except InputError:
        found = placement_of(place_face(image).points * np.array([w, h], float))
        return replace(found, roll=0.0)
    return _on_thing(thing, (box[0] * w, box[1] * h, box[2] * w, box[3] * h))


def _on_thing(thing: Pixels, box: tuple[float, float, float, float]) -> Placement:
    """Where the face goes on a thing before a plain background; `box` is its place in pixels."""
    page = fit_page(thing, 512)
    place = place_on_drawing(page, animal=False)
    left, top, right, _ = (2 * edge / page.side - 1 for edge in page.extent)
    scale = (box[2] - box[0]) / (right - left)
    x, y = box[0] + (place.x - left) * scale, box[1] + (place.y - top) * scale
    return Placement(x, y, place.apart * scale)


def _look(persona: Persona | None, seed: int) -> FaceStyle:
    """The persona's face; a friendly one for a picture of which nothing is known."""
    if persona is None:
        return FaceStyle(smile=0.35, blush=0.25, eye_size=1.40)
    return face_style(
        read_concept(persona.concept),
        persona.emotion,
        generator(seed, "sketch", "look", persona.concept),
    )


class _Under:
    """The picture where the face comes: linear colours (n, 3) and columns of its pixels (n,)."""

    def __init__(self, image: Pixels, place: Placement) -> None:
        h, w = image.shape[:2]
        s = place.scale
        x = (np.arange(w)[None, :] + 0.5 - place.x) / (WIDE * s)
        y = (np.arange(h)[:, None] + 0.5 - place.y - BELOW * s) / (TALL * s)
        inside = x * x + y * y < 1
        self.colours = (image[inside].astype(np.float32) / 255) ** 2
        self.across = np.broadcast_to(x, inside.shape)[inside]


def _under(image: Pixels, place: Placement) -> _Under:
    return _Under(image, place)


def _exposure(under: _Under) -> float:
    """How brightly the place is lit, as a factor on a sketch's light."""
    bright = luminance(np.percentile(under.colours, 70, axis=0).astype(np.float32))
    return float(np.clip(bright / GREY, EXPOSURE.low, EXPOSURE.high))


def _light(under: _Under) -> KeyLight:
    """A key light from the side that is brighter in the picture."""
    bright = under.colours @ LUMINANCE
    # A face at the picture's edge may have one side only.
    halves = [bright[side] for side in (under.across < 0, under.across > 0)]
    left, right = (float(half.mean()) if len(half) else float(bright.mean()) for half in halves)
    lean = float(np.clip(0.8 * (right - left) / max(right + left, 1e-3), -0.45, 0.45))
    towards = np.array([lean, -0.62, 0.70])
    x, y, z = towards / np.linalg.norm(towards)
    return KeyLight(towards=(float(x), float(y), float(z)))


class _PictureCanvas(SoftCanvas):
    """A picture in the light of a sketch; what is not painted on comes out as it was."""

    def __init__(self, image: Pixels, exposure: float, light: KeyLight, scale: float) -> None:
        h, w = image.shape[:2]
        self._image, self._exposure = image, np.float32(exposure)
        self._start = (image.astype(np.float32) / 255) ** 2 / self._exposure
        grey = np.full(3, 0.5, np.float32)
        setting = Setting((w, h), 2.5 * scale, grey, None, (), (w / 2, h / 2))
        super().__init__(setting, light, generator(0, "sketch", "picture"))

    def backdrop(self, setting: Setting) -> Array:
        """The picture itself; see `Canvas.backdrop`."""
        del setting
        return np.array(self._start)

    def develop(self) -> Pixels:
        """The picture, and what was painted as sharp as a lens shows it; see `Canvas.develop`."""
        change = lens(self.pixels - self._start)
        lit = np.clip((self._start + change) * self._exposure, 0, 1)
        changed = np.abs(change).max(-1, keepdims=True) > 1e-4
        return np.where(changed, (np.sqrt(lit) * 255 + 0.5).astype(np.uint8), self._image)

    def emboss(self, face: FacePainter) -> None:
        """The face's relief as light and shade, and its colours, on what is there."""
        s = face.place.scale
        ground = replace(face.ground()[0], soft=0.12 * s)
        patch = self._around(ground)
        shape = (patch.mask.shape[0], patch.mask.shape[1])
        factor = factor_for(shape)
        low = (-(-shape[0] // factor), -(-shape[1] // factor))
        relief: Array = np.zeros(low, np.float32)
        for bump in face.bumps()[1:]:  # the first lifts the whole face off a body
            cover = coverage(bump.outline, (patch.x, patch.y), factor, low)
            relief = relief + blur(cover, bump.soft / factor) * np.float32(bump.rise / factor)
        normal = normals(relief, factor, shape)
        material = replace(MATERIALS["skin"], gloss=0.0, sheen=0.0, texture=None)
        flat = np.zeros_like(normal)
        flat[..., 2] = 1
        one = np.ones((*shape, 3), np.float32)
        ratio = shade(one, normal, material, self.light) / shade(one, flat, material, self.light)
        dip = grow(blur(relief, 0.15 * s / factor) - relief, factor, shape)
        hollow = np.clip(dip * np.float32(5.1 * factor / s), -0.15, 0.5)
        tinged = self.pixels[patch.window] + self._tinge(patch, ground)
        surface = stain(tinged, face.tints(), patch, self.size)
        self.pixels[patch.window] = surface * ratio * (1 - hollow)[..., None]

    def _tinge(self, patch: Patch, ground: Tint) -> Array:
        """What the ground of the face adds to the picture, (h, w, 3): much on the surface that it
        is on, little on others that it reaches over, so that no halo shows."""
        here = self._start[patch.window]
        own = np.clip(coverage(ground.outline, (patch.x, patch.y), 1, patch.mask.shape), 0, 1)
        inside = own > 0.5
        middle = np.median(here[inside], 0) if inside.any() else ground.colour
        # What is finer than an eye is a texture of the surface, not another one.
        smooth = [blur(np.sqrt(np.clip(here[..., i], 0, None)), ground.soft) for i in range(3)]
        far = np.stack(smooth, -1) - np.sqrt(np.clip(middle, 0, None))
        alike = np.exp(-((far / ALIKE) ** 2).sum(-1)).astype(np.float32)
        light = np.sqrt(np.clip(here[inside] @ LUMINANCE, 0, None))
        busy = float(light.std()) / BUSY if inside.any() else 0.0
        dark = 1 - luminance(np.asarray(middle, np.float32)) / DARKEST
        hard = float(np.clip(max(dark, busy), 0, 1))
        amount = np.float32(TINGE + (FULL_TINGE - TINGE) * hard**2)
        floor = np.float32(0.15 + 0.6 * min(busy, 1.0) ** 2)
        cover = blur(own, ground.soft) * amount * (floor + (1 - floor) * alike)
        return np.asarray((ground.colour - here) * cover[..., None], np.float32)

    def _around(self, ground: Tint) -> Patch:
        """The part of the picture that the face changes."""
        margin = 4 * ground.soft + 4
        low = np.floor(ground.outline.min(0) - margin).astype(int)
        high = np.ceil(ground.outline.max(0) + margin).astype(int)
        x0, y0 = max(int(low[0]), 0), max(int(low[1]), 0)
        x1, y1 = min(int(high[0]), self.size[0]), min(int(high[1]), self.size[1])
        return Patch(np.ones((max(y1 - y0, 1), max(x1 - x0, 1)), np.float32), x0, y0)


def _landmarks(
    features: FaceFeatures, look: FaceStyle, place: Placement, size: tuple[int, int]
) -> Face:
    def share(points: Polygon) -> Polygon:
        return np.asarray(points / np.array(size, float))

    def eye(shape: EyeShape) -> Eye:
        x, y = place.spot(*shape.iris)
        return Eye(
            (x / size[0], y / size[1]),
            shape.radius * place.scale / size[0],
            share(place.put(shape.upper)),
            share(place.put(shape.lower)),
            look.lidless,
        )

    left, right = features.eyes
    points = share(place.put(features.points))
    return Face(points, size, "known", eyes=(eye(left), eye(right)), rigid=True, notes=(NOTE,))
