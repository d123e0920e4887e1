"""ComfyUI's tensors to the core's arrays and back."""

from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from ...chatanything_core.errors import InputError


def to_image(tensor: torch.Tensor) -> npt.NDArray[np.uint8]:
    """First picture of an IMAGE batch, (B, H, W, C) float in [0, 1], as RGB uint8 (H, W, 3).

    Alpha is laid over mid-grey, as a picture viewer would show it.
    """
    pixels = tensor[0].detach().float().cpu().clamp(0, 1)
    if pixels.shape[-1] == 4:
        alpha = pixels[..., 3:]
        pixels = pixels[..., :3] * alpha + 0.5 * (1 - alpha)
    if pixels.shape[-1] == 1:
        pixels = pixels.expand(-1, -1, 3)
    return (pixels * 255).round().to(torch.uint8).numpy()


def to_cutout(tensor: torch.Tensor, mask: torch.Tensor | None) -> npt.NDArray[np.uint8]:
    """`to_image`, as RGBA uint8 (H, W, 4) with a MASK (B, H, W) that is 1 where it is clear."""
    image = to_image(tensor)
    if mask is None:
        return image
    if tuple(mask.shape[-2:]) != image.shape[:2]:
        raise InputError(
            f"The mask is {mask.shape[-1]}x{mask.shape[-2]} pixels and the image "
            f"{image.shape[1]}x{image.shape[0]}. Scale one to the other."
        )
    opaque = 1 - mask.detach().float().cpu().clamp(0, 1).reshape(-1, *image.shape[:2])[0]
    return np.dstack([image, (opaque * 255).round().to(torch.uint8).numpy()])


def from_image(image: npt.NDArray[np.uint8]) -> torch.Tensor:
    """RGB uint8 (H, W, 3) as an IMAGE batch of one, (1, H, W, 3) float32 in [0, 1]."""
    return torch.from_numpy(image.astype(np.float32) / 255.0)[None]


def from_frames(frames: npt.NDArray[np.uint8]) -> torch.Tensor:
    """RGB uint8 (F, H, W, 3) as an IMAGE batch, (F, H, W, 3) float32 in [0, 1]."""
    return torch.from_numpy(frames).to(torch.float32).div_(255)


def to_samples(audio: dict[str, Any]) -> tuple[npt.NDArray[np.float32], int]:
    """First clip of an AUDIO, waveform (B, C, T), mixed to mono float32 (T,), and its rate."""
    wave = audio["waveform"][0].detach().float().cpu()
    # One channel needs no copy: long clips are large.
    wave = wave[0] if len(wave) == 1 else wave.mean(0)
    return wave.contiguous().numpy(), int(audio["sample_rate"])


def from_samples(samples: npt.NDArray[np.float32], rate: int) -> dict[str, Any]:
    """Mono float32 (T,) as AUDIO with a waveform of shape (1, 1, T)."""
    return {
        "waveform": torch.from_numpy(np.ascontiguousarray(samples))[None, None],
        "sample_rate": rate,
    }
