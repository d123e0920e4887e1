"""Load a diffusers folder into ComfyUI's own classes."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import comfy.cldm.cldm
import comfy.controlnet
import comfy.model_management as management
import comfy.ops
import comfy.sd
import comfy.utils
from comfy.model_patcher import ModelPatcher

from ...chatanything_core.errors import InputError
from .shapes import control_shape, folder_config, unet_shape
from .tensor_names import controlnet_tensors, taesd_tensors, unet_tensors
from .text_encoder import load_clip

WEIGHTS = "diffusion_pytorch_model.safetensors"


@dataclass(frozen=True)
class NativeModels:
    """What ComfyUI's samplers run."""

    model: Any
    clip: Any
    vae: Any
    control_net: Any
    """None when the folder has no ControlNet."""


def load_folder(folder: Path) -> NativeModels:
    """UNet, text encoder, VAE and ControlNet of a diffusers folder of SD1.5's kind.

    Raises:
        InputError: parts of another kind.
    """
    index = json.loads((folder / "model_index.json").read_text("utf-8"))
    if index["_class_name"] != "StableDiffusionPipeline" or index["vae"][1] != "AutoencoderTiny":
        raise InputError(
            f"{folder} is a {index['_class_name']} with the VAE {index['vae'][1]}. This loader takes "
            "a StableDiffusionPipeline with an AutoencoderTiny; use ComfyUI's loaders for others."
        )
    model, clip, vae = _model(folder), load_clip(folder), _vae(folder)
    net = _control_net(folder) if (folder / "controlnet").is_dir() else None
    return NativeModels(model, clip, vae, net)


def read_part(folder: Path, part: str) -> tuple[dict[str, Any], Any]:
    """Config and tensors of a part of the folder."""
    config = json.loads((folder / part / "config.json").read_text("utf-8"))
    return config, comfy.utils.load_torch_file(str(folder / part / WEIGHTS), safe_load=True)


def _model(folder: Path) -> Any:
    config, tensors = read_part(folder, "unet")
    blocks, layers = len(config["block_out_channels"]), config["layers_per_block"]
    prefix = "model.diffusion_model."
    named = {prefix + k: v for k, v in unet_tensors(tensors, blocks, layers).items()}
    made = folder_config(folder, config)(unet_shape(config))
    device, parking = management.get_torch_device(), management.unet_offload_device()
    dtype = management.unet_dtype(
        model_params=comfy.utils.calculate_parameters(named),
        supported_dtypes=list(made.supported_inference_dtypes),
        weight_dtype=comfy.utils.weight_dtype(named),
    )
    cast = management.unet_manual_cast(dtype, device, made.supported_inference_dtypes)
    made.set_inference_dtype(dtype, cast)
    model = made.get_model(named, prefix, device=parking)
    model.load_model_weights(named, prefix)
    return ModelPatcher(model, load_device=device, offload_device=parking)


def _control_net(folder: Path) -> Any:
    config, tensors = read_part(folder, "controlnet")
    blocks, layers = len(config["block_out_channels"]), config["layers_per_block"]
    named = controlnet_tensors(tensors, blocks, layers)
    device = management.get_torch_device()
    dtype = management.unet_dtype(
        model_params=comfy.utils.calculate_parameters(named),
        weight_dtype=comfy.utils.weight_dtype(named),
    )
    cast = management.unet_manual_cast(dtype, device)
    net = comfy.cldm.cldm.ControlNet(
        hint_channels=config["conditioning_channels"],
        operations=comfy.ops.pick_operations(dtype, cast),
        device=management.unet_offload_device(),
        dtype=dtype,
        **control_shape(config),
    )
    net.load_state_dict(named)
    return comfy.controlnet.ControlNet(net, load_device=device, manual_cast_dtype=cast)


def _vae(folder: Path) -> Any:
    import torch

    _, tensors = read_part(folder, "vae")
    scale = {"vae_scale": torch.tensor(1.0), "vae_shift": torch.tensor(0.0)}
    return comfy.sd.VAE(sd=taesd_tensors(tensors) | scale)
