"""A node pack for tests: tiny random models of several families, of ComfyUI's own classes.

A file `detector.txt` in ComfyUI's input folder makes it a face detector too: it names the pictures,
counted from 1, in which it finds a face, and how well each can be animated; `0` finds none.
"""

import hashlib
import logging
import sys
from functools import partial
from pathlib import Path

import comfy.model_management as management
import comfy.supported_models as supported
import folder_paths
import torch
from comfy.cldm.cldm import ControlNet as ControlNetModel
from comfy.controlnet import ControlNet
from comfy.ldm.models.autoencoder import AutoencoderKL
from comfy.ldm.wan.vae import WanVAE
from comfy.model_patcher import ModelPatcher
from comfy.sd import VAE

UNET = {
    "image_size": 32,
    "in_channels": 4,
    "out_channels": 4,
    "model_channels": 32,
    "num_res_blocks": [1, 1],
    "channel_mult": (1, 2),
    "transformer_depth": [1, 1],
    "transformer_depth_output": [1, 1, 1, 1],
    "transformer_depth_middle": 1,
    "context_dim": 32,
    "use_spatial_transformer": True,
    "use_linear_in_transformer": False,
    "legacy": False,
    "adm_in_channels": None,
    "use_temporal_attention": False,
}
FLUX = {
    "image_model": "flux",
    "in_channels": 16,
    "out_channels": 16,
    "vec_in_dim": 16,
    "context_in_dim": 32,
    "hidden_size": 64,
    "mlp_ratio": 2.0,
    "num_heads": 4,
    "depth": 1,
    "depth_single_blocks": 1,
    "axes_dim": [4, 6, 6],
    "theta": 10000,
    "patch_size": 2,
    "qkv_bias": True,
    "guidance_embed": True,
    "txt_ids_dims": [],
}
MMDIT = {
    "in_channels": 16,
    "out_channels": 16,
    "patch_size": 2,
    "depth": 1,
    "input_size": None,
    "adm_in_channels": 16,
    "context_embedder_config": {
        "target": "torch.nn.Linear",
        "params": {"in_features": 32, "out_features": 64},
    },
    "num_patches": 4096,
    "pos_embed_max_size": 64,
    "pos_embed_scaling_factor": None,
}
QWEN = {
    "image_model": "qwen_image",
    "in_channels": 64,
    "out_channels": 16,
    "num_layers": 1,
    "attention_head_dim": 16,
    "num_attention_heads": 2,
    "joint_attention_dim": 32,
    "pooled_projection_dim": 16,
    "axes_dims_rope": (4, 6, 6),
}
Z_IMAGE = {
    "image_model": "lumina2",
    "patch_size": 2,
    "in_channels": 16,
    "dim": 256,
    "cap_feat_dim": 32,
    "n_layers": 1,
    "n_refiner_layers": 1,
    "qk_norm": True,
    "n_heads": 4,
    "n_kv_heads": 4,
    "axes_dims": [16, 24, 24],
    "axes_lens": [64, 64, 64],
    "rope_theta": 256.0,
    "ffn_dim_multiplier": 2.0,
    "z_image_modulation": True,
    "time_scale": 1000.0,
}
FAMILIES = {
    "sd15": (supported.SD15, UNET),
    "flux": (supported.Flux, FLUX),
    "sd3": (supported.SD3, MMDIT),
    "qwen_image": (supported.QwenImage, QWEN),
    "z_image": (supported.ZImage, Z_IMAGE),
}
KL = {"double_z": True, "resolution": 64, "in_channels": 3, "out_ch": 3, "ch": 32, "dropout": 0.0}
KL |= {"ch_mult": [1, 1, 1, 1], "num_res_blocks": 1, "attn_resolutions": []}
WAN = {"dim": 8, "z_dim": 16, "dim_mult": [1, 2, 4, 4], "num_res_blocks": 2, "attn_scales": []}
WAN |= {"temperal_downsample": [False, True, True], "image_channels": 3, "dropout": 0.0}
POOLED = 16
CONTRAST = 6.0
"""So much more than by chance: no face in a picture that is all grey would be a good one."""


def fill(module):
    """Small random weights of a fixed seed; norms as they are."""
    torch.manual_seed(0)
    for name, weight in module.named_parameters():
        with torch.no_grad():
            scale = name.endswith("weight") and "norm" in name and weight.ndim == 1
            if scale or name.endswith("gamma"):
                weight.fill_(1.0)
            else:
                weight.normal_(
                    0.0, 0.4 / max(weight[0].numel() if weight.ndim > 1 else 9, 1) ** 0.5
                )
    return module


