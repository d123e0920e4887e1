"""The ladder, the score, and faces as JSON."""

import json
from dataclasses import replace

import numpy as np
import pytest

from chatanything.diffusion import PaintJob, paint
from chatanything.errors import InputError, MissingDependencyError
from chatanything.landmarks import (
    GOOD,
    detectors,
    draw_overlay,
    face_from_json,
    face_to_json,
    find_face,
    make_guide,
    score_face,
)
from tests.tools.samples import plain_persona, style


@pytest.fixture(scope="module")
def portrait():
    return paint(PaintJob(plain_persona("cheerful apple"), style("soft 3D"), seed=3))


def gap(a, b):
    """Mean distance of eyes and mouth, in eye distances of `b`."""
    size = np.array(b.size, float)
    p, q = a.points * size, b.points * size
    distance = np.linalg.norm(q[36:42].mean(0) - q[42:48].mean(0))
    return np.linalg.norm(p[36:] - q[36:], axis=1).mean() / distance


@pytest.mark.parametrize("x", [0.3, 0.5, 0.7])
def test_a_face_is_placed_on_what_stands_out(x):
    rng = np.random.default_rng(1)
    image = np.clip(rng.normal(200, 6, (240, 360, 3)), 0, 255).astype(np.uint8)
    left = int(360 * x) - 60
    image[70:210, left : left + 120] = (40, 90, 160)
    face = find_face(image, detector="none")
    assert face.origin == "placed" and "placed" in face.notes[0]
    points = face.points[17:] * (360, 240)
    assert (points > (left, 70)).all() and (points < (left + 120, 210)).all()


@pytest.mark.parametrize("fill", [0, 128, 255])
def test_nothing_to_see_still_gets_a_face(fill):
    face = find_face(np.full((64, 200, 3), fill, np.uint8), detector="none")
    assert face.origin == "placed"
    assert ((face.points >= 0) & (face.points <= 1)).mean() > 0.9


def test_the_users_points_win(portrait):
    points = portrait.face.points + 0.01
    face = find_face(portrait.image, points=points)
    assert np.array_equal(face.points, points)


@pytest.mark.parametrize(
    "points",
    [np.zeros((10, 2)), np.full((68, 2), np.nan), np.full((68, 2), 3.0), np.full((68, 2), np.inf)],
)
def test_points_that_cannot_be_used(portrait, points):
    with pytest.raises(InputError, match=r"[Ll]andmarks"):
        find_face(portrait.image, points=points)


def test_a_guide_that_is_a_little_off_is_pulled_onto_the_features(portrait):
    shift = np.array([0.018, 0.014])
    prior = replace(portrait.face, points=portrait.face.points + shift, origin="guide")
    found = find_face(portrait.image, prior=prior, detector="none")
    assert found.origin == "guide"
    assert gap(found, portrait.face) < 0.6 * gap(prior, portrait.face)


def test_a_guide_that_is_right_stays(portrait):
    found = find_face(portrait.image, prior=portrait.face, detector="none")
    assert gap(found, portrait.face) < 0.05


def test_a_missing_detector_says_what_to_install(portrait):
    for name in detectors.names():
        if not detectors.status(name).available:
            with pytest.raises(MissingDependencyError, match="pip install"):
                find_face(portrait.image, detector=name)


def test_score_knows_good_from_bad(portrait):
    good = score_face(portrait.image, portrait.face)
    blank = score_face(np.full_like(portrait.image, 127), portrait.face)
    tiny = score_face(portrait.image, replace(portrait.face, size=(40, 40)))
    half = replace(portrait.face, points=portrait.face.points + np.array([0.45, 0]))
    placed = score_face(portrait.image, replace(portrait.face, origin="placed"))
    assert good.score > 0.85
    assert blank.score < 0.1 and blank.report["eyes"] == 0
    assert tiny.score < 0.3 and tiny.report["size"] == 0
    assert score_face(portrait.image, half).report["inside"] < 0.5
    assert placed.score == pytest.approx(0.3 * good.score)
    assert all(0 <= value <= 1 for value in good.report.values())


def test_a_profile_scores_low(portrait):
    points = portrait.face.points.copy()
    points[27:36, 0] += 0.5 * (points[45, 0] - points[36, 0])
    assert score_face(portrait.image, replace(portrait.face, points=points)).score < 0.3


def test_distance_from_the_guide_counts(portrait):
    near, far = make_guide(), make_guide(position=(0.3, 0.2))
    scores = [score_face(portrait.image, portrait.face, guide=guide) for guide in (near, far)]
    assert scores[0].report["guide"] > 0.5 and scores[1].report["guide"] == 0
    assert scores[0].score > scores[1].score


def test_json_and_back(portrait):
    back = face_from_json(json.loads(json.dumps(face_to_json(portrait.face))))
    assert back.points == pytest.approx(portrait.face.points, abs=1e-6)
    assert back.eyes[1].upper == pytest.approx(portrait.face.eyes[1].upper, abs=1e-6)
    assert back.silhouette.shape == portrait.face.silhouette.shape
    assert (back.rigid, back.origin, back.size) == (False, "known", (512, 512))
    assert face_to_json(back) == face_to_json(portrait.face)
    assert face_from_json(face_to_json(replace(back, covered=True))).covered and not back.covered


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"points": [[0, 0]]},
        {"points": [[float("nan"), 0]] * 68},
        {"size": None},
        {"eyes": [{}]},
    ],
)
def test_broken_json(portrait, change):
    with pytest.raises(InputError):
        face_from_json(face_to_json(portrait.face) | change)


def test_overlay_draws_only_near_the_face(portrait):
    drawn = draw_overlay(portrait.image, portrait.face)
    changed = np.argwhere((drawn != portrait.image).any(-1))
    low, high = portrait.face.points.min(0) * 512, portrait.face.points.max(0) * 512
    assert len(changed) > 500
    assert (changed[:, ::-1] > low - 4).all() and (changed[:, ::-1] < high + 4).all()


def test_a_face_that_nobody_looked_for_is_never_good_unless_it_was_guided_firmly(portrait):
    guide = make_guide(size=(512, 512), face=portrait.face, image=portrait.image)
    weak, firm = (
        find_face(portrait.image, prior=guide, detector="none", guided=g) for g in (0.0, 0.8)
    )
    assert weak.score < GOOD <= firm.score
    assert "No detector looked" in weak.notes[-1] and "guide" not in weak.report
    assert np.array_equal(firm.points, guide.points)


def test_the_pull_shrinks_with_the_guidance(portrait):
    guide = make_guide(size=(512, 512), position=(0.02, 0.02))
    moved = [
        np.abs(
            find_face(portrait.image, prior=guide, detector="none", guided=g).points - guide.points
        ).max()
        for g in (0.0, 0.3, 0.6)
    ]
    assert moved[0] >= moved[1] >= moved[2] == 0
    assert moved[0] > 0
