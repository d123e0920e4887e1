"""Which loaders an expert of each kind expands to: `python expert_loaders.py COMFYUI_DIR PACK_DIR`.

Run by ComfyUI's Python. Prints one line of JSON: the nodes, or what is refused, by case.
"""

import asyncio
import json
import sys
from dataclasses import replace

comfyui, pack = sys.argv[1:]
sys.argv = ["main.py", "--cpu"]
sys.path.insert(0, comfyui)
import comfy.options  # noqa: E402

comfy.options.enable_args_parsing()
import nodes  # noqa: E402

asyncio.run(nodes.init_builtin_extra_nodes())
asyncio.run(nodes.load_custom_node(pack))
core = next(module for name, module in sys.modules.items() if name.endswith("core.diffusion"))
loader = nodes.NODE_CLASS_MAPPINGS["ChatAnythingExpertLoader"]
flux = core.Expert("e", "Paints anything.", "comfyui", "unet", vae="vae", clip_type="flux")
CASES = {
    "one": replace(flux, clips=("a",), clip_type="qwen_image"),
    "two": replace(flux, clips=("a", "b"), loras=(core.Lora("lora", 0.5),)),
    "three": replace(flux, clips=("a", "b", "c")),
    "four": replace(flux, clips=("a", "b", "c", "d")),
    "unknown": replace(flux, clips=("a", "b"), clip_type="nonsense"),
    "checkpoint": core.Expert("e", "Paints anything.", "sd15", "old.safetensors", vae="vae"),
}
found = {}
for name, expert in CASES.items():
    try:
        graph = loader.execute(core.Mixture(((expert, 1.0),), "teapot")).expand
    except Exception as error:  # noqa: BLE001  told to the test
        found[name] = str(error)
    else:
        found[name] = [[node["class_type"], node["inputs"]] for node in graph.values()]
sys.stdout.write("\n" + json.dumps(found) + "\n")
