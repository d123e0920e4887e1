"""The menu of language models: profiles by name, and folders of local weights."""

from pathlib import Path
from typing import Any

import comfy.model_management
import comfy.model_patcher
import folder_paths
import torch
from comfy_api.v0_0_2 import io

from ...chatanything_core.llm import OnText, local_models, set_device_policy
from ...chatanything_core.llm.profiles import profile_names

AUTOMATIC = "automatic"
_LOCAL = "local: "


def profile_input() -> io.Combo.Input:
    """Which model the engine asks. Holds names only: no address, no key."""
    return io.Combo.Input(
        "profile",
        options=[AUTOMATIC, *profile_names(), *(_LOCAL + name for name in _folders())],
        default=AUTOMATIC,
        optional=True,
        tooltip="Which language model is asked: a profile made with `chatanything profiles add` "
        "for openai, or a folder of models/LLM for transformers. Automatic takes the only one.",
    )


def model_source(profile: str) -> str:
    """What the core calls it: a profile's name, a folder's path, or nothing."""
    if profile == AUTOMATIC:
        return ""
    folder = _folders().get(profile.removeprefix(_LOCAL))
    return str(folder) if profile.startswith(_LOCAL) and folder else profile


def node_text(node_id: str) -> OnText:
    """Shows a reply under its node while it comes."""
    from server import PromptServer  # there only while a server runs

    server, pieces = PromptServer.instance, []

    def on_text(piece: str) -> None:
        pieces.append(piece)
        # Only to the client that asked; None would tell every browser.
        server.send_progress_text("".join(pieces), node_id, server.client_id)

    return on_text


def _folders() -> dict[str, Path]:
    """Local models by name, from every `LLM` folder that ComfyUI knows."""
    known = folder_paths.folder_names_and_paths.get("LLM", ([], set()))[0]
    roots = [*known, Path(folder_paths.models_dir) / "LLM"]
    return local_models([Path(root) for root in roots])


class _Held(torch.nn.Module):
    """Stands between: ComfyUI sets attributes that `transformers` models keep for themselves."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model


_patchers: dict[int, comfy.model_patcher.ModelPatcher] = {}


def _place(model: Any) -> torch.device:
    """Load through ComfyUI's model management, which may unload others or, later, this one."""
    if id(model) not in _patchers:
        # One at a time, as the core keeps one; the old one is let go.
        _patchers.clear()
        _patchers[id(model)] = comfy.model_patcher.ModelPatcher(
            _Held(model),
            load_device=comfy.model_management.get_torch_device(),
            offload_device=comfy.model_management.unet_offload_device(),
        )
    patcher = _patchers[id(model)]
    comfy.model_management.load_models_gpu([patcher], force_full_load=True)
    return patcher.load_device


set_device_policy(_place)
