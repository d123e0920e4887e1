"""Thin ComfyUI adapters: one file per node, no logic."""

from comfy_api.v0_0_2 import ComfyExtension, io

from .diffuser_mixer import DiffuserMixer
from .inversion import Inversion
from .portrait import Portrait

NODES: list[type[io.ComfyNode]] = [
    DiffuserMixer,
    Inversion,
    Portrait,
]


class ChatAnythingExtension(ComfyExtension):
    """The ordered list of our nodes."""

    async def get_node_list(self) -> list[type[io.ComfyNode]]:
        return NODES


async def comfy_entrypoint() -> ChatAnythingExtension:
    """What ComfyUI's loader calls."""
    return ChatAnythingExtension()
