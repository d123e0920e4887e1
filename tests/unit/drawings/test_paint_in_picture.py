"""Pictures without a face are given one."""

import numpy as np
import pytest

from chatanything.diffusion.drawings import FaceSpot
from chatanything.diffusion.sketch.drawn.paint_in_picture import paint_in_picture
from chatanything.errors import InputError


def mug(light=1.0, background=(120, 150, 180)):
    """A photograph of a round thing that is lit from the left."""
    y, x = np.mgrid[:360, :480]
    grain = np.random.default_rng(2).normal(0, 3, (360, 480, 1))
    thing = ((x - 260) / 110) ** 2 + ((y - 190) / 130) ** 2 < 1
    shade = (1.15 - 0.5 * (x - 150) / 220)[..., None]
    pixels = np.where(thing[..., None], np.array([200, 90, 60]) * shade, np.array(background))
    pixels = pixels * light + grain + (x / 16)[..., None] * (~thing)[..., None]
    return np.clip(pixels, 0, 255).astype(np.uint8), thing


def middle(face):
    points = face.points * face.size
    return points[27:].mean(0), np.hypot(*(points[42:48].mean(0) - points[36:42].mean(0)))


def test_the_face_lies_on_the_thing_and_the_rest_stays():
    picture, thing = mug()
    painted = paint_in_picture(picture)
    (x, y), apart = middle(painted.face)
    assert thing[int(y), int(x)]
    assert abs(x - 260) < 40
    changed = (painted.image != picture).any(-1)
    assert changed.sum() > 0.5 * apart**2
    rows, columns = np.nonzero(changed)
    assert np.ptp(columns) < 4 * apart and np.ptp(rows) < 4 * apart
    assert painted.face.origin == "known" and painted.face.rigid
    assert painted.face.score > 0.7


def test_a_click_says_where():
    painted = paint_in_picture(mug()[0], spot=FaceSpot(0.25, 0.4, 0.2))
    points = painted.face.points * painted.face.size
    assert abs(points[36:48, 0].mean() - 0.25 * 480) < 4
    _, apart = middle(painted.face)
    assert apart == pytest.approx(0.2 * 480 / 2.1, rel=0.08)


def test_a_face_is_as_dark_as_its_picture_and_is_seen_all_the_same():
    bright, dark = (
        paint_in_picture(mug(light)[0], spot=FaceSpot(0.54, 0.5, 0.3)) for light in (1.0, 0.2)
    )
    lightest = []
    for painted in (bright, dark):
        x, y = (np.array(painted.face.eyes[0].iris) * (480, 360)).astype(int)
        lightest.append(int(painted.image[y - 8 : y + 9, x - 14 : x + 15].max()))
    assert lightest[1] < 0.75 * lightest[0]
    assert dark.face.report["eyes"] > 0.3


def test_a_face_at_the_edge_does_not_fail():
    for spot in (FaceSpot(0, 0, 0.5), FaceSpot(1, 1, 1.5)):
        assert paint_in_picture(mug()[0], spot=spot).image.shape == (360, 480, 3)


def test_a_thing_before_a_plain_wall_wears_it_on_its_surface():
    y, x = np.mgrid[:300, :300]
    thing = (x > 40) & (x < 160) & (y > 30) & (y < 280)
    picture = np.where(thing[..., None], (40, 90, 160), (255, 255, 255)).astype(np.uint8)
    points = paint_in_picture(picture).face.points * 300
    assert abs(points[27:31, 0].mean() - 100) < 10


def test_the_same_picture_gives_the_same_bytes():
    first, second = (paint_in_picture(mug()[0]).image for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_no_picture():
    with pytest.raises(InputError):
        paint_in_picture(np.zeros((8, 8, 3), np.uint8))
