"""The meters of films, on what is known."""

import numpy as np
import pytest
from PIL import Image

from chatanything.evaluation.measures.film_meters import (
    aligned_face,
    best_lag,
    levels,
    likeness,
    lips_apart,
)
from chatanything.evaluation.measures.look_at_film import look_at_film
from chatanything.seeding import generator
from chatanything.video import animate
from tests.tools.samples import portrait_of, spoken


@pytest.fixture(scope="module")
def portrait():
    return portrait_of("old fisherman")


@pytest.mark.parametrize("late", [-3, 0, 5])
def test_a_delay_is_found(late):
    track = generator(0, "track").random(120)
    lag, agreement = best_lag(np.roll(track, late), track)
    assert lag == late and agreement == pytest.approx(1, abs=1e-6)


def test_a_turned_and_scaled_face_is_the_same_face(portrait):
    image, face = portrait
    points = face.points * face.size
    small = np.array(Image.fromarray(image).resize((300, 300)).rotate(90))
    moved = np.stack([points[:, 1], 512 - points[:, 0]], 1) * 300 / 512
    same = likeness(aligned_face(image, points), aligned_face(small, moved))
    assert same > 0.97
    image, face = portrait_of("red apple")
    other = aligned_face(image, face.points * face.size)
    assert likeness(other, aligned_face(small, moved)) < same - 0.2


def test_loud_frames_are_loud():
    samples = np.zeros(16000, np.float32)
    samples[8000:] = 0.5
    level = levels(samples, 16000, 25, 25.0)
    assert level[:12].max() < -60 and level[13:].min() > -1


def test_lips_are_measured_in_eye_distances(portrait):
    _, face = portrait
    points = face.points * face.size
    assert lips_apart(points) == pytest.approx(lips_apart(3 * points))


def test_a_talking_film_moves_and_a_still_one_does_not(portrait, tmp_path):
    image, face = portrait
    animate(image, face, spoken("My mama."), tmp_path / "a.mp4")
    assert look_at_film(tmp_path / "a.mp4", image, face, None).moves
    stills = [Image.fromarray(image)] * 3
    stills[0].save(tmp_path / "b.gif", save_all=True, append_images=stills[1:], duration=40)
    assert not look_at_film(tmp_path / "b.gif", image, face, None).moves
