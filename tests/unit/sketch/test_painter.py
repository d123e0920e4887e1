"""The sketch painter as its callers see it."""

import hashlib
import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from chatanything.diffusion import PaintJob
from chatanything.diffusion.sketch import SketchPainter
from chatanything.errors import ChatAnythingError, InputError
from chatanything.inversion import Start
from chatanything.landmarks import LIBRARY, load_image, make_guide
from chatanything.landmarks.face_model.transform import placement_of
from chatanything.persona import Emotion
from chatanything.progress import no_progress
from tests.tools.samples import plain_persona, style

STYLES = ("soft 3D", "paper cut", "ink")


def paint(concept="grumpy teapot", look="soft 3D", emotion=None, **more):
    persona = replace(plain_persona(concept), emotion=emotion or Emotion())
    values = {"width": 256, "height": 256} | more
    return SketchPainter().paint(PaintJob(persona, style(look), **values), no_progress)


def difference(a, b):
    return float(np.abs(a.astype(float) - b.astype(float)).mean())


@pytest.mark.parametrize("look", STYLES)
def test_the_same_seed_paints_the_same_bytes(look):
    first, again, other = (paint(look=look, seed=seed) for seed in (5, 5, 6))
    assert np.array_equal(first.image, again.image)
    assert np.array_equal(first.face.points, again.face.points)
    assert not np.array_equal(first.image, other.image)


def redness_of_cheeks(portrait):
    """Share of red less green on the cheeks, above that of the forehead."""
    h, w = portrait.image.shape[:2]
    place = placement_of(portrait.face.points * (w, h))
    spots = place.put(np.array([(-0.64, 0.55), (0.64, 0.55), (0.0, -0.62)])).astype(int)
    patches = [portrait.image[y - 2 : y + 3, x - 2 : x + 3].astype(float) for x, y in spots]
    red = [(patch[..., 0] - patch[..., 1]).mean() / patch.sum(-1).mean() for patch in patches]
    return (red[0] + red[1]) / 2 - red[2]


@pytest.mark.parametrize("look", STYLES)
@pytest.mark.parametrize("concept", ["teapot", "lemon"])
def test_the_happy_blush_and_the_frightened_are_pale(concept, look):
    happy, afraid = (
        redness_of_cheeks(paint(concept, look, Emotion(name, 1.0))) for name in ("happy", "afraid")
    )
    assert happy > afraid + 0.01


@pytest.mark.slow
def test_bytes_do_not_depend_on_hash_seed():
    code = (
        "import sys; sys.path[:0]=['tests','.']; import conftest, hashlib;"
        "from chatanything.diffusion import PaintJob;"
        "from chatanything.diffusion.sketch import SketchPainter;"
        "from chatanything.progress import no_progress;from tests.tools.samples import plain_persona, style;"
        "job = PaintJob(plain_persona('pirate parrot'), style('ink'), width=256, height=256);"
        "print(hashlib.sha256(SketchPainter().paint(job, no_progress).image.tobytes()).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"},
        check=True,
    )
    here = hashlib.sha256(paint("pirate parrot", "ink").image.tobytes()).hexdigest()
    assert done.stdout.strip() == here


@pytest.mark.parametrize("look", STYLES)
@pytest.mark.parametrize(("width", "height"), [(256, 256), (512, 320), (264, 512)])
def test_sizes(look, width, height):
    portrait = paint(look=look, width=width, height=height)
    assert portrait.image.shape == (height, width, 3) and portrait.image.dtype == np.uint8
    assert portrait.face.size == (width, height)
    assert ((portrait.face.points > 0) & (portrait.face.points < 1)).all()
    assert portrait.image.std() > 18


@pytest.mark.slow
def test_a_larger_picture_shows_the_same():
    small, large = paint(seed=2), paint(seed=2, width=1024, height=1024)
    assert large.face.points == pytest.approx(small.face.points, abs=1e-9)
    shrunk = np.asarray(Image.fromarray(large.image).resize((256, 256), Image.Resampling.BOX))
    assert difference(shrunk, small.image) < 8


