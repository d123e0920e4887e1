"""Real detectors; run where their packages are installed."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmarks.face_detection import exact_share, measure, summary
from chatanything.diffusion import PaintJob
from chatanything.diffusion.sketch import SketchPainter
from chatanything.landmarks import detectors, find_face, load_image, make_guide, score_face
from chatanything.progress import no_progress
from tests.tools.samples import plain_persona, style

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def judge():
    pytest.importorskip("mediapipe")
    return detectors.create("mediapipe")


def painted(concept, **more):
    job = PaintJob(plain_persona(concept), style("soft 3D"), **more)
    return SketchPainter().paint(job, no_progress)


def test_it_finds_what_was_painted(judge):
    portrait = painted("kind grandmother")
    found = find_face(portrait.image, detector="mediapipe")
    assert found.origin == "detected" and found.mesh.shape == (478, 2)
    assert np.abs(found.points[36:60] - portrait.face.points[36:60]).max() < 0.03
    assert score_face(portrait.image, portrait.face, detector="mediapipe").report["detector"] > 0.6


def test_of_two_faces_the_larger_is_taken_and_that_is_said(judge):
    large = painted("man", width=512, height=512).image
    small = painted("woman", width=256, height=256).image
    both = np.full((512, 768, 3), 200, np.uint8)
    both[:, :512], both[:256, 512:] = large, small
    face = find_face(both, detector="mediapipe")
    assert face.points[:, 0].mean() < 2 / 3
    assert any("2 faces, largest taken" in note for note in face.notes)


def profile():
    """A head seen from the side, with one eye, in plain shapes."""
    page = Image.new("RGB", (400, 400), (150, 180, 200))
    pen = ImageDraw.Draw(page)
    pen.ellipse((90, 50, 310, 340), fill=(222, 178, 150))
    pen.polygon([(300, 150), (352, 225), (300, 240)], fill=(222, 178, 150))
    pen.rectangle((150, 300, 260, 400), fill=(222, 178, 150))
    pen.pieslice((80, 30, 300, 300), 140, 300, fill=(70, 45, 30))
    pen.ellipse((262, 150, 292, 168), fill=(250, 250, 250))
    pen.ellipse((276, 151, 291, 167), fill=(40, 30, 25))
    pen.line((258, 134, 300, 130), fill=(60, 40, 30), width=6)
    pen.line((276, 276, 308, 270), fill=(150, 60, 60), width=7)
    return np.asarray(page)


def test_a_profile_gets_a_face_and_a_low_score(judge, tmp_path):
    Image.fromarray(profile()).save(tmp_path / "profile.png")
    image = load_image(tmp_path / "profile.png")
    face = find_face(image, detector="mediapipe")
    assert face.origin in ("detected", "placed") and np.isfinite(face.points).all()
    if face.origin == "placed":
        assert "placed" in face.notes[0]
    judged = score_face(image, face, detector="mediapipe")
    assert judged.score < 0.5, judged.report


def test_no_face_no_detection(judge):
    rng = np.random.default_rng(0)
    image = rng.integers(0, 255, (256, 256, 3), dtype=np.uint8)
    assert judge.detect(image, 0.5) == ()
    assert find_face(image, detector="mediapipe").origin == "placed"


@pytest.mark.slow
def test_guidance_makes_abstract_faces_detectable(judge):
    abstract = SketchPainter(face="abstract")
    unguided = list(measure(abstract, judge, every=5))
    guided = list(measure(abstract, judge, guide=make_guide(), every=5))
    assert np.mean([f.found for f in unguided]) < 0.70, summary(unguided)
    assert np.mean([f.found for f in guided]) >= 0.95, summary(guided)


@pytest.mark.slow
@pytest.mark.parametrize(("look", "exact"), [("soft 3D", 0.90), ("paper cut", 0.90), ("ink", 0.88)])
def test_painted_faces_are_detected_where_they_are(judge, look, exact):
    findings = list(measure(SketchPainter(), judge, look=look, every=8))
    errors = np.array([f.error for f in findings if f.found])
    assert np.mean([f.found for f in findings]) >= 0.97, summary(findings)
    assert np.median(errors) <= 0.03 and (errors <= 0.06).mean() >= 0.97, summary(findings)
    assert exact_share(findings) >= exact, summary(findings)
