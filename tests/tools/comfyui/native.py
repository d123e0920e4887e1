"""Models for a live ComfyUI, made by its own Python: `python native.py <models folder>`.

- `diffusers/tiny` and `diffusers/tiny-xl`: the tiny SD1.5 and SDXL of `tiny.py`, for Portrait.
- `checkpoints/tiny-xl.safetensors`: that SDXL in one file.
- `checkpoints/native.safetensors`: one that ComfyUI takes for SD1.5, which wants 320 channels,
  CLIP-L and the whole VAE; only the UNet can be small. Random weights in half precision, 0.5 GB.
- `loras/native.safetensors`: a kohya LoRA for it.
- the same checkpoint and a ControlNet for it, under the names that `workflows/8 ComfyUI paints.json`
  asks for.
"""

import sys
import types
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

ROOT = Path(__file__).resolve().parents[3]
CONFIGS = ROOT / "chatanything_core" / "diffusion" / "families" / "configs" / "sd15"


def make(models: Path) -> None:
    """Write all of them below `models`."""
    sys.path.insert(0, str(ROOT))
    from tests.tools.models import original, tiny

    tiny.pipeline("sd15", models / "tiny-words").save_pretrained(models / "diffusers" / "tiny")
    large = tiny.pipeline("sdxl", models / "tiny-words")
    large.save_pretrained(models / "diffusers" / "tiny-xl")
    original.save_original(large, models / "checkpoints" / "tiny-xl.safetensors")
    torch.manual_seed(0)
    unet = UNet2DConditionModel(
        block_out_channels=(320,),
        down_block_types=("CrossAttnDownBlock2D",),
        up_block_types=("CrossAttnUpBlock2D",),
        layers_per_block=1,
        cross_attention_dim=768,
        attention_head_dim=8,
    )
    vae = AutoencoderKL.from_config(AutoencoderKL.load_config(CONFIGS / "vae"))
    text = CLIPTextModel(CLIPTextConfig.from_json_file(CONFIGS / "text_encoder" / "config.json"))
    pipe = types.SimpleNamespace(unet=unet, vae=vae, text_encoder=text)
    place = models / "checkpoints" / "native.safetensors"
    original.save_original(pipe, place, dtype=torch.float16)
    tiny.lora(pipe, models / "loras" / "native.safetensors", "kohya")
    place.with_name("v1-5-pruned-emaonly-fp16.safetensors").hardlink_to(place)
    net = tiny.controlnet(unet, hint=(16, 32, 96, 256))
    name = "control_v2p_sd15_mediapipe_face.safetensors"
    original.save_controlnet(net, models / "controlnet" / name, dtype=torch.float16)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
