"""Run workflows of ComfyUI on servers, from files of either format."""

from .comfyui_server import ComfyUIServer, connect
from .read_workflow import Workflow, read_workflow
from .records import Prompt, RunFiles, Schemas
from .run_prompt import run_prompt
from .set_inputs import set_inputs
from .to_prompt import to_prompt

__all__ = [
    "ComfyUIServer",
    "Prompt",
    "RunFiles",
    "Schemas",
    "Workflow",
    "connect",
    "read_workflow",
    "run_prompt",
    "set_inputs",
    "to_prompt",
]
