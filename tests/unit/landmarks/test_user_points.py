"""Points that a user writes down."""

import json

import numpy as np
import pytest

from chatanything.errors import InputError
from chatanything.landmarks import find_face, read_points
from chatanything.landmarks.face_model.anatomy import FaceStyle
from chatanything.landmarks.face_model.placement import Placement
from chatanything.landmarks.face_model.transform import out_of_frame, template

SIZE = (400, 300)
CORNERS = (36, 39, 42, 45, 48, 54)
FACE = out_of_frame(template(), Placement(210, 110, 80, roll=12))
SIX = FACE[list(CORNERS)]


def test_six_corners_make_a_whole_face():
    points = read_points(json.dumps(SIX.tolist()), SIZE) * SIZE
    assert points[list(CORNERS)] == pytest.approx(SIX)
    assert points == pytest.approx(FACE, abs=1e-6), "a face like the average one comes back"


def test_a_narrow_face_is_narrow_and_a_wide_mouth_wide():
    narrow = (SIX - [210, 110]) * [0.7, 1.0] + [210, 110]
    points = read_points(json.dumps(narrow.tolist()), SIZE) * SIZE
    assert np.ptp(points[:17, 0]) == pytest.approx(0.7 * np.ptp(FACE[:17, 0]), rel=0.02)
    wide = SIX.copy()
    wide[4:, 0] += (-15, 15)
    lips = (read_points(json.dumps(wide.tolist()), SIZE) * SIZE)[48:60]
    assert np.ptp(lips[:, 0]) == pytest.approx(np.ptp(FACE[48:60, 0]) + 30, rel=0.1)


@pytest.mark.parametrize("scale", [1.0, np.array(SIZE, float)])
@pytest.mark.parametrize("shape", ["pairs", "objects", "numbered", "all"])
def test_every_way_to_write_them(shape, scale):
    spots = SIX / SIZE * scale
    text = json.dumps(
        {
            "pairs": spots.tolist(),
            "objects": [{"x": x, "y": y} for x, y in spots.tolist()],
            "numbered": dict(zip(map(str, CORNERS), spots.tolist(), strict=True)),
            "all": (FACE / SIZE * scale).tolist(),
        }[shape]
    )
    assert read_points(text, SIZE)[list(CORNERS)] * SIZE == pytest.approx(SIX)


def test_a_point_more_is_met_too():
    spots = {str(n): FACE[n].tolist() for n in CORNERS} | {"8": [230.0, 280.0]}
    assert (read_points(json.dumps(spots), SIZE) * SIZE)[8] == pytest.approx([230, 280])


def written(points, *numbers):
    return json.dumps({str(number): points[number].tolist() for number in (*CORNERS, *numbers)})


def opened(gap):
    """The face above with its mouth open by `gap` eye distances, in pixels."""
    return out_of_frame(
        template(FaceStyle(eye_size=1.0, parted=gap)), Placement(210, 110, 80, roll=12)
    )


@pytest.mark.parametrize("gap", [0.0, 0.004, 0.1, 0.3])
def test_inner_lips_open_the_mouth(gap):
    points = read_points(written(opened(gap), 62, 66), SIZE) * SIZE
    assert points == pytest.approx(opened(gap), abs=0.02 * 80)


def test_twelve_points_make_one_open_mouth_of_a_face_that_is_not_the_average():
    look = FaceStyle(
        eye_size=1.0, parted=0.22, lips=1.3, jaw=0.93, nose=1.2, smile=0.5, mouth_width=1.1
    )
    face = out_of_frame(template(look), Placement(210, 110, 80, roll=-9))
    points = read_points(written(face, 8, 33, 51, 57, 62, 66), SIZE) * SIZE
    lips = np.linalg.norm(points[48:] - face[48:], axis=1) / 80
    assert lips.mean() < 0.02 and lips.max() < 0.05, lips
    heights = points[[51, 61, 62, 63, 65, 66, 67, 57], 1]
    assert heights[0] < heights[1:4].min() and heights[1:4].max() < heights[4:7].min()
    assert heights[4:7].max() < heights[-1], "upper lip, teeth, lower lip, in this order"


def test_coinciding_inner_lips_are_a_closed_mouth():
    spot = FACE[62].tolist()
    spots = {str(n): FACE[n].tolist() for n in CORNERS} | {"62": spot, "66": spot}
    assert read_points(json.dumps(spots), SIZE) * SIZE == pytest.approx(FACE, abs=0.02 * 80)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("[[1, 2", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("3", "no list but 3"),
        ("null", "no list but None"),
        (json.dumps(SIX[:5].tolist()), "5 points"),
        (json.dumps([*SIX.tolist(), [1, 2]]), "7 points"),
        ('{"36": [1, 2]}', "39, 42, 45, 48, 54 missing"),
        ('{"nose": [1, 2]}', "'nose'"),
        ('{"68": [1, 2]}', "'68'"),
        (json.dumps([[float("nan"), 3.0], *SIX[1:].tolist()]), "Point 36 .*finite"),
        (json.dumps([*SIX[:5].tolist(), [float("inf"), 3.0]]), "Point 54 .*finite"),
        (json.dumps([*SIX[:5].tolist(), [10**400, 4]]), "Point 54 .*finite"),
        ("[[" + "9" * 5000 + ", 1]]", "1 points"),
        ('{"' + "9" * 5000 + '": [1, 2]}', "no point is called '999"),
        (json.dumps([*SIX[:5].tolist(), ["3", 4]]), "Point 54"),
        (json.dumps([*SIX[:5].tolist(), [True, 4]]), "Point 54"),
        (json.dumps([*SIX[:5].tolist(), [1, 2, 3]]), "Point 54"),
        (json.dumps([*SIX[:5].tolist(), {"x": 3}]), "Point 54"),
        (json.dumps([*SIX[:5].tolist(), [500, 200]]), "Point 54 at .*outside"),
        (json.dumps([*SIX[:5].tolist(), [-3, 200]]), "Point 54 at .*outside"),
        (json.dumps([[200.0, 100.0]] * 6), "apart"),
        (json.dumps(SIX[::-1].tolist()), "do not form a face"),
        (json.dumps(SIX[[1, 0, 2, 3, 4, 5]].tolist()), "36 and 39 are swapped"),
        (written(opened(0.2)[[*range(62), 66, *range(63, 66), 62, 67]], 62, 66), "lower inner lip"),
    ],
)
def test_what_cannot_be_used_is_said(text, says):
    with pytest.raises(InputError, match=says):
        read_points(text, SIZE)


def test_the_face_stands_on_the_users_rung():
    image = np.full((300, 400, 3), 128, np.uint8)
    face = find_face(image, points=read_points(json.dumps(SIX.tolist()), SIZE))
    assert face.origin == "known" and face.notes == ("points set by the user",)
