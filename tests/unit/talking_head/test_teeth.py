"""A smile keeps its own teeth, and paint is no sharper than the portrait."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from chatanything.runtime import Runtime
from chatanything.talking_head import heads
from chatanything.talking_head.warp.face_geometry import TABLE, mouth_of
from chatanything.talking_head.warp.mouth.channel_weights import mouth_weights
from chatanything.talking_head.warp.mouth.lip_motion import MIDDLE, MouthField
from chatanything.talking_head.warp.mouth.teeth import own_teeth
from chatanything.talking_head.warp.sampled_colours import edge_width
from tests.unit.talking_head.test_warp import play, pose

BLUISH = (225, 235, 255)
"""Enamel of a colour that no paint of ours has."""


def opened(portrait, fill):
    """The portrait with its lips drawn apart and `fill` between them."""
    image, face = portrait
    side = image.shape[0]
    points = face.points.copy()
    across = np.linspace(-1, 1, 5)
    points[60:65, 1] = 0.68 - 0.008 * (1 - across**2)
    points[65:68, 1] = 0.68 + 0.032 * (1 - across[[3, 2, 1]] ** 2)
    points[55:60, 1] += 0.035
    picture = Image.fromarray(image).resize((side * 4, side * 4))
    pen = ImageDraw.Draw(picture)
    pen.polygon([tuple(p) for p in points[48:60] * side * 4], fill=(176, 70, 74))
    pen.polygon([tuple(p) for p in points[60:68] * side * 4], fill=fill)
    return np.array(picture.resize((side, side), Image.Resampling.BOX)), replace(
        face, points=points
    )


def inside(drawn, **mouth):
    """RGB of the middle of the picture's mouth, (rows, 3)."""
    image, face = drawn
    frame = next(iter(heads.create("warp").prepare(image, face, Runtime()).frames(pose(**mouth))))
    side = image.shape[0]
    return frame[int(0.64 * side) : int(0.80 * side), side // 2].astype(int)


def blue(rows):
    return int(((rows[:, 2] - rows[:, 0] > 15) & (rows[:, 2] > 180)).sum())


def test_a_smile_keeps_its_own_teeth_and_closes_over_them(portrait):
    smile = opened(portrait, BLUISH)
    shown = [blue(inside(smile, jaw=jaw)) for jaw in (0.2, 0.5, 1.0)]
    assert shown[0] >= 2
    assert shown[2] >= shown[1] > 3
    # They hang on the skull: a wider jaw does not stretch them.
    assert shown[2] < 1.5 * 0.04 * portrait[0].shape[0]
    assert blue(inside(smile, closed=1)) == 0
    assert blue(inside(smile, jaw=0.6, round=1)) == 0


@pytest.mark.parametrize(
    ("fill", "kept"), [((40, 12, 14), False), ((190, 80, 86), False), (BLUISH, True)]
)
def test_neither_the_dark_nor_a_tongue_are_teeth(portrait, fill, kept):
    image, face = opened(portrait, fill)
    assert (own_teeth(image, mouth_of(face.points * image.shape[0])) is not None) == kept


def test_closed_mouths_have_no_teeth_to_keep(portrait):
    image, face = portrait
    assert own_teeth(image, mouth_of(face.points * image.shape[0])) is None


def test_edges_are_as_wide_as_they_are_blurred(portrait):
    image, face = portrait
    points = face.points * image.shape[0]
    widths = [
        edge_width(np.array(Image.fromarray(image).filter(ImageFilter.GaussianBlur(blur))), points)
        for blur in (0, 1, 3)
    ]
    assert 1.4 <= widths[0] < widths[1] < widths[2] <= 5
    assert widths[1] > 2


def test_the_sides_of_an_open_mouth_are_as_soft_as_its_middle(portrait):
    """Edges are measured across, not up and down: steep sides were cut out with scissors."""
    image, face = portrait
    drawn = np.array(Image.fromarray(image).filter(ImageFilter.GaussianBlur(1.5))), face
    frame = play(drawn, pose(jaw=1))[0].astype(float).mean(-1)
    slope = np.hypot(*np.gradient(frame))
    x, y = face.points[57] * image.shape[0]
    low, side = int(y), int(x)
    middle = slope[low - 25 : low + 25, side - 4 : side + 5].max()
    assert slope[low - 25 : low + 25, side - 30 : side + 31].max() < 1.25 * middle


def test_oo_flattens_a_smile_and_leaves_level_lips_level(portrait):
    points = portrait[1].points * portrait[0].shape[0]
    smiling = points.copy()
    smiling[[48, 54, 60, 64], 1] -= 6
    for lips_at_rest, smiles in ((points, False), (smiling, True)):
        field = MouthField(mouth_of(lips_at_rest), (256, 256), free_jaw=True)
        curls = []
        for rounding in (0, 1):
            weights = mouth_weights(field.names, pose(closed=1, round=rounding), 0, field.room)
            lips = field.lips(weights)
            end = np.abs(TABLE - lips.left).argmin()
            curls.append(lips.upper[MIDDLE] - lips.upper[end])
        assert (curls[0] > 0.1) == smiles
        assert curls[1] < 0.75 * curls[0] if smiles else abs(curls[1]) < 0.03
