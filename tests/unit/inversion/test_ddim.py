"""DDIM inversion on a denoiser that is exact, so that only the method can err."""

from itertools import pairwise

import numpy as np
import pytest

from chatanything.inversion import Level, blend_fresh, ddim_invert, rise

STEPS = 20
BETAS = np.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
ALPHAS = np.cumprod(1 - BETAS)
TIMES = np.arange(STEPS) * (1000 // STEPS) + 1
LEVELS = [Level(0, ALPHAS[0]), *(Level(float(t), ALPHAS[t]) for t in TIMES)]
CENTRES = np.array([-0.8, 0.1, 0.9])
WIDTH = 0.35


def velocity(x, level):
    """What the best model says when every value is drawn from three normal distributions."""
    a, b = np.sqrt(level.alpha), np.sqrt(1 - level.alpha)
    spread = (a * WIDTH) ** 2 + b**2
    away = x[..., None] - a * CENTRES
    share = np.exp(-(away**2) / (2 * spread))
    share /= share.sum(-1, keepdims=True)
    noise = b * (share * away).sum(-1) / spread
    clean = (share * (CENTRES + a * WIDTH**2 * away / spread)).sum(-1)
    return a * noise - b * clean


def noise_in(x, alpha):
    return np.sqrt(alpha) * velocity(x, Level(0, alpha)) + np.sqrt(1 - alpha) * x


def move(x, noise, source, target):
    """DDIM's step between two alphas, Song et al. 2021, equation 12 with sigma 0."""
    clean = (x - np.sqrt(1 - source) * noise) / np.sqrt(source)
    return np.sqrt(target) * clean + np.sqrt(1 - target) * noise


def paint(x):
    """DDIM from the noisy end to the clean one."""
    for there, here in zip(LEVELS[:-1][::-1], LEVELS[1:][::-1], strict=True):
        x = move(x, noise_in(x, here.alpha), here.alpha, there.alpha)
    return x


def documented(x, predicts):
    """Upwards as diffusers documents it: the model is given the level that it goes to.

    A model that predicts v is given one level and its answer is read at another.
    """
    for here, there in pairwise(LEVELS):
        noise = noise_in(x, there.alpha)
        if predicts == "v":
            v = (noise - np.sqrt(1 - there.alpha) * x) / np.sqrt(there.alpha)
            noise = np.sqrt(here.alpha) * v + np.sqrt(1 - here.alpha) * x
        x = move(x, noise, here.alpha, there.alpha)
    return x


def psnr(a, b):
    return -10 * np.log10(np.mean((a - b) ** 2) / 4)


@pytest.fixture(scope="module")
def clean():
    random = np.random.default_rng(0)
    return random.choice(CENTRES, (4, 4, 32, 32)) + WIDTH * random.standard_normal((4, 4, 32, 32))


def inverted(clean, corrections=0):
    return ddim_invert(clean, LEVELS, velocity, corrections=corrections)


@pytest.mark.parametrize("predicts", ["noise", "v"])
def test_round_trip_is_8_db_better_than_the_documented_way(clean, predicts):
    usual = psnr(paint(documented(clean, predicts)), clean)
    assert psnr(paint(inverted(clean)), clean) >= usual + 8


def test_clean_latents_come_back_to_40_db(clean):
    assert psnr(paint(inverted(clean)), clean) >= 40


def test_each_correction_comes_nearer(clean):
    found = [psnr(paint(inverted(clean, n)), clean) for n in range(4)]
    assert found == sorted(found)


@pytest.mark.parametrize(("corrections", "predictions"), [(0, STEPS + 5), (1, 2 * STEPS + 9)])
def test_model_is_asked_once_a_step_and_a_little_more(clean, corrections, predictions):
    seen = []

    def counted(x, level):
        seen.append(level.t)
        return velocity(x, level)

    ddim_invert(clean, LEVELS, counted, corrections=corrections)
    assert len(seen) == predictions


def test_inverted_noise_looks_like_noise(clean):
    noise = inverted(clean, 1)
    assert abs(noise.mean()) < 0.05
    assert noise.std() == pytest.approx(1.0, abs=0.15)


def test_one_level_changes_nothing(clean):
    assert ddim_invert(clean, LEVELS[:1], velocity) is clean


def test_one_step_up_undoes_the_step_down_along_the_same_velocity(clean):
    low, high = Level(100, 0.9), Level(500, 0.4)
    noise = noise_in(clean, high.alpha)
    down = move(clean, noise, high.alpha, low.alpha)
    assert np.allclose(rise(down, velocity(clean, high), low, high), clean)


def test_way_up_to_nothing_but_noise_has_no_singularity(clean):
    top = Level(999, 0.0)
    answer = ddim_invert(clean, [*LEVELS, top], velocity)
    again = rise(inverted(clean), velocity(answer, top), LEVELS[-1], top)
    assert np.abs(again - answer).max() < 1e-3


@pytest.mark.parametrize("share", [0.25, 1.0])
def test_blending_brings_the_dispersion_back(clean, share):
    noise = 0.6 * np.random.default_rng(1).standard_normal(clean.shape)
    fresh = np.random.default_rng(2).standard_normal(clean.shape)
    x = np.sqrt(0.3) * clean + np.sqrt(0.7) * noise
    blended = blend_fresh(x, clean, 0.3, fresh, share)
    found = (blended - np.sqrt(0.3) * clean) / np.sqrt(0.7)
    assert found.std() == pytest.approx(1.0, abs=0.02)
    assert blend_fresh(x, clean, 0.3, fresh, 0.0) is x


def test_progress_is_told_and_can_stop_it(clean):
    seen = []

    def tick(done, total):
        seen.append((done, total))
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ddim_invert(clean, LEVELS, lambda x, level: x, tick=tick)
    assert seen == [(0, 20), (1, 20), (2, 20), (3, 20)]
