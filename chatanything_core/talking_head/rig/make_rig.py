"""From a portrait and its face to the data that draw it: read out of the warp, which draws it too."""

import io
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from PIL import Image

from ...landmarks import Face
from ..warp.displacement import Basis, Grid
from ..warp.drawn_eyes import DrawnLid
from ..warp.eyes import EyeLayer, Layer
from ..warp.mouth.mouth_interior import ENAMEL, FLESH, LINING
from ..warp.remap import make_remapper
from ..warp.warp_head import WarpedPortrait, check_portrait
from .records import (
    Box,
    GridFields,
    Rig,
    RigDrawnEye,
    RigEye,
    RigInterior,
    RigMouth,
    RigTeeth,
)

MOST_SIDE = 1024
"""Pixels of the longer side; a larger portrait is made smaller first. Its doubled form takes
16 MB on a graphics card, twice."""


def make_rig(image: npt.NDArray[np.uint8], face: Face) -> Rig:
    """The data that draw RGB or RGBA `image` of shape (H, W, 3 or 4) with any motion.

    Raises:
        InputError: it is no such image.
    """
    check_portrait(image)
    image = _fitted(image)
    made = WarpedPortrait(image, face, make_remapper())
    height, width = image.shape[:2]
    plain = made.drawn or made.covered
    shade = None if plain else GridFields(made.shade.grid, _halves([made.shade.changes]))
    return Rig(
        size=(width, height),
        picture=_png(image),
        points=(face.points * (width, height)).astype(np.float32),
        skull=_fields(made.skull.grid, made.skull.basis),
        brows=_fields(made.brows.grid, made.brows.basis),
        mouth=_mouth(made),
        shade=shade,
        interior=None if made.covered else _interior(made),
        eyes=tuple(_eye(layer) for layer in made.eyes.layers),
    )


def _fitted(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    height, width = image.shape[:2]
    share = MOST_SIDE / max(height, width)
    if share >= 1:
        return image
    size = (max(round(width * share), 1), max(round(height * share), 1))
    return np.array(Image.fromarray(image).resize(size, Image.Resampling.LANCZOS))


def _png(image: npt.NDArray[np.uint8]) -> bytes:
    out = io.BytesIO()
    Image.fromarray(image).save(out, "PNG")
    return out.getvalue()


def _halves(fields: Iterable[npt.NDArray[np.float32]]) -> npt.NDArray[np.float16]:
    return np.stack(list(fields)).astype(np.float16)


def _fields(grid: Grid, basis: Basis) -> GridFields:
    return GridFields(grid, _halves(basis.channels))


def _mouth(made: WarpedPortrait) -> RigMouth:
    field, mouth = made.mouth, made.mouth.mouth
    return RigMouth(
        axes=mouth.axes,
        names=field.names,
        room=field.room,
        inner=mouth.inner,
        upper=_fields(field.grid, field.upper),
        lower=_fields(field.grid, field.lower),
        edges=field.edges.astype(np.float32),
        across=field.across.astype(np.float32),
        upper_in=mouth.upper_in.astype(np.float32),
        lower_in=mouth.lower_in.astype(np.float32),
    )


def _interior(made: WarpedPortrait) -> RigInterior:
    light, own = made.light, made.light.teeth
    return RigInterior(
        dark=light.dark,
        flesh=light.lit(FLESH),
        enamel=light.lit(ENAMEL),
        lining=light.lit(LINING),
        rest=made.rest,
        seam=made.seam,
        soft=light.edge / made.mouth.mouth.axes.unit,
        flat=light.flat,
        teeth=None if own is None else RigTeeth(own.picture, own.corner),
    )


def _eye(layer: Layer) -> RigEye | RigDrawnEye:
    rows, columns = layer.box
    box: Box = (columns.start, rows.start, columns.stop, rows.stop)
    if isinstance(layer, DrawnLid):
        eye = layer.eye
        return RigDrawnEye(
            axes=eye.axes,
            box=box,
            edges=np.stack(layer.edges, -1).astype(np.float32),
            line=eye.line,
            ground=eye.ground.astype(np.float32),
            ink=eye.ink.astype(np.float32),
            reach=(layer.reach * 255).astype(np.uint8),
        )
    assert isinstance(layer, EyeLayer)
    return _living_eye(layer, box)


def _living_eye(layer: EyeLayer, box: Box) -> RigEye:
    lids, light = layer.lids, layer.light
    lines = np.stack([layer.top, layer.bottom, layer.upper, layer.fold], -1)
    return RigEye(
        axes=lids.axes,
        box=box,
        pixels=layer.pixels,
        iris=lids.iris,
        radius=lids.iris_radius,
        lidless=lids.lidless,
        looks=lids.looks,
        lines=lines.astype(np.float16),
        above=light.above.T.astype(np.float16),
        skin=light.skin,
        white=light.white,
    )
