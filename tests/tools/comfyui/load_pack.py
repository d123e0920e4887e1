"""Load the pack as ComfyUI does and report what that cost. Run by ComfyUI's Python.

Usage: python load_pack.py COMFYUI_DIR PACK_DIR. Prints one line of JSON.
"""

import asyncio
import compileall
import contextlib
import gc
import io
import json
import logging
import sys
import threading
import time
from pathlib import Path

comfyui, pack = sys.argv[1:]
sys.argv = ["main.py", "--cpu"]
sys.path.insert(0, comfyui)
import comfy.options  # noqa: E402
import comfy_config.config_parser  # noqa: E402, F401  (ComfyUI's loader pays for this, not we)

comfy.options.enable_args_parsing()
import execution  # noqa: E402
import folder_paths  # noqa: E402
from comfy_api.v0_0_2 import io as _  # noqa: E402, F401

import nodes  # noqa: E402

HEAVY = ["cv2", "diffusers", "edge_tts", "kokoro_onnx", "mediapipe", "onnxruntime", "openai"]
HEAVY += ["scipy", "torchaudio", "torchvision", "transformers"]

for kind in ("TTS", "LLM", "mediapipe", "loras"):  # as extra_model_paths.yaml does
    folder_paths.add_model_folder_path(kind, f"/extra/{kind}")
logged = io.StringIO()
logging.getLogger().addHandler(logging.StreamHandler(logged))
for name in [name for name in sys.modules if name.split(".")[0] in HEAVY]:
    del sys.modules[name]  # else what ComfyUI has imported would hide what we import
for folder in ("nodes", "chatanything_core"):
    compileall.compile_dir(Path(pack) / folder, quiet=2)
gc.freeze()  # else a full collection of ComfyUI's own objects falls into our time, or does not
threads, path = threading.active_count(), list(sys.path)
printed = io.StringIO()
with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
    began = time.process_time()
    loaded = asyncio.run(nodes.load_custom_node(pack))
    seconds = time.process_time() - began

ours = [node for node in nodes.NODE_CLASS_MAPPINGS if node.startswith("ChatAnything")]
name = next(name for name in sys.modules if name.endswith(".chatanything_core.errors"))
errors = vars(sys.modules[name]).values()
runtime = next(module for name, module in sys.modules.items() if name.endswith("core.runtime"))
machine = runtime.default_runtime()
report = {
    "folders": {kind: list(map(str, found)) for kind, found in machine.folders.folders.items()},
    "models": folder_paths.models_dir,
    "device": machine.memory_manager.device,
    "loaded": loaded,
    "seconds": seconds,
    "heavy": sorted({name.split(".")[0] for name in sys.modules} & set(HEAVY)),
    "printed": printed.getvalue() + logged.getvalue(),
    "threads": threading.active_count() - threads,
    "path": [entry for entry in sys.path if entry not in path],
    "nodes": ours,
    "tooltip": nodes.NODE_CLASS_MAPPINGS["ChatAnythingChat"].INPUT_TYPES()["optional"]["profile"][
        1
    ]["tooltip"],
    "errors": [execution.full_type_name(error) for error in errors if isinstance(error, type)],
}
sys.stdout.write(json.dumps(report) + "\n")
