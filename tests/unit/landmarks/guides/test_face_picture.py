"""A guide's face as a picture to start from."""

import numpy as np
import pytest

from chatanything.landmarks import LIBRARY, make_guide
from chatanything.landmarks.maps.face_picture import GROUND, SKIN, face_picture


@pytest.mark.parametrize("name", list(LIBRARY)[::4])
def test_eyes_and_mouth_are_where_the_guide_has_them(name):
    guide = make_guide(library=name, size=(256, 256))
    picture = face_picture(guide, (256, 256)).astype(int)
    points = np.round(guide.points * 256).astype(int)
    skin = picture[points[30][1], points[30][0] + 12]
    for eye in (points[36:42], points[42:48]):
        x, y = eye.mean(0).astype(int)
        assert picture[y, x].sum() < skin.sum() - 100
    x, y = points[48:60].mean(0).astype(int)
    assert picture[y, x][1] < skin[1] - 30


def test_it_has_the_size_that_is_asked_for_and_a_plain_ground():
    picture = face_picture(make_guide(size=(256, 256)), (320, 192))
    assert picture.shape == (192, 320, 3) and picture.dtype == np.uint8
    assert tuple(picture[2, 2]) == GROUND
    assert (np.abs(picture.astype(int) - SKIN).max(-1) < 6).mean() > 0.03


def test_it_is_the_same_every_time():
    guide = make_guide(library="child, laughing", size=(128, 128))
    assert np.array_equal(face_picture(guide, (128, 128)), face_picture(guide, (128, 128)))
