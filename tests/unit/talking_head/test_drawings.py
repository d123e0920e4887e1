"""Drawings keep their own ink: lids, mouths and covers of flat art, and nothing else."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from chatanything.landmarks import find_face, mouth_covered
from chatanything.talking_head import plan_motion
from chatanything.talking_head.warp import WarpHead
from chatanything.talking_head.warp.drawn_eyes import drawn_eyes
from chatanything.talking_head.warp.face_geometry import lids_of
from chatanything.talking_head.warp.flat_ink import flat_share, is_flat_drawing
from chatanything.voice import Timeline, Viseme
from tests.tools.drawn_faces import DRAWINGS, EYES, MOUTH, SIDE, draw_face
from tests.tools.samples import portrait_of

OPEN = [name for name, plan in DRAWINGS.items() if plan.mouth not in ("mask", "beak")]


def frames(image, face, blink=0.0, vowel=0.0):
    """A still head whose eyes are closed by `blink` and whose mouth says "ah"."""
    motion = plan_motion(Timeline(0.6, visemes=(Viseme("aa", 0.1, 0.5, vowel),)), fps=25.0, seed=1)
    still = {
        name: np.zeros_like(getattr(motion, name))
        for name in ("gaze", "brow", "frown", "lid", "smile", "head", "breath")
    }
    closed = np.full_like(motion.blink, blink)
    shown = WarpHead().prepare(image, face).frames(replace(motion, blink=closed, **still))
    return list(shown)


def around(image, centre, half):
    (x, y), (a, b) = centre, half
    return image[int(y - b) : int(y + b) + 1, int(x - a) : int(x + a) + 1].astype(int)


def off_mixtures(part, one, other):
    """Greatest distance of pixels (n, 3) from the way between two colours."""
    one, other = np.array(one, float), np.array(other, float)
    way = other - one
    share = np.clip((part - one) @ way / (way @ way), 0, 1)
    return np.abs(part - one - share[:, None] * way).max()


def eye_box(plan):
    return max(plan.eye[0], plan.pupil[0]) + 3, max(plan.eye[1], plan.pupil[1]) + 3


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_blink_leaves_skin_and_one_line_of_ink(name):
    image, face = draw_face(name)
    plan = DRAWINGS[name]
    shown = frames(image, face, blink=1.0)[0]
    for centre in EYES:
        part = around(shown, centre, eye_box(plan))
        assert off_mixtures(part.reshape(-1, 3), plan.skin, plan.ink) < 12
        mixed = np.minimum(*(np.abs(part - c).max(-1) for c in (plan.skin, plan.ink))) > 20
        assert mixed.mean() < 0.12, "the edges of the line"
        dark = np.abs(part - plan.skin).max(-1) > 60
        assert dark.any(), "closed by a line"
        assert dark.mean() < 0.3, "and by nothing more"


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("blink", [0.3, 0.7])
def test_a_lid_on_its_way_has_no_colour_but_those_of_the_drawing(name, blink):
    image, face = draw_face(name)
    plan = DRAWINGS[name]
    palette = np.array([plan.skin, plan.ink, plan.white, plan.iris or plan.ink, (22, 10, 40)])
    shown = frames(image, face, blink=blink)[0]
    for centre in EYES:
        part, still = (around(p, centre, eye_box(plan)) for p in (shown, image))
        far = np.abs(part[:, :, None] - palette).max(-1).min(-1) > 12
        before = np.abs(still[:, :, None] - palette).max(-1).min(-1) > 12
        # Mixed pixels lie along edges; the lid adds two of them.
        assert far.mean() < before.mean() + 0.12


@pytest.mark.parametrize("name", DRAWINGS)
def test_nothing_but_the_eyes_changes_in_a_blink(name):
    image, face = draw_face(name)
    open_, shut = frames(image, face)[0], frames(image, face, blink=1.0)[0]
    changed = np.abs(open_.astype(int) - shut).max(-1) > 0
    allowed = np.zeros_like(changed)
    wide, high = eye_box(DRAWINGS[name])
    for x, y in EYES:
        allowed[int(y - high - 2) : int(y + high + 3), int(x - wide - 2) : int(x + wide + 3)] = True
    assert changed.any()
    assert not (changed & ~allowed).any()


@pytest.mark.parametrize("name", ["line art", "thick line art", "thin line art", "anime"])
def test_the_ink_of_an_eye_is_read_as_it_was_drawn(name):
    image, face = draw_face(name)
    plan = DRAWINGS[name]
    for eye in drawn_eyes(image, lids_of(face, face.points * SIDE)):
        assert eye.ink.tolist() == pytest.approx(list(plan.ink), abs=2)
        assert eye.ground.tolist() == list(plan.skin)
        assert eye.line == pytest.approx(plan.line, abs=0.6)
        assert eye.axes.unit == pytest.approx(plan.eye[0], abs=1)


@pytest.mark.parametrize("name", OPEN)
def test_an_open_mouth_is_flat(name):
    image, face = draw_face(name)
    still, *moving = frames(image, face, vowel=1.0)
    box = (60, 50)
    known = np.unique(around(image, MOUTH, box).reshape(-1, 3) // 8, axis=0, return_counts=True)
    palette = known[0][known[1] >= 60] * 8 + 4
    shown = max(moving, key=lambda frame: np.abs(frame.astype(int) - still).sum())
    part = around(shown, MOUTH, box)
    far = np.abs(part.reshape(-1, 1, 3) - palette).max(-1).min(-1) > 14
    assert np.abs(shown.astype(int) - still).max() > 60
    assert far.mean() < 0.08, "edges, but no shading"


@pytest.mark.parametrize("name", ["mask", "beak"])
def test_under_a_cover_only_the_jaw_moves(name):
    image, face = draw_face(name)
    found = find_face(image, points=face.points)
    assert found.notes[-1] == "The mouth is covered; only the jaw moves."
    still, *moving = frames(image, found, vowel=1.0)
    colours = around(image, MOUTH, (30, 12)).reshape(-1, 3)
    assert max(np.abs(frame.astype(int) - still).max() for frame in moving) > 60
    for frame in moving:
        assert np.abs(around(frame, MOUTH, (30, 12)).reshape(-1, 3) - colours).max() < 3


@pytest.mark.parametrize("name", OPEN)
def test_mouths_in_the_open_are_not_covered(name):
    image, face = draw_face(name)
    assert not mouth_covered(image, face.points * SIDE)


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_are_told_from_shaded_faces(name, portrait):
    image, face = draw_face(name)
    assert is_flat_drawing(image, face.points * SIDE)
    steps = np.linspace(0.7, 1.0, SIDE)[:, None, None]
    noise = np.random.default_rng(1).normal(0, 3, image.shape)
    shaded = np.clip(image * steps + noise, 0, 255).astype(np.uint8)
    assert flat_share(shaded, face.points * SIDE) < 0.1


@pytest.mark.parametrize("name", DRAWINGS)
def test_soft_shadows_leave_it_a_drawing(name):
    image, face = draw_face(name)
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE
    light = np.clip(1.05 - 0.35 * np.hypot(x - 0.35, y - 0.4), 0, 1)[..., None]
    shaded = (image * light).astype(np.uint8)
    assert is_flat_drawing(shaded, face.points * SIDE)


def test_pale_things_in_soft_light_are_no_drawings():
    for concept in ("ghost", "egg", "snowman"):
        image, face = portrait_of(concept)
        assert not is_flat_drawing(image, face.points * face.size)


def test_a_photograph_is_no_drawing():
    data = pytest.importorskip("skimage.data")
    image = data.astronaut()
    low, high = np.array([170.0, 60.0]), np.array([280.0, 190.0])
    points = draw_face("line art")[1].points
    points = (points - points.min(0)) / np.ptp(points, axis=0) * (high - low) + low
    assert flat_share(image, points) < 0.1
    assert not mouth_covered(image, points)


def test_a_thin_mouth_in_a_jpeg_opens_in_its_ink():
    image, face = draw_face("anime")
    file = BytesIO()
    Image.fromarray(image).save(file, "JPEG", quality=60)
    small = np.asarray(Image.open(file))
    still, *moving = frames(small, face, vowel=1.0)
    ink = DRAWINGS["anime"].mouth_ink

    def inked(frame):
        return (np.abs(around(frame, MOUTH, (40, 30)) - ink).max(-1) < 60).sum()

    assert max(inked(frame) for frame in moving) > 2 * inked(still) > 0


def test_an_eye_under_hair_does_not_blink():
    image, face = draw_face("anime")
    hidden = image.copy()
    hidden[60:190, 60:330] = DRAWINGS["anime"].hair
    shown = frames(hidden, face, blink=1.0)[0]
    assert np.array_equal(shown, frames(hidden, face)[0])
