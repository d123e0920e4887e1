"""DDIM inversion on a denoiser that is exact, so that only the method can err."""

from itertools import pairwise

import numpy as np
import pytest
from chatanything.chatanything_core.inversion import Level, blend_fresh, ddim_invert, move

STEPS = 20
BETAS = np.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
ALPHAS = np.cumprod(1 - BETAS)
TIMES = np.arange(STEPS) * (1000 // STEPS) + 1
LEVELS = [Level(0, ALPHAS[0]), *(Level(float(t), ALPHAS[t]) for t in TIMES)]
CENTRES = np.array([-0.8, 0.1, 0.9])
WIDTH = 0.35


def noise_in(x, alpha):
    """The best guess of the noise when every value is drawn from three normal distributions."""
    spread = alpha * WIDTH**2 + 1 - alpha
    away = x[..., None] - np.sqrt(alpha) * CENTRES
    share = np.exp(-(away**2) / (2 * spread))
    share /= share.sum(-1, keepdims=True)
    return np.sqrt(1 - alpha) * (share * away).sum(-1) / spread


def paint(x):
    """DDIM from the noisy end to the clean one."""
    for there, here in zip(LEVELS[:-1][::-1], LEVELS[1:][::-1], strict=True):
        x = move(x, noise_in(x, here.alpha), here.alpha, there.alpha)
    return x


def documented(x, predicts):
    """Upwards as diffusers documents it: the model is told the level that is gone to.

    A model that predicts v is told one level and its answer is read at another.
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


def inverted(clean, corrections):
    return ddim_invert(
        clean, LEVELS, lambda x, level: noise_in(x, level.alpha), corrections=corrections
    )


@pytest.mark.parametrize("predicts", ["noise", "v"])
def test_two_corrections_are_8_db_better_than_the_documented_way(clean, predicts):
    usual = psnr(paint(documented(clean, predicts)), clean)
    assert psnr(paint(inverted(clean, 2)), clean) >= usual + 8


def test_two_corrections_bring_the_clean_latents_back_to_40_db(clean):
    assert psnr(paint(inverted(clean, 2)), clean) >= 40


def test_each_correction_comes_nearer(clean):
    found = [psnr(paint(inverted(clean, n)), clean) for n in range(5)]
    assert found == sorted(found)


def test_inverted_noise_looks_like_noise(clean):
    noise = inverted(clean, 3)
    assert abs(noise.mean()) < 0.05
    assert noise.std() == pytest.approx(1.0, abs=0.15)


def test_one_level_changes_nothing(clean):
    assert ddim_invert(clean, LEVELS[:1], noise_in) is clean


def test_moving_there_and_back_along_one_noise_is_exact(clean):
    noise = noise_in(clean, 0.5)
    assert np.allclose(move(move(clean, noise, 0.9, 0.4), noise, 0.4, 0.9), clean)


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
