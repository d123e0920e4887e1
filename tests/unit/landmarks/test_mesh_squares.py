"""The squares that meshes see, and how the older mesh's points are put right."""

import numpy as np
import pytest

from chatanything.landmarks.blazeface.older_mesh import EYES, INNER, MOUTH, OUTER, WIDE, corrected
from chatanything.landmarks.blazeface.picture import Picture, Square


def ramp(width, height):
    """Red grows to the right and green downwards, one level a pixel."""
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    return np.stack([x, y, 0 * x], -1).astype(np.uint8)


@pytest.mark.parametrize("turn", [0.0, 0.4, -2.0])
def test_the_first_pixel_is_the_corner_of_the_square(turn):
    square = Square(120.0, 110.0, 64.0, turn)
    seen = Picture(ramp(240, 220)).crop(square, 32)
    steps = np.array([[0.0, 0.0], [0.5, 0.5], [31 / 32, 0.0]])
    for (column, row), place in zip(
        ((0, 0), (16, 16), (31, 0)), square.to_picture(steps), strict=True
    ):
        assert seen[row, column, :2] == pytest.approx(place, abs=1.01)


def test_beyond_the_picture_its_edge_goes_on():
    picture = Picture(ramp(200, 200) + np.uint8(20))
    square = Square(10.0, 190.0, 100.0)
    black, edge = (picture.crop(square, 50, beyond=beyond) for beyond in (False, True))
    assert black[49, 0].max() == 0
    assert edge[49, 0] == pytest.approx((20, 219, 20), abs=1)
    inside = np.s_[:20, 30:]
    assert np.abs(black[inside].astype(int) - edge[inside]).max() <= 1
    far = picture.crop(Square(-900.0, 1200.0, 50.0), 8, beyond=True)
    assert (np.abs(far.astype(int) - (20, 219, 20)) <= 1).all()


def upright():
    points = np.random.default_rng(5).uniform(80, 120, (478, 2))
    for (outer, inner), side in zip((pair for pair, _ in EYES), (-1, 1), strict=True):
        points[outer], points[inner] = (100 + side * 40, 80), (100 + side * 20, 80)
    points[list(MOUTH)] = (80, 140), (120, 140)
    return points


def test_eyes_become_wider_and_mouths_narrower():
    apart = 60.0
    moved = corrected(upright()) - upright()
    for (outer, inner), side in zip((pair for pair, _ in EYES), (-1, 1), strict=True):
        assert moved[outer] == pytest.approx((side * OUTER * apart, 0), abs=1e-9)
        assert moved[inner] == pytest.approx((-side * INNER * apart, 0), abs=1e-9)
    left, right = moved[list(MOUTH)]
    assert left[0] == pytest.approx(WIDE * apart) == pytest.approx(-right[0])
    assert left[1] == pytest.approx(right[1]) and left[1] > 0


def test_a_turned_face_is_put_right_as_an_upright_one():
    c, s = np.cos(2.5), np.sin(2.5)
    turned = np.array([[c, s], [-s, c]])
    assert corrected(upright() @ turned) == pytest.approx(corrected(upright()) @ turned)