def test_landmarks_lie_on_what_was_painted():
    portrait = paint("cheerful apple", seed=1, width=512, height=512)
    grey = portrait.image.astype(float).mean(-1)
    size = np.array(portrait.face.size)
    for eye in portrait.face.eyes:
        x, y = (np.array(eye.iris) * size).astype(int)
        assert grey[y, x] < 60, "the pupil is dark"
        corner = (np.array(eye.iris) + np.array([0.8 * eye.iris_radius, 0])) * size
        low = (eye.lower[8] + (0, 0.05)) * size
        assert grey[int(corner[1]), int(corner[0])] < grey[int(low[1]), int(low[0])]
    lips = (portrait.face.points[[61, 62, 63]] * size).astype(int)
    above = (portrait.face.points[[61, 62, 63]] * size - (0, 30)).astype(int)
    assert grey[lips[:, 1], lips[:, 0]].mean() < 0.6 * grey[above[:, 1], above[:, 0]].mean()


def test_the_mouth_is_closed_and_the_eyes_are_open():
    face = paint("kind grandmother").face
    points = face.points
    gap = np.abs(points[61:64, 1] - points[[67, 66, 65], 1]).max()
    wide = points[54, 0] - points[48, 0]
    assert gap < 0.08 * wide
    for eye in face.eyes:
        assert np.ptp(np.concatenate([eye.upper, eye.lower])[:, 1]) > 0.25 * np.ptp(eye.upper[:, 0])


def test_eyes_agree_with_the_points():
    face = paint("happy fox").face
    for eye, corners in zip(face.eyes, ((36, 39), (42, 45)), strict=True):
        assert eye.upper[[0, -1]] == pytest.approx(face.points[list(corners)], abs=1e-9)
        assert (eye.upper[1:-1, 1] < eye.lower[1:-1, 1]).all()


@pytest.mark.parametrize("name", list(LIBRARY)[::4])
def test_a_guide_brings_the_eyes_to_its_own(name):
    guide = make_guide(library=name, scale=0.8, position=(0.08, 0.05), pose=(0, 0, 7))
    face = paint(guide=guide).face
    for run in (slice(36, 42), slice(42, 48)):
        assert face.points[run].mean(0) == pytest.approx(guide.points[run].mean(0), abs=0.012)


def test_strength_goes_part_of_the_way():
    plain = paint().face.points[36:48].mean(0)
    full, half = (
        paint(guide=make_guide(position=(0.2, 0.1), strength=s)).face.points[36:48].mean(0)
        for s in (1.0, 0.5)
    )
    assert half == pytest.approx((plain + full) / 2, abs=0.02)
    nothing = paint(guide=make_guide(position=(0.2, 0.1), strength=0.0))
    assert np.array_equal(nothing.image, paint().image)


def test_a_guides_expression_is_worn():
    happy = paint("teapot", guide=make_guide(expression="happy")).face.points
    sad = paint("teapot", guide=make_guide(expression="sad")).face.points
    assert happy[48, 1] - happy[62, 1] < 0 < sad[48, 1] - sad[62, 1]


def test_a_guide_with_the_personas_own_mood_changes_no_expression():
    emotion = Emotion("sad", 0.4)
    own = paint("teapot", emotion=emotion, guide=make_guide()).face.points
    named = paint("teapot", emotion=emotion, guide=make_guide(expression="sad")).face.points
    lips = [points[48:60] - points[48:60].mean(0) for points in (own, named)]
    assert lips[0] == pytest.approx(lips[1], abs=0.002)


def test_a_reference_blends_in_evenly():
    rng = np.random.default_rng(0)
    reference = np.asarray(
        Image.fromarray(rng.integers(0, 256, (12, 12, 3), dtype=np.uint8)).resize((256, 256))
    )
    alone = paint().image
    images = [paint(start=Start(reference, s)).image for s in (0, 0.25, 0.5, 0.75, 1)]
    assert np.array_equal(images[0], reference)
    assert np.array_equal(images[-1], alone)
    away = [difference(image, reference) for image in images]
    near = [difference(image, alone) for image in images]
    assert (np.diff(away) > 1).all() and (np.diff(near) < -1).all()


def test_at_strength_zero_the_face_is_the_references():
    reference = np.full((256, 256, 3), 230, np.uint8)
    reference[140:250, 20:110] = (150, 40, 40)
    face = paint(start=Start(reference, 0.0)).face
    assert face.origin in ("placed", "detected")
    x, y = face.points[36:68].mean(0) * 256
    assert 20 < x < 110 and 130 < y < 250


def test_references_of_any_size_are_cut_to_fit(tmp_path):
    path = tmp_path / "wide.png"
    Image.new("RGB", (700, 90), (10, 200, 90)).save(path)
    image = paint(start=Start(load_image(path), 0.0)).image
    assert (image == (10, 200, 90)).all()


