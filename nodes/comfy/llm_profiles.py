"""The menu of language models: profiles by name, and folders of local weights."""

from pathlib import Path
from typing import Any

from comfy_api.v0_0_2 import io

from ...chatanything_core.llm import OnText, local_models
from ...chatanything_core.llm.profiles import profile_names, skipped_profiles
from .runtime import model_folders
from .widgets import open_menu

AUTOMATIC = "automatic"
_LOCAL = "local: "
_NONE = {"offline": [AUTOMATIC], "words": [AUTOMATIC]}
"""Engines and judges that ask no model."""


def profile_input(engine: str = "engine", **more: Any) -> io.Combo.Input:
    """Which model the engine asks. Holds names only: no address, no key.

    `engine` is the menu that it follows on the page.
    """
    servers, folders = profile_names(), [_LOCAL + name for name in _folders()]
    skipped = "".join(f" {told}" for told in skipped_profiles())
    return open_menu(
        "profile",
        [AUTOMATIC, *servers, *folders],
        "Which language model to ask: a profile made with `chatanything profiles add` "
        "for openai, or a folder of models/LLM for transformers. Automatic takes the only one there is."
        + skipped,
        (engine, {**_NONE, "openai": [AUTOMATIC, *servers], "transformers": [AUTOMATIC, *folders]}),
        default=AUTOMATIC,
        optional=True,
        **more,
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
    return local_models(model_folders())
