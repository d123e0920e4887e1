"""A tiny diffusion model that has learned something: soft blobs on plain grounds.

Random weights answer no question that depends on what a trained model does between two noise
levels. This one takes about ten seconds to train, from a seed.
"""

import torch
from diffusers import DDIMScheduler, UNet2DConditionModel

from tests.tools.models import tiny

SIDE, CHANNELS = 8, 4
TEXT = torch.zeros(1, 1, tiny.WIDTH)
SCHEDULES = {
    "leading": tiny.NOISE,
    "trailing": tiny.NOISE | {"timestep_spacing": "trailing", "rescale_betas_zero_snr": True},
}


def blobs(count: int, generator: torch.Generator) -> torch.Tensor:
    """Latents (count, 4, 8, 8): a soft blob of random place, size and colour on a plain ground."""
    y, x = torch.meshgrid(*[torch.linspace(-1, 1, SIDE)] * 2, indexing="ij")
    centre_x, centre_y = torch.rand(2, count, 1, 1, generator=generator) * 1.2 - 0.6
    width = torch.rand(count, 1, 1, generator=generator) * 0.3 + 0.25
    share = torch.exp(-((x - centre_x) ** 2 + (y - centre_y) ** 2) / (2 * width**2))[:, None]
    blob = 1.5 * torch.randn(count, CHANNELS, 1, 1, generator=generator)
    ground = 0.7 * torch.randn(count, CHANNELS, 1, 1, generator=generator)
    return ground + share * (blob - ground)


def trained(prediction: str, schedule: str, *, steps: int = 150, batch: int = 8, seed: int = 0):
    """A scheduler, and a UNet that was trained with it to predict `prediction`."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    scheduler = DDIMScheduler(**SCHEDULES[schedule], prediction_type=prediction)
    unet = UNet2DConditionModel(**(tiny.UNET | {"sample_size": SIDE}))
    optimizer = torch.optim.AdamW(unet.parameters(), lr=2e-3)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    for _ in range(steps):
        clean = blobs(batch, generator)
        noise = torch.randn(clean.shape, generator=generator)
        t = torch.randint(0, 1000, (batch,), generator=generator)
        noisy = scheduler.add_noise(clean, noise, t)
        velocity = prediction == "v_prediction"
        target = scheduler.get_velocity(clean, noise, t) if velocity else noise
        found = unet(noisy, t, encoder_hidden_states=TEXT.expand(batch, -1, -1)).sample
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(found, target).backward()
        optimizer.step()
        pace.step()
    return scheduler, unet.eval()
