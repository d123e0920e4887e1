"""Have ComfyUI's memory manager hold models of two owners. Run by ComfyUI's Python.

Usage: python hold_models.py COMFYUI_DIR PACK_DIR. Prints one line of JSON.
"""

import asyncio
import json
import sys

comfyui, pack = sys.argv[1:]
sys.argv = ["main.py", "--cpu"]
sys.path.insert(0, comfyui)
import comfy.options  # noqa: E402

comfy.options.enable_args_parsing()
import comfy.model_management as management  # noqa: E402
import torch  # noqa: E402

import nodes  # noqa: E402

asyncio.run(nodes.load_custom_node(pack))
core = next(module for name, module in sys.modules.items() if name.endswith("core.runtime"))
machine = core.default_runtime()
painter, language = torch.nn.Linear(8, 8), torch.nn.Linear(4, 4)
dropped: list[str] = []


def drop() -> None:
    dropped.append("painter")


report = {}
machine.memory_manager.load("painter", [painter], drop)
device = core.move_to_device("language model", [language], machine)
report["device"] = str(device)
report["held"] = len(management.current_loaded_models)
machine.memory_manager.load("painter", [painter], drop)
report["held again"] = len(management.current_loaded_models)
report["dropped early"] = list(dropped)
management.unload_all_models()
report["dropped"] = list(dropped)
report["painter"] = sum(weight.numel() for weight in painter.parameters())
report["language"] = sum(weight.numel() for weight in language.parameters())
core.move_to_device("language model", [language], machine)
report["answers"] = list(language(torch.ones(4)).shape)
sys.stdout.write(json.dumps(report) + "\n")
