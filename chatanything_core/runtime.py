"""The machine that models work on: where their files lie, and where they compute.

Whoever names an engine, a voice or a model by name alone works on `default_runtime`. A host that
keeps models and memory itself, such as ComfyUI, says once with `set_default_runtime` what that is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from .errors import InputError
from .model_folders import ModelFolders, default_folders

if TYPE_CHECKING:
    import torch

Device = Literal["auto", "cpu", "cuda", "mps"]
Precision = Literal["auto", "fp32", "fp16", "bf16"]
_DTYPES = {"fp32": "float32", "fp16": "float16", "bf16": "bfloat16"}


class MemoryManager(Protocol):
    """Whoever manages the memory of the machine's accelerator, when that is not us."""

    @property
    def device(self) -> str:
        """Where models compute, as torch names it."""
        ...

    def load(
        self, owner: str, modules: Sequence[Any], drop: Callable[[], None] | None = None
    ) -> None:
        """Make room for torch modules and move them to `device`.

        The modules take the place of those that the same `owner` loaded before. When they must
        go, `drop` is called, which forgets them and collects nothing; without it they wait in
        main memory until they are loaded again.
        """
        ...


@dataclass(frozen=True, eq=False)
class Runtime:
    """The machine that an engine with weights works on."""

    folders: ModelFolders = field(default_factory=default_folders)
    device: Device = "auto"
    """`auto` takes the first there is of CUDA, Apple's MPS and the CPU."""
    precision: Precision = "auto"
    """`auto` is half precision on CUDA and full precision elsewhere."""
    memory_manager: MemoryManager | None = None
    """Set inside ComfyUI, whose unload button then frees our models too."""
    preview: Callable[[Any], None] | None = None
    """Called by painters after each step with the picture as guessed so far: small, RGB uint8
    (h, w, 3)."""


_make: list[Callable[[], Runtime]] = [Runtime]


def default_runtime() -> Runtime:
    """The machine for everything that was not given another one; made each time, so that folders
    which are named later count."""
    return _make[0]()


def set_default_runtime(make: Callable[[], Runtime]) -> None:
    """Let a host such as ComfyUI say where models lie and compute. Called once, when it starts."""
    _make[0] = make


def device_for(runtime: Runtime) -> torch.device:
    """Where to compute.

    Raises:
        InputError: the device that was asked for is not there.
    """
    import torch

    if runtime.memory_manager:
        return torch.device(runtime.memory_manager.device)
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    there["cpu"] = True
    if runtime.device == "auto":
        return torch.device(next(name for name in ("cuda", "mps", "cpu") if there[name]))
    if not there.get(runtime.device):
        has = ", ".join(name for name, is_there in there.items() if is_there)
        raise InputError(f"There is no device {runtime.device!r} here. Choose one of: {has}.")
    return torch.device(runtime.device)


def dtype_for(runtime: Runtime) -> torch.dtype:
    """The precision of the weights."""
    import torch

    name = runtime.precision
    if name == "auto":
        name = "fp16" if device_for(runtime).type == "cuda" else "fp32"
    dtype: torch.dtype = getattr(torch, _DTYPES[name])
    return dtype


def move_to_device(owner: str, modules: Sequence[Any], runtime: Runtime) -> torch.device:
    """Bring an owner's torch modules where they compute, and return that device."""
    device = device_for(runtime)
    if runtime.memory_manager:
        runtime.memory_manager.load(owner, modules)
    else:
        for module in modules:
            module.to(device)
    return device
