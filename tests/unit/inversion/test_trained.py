"""DDIM inversion on small UNets that were trained, against diffusers' own inverse scheduler."""

import logging
from math import log10

import pytest

from chatanything.inversion import ddim_invert

pytestmark = pytest.mark.engines

CASES = (("epsilon", "leading"), ("v_prediction", "trailing"))
figure = logging.getLogger("chatanything.figures").info


class Toy:
    """A trained toy with pictures that it has not seen."""

    def __init__(self, prediction, schedule):
        import torch

        from tests.tools.models import toy_diffusion as toy

        self.scheduler, self.unet = toy.trained(prediction, schedule)
        self.clean = toy.blobs(2, torch.Generator().manual_seed(99))
        self.text = toy.TEXT.expand(2, -1, -1)
        self.calls = 0
        self.name = prediction, schedule

    def output(self, x, t):
        self.calls += 1
        return self.unet(x, t, encoder_hidden_states=self.text).sample

    def paint(self, x):
        for t in self.scheduler.timesteps:
            x = self.scheduler.step(self.output(x, t), t, x).prev_sample
        return x

    def documented(self, steps):
        """As the documentation shows it: the UNet is given the level that it goes to."""
        from diffusers import DDIMInverseScheduler

        inverse = DDIMInverseScheduler.from_config(self.scheduler.config)
        inverse.set_timesteps(steps)
        x = self.clean
        for t in inverse.timesteps:
            x = inverse.step(self.output(x, t), t, x).prev_sample
        return x

    def inverted(self, corrections=0):
        from chatanything.diffusion.sd.denoise import noise_levels
        from chatanything.diffusion.sd.noise_prediction import as_velocity

        kind = self.scheduler.config.prediction_type

        def velocity(x, level):
            return as_velocity(kind, self.output(x, level.t), x, level.alpha)

        return ddim_invert(
            self.clean, noise_levels(self.scheduler, 0), velocity, corrections=corrections
        )

    def decibel(self, x):
        """PSNR of the round trip in dB; the peak is the pictures' range."""
        error = ((self.paint(x) - self.clean) ** 2).mean()
        return 10 * log10((self.clean.max() - self.clean.min()) ** 2 / error)


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def toy(request):
    import torch

    found = Toy(*request.param)
    with torch.inference_mode():
        yield found


@pytest.mark.parametrize("steps", [10, 20])
def test_round_trip_is_8_db_better_than_the_documented_way(toy, steps):
    toy.scheduler.set_timesteps(steps)
    documented = toy.decibel(toy.documented(steps))
    toy.calls = 0
    begun = toy.inverted()
    calls = toy.calls
    found = toy.decibel(begun)
    figure("%s %s: %d steps, %.1f dB documented, %.1f dB ours", *toy.name, steps, documented, found)
    assert found >= documented + 8
    assert found >= 40
    assert calls <= steps + 5


def test_corrections_bring_it_nearer(toy):
    toy.scheduler.set_timesteps(20)
    found = [toy.decibel(toy.inverted(corrections)) for corrections in range(3)]
    figure("corrections 0 to 2: %s dB", [round(value, 1) for value in found])
    assert found == sorted(found)
    assert found[2] >= 50
