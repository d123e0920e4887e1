"""The contract of every head, and what the embedded one makes of a portrait."""

from dataclasses import replace

import numpy as np
import pytest

from chatanything.errors import ChatAnythingError
from chatanything.runtime import Runtime
from chatanything.talking_head import Amounts, Motion, heads, idle_motion, plan_motion
from chatanything.talking_head.warp.face_geometry import mouth_of
from chatanything.talking_head.warp.mouth.lip_motion import channels
from chatanything.talking_head.warp.remap import doubled
from chatanything.voice import MouthTrack, Timeline
from tests.tools.samples import portrait_of

STILL = Amounts(0, 0, 0, 0, 0, 0, 0)


def pose(**mouth: float) -> Motion:
    """One frame with the given mouth and nothing else."""
    still = plan_motion(Timeline(0.04), amounts=STILL)
    names = ("jaw", "wide", "round", "closed", "tongue", "teeth")
    track = MouthTrack(25.0, *(np.array([mouth.get(name, 0)], np.float32) for name in names))
    blink = np.full((1, 2), mouth.get("blink", 0), np.float32)
    return Motion(
        track,
        blink,
        *(getattr(still, n) for n in ("gaze", "brow", "frown", "lid", "smile", "head", "breath")),
    )


def play(portrait, motion):
    image, face = portrait
    return np.stack(list(heads.create("warp").prepare(image, face, Runtime()).frames(motion)))


def region(frames, left, top, right, bottom):
    side = frames.shape[-2]
    return frames[
        ..., int(top * side) : int(bottom * side), int(left * side) : int(right * side), :
    ]


@pytest.mark.parametrize("name", heads.names())
def test_every_head_keeps_the_contract(name, portrait, speech):
    try:
        head = heads.create(name)
    except ChatAnythingError as reason:
        pytest.skip(str(reason))
    image, face = portrait
    actor = head.prepare(image, face, Runtime())
    motion = plan_motion(speech.timeline, seed=1)
    frames = list(actor.frames(motion))
    assert len(frames) == len(motion)
    assert all(frame.shape == image.shape and frame.dtype == np.uint8 for frame in frames)
    again = list(actor.frames(motion))
    assert all(np.array_equal(a, b) for a, b in zip(frames, again, strict=True))
    frames[0][:] = 0
    assert not np.array_equal(next(actor.frames(motion)), frames[0])


def test_a_face_at_rest_is_the_portrait_itself(portrait):
    frame = play(portrait, pose(closed=1))[0]
    assert np.array_equal(frame, portrait[0])


def test_an_open_mouth_shows_its_inside(portrait):
    closed, opened = (play(portrait, pose(**kind))[0] for kind in ({"closed": 1}, {"jaw": 1}))
    before, after = (region(f, 0.44, 0.69, 0.56, 0.74).astype(int) for f in (closed, opened))
    assert after.mean() < before.mean() - 40


def test_only_the_mouth_moves_when_only_the_mouth_is_told_to(portrait):
    frame = play(portrait, pose(jaw=1, wide=0.5))[0]
    assert np.array_equal(region(frame, 0, 0, 1, 0.5), region(portrait[0], 0, 0, 1, 0.5))


@pytest.mark.parametrize("kind", ["portrait", "cartoon"])
def test_closed_eyes_show_no_white(kind, request):
    drawn = request.getfixturevalue(kind)
    shut = play(drawn, pose(closed=1, blink=1))[0]
    for left in (0.32, 0.56):
        eye = region(shut, left, 0.38, left + 0.12, 0.50)
        assert not (eye.min(-1) > 225).any()
        assert (region(drawn[0], left, 0.38, left + 0.12, 0.50).min(-1) > 225).any()


def test_narrow_is_narrower_than_wide(portrait):
    red = [
        np.ptp(np.flatnonzero(reddish(play(portrait, pose(jaw=0.1, wide=w))[0]).any(0)))
        for w in (-1, 0, 1)
    ]
    assert red[0] < red[1] < red[2]


def reddish(frame):
    lips = region(frame, 0.3, 0.62, 0.7, 0.8).astype(int)
    return lips[..., 0] - lips[..., 1] > 80


def test_doubling_keeps_the_pixels_and_is_sharp_between():
    rng = np.random.default_rng(0)
    image = rng.integers(0, 256, (9, 12, 4), dtype=np.uint8)
    large = doubled(image)
    assert large.shape == (17, 23, 4)
    assert np.array_equal(large[::2, ::2], image)
    ramp = np.repeat(np.arange(0, 200, 10, dtype=np.uint8)[None, :, None], 4, 0)
    assert doubled(ramp)[0, 11, 0] == 55


