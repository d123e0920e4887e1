"""The ladder, driven by a script of what a detector finds."""

import numpy as np
import pytest

from chatanything.diffusion import Expert, Mixture, PaintJob
from chatanything.diffusion.retry import RetryPlan, plan_steps, retry_until_face
from chatanything.errors import EngineError
from chatanything.inversion import Start
from chatanything.landmarks import Face, make_guide
from chatanything.persona import Persona

CONCEPT = "grumpy teapot (evil:1.2) ёжик"
PICTURE = np.zeros((32, 32, 3), np.uint8)


def job(**more):
    expert = Expert("e", "some words here", "sd15", "e.safetensors")
    mixture = Mixture(((expert, 1.0),), CONCEPT)
    persona = Persona(CONCEPT, "Tea", "", "", "", "Hello.", "a teapot")
    values = {"guide": make_guide(size=(256, 256)), "tries": 8, "seed": 11}
    return PaintJob(persona, mixture, **(values | more))


class Studio:
    """Paints pictures that know their number, and finds in each what the script says."""

    def __init__(self, *script):
        self.script = script
        self.attempts = []
        self.ticks = []

    def paint(self, attempt, tick):
        self.attempts.append(attempt)
        tick(5, 10)
        return np.full((4, 4, 3), len(self.attempts), np.uint8)

    def judge(self, image, attempt):
        origin, score = self.script[int(image[0, 0, 0]) - 1]
        return Face(np.full((68, 2), 0.5), (4, 4), origin, score=score)

    def retry_until_face(self, work, **more):
        tick = more.pop("tick", lambda done, total: self.ticks.append((done, total)))
        return retry_until_face(
            work, self.paint, self.judge, faced=more.pop("faced", False), tick=tick, **more
        )


NOTHING = ("placed", 0.9)


def test_good_face_ends_it_at_once():
    studio = Studio(("detected", 0.8))
    result = studio.retry_until_face(job())
    assert len(result.tries) == 1
    assert studio.attempts[0].seed == 11


def test_guidance_climbs_first_then_strength_and_window():
    start = Start(PICTURE, 0.6, latents=np.zeros((1, 4, 4, 4), np.float32))
    studio = Studio(*[NOTHING] * 8)
    studio.retry_until_face(job(start=start))
    told = [(round(a.scale, 2), a.strength, a.window[1]) for a in studio.attempts]
    assert told == [
        (1.0, None, 0.8),
        (1.3, None, 0.8),
        (1.6, None, 0.8),
        (1.6, 0.7, 0.9),
        (1.6, 0.8, 1.0),
        (2.0, 0.8, 1.0),
        (2.0, 0.9, 1.0),
        (2.0, 0.95, 1.0),
    ]


def test_reference_with_a_face_is_kept_closer():
    start = Start(PICTURE, 0.6, latents=np.zeros((1, 4, 4, 4), np.float32))
    studio = Studio(*[NOTHING] * 8)
    studio.retry_until_face(job(start=start), faced=True)
    assert [a.strength for a in studio.attempts[3:]] == [0.5, 0.4, 0.4, 0.3, 0.2]


def test_every_try_has_noise_of_its_own_and_the_same_again():
    seeds = []
    for _ in range(2):
        studio = Studio(*[NOTHING] * 8)
        studio.retry_until_face(job())
        seeds.append([attempt.seed for attempt in studio.attempts])
    assert len(set(seeds[0])) == 8
    assert seeds[0] == seeds[1]


def test_best_is_kept_and_every_try_is_told():
    studio = Studio(NOTHING, ("detected", 0.2), ("detected", 0.4), ("detected", 0.1), NOTHING)
    result = studio.retry_until_face(job(tries=5))
    assert result.image[0, 0, 0] == 3
    assert result.face.score == 0.4
    assert result.attempt == studio.attempts[2]
    assert [(t["face"], t["score"]) for t in result.tries] == [
        ("placed", 0.9),
        ("detected", 0.2),
        ("detected", 0.4),
        ("detected", 0.1),
        ("placed", 0.9),
    ]


def test_giving_up_gives_the_best_with_its_placed_face():
    result = Studio(("placed", 0.3), ("placed", 0.6), ("placed", 0.5)).retry_until_face(
        job(tries=3)
    )
    assert result.face.origin == "placed"
    assert result.image[0, 0, 0] == 2


def test_strict_gives_up_with_an_error():
    with pytest.raises(EngineError, match="None of 2 tries"):
        Studio(NOTHING, NOTHING).retry_until_face(job(tries=2, strict=True))


def test_without_a_detector_there_is_one_try():
    studio = Studio(("guide", 0.7))
    assert len(studio.retry_until_face(job(), judged=False).tries) == 1


def test_cancel_in_the_middle_cancels():
    class CancelError(Exception):
        """Like ComfyUI's interrupt, an ordinary exception."""

    def tick(done, total):
        if done > 20:
            raise CancelError

    studio = Studio(*[NOTHING] * 8)
    with pytest.raises(CancelError):
        studio.retry_until_face(job(), tick=tick)
    assert len(studio.attempts) == 3


def test_progress_counts_all_tries():
    studio = Studio(NOTHING, ("detected", 0.9))
    studio.retry_until_face(job(tries=4))
    assert studio.ticks == [(5, 40), (15, 40), (40, 40)]


@pytest.fixture
def blind():
    """A detector that never finds anything, registered as a user would."""
    from chatanything.landmarks import detectors

    class Blind:
        def detect(self, image, confidence):
            return ()

    detectors.add("blind", Blind, about="finds nothing")
    yield
    detectors._entries.pop("blind")


@pytest.mark.engines
def test_words_of_the_user_are_the_same_in_every_try(models, blind):
    from dataclasses import replace

    from chatanything.diffusion import paint

    work = models.job(models.expert(controlnet="sd15"), guide=make_guide(size=(256, 256)), tries=3)
    recipe = paint(replace(work, mixture=replace(work.mixture, prompt=CONCEPT))).recipe
    assert [e["prompt"].encode() for e in recipe["experts"]] == [CONCEPT.encode()]
    assert [t["control scale"] for t in recipe["tries"]] == [1.0, 1.3, 1.6]
    assert len({t["seed"] for t in recipe["tries"]}) == 3


def test_a_poor_face_is_no_better_than_a_placed_one():
    """The side of an apple was taken for a turned face of score .06, and the film talked from there."""
    result = Studio(("detected", 0.06), ("placed", 0.2)).retry_until_face(job(tries=2))
    assert result.face.origin == "placed"


def test_a_firmly_guided_face_is_good_without_a_detector():
    result = Studio(("guide", 0.9)).retry_until_face(job(strict=True), judged=False)
    assert result.face.origin == "guide" and len(result.tries) == 1


def test_progress_ends_when_the_first_try_is_good():
    studio = Studio(("detected", 0.9))
    studio.retry_until_face(job(tries=4))
    assert studio.ticks[-1][0] == studio.ticks[-1][1]


def test_without_a_control_net_every_try_keeps_nearer_to_a_start_with_a_face():
    plan = RetryPlan(seed=11, tries=8, strength=0.8, faced=True, followed=False)
    attempts = [plan_steps(plan, number) for number in range(8)]
    assert [a.strength for a in attempts] == [None, 0.74, 0.68, 0.62, 0.56, 0.5, 0.44, 0.38]
    assert len({a.seed for a in attempts}) == 8