def make_model(family):
    """A MODEL of a family."""
    kind, config = FAMILIES[family]
    shape = kind(config)
    shape.inpaint_model = lambda: False
    shape.set_inference_dtype(torch.float32, None)
    model = shape.get_model({}, "", device="cpu")
    fill(model.diffusion_model)
    device = management.get_torch_device()
    return ModelPatcher(model, load_device=device, offload_device=management.unet_offload_device())


def make_vae(family):
    """A VAE that knows the family's latents."""
    if family == "qwen_image":
        model = fill(WanVAE(**WAN))
        with torch.no_grad():
            model.decoder.head[-1].weight.mul_(CONTRAST)
        return VAE(sd=model.state_dict())
    channels = 4 if family == "sd15" else 16
    params = {"ddconfig": KL | {"z_channels": channels}, "embed_dim": channels}
    weights = fill(AutoencoderKL(**params)).state_dict()
    return VAE(sd=weights, config={"params": params})


def make_control_net():
    """A CONTROL_NET for the family sd15."""
    shape = {key: value for key, value in UNET.items() if key not in ("out_channels", "legacy")}
    shape.pop("transformer_depth_output")
    model = fill(ControlNetModel(hint_channels=3, num_heads=4, dtype=torch.float32, **shape))
    device = management.get_torch_device()
    return ControlNet(model, load_device=device, manual_cast_dtype=None)


class TinyModel:
    """Makes a model, and says so in the log: loading is what caches are to spare."""

    CATEGORY = "test"
    FUNCTION = "make"
    RETURN_TYPES = ("MODEL", "VAE", "CONTROL_NET")

    @classmethod
    def INPUT_TYPES(cls):  # noqa: N802
        return {"required": {"family": (list(FAMILIES),)}}

    def make(self, family):
        logging.info("TINY MODEL MADE: %s", family)
        return make_model(family), make_vae(family), make_control_net()


class TinyWords:
    """What a text encoder of width 32 might say of a text."""

    CATEGORY = "test"
    FUNCTION = "make"
    RETURN_TYPES = ("CONDITIONING",)

    @classmethod
    def INPUT_TYPES(cls):  # noqa: N802
        return {"required": {"text": ("STRING", {"default": ""})}}

    def make(self, text):
        draw = partial(torch.randn, generator=torch.Generator().manual_seed(len(text)))
        extra = {"pooled_output": draw(1, POOLED), "attention_mask": torch.ones(1, 8)}
        return ([[draw(1, 8, 32), extra]],)


class CountingDetector:
    """Finds the average face in the pictures that `detector.txt` names."""

    def detect(self, image, confidence):
        place = _detector_file()
        script, number = _script(place), _number(image, place.with_name("detector.seen"))
        if number not in script:
            return ()
        core = sys.modules[_landmarks()]
        points = core.make_guide(library="average", size=image.shape[1::-1]).points
        spread = (points - 0.5) * script[number] + 0.5
        return (core.Face(spread, image.shape[1::-1], "detected"),)


def _detector_file():
    return Path(folder_paths.get_input_directory()) / "detector.txt"


def _script(place):
    """Number of a picture and the size of the face in it, `2:0.5 3:1`."""
    entries = (entry.partition(":") for entry in place.read_text().split())
    return {int(number): float(size or 1) for number, _, size in entries}


def _number(image, seen):
    """How many pictures this is, however often it is looked at."""
    known = seen.read_text().split() if seen.exists() else []
    name = hashlib.sha256(image.tobytes()).hexdigest()
    if name not in known:
        known.append(name)
        seen.write_text("\n".join(known))
    return known.index(name) + 1


def _landmarks():
    return next(name for name in sys.modules if name.endswith("chatanything_core.landmarks"))


def _check():
    if not _detector_file().exists():
        raise sys.modules[_landmarks().rpartition(".")[0] + ".errors"].MissingModelError("no file")


NODE_CLASS_MAPPINGS = {"TinyModel": TinyModel, "TinyWords": TinyWords}
sys.modules[_landmarks()].detectors.add(
    "counting", CountingDetector, about="finds faces in the pictures that it is told", check=_check
)