def test_lit_cheeks_of_a_white_face_stay_white(portrait):
    """A gain above 1 on the brightest grey level ends at 255; once it wrapped to blue and black."""
    image, face = portrait
    snow = np.full_like(image, 255)
    actor = heads.create("warp").prepare(snow, face, Runtime())
    frame = next(iter(actor.frames(pose(jaw=1, wide=1))))
    cheeks = np.concatenate(
        [region(frame, 0.2, 0.5, 0.36, 0.8), region(frame, 0.64, 0.5, 0.8, 0.8)]
    )
    assert cheeks.min() > 200


def row_of(motions):
    """Several one-frame motions as one."""
    names = ("blink", "gaze", "brow", "frown", "lid", "smile", "head", "breath")
    parts = ("jaw", "wide", "round", "closed", "tongue", "teeth")
    mouth = [np.concatenate([getattr(m.mouth, n) for m in motions]) for n in parts]
    rest = [np.concatenate([getattr(m, n) for m in motions]) for n in names]
    return Motion(MouthTrack(25.0, *mouth), *rest)


@pytest.mark.parametrize("kind", ["portrait", "cartoon"])
def test_eyes_open_again_as_they_were(kind, request):
    drawn = request.getfixturevalue(kind)
    glance = replace(pose(closed=1), gaze=np.array([[0.8, 0.2]], np.float32))
    rest = pose(closed=1)
    motion = row_of([rest, pose(closed=1, blink=0.5), pose(closed=1, blink=1), glance, rest])
    frames = play(drawn, motion)
    assert all(not np.array_equal(frames[i], drawn[0]) for i in (1, 2, 3))
    assert np.array_equal(frames[4], drawn[0])


def test_two_films_of_one_actor_do_not_disturb_each_other(portrait):
    """Eyes are moved in the one portrait that both read."""
    actor = heads.create("warp").prepare(*portrait, Runtime())
    awake, asleep = row_of([pose(closed=1)] * 3), row_of([pose(closed=1, blink=1)] * 3)
    pairs = list(zip(actor.frames(awake), actor.frames(asleep), strict=True))
    assert all(np.array_equal(a, portrait[0]) for a, _ in pairs)
    assert all(np.array_equal(b, pairs[0][1]) for _, b in pairs)


def test_a_closed_eye_is_plain_but_for_its_line(portrait, cartoon):
    """What a person and a detector take for closed: skin, and one dark line low in the eye."""
    for drawn in (portrait, cartoon):
        shut = play(drawn, pose(closed=1, blink=1))[0]
        column = region(shut, 0.379, 0.36, 0.384, 0.52).mean((1, 2))
        dark = np.flatnonzero(column < 120)
        assert len(dark) and np.ptp(dark) <= 4, column
        height = 0.36 + (dark.mean() + 0.5) / 256
        assert 0.44 < height < 0.475


def test_moved_faces_are_as_sharp_as_their_portrait(portrait):
    rng = np.random.default_rng(2)
    rough = rng.normal(128, 60, (256, 256))
    for axis in (0, 1):  # a picture is as fine as its lens: nearly white noise is none
        rough = (np.roll(rough, 1, axis) + 2 * rough + np.roll(rough, -1, axis)) / 4
    image = np.repeat(np.clip(rough, 0, 255).astype(np.uint8)[..., None], 3, -1)
    motion = idle_motion(4.0, seed=3, amounts=Amounts(0, 0, 0, 0, 1, 1, 0))
    frames = heads.create("warp").prepare(image, portrait[1], Runtime()).frames(motion)
    nose = (0.35, 0.45, 0.65, 0.62)
    kept = [fineness(region(frame, *nose)) / fineness(region(image, *nose)) for frame in frames]
    assert 0.85 <= np.mean(kept) <= 1.15


def test_an_eye_that_looks_aside_shows_no_seam():
    """What the lids hid of the iris joins what was seen of it."""
    image, face = portrait_of("red apple")
    away = replace(pose(closed=1), gaze=np.array([[-0.63, -0.21]], np.float32))
    looking = play((image, face), away)[0]
    eyes = face.points[36:48]
    around = (*(eyes.min(0) - 0.02), *(eyes.max(0) + 0.02))
    assert fineness(region(looking, *around)) < 1.35 * fineness(region(image, *around))


def fineness(patch):
    """Variance of the Laplacian."""
    grey = patch.astype(float).mean(-1)
    around = grey[1:-1, :-2] + grey[1:-1, 2:] + grey[:-2, 1:-1] + grey[2:, 1:-1]
    return np.var(around - 4 * grey[1:-1, 1:-1])


def test_a_portrait_that_smiles_smiles_only_a_little_more(portrait):
    """Else its lips are drawn so thin that nobody takes them for closed."""
    points = portrait[1].points * 256
    smiling = points.copy()
    away = (points[48:, 0] - points[48:, 0].mean()) / np.ptp(points[48:, 0]) * 2
    smiling[48:, 1] += 8 * (1 - away**2)
    lifts = [np.abs(channels(mouth_of(p), True)["smile"].upper[0]).max() for p in (points, smiling)]
    assert 0 <= lifts[1] < 0.6 * lifts[0]
