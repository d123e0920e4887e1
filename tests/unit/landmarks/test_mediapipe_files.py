"""MediaPipe with a task file, as its newer versions need it."""

import zipfile
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

from chatanything.diffusion import PaintJob, paint
from chatanything.errors import EngineError, MissingModelError
from chatanything.landmarks.detectors import mediapipe_files as mediapipe_models
from tests.tools.samples import plain_persona, style

pytestmark = pytest.mark.engines


@pytest.fixture
def unbundled(monkeypatch, tmp_path):
    """A models folder, and a mediapipe that is asked for its task file."""
    pytest.importorskip("mediapipe", reason="mediapipe is not installed")
    monkeypatch.setenv("CHATANYTHING_MODELS", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("COMFYUI_DIR", raising=False)
    monkeypatch.setattr(mediapipe_models, "bundled", lambda: False)
    return tmp_path


@pytest.fixture(scope="module")
def image():
    job = PaintJob(plain_persona("kind grandmother"), style("soft 3D"), width=256, height=256)
    return paint(job).image


def detect(image):
    from chatanything.landmarks.detectors.mediapipe_detector import MediapipeDetector

    return MediapipeDetector().detect(image, 0.5)


def test_a_missing_task_file_is_named(unbundled, image):
    with pytest.raises(MissingModelError, match=r"face_landmarker\.task"):
        detect(image)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_a_broken_task_file_is_named(unbundled, image, content):
    (unbundled / "face_landmarker.task").write_bytes(content)
    with pytest.raises(EngineError, match=r"face_landmarker\.task"):
        detect(image)


def test_a_task_file_is_run(unbundled, image):
    """Packed from the networks that 0.10.21 carries.

    Its mesh has 468 points where the task's graph reads 478, so where they lie says nothing;
    that there is one face, and that the graph runs from our file, does.
    """
    import mediapipe

    if int(version("protobuf").split(".")[0]) > 4 and hasattr(mediapipe, "solutions"):
        pytest.skip("mediapipe 0.10.21 passes tasks to protobuf 4 only")
    modules = Path(mediapipe.__file__).parent / "modules"
    if not modules.is_dir():
        pytest.skip("this mediapipe carries no networks to make a task file of")
    with zipfile.ZipFile(unbundled / "mediapipe.zip", "w") as task:
        task.write(
            modules / "face_detection/face_detection_short_range.tflite", "face_detector.tflite"
        )
        task.write(modules / "face_landmark/face_landmark.tflite", "face_landmarks_detector.tflite")
    (unbundled / "mediapipe").mkdir()
    (unbundled / "mediapipe.zip").rename(unbundled / "mediapipe" / "face_landmarker.task")
    (face,) = detect(image)
    assert face.mesh.shape == (478, 2) and np.isfinite(face.points).all()
    assert detect(np.full_like(image, 128)) == ()
