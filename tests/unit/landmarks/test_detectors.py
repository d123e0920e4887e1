"""Real detectors; run where their packages are installed."""

import numpy as np
import pytest
from chatanything.chatanything_core.diffusion import PaintJob
from chatanything.chatanything_core.diffusion.sketch import SketchPainter
from chatanything.chatanything_core.evaluation.face_detection import (
    measure,
    plain_persona,
    style,
    summary,
)
from chatanything.chatanything_core.landmarks import detectors, find_face, make_guide, score_face
from chatanything.chatanything_core.progress import silent

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def judge():
    pytest.importorskip("mediapipe")
    return detectors.create("mediapipe")


def painted(concept, **more):
    job = PaintJob(plain_persona(concept), style("soft 3D"), **more)
    return SketchPainter().paint(job, silent)


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
def test_painted_faces_are_detected_where_they_are(judge):
    findings = list(measure(SketchPainter(), judge, every=5))
    errors = np.array([f.error for f in findings if f.found])
    assert np.mean([f.found for f in findings]) >= 0.97, summary(findings)
    assert np.median(errors) <= 0.03 and (errors <= 0.06).mean() >= 0.97, summary(findings)
