"""Inversion of models that flow, on a denoiser that is exact, so that only the method can err."""

from itertools import pairwise
from math import log10

import numpy as np
import pytest

from chatanything.inversion import flow_invert

CENTRES, WIDTH = np.array([-0.8, 0.1, 0.9]), 0.35


def velocity(x, sigma):
    """noise - clean, as far as x tells, when every value is drawn from three normal ones."""
    keep = 1 - sigma
    spread = (keep * WIDTH) ** 2 + sigma**2
    away = x[..., None] - keep * CENTRES
    share = np.exp(-(away**2) / (2 * spread))
    share /= share.sum(-1, keepdims=True)
    clean = (share * (CENTRES + WIDTH**2 * keep / spread * away)).sum(-1)
    return (x - clean) / sigma


def euler(x, sigmas):
    for here, there in pairwise(sigmas):
        x = x + (there - here) * velocity(x, here)
    return x


@pytest.fixture(scope="module")
def clean():
    rng = np.random.default_rng(0)
    return rng.choice(CENTRES, (2, 4, 16, 16)) + WIDTH * rng.standard_normal((2, 4, 16, 16))


def shifted(steps, shift):
    """Sigmas up to 1 as SD3 and Flux shift them."""
    plain = np.linspace(1e-4, 1, steps + 1)
    return (shift * plain / (1 + (shift - 1) * plain)).tolist()


def back(clean, sigmas, **more):
    """How well Euler's steps bring the inverted latents back, PSNR in dB."""
    found = flow_invert(clean, sigmas, velocity, **more)
    error = ((euler(found, sigmas[::-1]) - clean) ** 2).mean()
    return 10 * log10(4 / error)


@pytest.mark.parametrize("shift", [1.0, 3.0])
@pytest.mark.parametrize("steps", [10, 20])
def test_eulers_steps_undo_it_far_better_than_eulers_steps_backwards(clean, steps, shift):
    sigmas = shifted(steps, shift)
    naive = euler(clean, sigmas)
    documented = 10 * log10(4 / ((euler(naive, sigmas[::-1]) - clean) ** 2).mean())
    ours = back(clean, sigmas)
    assert ours > documented + 8 and ours > 35


def test_more_corrections_bring_it_nearer(clean):
    sigmas = shifted(20, 3.0)
    assert back(clean, sigmas, corrections=2) > back(clean, sigmas) + 6


def test_the_way_up_ends_in_noise(clean):
    found = flow_invert(clean, shifted(50, 3.0), velocity, corrections=1)
    assert abs(found.mean()) < 0.1 and 0.85 < found.std() < 1.1


def test_the_model_is_asked_once_a_step_and_five_times_more(clean):
    asked = []

    def counted(x, sigma):
        asked.append(sigma)
        return velocity(x, sigma)

    ticks = []
    flow_invert(clean, shifted(20, 3.0), counted, tick=lambda *done: ticks.append(done))
    assert len(asked) <= 25
    assert ticks[0] == (0, 20) and ticks[-1] == (20, 20)
