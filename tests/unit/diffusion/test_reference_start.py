"""Inversion: how exactly a reference comes back, and what strength means."""

from dataclasses import replace
from math import log10

import numpy as np
import pytest

from chatanything.diffusion import invert, paint
from chatanything.errors import InputError
from chatanything.landmarks import make_guide

pytestmark = pytest.mark.engines


def psnr(a, b):
    """Peak signal-to-noise ratio in dB of 8-bit pictures."""
    error = np.mean((np.asarray(a, float) - b) ** 2)
    return 10 * log10(255**2 / error) if error else np.inf


def start(models, expert, picture, **options):
    job = models.job(expert)
    values = {"strength": 0.5, "seed": 3, "size": (256, 256), "runtime": job.runtime}
    return invert(job.mixture, picture, **(values | options))


def repaint(models, expert, begin, **more):
    return paint(replace(models.job(expert), start=begin, **more)).image


def through_the_vae(models, expert, picture):
    import torch

    from chatanything.diffusion.sd import SHELF
    from chatanything.diffusion.sd.vae import decode, encode

    models.paint(expert)
    with torch.inference_mode():
        return decode(pipe := SHELF.things()[0], encode(pipe, picture))


def test_round_trip_through_the_whole_painter(models, picture, figure):
    from tests.tools.models import tiny

    pipe = tiny.pipeline("sd15", models.root / "smooth", prediction="v_prediction")
    tiny.smoothen(pipe)
    pipe.save_pretrained(models.root / "diffusers" / "smooth")
    expert = models.expert(source="smooth", cfg=1.0, steps=20)
    target = through_the_vae(models, expert, picture)
    found = {}
    for corrections in (0, 2):
        # Just below 1, where the reference would be ignored: the whole schedule is inverted.
        begin = start(
            *(models, expert, picture),
            strength=1 - 1e-12,
            method="ddim",
            prompt="grumpy teapot",
            corrections=corrections,
        )
        assert begin.step == 0
        found[corrections] = psnr(repaint(models, expert, begin), target)
    figure("round trip by corrections, in dB: %s", found)
    assert found[0] >= 40
    assert found[2] >= found[0]


def test_strength_zero_gives_the_reference_back_exactly(models, picture):
    for method in ("noise", "ddim"):
        begin = start(models, models.expert(), picture, strength=0.0, method=method)
        assert np.array_equal(repaint(models, models.expert(), begin), picture)


def test_strength_one_ignores_the_reference_exactly(models, picture):
    for method in ("noise", "ddim"):
        begin = start(models, models.expert(), picture, strength=1.0, method=method)
        assert np.array_equal(
            repaint(models, models.expert(), begin), models.paint(models.expert())
        )


@pytest.mark.parametrize("scheduler", ["ddim", "dpmpp_2m_karras", "euler"])
def test_less_strength_keeps_more_of_the_reference(models, picture, scheduler, figure):
    expert = models.expert(steps=10, cfg=1.0, scheduler=scheduler)
    # Random weights decode nothing well, so the reference is what the VAE makes of it.
    reference = through_the_vae(models, expert, picture).astype(float)
    distance = []
    for strength in (0.1, 0.3, 0.5, 0.7, 0.9, 1.0):
        image = repaint(models, expert, start(models, expert, picture, strength=strength))
        distance.append(float(np.abs(image - reference).mean()))
    figure("distance by strength, %s: %s", scheduler, [round(d, 1) for d in distance])
    assert distance == sorted(distance)
    assert distance[0] < 0.6 * distance[-1]


@pytest.mark.parametrize("scheduler", ["ddim", "euler", "heun", "dpmpp_2m_karras"])
def test_start_is_variance_preserving_whatever_the_scheduler(models, picture, scheduler):
    import torch

    from chatanything.diffusion.sd import SHELF
    from chatanything.diffusion.sd.vae import encode

    expert = models.expert(scheduler=scheduler, steps=10)
    begin = start(models, expert, picture, strength=0.6)
    noise = torch.randn(begin.latents.shape, generator=torch.Generator().manual_seed(3))
    with torch.inference_mode():
        clean = encode(SHELF.things()[0], picture)
    expected = begin.alpha**0.5 * clean + (1 - begin.alpha) ** 0.5 * noise
    assert (begin.step, begin.steps) == (4, 10)
    assert np.abs(begin.latents - expected.numpy()).max() < 1e-4


@pytest.mark.parametrize("prediction", ["epsilon", "v_prediction"])
def test_inverted_noise_is_dispersed_again_before_blending(models, picture, prediction):
    source = "sd15"
    if prediction == "v_prediction":
        from tests.tools.models import tiny

        source = "sd15-v2"
        pipe = tiny.pipeline("sd15", models.root / "v2", prediction=prediction)
        pipe.save_pretrained(models.root / "diffusers" / source)
    expert = models.expert(source=source, steps=20, cfg=1.0)
    plain = start(models, expert, picture, strength=0.8, method="ddim")
    fresh = start(models, expert, picture, strength=0.8, method="ddim", fresh=0.5)
    assert not np.allclose(plain.latents, fresh.latents)
    assert abs(fresh.latents.std() - 1) < abs(plain.latents.std() - 1) + 0.05


def test_portrait_that_was_started_elsewhere_is_refused(models, picture):
    expert = models.expert(steps=10)
    begin = start(models, expert, picture, size=(256, 320))
    with pytest.raises(InputError, match="256 x 320"):
        repaint(models, expert, begin)
    begin = start(models, expert, picture)
    with pytest.raises(InputError, match="another schedule"):
        repaint(models, models.expert(steps=12), begin)
    with pytest.raises(InputError, match="another schedule"):
        repaint(models, models.expert(steps=10, scheduler="dpmpp_2m_karras"), begin)


@pytest.fixture
def retried(models, picture):
    """Paints again with another share of the reference, as a later try does."""
    import torch

    from chatanything.diffusion.retry import Attempt
    from chatanything.diffusion.sd.painter import _paint
    from chatanything.progress import no_progress

    expert = models.expert(controlnet="sd15")
    begin = start(models, expert, picture)
    job = replace(models.job(expert, guide=make_guide(size=(256, 256))), start=begin)
    paint(job)

    def again(strength):
        with torch.inference_mode():
            return _paint(job, Attempt(5, 1.0, (0.0, 1.0), strength), no_progress)

    return again


def test_another_share_of_the_reference_loads_nothing_and_asks_once(retried):
    from chatanything.diffusion.sd import SHELF

    loads, asked = SHELF.loads, []
    encoder = SHELF.things()[0].text_encoder
    hook = encoder.register_forward_hook(lambda *_: asked.append(encoder))
    retried(0.75)
    hook.remove()
    assert SHELF.loads == loads
    assert len(asked) == 2  # the prompt and the negative one


def test_a_share_below_one_step_gives_the_reference_back(retried, picture):
    assert np.array_equal(retried(0.1), picture)
