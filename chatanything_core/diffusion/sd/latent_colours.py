"""The colours of latents, as the model's own VAE shows them: previews of any model."""

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.nn.functional import avg_pool2d, interpolate

from .vae import device_of

PATCHES = 6
"""Random patches along each side of the picture that the colours are fitted on."""


def fit_colours(pipe: Any) -> npt.NDArray[np.float64]:
    """The linear map from scaled latents to RGB, shape (C + 1, 3), in [0, 1]; the last row is added.

    Least squares between random latents and what the VAE makes of them; kept with the VAE.
    """
    vae = pipe.vae
    if not hasattr(vae, "latent_colours"):
        noise = torch.Generator().manual_seed(0)
        shape = (1, pipe.unet.config.in_channels, PATCHES, PATCHES)
        latents = interpolate(torch.randn(shape, generator=noise), scale_factor=3, mode="nearest")
        given = latents.to(device_of(vae), vae.dtype) / vae.config.scaling_factor
        pixels = vae.decode(given, return_dict=False)[0].float().cpu()
        seen = avg_pool2d(pixels / 2 + 0.5, pipe.vae_scale_factor).clamp(0, 1)
        table = latents.flatten(2)[0].T.double().numpy()
        known = np.hstack([table, np.ones((len(table), 1))])
        vae.latent_colours = np.linalg.lstsq(known, seen.flatten(2)[0].T.double().numpy())[0]
    found: npt.NDArray[np.float64] = vae.latent_colours
    return found


def show_latents(latents: torch.Tensor, colours: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """A small picture, RGB (h, w, 3), of scaled latents of shape (1, C, h, w)."""
    table = latents[0].float().cpu().permute(1, 2, 0).numpy()
    shown = table @ colours[:-1] + colours[-1]
    return np.asarray(np.clip(shown * 255, 0, 255), np.uint8)
