"""The starter in ComfyUI's own classes, by ComfyUI's Python.

Usage: python starter_native.py COMFYUI_DIR PACK_DIR IN.npz OUT.npz. IN has `x`, `t`, `text` and `hint` of one
call of UNet and ControlNet, a `guide` (1, H, W, 3) in [0, 1], a `seed` and `strengths`; OUT gets the `velocity` of the call,
the `features` of PROMPT, and a picture for each strength of the ControlNet.
"""

import asyncio
import sys
from pathlib import Path

PROMPT = "a portrait of a red apple"
STEPS, CFG, SAMPLER, SCHEDULER = 4, 3.0, "euler", "sgm_uniform"


def main(comfyui: str, pack: str, given: str, result: str) -> None:
    """Load the pack as ComfyUI does, and let ComfyUI compute."""
    sys.argv = ["main.py", "--cpu"]
    sys.path.insert(0, comfyui)
    import comfy.options

    comfy.options.enable_args_parsing()
    import numpy as np
    import torch

    import nodes

    torch.set_num_threads(1)
    asyncio.run(nodes.load_custom_node(pack))
    name = next(name for name in sys.modules if name.endswith(".nodes.native.load_folder"))
    folder = Path(pack) / "models" / "diffusers" / "chatanything-starter"
    models = sys.modules[name].load_folder(folder)
    with np.load(given) as file, torch.inference_mode():
        arrays = {key: torch.from_numpy(file[key]) for key in file.files}
        told = {"velocity": velocity(models, arrays).numpy()}
        positive, negative = (
            nodes.CLIPTextEncode().encode(models.clip, p)[0] for p in (PROMPT, "")
        )
        told["features"] = positive[0][0].numpy()
        told["pictures"] = np.stack([
            picture(nodes, models, positive, negative, arrays, float(strength))
            for strength in arrays["strengths"]
        ])  # fmt: skip
    np.savez(result, **told)


def velocity(models, given):
    """One call of ControlNet and UNet."""
    net = models.control_net.control_model
    shown = net(x=given["x"], hint=given["hint"], timesteps=given["t"], context=given["text"])
    control = {key: list(parts) for key, parts in shown.items()}
    unet = models.model.model.diffusion_model
    return unet(given["x"], given["t"], context=given["text"], control=control)


def picture(nodes, models, positive, negative, given, strength):
    """KSampler's picture, (H, W, 3) in [0, 1]."""
    import torch

    if strength:
        apply = nodes.ControlNetApplyAdvanced().apply_controlnet
        held = (models.control_net, given["guide"], strength, 0.0, 1.0)
        positive, negative = apply(positive, negative, *held)[:2]
    empty = {"samples": torch.zeros(1, 4, *(side // 8 for side in given["guide"].shape[1:3]))}
    how = (int(given["seed"]), STEPS, CFG, SAMPLER, SCHEDULER)
    latent = nodes.common_ksampler(models.model, *how, positive, negative, empty)[0]
    return nodes.VAEDecode().decode(models.vae, latent)[0][0].numpy()


if __name__ == "__main__":
    main(*sys.argv[1:])
