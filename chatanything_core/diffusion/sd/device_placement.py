"""Put models where they compute, in which precision, and save memory when there is little."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import torch
from diffusers.models.attention_processor import SlicedAttnProcessor
from torch.nn import functional

from ...errors import EngineError
from ...runtime import Runtime, device_for, dtype_for
from .model_cache import SHELF

DECODE_BYTES = {torch.float32: 8500, torch.float16: 4300, torch.bfloat16: 4300}
"""Peak bytes per pixel of decoding with the VAE of SD1.5 or SDXL: 1024 px needs about 9 GB."""
SAMPLE_BYTES = 4096
"""Peak bytes per pixel of one guided UNet step."""
SCARCE = 4 << 30
"""Free bytes below which attention is computed in slices, when a step would take half of them."""
GAIN, ALIKE = 0.75, 0.02
"""bfloat16 is taken on a CPU where it needs at most this part of float32's time, and where its result
is at most this far off, relative to the result's own size."""
ROUNDS = 21
"""How often both are timed; the shortest time counts, which a busy machine lengthens least."""
MEMINFO = Path("/proc/meminfo")
"""Where Linux tells how much memory a program may have, with what caches would give back."""


@dataclass(frozen=True)
class MemorySaving:
    """What is done to get by with the memory there is; each costs time."""

    offload: bool
    """Hold only the part that computes on the device."""
    tiles: bool
    """Encode and decode pictures in tiles."""
    slices: bool
    """Compute attention in slices."""


def memory_saving(weights: int, free: int, pixels: int, dtype: torch.dtype) -> MemorySaving:
    """Decide from the size of the weights and the free memory, both in bytes.

    >>> memory_saving(2 << 30, 24 << 30, 512 * 512, torch.float16)
    MemorySaving(offload=False, tiles=False, slices=False)
    >>> memory_saving(7 << 30, 8 << 30, 1024 * 1024, torch.float16)
    MemorySaving(offload=True, tiles=True, slices=False)

    A small model needs no slices, however little is free:

    >>> memory_saving(80 << 20, 3 << 30, 256 * 256, torch.float32)
    MemorySaving(offload=False, tiles=False, slices=False)
    """
    needed = weights + pixels * SAMPLE_BYTES
    left = free if needed > free else free - weights
    tiles = pixels * DECODE_BYTES[dtype] > left * 0.8
    return MemorySaving(needed > free, tiles, free < SCARCE and needed > free / 2)


def weights_dtype(runtime: Runtime, *, exact: bool = False) -> torch.dtype:
    """The precision of the painter's weights; latents and the sampler's sums are always float32.

    Args:
        exact: True where errors would add up, as they do in DDIM inversion: `auto` is then full
            precision on a CPU.
    """
    dtype = dtype_for(runtime)
    on_cpu = runtime.precision == "auto" and device_for(runtime).type == "cpu"
    return torch.bfloat16 if on_cpu and not exact and bfloat16_pays() else dtype


@cache
def bfloat16_pays() -> bool:
    """True where this processor computes a step faster in bfloat16, and nearly the same.

    Measured once a process, in a fifth of a second: processors without instructions for bfloat16
    take several times as long, those with them a half or less, so the answer does not waver.
    """
    noise = torch.Generator().manual_seed(0)
    kernel = torch.randn(64, 64, 3, 3, generator=noise) / 24
    wide = torch.randn(512, 64, generator=noise) / 8
    x = torch.randn(2, 64, 32, 32, generator=noise)
    results, seconds = {}, {torch.float32: 1e9, torch.bfloat16: 1e9}
    with torch.inference_mode():
        for _ in range(ROUNDS):
            for dtype in seconds:
                given = x.to(dtype), kernel.to(dtype), wide.to(dtype)
                begun = time.perf_counter()
                results[dtype] = _step(*given)
                seconds[dtype] = min(seconds[dtype], time.perf_counter() - begun)
    full, half = results[torch.float32], results[torch.bfloat16].float()
    alike = float((half - full).norm() / full.norm()) <= ALIKE
    return alike and seconds[torch.bfloat16] <= GAIN * seconds[torch.float32]


def _step(x: torch.Tensor, kernel: torch.Tensor, wide: torch.Tensor) -> torch.Tensor:
    """What a UNet spends its time on: a normed convolution, and products with matrices."""
    x = functional.silu(functional.group_norm(functional.conv2d(x, kernel, padding=1), 32))
    tokens = x.flatten(2).transpose(1, 2)
    return functional.linear(functional.linear(tokens, wide), wide.T)


def place_pipelines(
    pipes: Sequence[Any], nets: Sequence[Any], runtime: Runtime, pixels: int
) -> None:
    """Bring pipelines and ControlNets to the device, thriftily when they do not fit."""
    modules = [*(part for pipe in pipes for part in parts(pipe)), *nets]
    device = device_for(runtime)
    if runtime.memory_manager:
        runtime.memory_manager.load("painter", modules, SHELF.forget)
        return
    plan = memory_saving(sum(map(size, modules)), _free(device), pixels, dtype_for(runtime))
    for pipe in pipes:
        _spare(pipe, plan)
        _move(pipe, device, plan.offload and device.type == "cuda")
    for net in nets:
        net.to(device)


def parts(pipe: Any) -> list[Any]:
    """The torch modules of a pipeline."""
    return [part for part in pipe.components.values() if isinstance(part, torch.nn.Module)]


def size(module: Any) -> int:
    """Bytes of a module's weights."""
    return sum(tensor.numel() * tensor.element_size() for tensor in module.parameters())


@contextmanager
def advice_when_full(runtime: Runtime) -> Iterator[None]:
    """Turn running out of memory into advice, with nothing left behind.

    Raises:
        EngineError: there was not enough memory.
    """
    full = False
    try:
        yield
    except torch.OutOfMemoryError:
        full = True
    except RuntimeError as error:
        # The CPU's allocator has no error class of its own.
        if "not enough memory" not in str(error) and "can't allocate memory" not in str(error):
            raise
        full = True
    if full:  # outside the handler, where the traceback no longer holds the tensors
        SHELF.clear()
        raise EngineError(
            f"There is not enough memory on {device_for(runtime)} for this portrait. Choose a "
            "smaller size, an SD1.5 expert instead of SDXL, one expert instead of a mixture, or "
            "the precision fp16; close what else uses memory. All models were unloaded."
        )


def _move(pipe: Any, device: torch.device, offload: bool) -> None:
    hooked = any(hasattr(part, "_hf_hook") for part in parts(pipe))
    if offload and not hooked:
        pipe.enable_model_cpu_offload()
    elif not offload:
        if hooked:
            pipe.remove_all_hooks()
        if any(part.device != device for part in parts(pipe)):
            pipe.to(device)


def _spare(pipe: Any, plan: MemorySaving) -> None:
    tiles: dict[bool, Callable[[], None]] = {
        True: pipe.vae.enable_tiling,
        False: pipe.vae.disable_tiling,
    }
    tiles[plan.tiles]()
    sliced = any(isinstance(p, SlicedAttnProcessor) for p in pipe.unet.attn_processors.values())
    if plan.slices != sliced:
        (pipe.enable_attention_slicing if plan.slices else pipe.disable_attention_slicing)()


def _free(device: torch.device) -> int:
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    if found := MEMINFO.exists() and re.search(r"MemAvailable:\s+(\d+)", MEMINFO.read_text()):
        return int(found[1]) << 10
    return 8 << 30
