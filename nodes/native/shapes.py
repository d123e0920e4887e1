"""Shapes of a UNet and a ControlNet in ComfyUI's words, from diffusers' config files."""

import json
from pathlib import Path
from typing import Any

import comfy.latent_formats
import comfy.model_base
import comfy.supported_models_base

from .latent_rgb import FACTORS, OFFSETS


def unet_shape(config: dict[str, Any]) -> dict[str, Any]:
    """Arguments of ComfyUI's UNetModel."""
    up = [
        int("CrossAttn" in kind)
        for kind in config["up_block_types"]
        for _ in range(config["layers_per_block"] + 1)
    ]
    return _trunk(config) | {
        "out_channels": config["out_channels"],
        "transformer_depth_output": up[::-1],  # in the order of the way down
        "use_temporal_attention": False,
        "use_temporal_resblock": False,
    }


def control_shape(config: dict[str, Any]) -> dict[str, Any]:
    """Arguments of ComfyUI's ControlNet."""
    return _trunk(config) | _heads(config)


def folder_config(folder: Path, unet: dict[str, Any]) -> Any:
    """ComfyUI's description of a model, as a class: its latents, schedule and prediction."""
    plan = json.loads((folder / "scheduler" / "scheduler_config.json").read_text("utf-8"))
    vae = json.loads((folder / "vae" / "config.json").read_text("utf-8"))
    kinds = comfy.model_base.ModelType
    predicts_v = plan["prediction_type"] == "v_prediction"

    class Latents(comfy.latent_formats.LatentFormat):
        scale_factor, latent_channels = vae["scaling_factor"], vae["latent_channels"]
        latent_rgb_factors, latent_rgb_factors_bias = FACTORS, OFFSETS
        taesd_decoder_name = None

    class Config(comfy.supported_models_base.BASE):
        unet_config: dict[str, Any] = {}  # noqa: RUF012  (as the base class has it)
        unet_extra_config = _heads(unet)
        latent_format = Latents
        sampling_settings = {  # noqa: RUF012
            "zsnr": bool(plan.get("rescale_betas_zero_snr")),
            "linear_start": plan["beta_start"],
            "linear_end": plan["beta_end"],
        }
        memory_usage_factor = 0.3

        def model_type(self, state_dict: Any, prefix: str = "") -> Any:
            return kinds.V_PREDICTION if predicts_v else kinds.EPS

        def inpaint_model(self) -> bool:
            return False

    return Config


def _heads(config: dict[str, Any]) -> dict[str, Any]:
    # In diffusers' files of this kind `attention_head_dim` means the number of heads.
    return {"num_heads": config["attention_head_dim"], "num_head_channels": -1}


def _trunk(config: dict[str, Any]) -> dict[str, Any]:
    widths, layers = config["block_out_channels"], config["layers_per_block"]
    depth = [int("CrossAttn" in kind) for kind in config["down_block_types"] for _ in range(layers)]
    return {
        "image_size": 32,
        "in_channels": config["in_channels"],
        "model_channels": widths[0],
        "num_res_blocks": [layers] * len(widths),
        "channel_mult": tuple(width // widths[0] for width in widths),
        "transformer_depth": depth,
        "transformer_depth_middle": 1,
        "context_dim": config["cross_attention_dim"],
        "use_spatial_transformer": True,
        "use_linear_in_transformer": bool(config.get("use_linear_projection")),
        "legacy": False,
        "adm_in_channels": None,
    }
