"""ComfyUI's progress bar and Cancel button, as the core's `Tick`; and where temporary files go."""

import uuid
from pathlib import Path

import comfy.model_management
import comfy.utils
import folder_paths

from ...chatanything_core.progress import Tick


def node_tick() -> Tick:
    """A tick that moves the running node's progress bar and raises when the user cancels."""
    bar: list[comfy.utils.ProgressBar] = []

    def tick(done: int, total: int) -> None:
        comfy.model_management.throw_exception_if_processing_interrupted()
        if total > 0:
            if not bar:
                bar.append(comfy.utils.ProgressBar(total))
            bar[0].update_absolute(done, total)

    return tick


def temporary_file(suffix: str) -> Path:
    """A name in ComfyUI's temp folder that nothing else uses."""
    folder = Path(folder_paths.get_temp_directory())
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"chatanything_{uuid.uuid4().hex}{suffix}"
