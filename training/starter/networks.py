"""The networks, in shapes that diffusers and ComfyUI load, and their files."""

import copy
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderTiny, ControlNetModel, DDIMScheduler, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel

from .data.tokenizer import LENGTH
from .settings import Settings

CHANNELS, CELLS = 4, 32
"""Of latents: channels, and cells a side for a picture of 256 pixels."""
HEADS = 4
ATTENTION = ("to_q", "to_k", "to_v", "to_out.0")
"""Projections that a LoRA changes."""
INDEX = {
    "_class_name": "StableDiffusionPipeline",
    "feature_extractor": [None, None],
    "image_encoder": [None, None],
    "requires_safety_checker": False,
    "safety_checker": [None, None],
    "scheduler": ["diffusers", "DDIMScheduler"],
    "text_encoder": ["transformers", "CLIPTextModel"],
    "tokenizer": ["transformers", "CLIPTokenizer"],
    "unet": ["diffusers", "UNet2DConditionModel"],
    "vae": ["diffusers", "AutoencoderTiny"],
}
Networks = Mapping[str, Any]
"""Torch modules by the name of their folder."""


def build_denoiser(settings: Settings, words: int) -> dict[str, Any]:
    """UNet, ControlNet without attention on the way down, and text encoder, with fresh weights."""
    width = settings.widths[-1]
    shared = {
        "in_channels": CHANNELS,
        "block_out_channels": settings.widths,
        "layers_per_block": 1,
        "cross_attention_dim": width,
        "attention_head_dim": HEADS,
        "norm_num_groups": 32,
    }
    down = ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D")
    up = ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D")
    return {
        "unet": UNet2DConditionModel(
            sample_size=CELLS,
            out_channels=CHANNELS,
            down_block_types=down,
            up_block_types=up,
            **shared,
        ),
        "controlnet": ControlNetModel(down_block_types=("DownBlock2D",) * 3, **shared),
        "text_encoder": CLIPTextModel(_text_config(settings, words)),
    }


def _text_config(settings: Settings, words: int) -> CLIPTextConfig:
    width = settings.widths[-1]
    return CLIPTextConfig(
        vocab_size=words,
        hidden_size=width,
        intermediate_size=3 * width,
        num_hidden_layers=settings.text_layers,
        num_attention_heads=HEADS,
        max_position_embeddings=LENGTH,
        hidden_act="quick_gelu",
        bos_token_id=words - 2,
        eos_token_id=words - 1,
        pad_token_id=words - 1,
    )


def build_vae(settings: Settings) -> Any:
    """The autoencoder, 8 pixels to a latent."""
    widths = settings.vae_widths
    return AutoencoderTiny(
        latent_channels=CHANNELS,
        encoder_block_out_channels=widths,
        decoder_block_out_channels=widths,
    )


def build_scheduler() -> Any:
    """v-prediction with a terminal signal-to-noise ratio of zero (Lin et al. 2023)."""
    return DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        clip_sample=False,
        set_alpha_to_one=True,
        steps_offset=0,
        prediction_type="v_prediction",
        rescale_betas_zero_snr=True,
        timestep_spacing="trailing",
    )


def add_lora(unet: Any, rank: int) -> None:
    """Put a fresh LoRA on every attention projection; nothing else learns any more."""
    from peft import LoraConfig

    unet.requires_grad_(False)
    unet.add_adapter(LoraConfig(r=rank, lora_alpha=rank, target_modules=list(ATTENTION)), "style")


def save_lora(unet: Any, path: Path) -> None:
    """Write its LoRA in half precision under kohya's names, which diffusers and ComfyUI both read."""
    from peft import get_peft_model_state_dict

    weights = {}
    for key, value in get_peft_model_state_dict(unet, adapter_name="style").items():
        place, _, part = key.removesuffix(".weight").rpartition(".")
        name = f"lora_unet_{place.replace('.', '_')}"
        side = {"lora_A": "lora_down", "lora_B": "lora_up"}[part]
        weights[f"{name}.{side}.weight"] = value.detach().half().cpu().contiguous()
        weights[f"{name}.alpha"] = torch.tensor(float(unet.peft_config["style"].lora_alpha)).half()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    save_file(weights, fresh, metadata={"format": "pt"})
    fresh.replace(path)


def save_networks(networks: Networks, folder: Path) -> None:
    """Write them in half precision; a reader never sees half a file."""
    for name, network in networks.items():
        fresh, place = folder / f".{name}.part", folder / name
        copy.deepcopy(network).half().save_pretrained(fresh, safe_serialization=True)
        place.mkdir(parents=True, exist_ok=True)
        for file in fresh.iterdir():
            file.replace(place / file.name)
        fresh.rmdir()


def save_frame(folder: Path, tokenizer: Path) -> None:
    """Scheduler, tokenizer and index, which make a diffusers pipeline of the folder."""
    build_scheduler().save_pretrained(folder / "scheduler")
    shutil.copytree(tokenizer, folder / "tokenizer", dirs_exist_ok=True)
    (folder / "model_index.json").write_text(json.dumps(INDEX, indent=1) + "\n", "utf-8")