@pytest.mark.parametrize(("reference", "size"), [((499, 435), (416, 272)), ((116, 31), (280, 272))])
def test_a_box_that_rounding_leaves_outside_the_reference_is_no_error(reference, size):
    picture = np.full((reference[1], reference[0], 3), (10, 200, 90), np.uint8)
    image = paint(start=Start(picture, 0.0), width=size[0], height=size[1]).image
    assert (image == (10, 200, 90)).all()


def test_interrupting_leaves_at_once():
    class StopError(ChatAnythingError):
        pass

    def tick(done, total):
        if done == 1:
            raise StopError

    with pytest.raises(StopError):
        SketchPainter().paint(PaintJob(plain_persona("cat"), style("ink")), tick)


def test_an_unknown_style_lists_those_there_are():
    with pytest.raises(InputError, match="soft 3D, paper cut, ink"):
        paint(look="oil")


def test_abstract_faces_are_only_for_the_unguided():
    job = PaintJob(plain_persona("red apple"), style("soft 3D"), width=256, height=256)
    abstract, full = SketchPainter(face="abstract"), SketchPainter()
    assert (
        difference(abstract.paint(job, no_progress).image, full.paint(job, no_progress).image) > 1
    )
    guided = replace(job, guide=make_guide())
    same = (painter.paint(guided, no_progress).image for painter in (abstract, full))
    assert np.array_equal(*same)


@pytest.mark.parametrize("look", STYLES)
def test_a_sketch_is_no_sharper_than_a_photograph(look):
    grey = paint(look=look, width=512, height=512).image.astype(float).mean(-1)
    window = np.hanning(512)
    power = np.abs(np.fft.fft2((grey - grey.mean()) * window * window[:, None])) ** 2
    turns = np.abs(np.fft.fftfreq(512))
    finest = np.maximum(turns, turns[:, None])
    middle = (finest > 0.125) & (finest <= 0.25)
    assert power[finest > 0.375].sum() < 0.02 * power[middle].sum()


def test_a_face_in_ink_is_modelled_and_its_lips_have_no_pen_line():
    portrait = paint("woman", look="ink", width=512, height=512)
    grey = portrait.image.astype(float).mean(-1)
    points = portrait.face.points * 512
    across = points[42:48].mean(0) - points[36:42].mean(0)

    def seen(*spots):
        return np.mean([grey[int(y) - 2 : int(y) + 3, int(x) - 2 : int(x) + 3] for x, y in spots])

    ridge = points[28:30]
    beside = np.concatenate([ridge - 0.14 * across, ridge + 0.14 * across])
    assert seen(*ridge) > 1.15 * seen(*beside)
    x, y = points[57].astype(int)
    assert grey[y - 6 : y + 7, x].min() > 0.6 * seen(points[57] + (0, 0.12 * across[0]))


@pytest.mark.parametrize("concept", ["leather tangerine", "pumpkin"])
def test_a_face_is_smooth_where_its_body_is_rough(concept):
    portrait = paint(concept, width=512, height=512)
    grey = portrait.image.astype(float).mean(-1)
    points = portrait.face.points * 512
    left, right = points[36:42].mean(0), points[42:48].mean(0)
    apart = right - left

    rows, columns = np.mgrid[-14:15, -14:15].reshape(2, -1)
    bent = np.stack([np.ones_like(rows), rows, columns, rows**2, columns**2], -1)

    def roughness(place):
        """What is left of a patch without the bend of its surface."""
        x, y = place.astype(int)
        patch = grey[y - 14 : y + 15, x - 14 : x + 15].ravel()
        return np.std(patch - bent @ np.linalg.lstsq(bent, patch, rcond=None)[0])

    cheeks = [points[33] + k * 0.62 * apart for k in (-1, 1)]
    flesh = [points[33] + k * 1.45 * apart for k in (-1, 1)]
    assert np.mean([*map(roughness, cheeks)]) < 0.6 * np.mean([*map(roughness, flesh)])


@pytest.mark.slow
def test_half_a_megapixel_takes_less_than_half_a_second():
    paint()
    concepts = ("grumpy pineapple", "old wizard", "pirate parrot", "sad cactus", "proud hedgehog")
    seconds = []
    for concept in concepts:
        began = time.process_time()
        paint(concept, width=512, height=512)
        seconds.append(time.process_time() - began)
    assert np.median(seconds) < 0.4, seconds
