"""ComfyUI's model folders, memory manager and previews, as the core's `Runtime`."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import comfy.model_management as management
import comfy.utils
import folder_paths
import latent_preview
import numpy as np
import numpy.typing as npt
import torch
from comfy.cli_args import args
from comfy.model_patcher import ModelPatcher
from comfy.patcher_extension import CallbacksMP
from PIL import Image

from ...chatanything_core.model_folders import KINDS, ModelFolders, default_folders
from ...chatanything_core.progress import Tick
from ...chatanything_core.runtime import Runtime, set_default_runtime


class ModelParts(torch.nn.Module):
    """Our modules as the one model that ComfyUI's memory manager moves and frees."""

    def __init__(self, modules: Sequence[torch.nn.Module]) -> None:
        super().__init__()
        self.parts = torch.nn.ModuleList(modules)
        self.device = management.unet_offload_device()

    def get_dtype(self) -> torch.dtype:
        return next(self.parts.parameters()).dtype


class ComfyMemoryManager:
    """Lets ComfyUI make room for our models, and lets go of them when it wants theirs back."""

    def __init__(self) -> None:
        self._patchers: dict[str, ModelPatcher] = {}

    @property
    def device(self) -> str:
        return str(management.get_torch_device())

    def load(
        self, owner: str, modules: Sequence[torch.nn.Module], drop: Callable[[], None] | None = None
    ) -> None:
        if owner not in self._patchers or not _holds(self._patchers[owner], modules):
            device, parking = management.get_torch_device(), management.unet_offload_device()
            patcher = ModelPatcher(ModelParts(modules), device, parking)
            if drop is not None:
                patcher.add_callback(CallbacksMP.ON_DETACH, self._let_go(owner, drop))
            self._patchers[owner] = patcher
        # Neither diffusers' layers nor those of transformers compute from parked weights, so all
        # of them are loaded.
        management.load_models_gpu([self._patchers[owner]], force_full_load=True)

    def _let_go(self, owner: str, drop: Callable[[], None]) -> Callable[[ModelPatcher, bool], None]:
        def let_go(patcher: ModelPatcher, unpatch_all: bool) -> None:
            held = self._patchers.get(owner)
            if unpatch_all and held is not None and patcher is held:
                # ComfyUI is walking its list of models, and a patcher that dies now would change
                # the list under its feet: only the weights go, their shells go when more is loaded.
                for parameter in held.model.parameters():
                    parameter.data = torch.empty(0, dtype=parameter.dtype)
                drop()

        return let_go


def _holds(patcher: ModelPatcher, modules: Sequence[torch.nn.Module]) -> bool:
    held = list(patcher.model.parts)
    return len(held) == len(modules) and all(a is b for a, b in zip(held, modules, strict=True))


LARGEST_PREVIEW = 512
"""Longer side in pixels that previews are sent at."""
KEEPER = ComfyMemoryManager()
"""The one memory manager: it holds the models that the core keeps."""


def use_comfyui() -> None:
    """Have every stage of the core ask ComfyUI where models lie and where they compute.

    Called once, by the entry point. Voices, detectors and language models are chosen by name
    alone, so that no node could hand them a `Runtime`.
    """
    set_default_runtime(lambda: Runtime(model_folders(), memory_manager=KEEPER))


def model_folders() -> ModelFolders:
    """ComfyUI's own model folders, with those of extra_model_paths.yaml, and the user's."""
    folders = {kind: tuple(dict.fromkeys(_folders_of(kind))) for kind in KINDS}
    vocabulary = Path(comfy.utils.__file__).with_name("sd1_tokenizer")
    return default_folders(ModelFolders(folders, vocabulary))


def _folders_of(kind: str) -> Iterator[Path]:
    for place in KINDS[kind]:
        name, _, below = place.partition("/")
        known = folder_paths.folder_names_and_paths.get(name, ([], set()))[0]
        for folder in (*known, Path(folder_paths.models_dir) / name):
            yield Path(folder) / below


def comfy_runtime() -> tuple[Runtime, Tick]:
    """Where a portrait is painted, and the tick that shows and interrupts it."""
    bar: list[comfy.utils.ProgressBar] = []
    shown: list[Any] = [None]

    def preview(picture: npt.NDArray[np.uint8]) -> None:
        size = tuple(8 * side for side in picture.shape[1::-1])
        shown[0] = ("JPEG", Image.fromarray(picture).resize(size), LARGEST_PREVIEW)

    def tick(done: int, total: int) -> None:
        management.throw_exception_if_processing_interrupted()
        if total > 0:
            if not bar:
                bar.append(comfy.utils.ProgressBar(total))
            bar[0].update_absolute(done, total, shown[0])

    wanted = args.preview_method != latent_preview.LatentPreviewMethod.NoPreviews
    folders, show = model_folders(), preview if wanted else None
    return Runtime(folders, memory_manager=KEEPER, preview=show), tick
