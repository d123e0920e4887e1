"""Twenty things without a face: a guide from each, a placed face on each, a video from each."""

from dataclasses import replace

import numpy as np
import pytest

from chatanything.diffusion import PaintJob
from chatanything.diffusion.sketch import SketchPainter
from chatanything.landmarks import find_face, make_guide
from chatanything.progress import no_progress
from chatanything.video import animate
from chatanything.voice import Speech, timeline_of
from tests.tools.samples import plain_persona, style

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

THINGS = (
    *("apple", "pumpkin", "pear", "watermelon", "mug", "teapot", "jar", "book", "phone", "clock"),
    *("backpack", "suitcase", "sack", "hat", "boot", "shirt", "cactus", "rock", "balloon", "box"),
)


def bare(thing, seed):
    """The thing alone, and the outline of its body."""
    job = PaintJob(plain_persona(thing), style("soft 3D"), width=256, height=256, seed=seed)
    image = SketchPainter(face="none").paint(job, no_progress).image
    return image, SketchPainter().paint(job, no_progress).face.silhouette


@pytest.fixture(scope="module")
def pictures():
    return [bare(thing, seed) for seed, thing in enumerate(THINGS)]


def inside(points, outline):
    """Which points lie in a polygon, by the crossing rule."""
    x, y = points[:, :1], points[:, 1:]
    ax, ay = outline.T
    bx, by = np.roll(outline, -1, 0).T
    crosses = (ay > y) != (by > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = ax + (y - ay) * (bx - ax) / (by - ay)
    return (crosses & (x < at)).sum(1) % 2 == 1


def test_a_face_is_placed_on_each(pictures):
    for thing, (image, outline) in zip(THINGS, pictures, strict=True):
        face = find_face(image, detector="none")
        assert face.origin == "placed"
        on = inside(face.points[36:], outline).mean()
        assert on >= 0.9, f"{thing}: {on:.0%} of eyes and mouth lie on it"


def test_each_is_a_guide(pictures):
    for image, outline in pictures:
        guide = make_guide(image, size=(256, 256))
        assert guide.origin == "placed" and guide.control.max() == 255
        job = PaintJob(plain_persona("teapot"), style("soft 3D"), guide, width=256, height=256)
        face = SketchPainter().paint(job, no_progress).face
        assert inside(face.points[36:48], outline).mean() >= 0.9


@pytest.mark.slow
def test_each_can_be_animated(pictures, tmp_path):
    t = np.arange(8000) / 16000
    samples = (0.4 * np.sin(2 * np.pi * 180 * t) * np.sin(2 * np.pi * 3 * t) ** 2).astype(
        np.float32
    )
    speech = Speech(samples, 16000, timeline_of(samples, 16000))
    for thing, (image, _) in zip(THINGS, pictures, strict=True):
        face = replace(find_face(image, detector="none"), rigid=True)
        video = animate(image, face, speech, tmp_path / f"{thing}.mp4")
        assert video.path.stat().st_size > 2000
        assert video.seconds == pytest.approx(0.5, abs=0.06)
