"""ComfyUI's tensors to the core's arrays and back."""

from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from ...chatanything_core.errors import InputError
from ...chatanything_core.voice import to_mono


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


def to_cutout(
    tensor: torch.Tensor, mask: torch.Tensor | None, clear: bool
) -> npt.NDArray[np.uint8]:
    """The first picture as RGBA uint8 (H, W, 4) when some of it is transparent; else `to_image`.

    What a MASK (B, H, W) of any size says to be clear is 1 in it. Alpha of the IMAGE itself stays
    only when `clear`, for what can hold it.
    """
    opaque = torch.ones(tensor.shape[1:3])
    own = tensor[0].detach().float().cpu().clamp(0, 1)
    if clear and own.shape[-1] == 4:
        opaque, tensor = own[..., 3], tensor[..., :3]
    if mask is not None:
        opaque = opaque * (1 - _scaled(mask, tuple(opaque.shape)))
    image = to_image(tensor)
    alpha = (opaque * 255).round().to(torch.uint8).numpy()
    return image if alpha.min() == 255 else np.dstack([image, alpha])


def _scaled(mask: torch.Tensor, size: tuple[int, ...]) -> torch.Tensor:
    """The first of a MASK batch at the size of the picture, as core nodes scale masks."""
    first = mask.detach().float().cpu().clamp(0, 1).reshape(-1, *mask.shape[-2:])[:1, None]
    return torch.nn.functional.interpolate(first, size=size, mode="bilinear")[0, 0]


def from_image(image: npt.NDArray[np.uint8]) -> torch.Tensor:
    """RGB uint8 (H, W, 3) as an IMAGE batch of one, (1, H, W, 3) float32 in [0, 1]."""
    return torch.from_numpy(image.astype(np.float32) / 255.0)[None]


def from_frames(frames: npt.NDArray[np.uint8]) -> torch.Tensor:
    """RGB uint8 (F, H, W, 3) as an IMAGE batch, (F, H, W, 3) float32 in [0, 1]."""
    return torch.from_numpy(frames).to(torch.float32).div_(255)


def to_samples(audio: dict[str, Any] | None, node: str) -> tuple[npt.NDArray[np.float32], int]:
    """First clip of an AUDIO, waveform (B, C, T), mixed to mono float32 (T,), and its rate.

    Raises:
        InputError: there is no sound for `node`, as from a video without any.
    """
    if audio is None or not len(audio["waveform"]) or not audio["waveform"].shape[-1]:
        raise InputError(f"This video has no sound. Connect audio to {node}.")
    wave = audio["waveform"][0].detach().float().cpu().contiguous().numpy()
    return to_mono(wave)[0], int(audio["sample_rate"])


def from_samples(samples: npt.NDArray[np.float32], rate: int) -> dict[str, Any]:
    """Mono float32 (T,) as AUDIO with a waveform of shape (1, 1, T)."""
    return {
        "waveform": torch.from_numpy(np.ascontiguousarray(samples))[None, None],
        "sample_rate": rate,
    }
