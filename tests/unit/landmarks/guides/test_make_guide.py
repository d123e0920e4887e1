"""Guides: the library, edits, maps."""

import numpy as np
import pytest
from scipy.ndimage import label

from chatanything.errors import InputError
from chatanything.landmarks import (
    LIBRARY,
    MAPS,
    SET_BY_USER,
    draw_map,
    guide_of_points,
    make_guide,
)
from chatanything.persona import EMOTIONS


def spread(points):
    return np.linalg.norm(points[36:42].mean(0) - points[42:48].mean(0))


def test_library_has_many_different_faces():
    assert len(LIBRARY) >= 24
    shapes = [make_guide(library=name).points for name in LIBRARY]
    for i, a in enumerate(shapes):
        assert all(np.abs(a - b).max() > 1e-3 for b in shapes[:i])
    assert {reference.expression for reference in LIBRARY.values()} == set(EMOTIONS)
    assert max(abs(angle) for reference in LIBRARY.values() for angle in reference.pose) <= 20


@pytest.mark.parametrize("name", LIBRARY)
def test_library_faces_are_faces(name):
    points = make_guide(library=name).points
    assert ((points > 0.1) & (points < 0.9)).all()
    eyes, nose, mouth = points[36:48, 1].mean(), points[30, 1], points[48:60, 1].mean()
    assert eyes < nose < mouth < points[8, 1]


def test_scale_and_position():
    plain, moved = make_guide(), make_guide(scale=0.5, position=(0.2, -0.1))
    assert spread(moved.points) == pytest.approx(0.5 * spread(plain.points))
    middle = moved.points[36:48].mean(0) - plain.points[36:48].mean(0)
    assert middle == pytest.approx([0.2, -0.1], abs=0.01)


def test_roll_turns_clockwise():
    points = make_guide(pose=(0, 0, 20)).points
    across = points[42:48].mean(0) - points[36:42].mean(0)
    assert np.degrees(np.arctan2(across[1], across[0])) == pytest.approx(20, abs=0.5)


def test_yaw_moves_the_nose_and_pitch_lifts_it():
    plain = make_guide().points
    assert make_guide(pose=(18, 0, 0)).points[30, 0] > plain[30, 0] + 0.01
    assert make_guide(pose=(-18, 0, 0)).points[30, 0] < plain[30, 0] - 0.01
    assert make_guide(pose=(0, 15, 0)).points[30, 1] < plain[30, 1] - 0.005


def test_expressions_move_mouth_and_brows():
    happy, sad = make_guide(expression="happy").points, make_guide(expression="sad").points
    assert happy[48, 1] < happy[62, 1] and sad[48, 1] > sad[62, 1]
    angry, afraid = make_guide(expression="angry").points, make_guide(expression="afraid").points
    assert angry[21, 1] > angry[19, 1] and afraid[21, 1] < angry[21, 1]


def test_half_an_expression_goes_half_the_way():
    plain, half, full = (
        make_guide(expression="angry", amount=amount).points for amount in (0.0, 0.5, 1.0)
    )
    assert half[17:] == pytest.approx((plain + full)[17:] / 2, abs=0.004)
    assert np.abs(full - plain).max() > 0.01


def test_a_reference_keeps_its_own_expression():
    laughing = make_guide(library="child, laughing", amount=0.0)
    assert laughing.expression == "happy"
    assert laughing.points[48, 1] < laughing.points[62, 1]


@pytest.mark.parametrize("size", [(512, 512), (256, 768), (1024, 512)])
def test_every_size(size):
    guide = make_guide(size=size)
    assert guide.control.shape == (size[1], size[0], 3)
    points = guide.points * size
    wide, tall = np.ptp(points[:, 0]), np.ptp(points[:, 1])
    assert 0.9 < wide / tall < 1.25


def test_dots_are_white_discs_of_radius_two_and_a_half():
    points = np.stack(np.meshgrid(np.linspace(0.1, 0.9, 17), np.linspace(0.1, 0.9, 4)), -1)
    control = draw_map("dots68", points.reshape(-1, 2), (512, 512))
    assert set(np.unique(control)) == {0, 255}
    discs, count = label(control[..., 0])
    assert count == 68
    areas = np.bincount(discs.ravel())[1:]
    assert (np.abs(areas - np.pi * 2.5**2) < 14).all()


def test_openpose_adds_two_pupils():
    points = np.stack(np.meshgrid(np.linspace(0.1, 0.9, 17), np.linspace(0.1, 0.9, 4)), -1)
    points = points.reshape(-1, 2)
    control = draw_map("openpose", points, (512, 512))
    for pupil in (points[36:42].mean(0), points[42:48].mean(0)):
        x, y = (pupil * 512).astype(int)
        assert (control[y, x] == 255).all()


def test_mediapipe_map_has_its_eight_colours():
    control = make_guide(style="mediapipe").control
    colours = {tuple(map(int, colour)) for colour in np.unique(control.reshape(-1, 3), axis=0)}
    assert colours == {
        *((0, 0, 0), (10, 200, 10), (10, 180, 10)),
        *((180, 200, 10), (180, 220, 10), (250, 200, 10)),
        *((10, 200, 180), (10, 220, 180), (10, 200, 250)),
    }
    right = np.argwhere((control == (180, 200, 10)).all(-1)).mean(0)[1]
    left = np.argwhere((control == (10, 200, 180)).all(-1)).mean(0)[1]
    assert right < 256 < left, "the portrayed one's right eye is at the viewer's left"


@pytest.mark.parametrize("style", MAPS)
def test_a_guide_draws_its_own_map(style):
    guide = make_guide(style=style, library="child", pose=(5, 0, 3))
    assert np.array_equal(guide.control, draw_map(style, guide.points, (512, 512)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"scale": float("nan")}, "scale is nan"),
        ({"scale": 9.0}, "0.3 to 2.5"),
        ({"pose": (40, 0, 0)}, "-25 to 25"),
        ({"position": (0.7, 0)}, "position is 0.7"),
        ({"strength": -1}, "strength is -1"),
        ({"expression": "hungry"}, "Unknown expression 'hungry'"),
        ({"style": "sepia"}, "Unknown map style 'sepia'"),
        ({"library": "nobody"}, "Unknown reference face 'nobody'"),
        ({"style": "canny"}, "needs a reference picture"),
    ],
)
def test_bad_values_name_what_is_allowed(arguments, message):
    with pytest.raises(InputError, match=message):
        make_guide(**arguments)


def test_a_faceless_picture_is_a_legal_guide():
    image = np.full((300, 400, 3), 240, np.uint8)
    image[100:260, 60:180] = (160, 40, 40)
    guide = make_guide(image, size=(400, 304))
    assert guide.origin == "placed"
    assert guide.reference is image
    x, y = guide.points[36:68].mean(0) * (400, 304)
    assert 60 < x < 180 and 90 < y < 270
    assert guide.control.max() == 255, "the map is not blank"


def test_points_that_a_user_set_are_the_guide():
    points = make_guide().points + np.array((0.05, -0.02))
    guide = guide_of_points(points, style="openpose", strength=0.5)
    assert np.array_equal(guide.points, points) and guide.notes == (SET_BY_USER,)
    assert np.array_equal(guide.control, draw_map("openpose", points, (512, 512)))
    with pytest.raises(InputError, match="strength"):
        guide_of_points(points, strength=3.0)
