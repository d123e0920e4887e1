"""Pictures to latents and back."""

from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from ...errors import EngineError, InputError

Picture = npt.NDArray[np.uint8]


def latent_shape(pipe: Any, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Shape (1, C, h, w) of the latents of a picture of `size` (width, height) in pixels.

    Raises:
        InputError: the model cannot paint this size.
    """
    width, height = size
    scale = pipe.vae_scale_factor
    if width % scale or height % scale:
        raise InputError(
            f"The portrait is {width} x {height} pixels. Choose multiples of {scale}, which is how "
            "many pixels one latent of this model stands for."
        )
    return 1, pipe.unet.config.in_channels, height // scale, width // scale


def encode(pipe: Any, picture: Picture) -> torch.Tensor:
    """Latents, float32 of the shape `latent_shape`, of an RGB picture: the mean of the posterior."""
    vae = pipe.vae
    with _precise(vae):
        pixels = torch.from_numpy(picture.astype(np.float32) / 255.0).permute(2, 0, 1)[None]
        posterior = vae.encode((2.0 * pixels - 1.0).to(device_of(vae), vae.dtype))
        kl = hasattr(posterior, "latent_dist")
        latents = posterior.latent_dist.mode() if kl else posterior.latents
    scaled: torch.Tensor = latents.to(device_of(pipe.unet), torch.float32)
    return scaled * vae.config.scaling_factor


def decode(pipe: Any, latents: torch.Tensor) -> Picture:
    """The RGB picture of latents of shape (1, C, h, w).

    Raises:
        EngineError: the latents or the picture are not numbers.
    """
    vae = pipe.vae
    finite(latents, "The latents")
    with _precise(vae):
        scaled = latents.to(device_of(vae), vae.dtype) / vae.config.scaling_factor
        pixels = vae.decode(scaled, return_dict=False)[0]
    finite(pixels, "The decoded picture")
    shown: npt.NDArray[np.float32] = pipe.image_processor.postprocess(pixels, output_type="np")[0]
    return (shown * 255).round().astype(np.uint8)


def finite(values: torch.Tensor, what: str) -> None:
    """Raise when half precision, or a broken model, gave infinities or no numbers."""
    if not torch.isfinite(values).all():
        raise EngineError(
            f"{what} contain values that are not numbers. This happens when a model overflows in "
            "half precision: choose the precision fp32 or bf16, another VAE, or a lower cfg."
        )


def device_of(module: Any) -> torch.device:
    """Where a module computes, also while its weights are parked elsewhere."""
    hook = getattr(module, "_hf_hook", None)
    return torch.device(hook.execution_device) if hook else next(module.parameters()).device


class _precise:  # noqa: N801  (reads as a statement)
    """Run a VAE that overflows in half precision in full precision."""

    def __init__(self, vae: Any) -> None:
        upcast = getattr(vae.config, "force_upcast", False) and vae.dtype == torch.float16
        self.vae = vae if upcast else None

    def __enter__(self) -> None:
        if self.vae is not None:
            self.vae.to(torch.float32)

    def __exit__(self, *_: object) -> None:
        if self.vae is not None:
            self.vae.to(torch.float16)
