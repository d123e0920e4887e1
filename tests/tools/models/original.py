"""Write a diffusers pipeline as one checkpoint file in the layout of the original repositories.

The inverse of what loaders do; block numbering as in
https://github.com/CompVis/latent-diffusion and https://github.com/Stability-AI/generative-models.
"""

import re
from pathlib import Path

import torch
from safetensors.torch import save_file

RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "time_emb_proj": "emb_layers.1",
    "conv_shortcut": "skip_connection",
}
UNET_ENDS = {
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
    "conv_in": "input_blocks.0.0",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
}
VAE_ATTENTION = {
    "group_norm": "norm",
    "to_q": "q",
    "to_k": "k",
    "to_v": "v",
    "to_out.0": "proj_out",
}
OPEN_CLIP = {
    "layer_norm1": "ln_1",
    "layer_norm2": "ln_2",
    "mlp.fc1": "mlp.c_fc",
    "mlp.fc2": "mlp.c_proj",
    "self_attn.out_proj": "attn.out_proj",
}


def save_original(pipe, path: Path, *, dtype=torch.float32) -> Path:
    """Write UNet, VAE and text encoders into one safetensors file."""
    tensors = unet_tensors(pipe.unet) | vae_tensors(pipe.vae)
    text = _with_text_model(pipe.text_encoder.state_dict())
    if getattr(pipe, "text_encoder_2", None) is None:
        tensors |= {f"cond_stage_model.transformer.{k}": v for k, v in text.items()}
    else:
        tensors |= {f"conditioner.embedders.0.transformer.{k}": v for k, v in text.items()}
        tensors |= open_clip_tensors(pipe.text_encoder_2.state_dict())
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({k: v.to(dtype).contiguous() for k, v in tensors.items()}, path)
    return path


def save_controlnet(net, path: Path, *, dtype=torch.float32) -> Path:
    """Write a ControlNet with the names of https://github.com/lllyasviel/ControlNet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    config = net.config
    blocks = [*_down_blocks(len(config.block_out_channels), config.layers_per_block), *MIDDLE]
    ends = {f"controlnet_down_blocks.{n}": f"zero_convs.{n}.0" for n in range(99)} | UNET_ENDS
    hint = "controlnet_cond_embedding."
    ends |= {f"{hint}blocks.{n}": f"input_hint_block.{2 * n + 2}" for n in range(6)}
    ends |= {f"{hint}conv_in": "input_hint_block.0", f"{hint}conv_out": "input_hint_block.14"}
    ends["controlnet_mid_block"] = "middle_block_out.0"
    tensors = _renamed(net.state_dict(), [*blocks, *ends.items()], "control_model.")
    save_file({k: v.to(dtype).contiguous() for k, v in tensors.items()}, path)
    return path


def _with_text_model(tensors: dict) -> dict:
    return {k if k.startswith("text_model.") else f"text_model.{k}": v for k, v in tensors.items()}


def unet_tensors(unet) -> dict:
    """UNet weights under `model.diffusion_model.`."""
    blocks = _unet_blocks(len(unet.config.block_out_channels), unet.config.layers_per_block, unet)
    return _renamed(unet.state_dict(), [*blocks, *UNET_ENDS.items()], "model.diffusion_model.")


def _renamed(tensors: dict, names: list[tuple[str, str]], prefix: str) -> dict:
    found = {}
    for name, tensor in tensors.items():
        old, new = next((o, n) for o, n in names if name.startswith(f"{o}."))
        tail = name[len(old) :]
        if ".resnets." in old:
            tail = re.sub(r"^\.(\w+)", lambda m: "." + RESNET.get(m[1], m[1]), tail)
        found[f"{prefix}{new}{tail}"] = tensor
    return found


MIDDLE = [
    ("mid_block.resnets.0", "middle_block.0"),
    ("mid_block.attentions.0", "middle_block.1"),
    ("mid_block.resnets.1", "middle_block.2"),
]


def _down_blocks(levels: int, layers: int) -> list[tuple[str, str]]:
    blocks, number = [], 1
    for level in range(levels):
        for layer in range(layers):
            blocks.append((f"down_blocks.{level}.resnets.{layer}", f"input_blocks.{number}.0"))
            blocks.append((f"down_blocks.{level}.attentions.{layer}", f"input_blocks.{number}.1"))
            number += 1
        if level < levels - 1:
            down = (f"down_blocks.{level}.downsamplers.0.conv", f"input_blocks.{number}.0.op")
            blocks.append(down)
            number += 1
    return blocks


def _unet_blocks(levels: int, layers: int, unet) -> list[tuple[str, str]]:
    blocks, number = [*MIDDLE, *_down_blocks(levels, layers)], 0
    for level in range(levels):
        attends = "CrossAttn" in unet.config.up_block_types[level]
        for layer in range(layers + 1):
            blocks.append((f"up_blocks.{level}.resnets.{layer}", f"output_blocks.{number}.0"))
            blocks.append((f"up_blocks.{level}.attentions.{layer}", f"output_blocks.{number}.1"))
            if layer == layers and level < levels - 1:
                place = f"output_blocks.{number}.{2 if attends else 1}"
                blocks.append((f"up_blocks.{level}.upsamplers.0", place))
            number += 1
    return blocks


def vae_tensors(vae) -> dict:
    """VAE weights under `first_stage_model.`."""
    last = len(vae.config.block_out_channels) - 1
    found = {}
    for name, tensor in vae.state_dict().items():
        new = re.sub(r"down_blocks\.(\d+)\.resnets\.(\d+)", r"down.\1.block.\2", name)
        new = re.sub(r"down_blocks\.(\d+)\.downsamplers\.0", r"down.\1.downsample", new)
        new = re.sub(
            r"up_blocks\.(\d+)\.resnets\.(\d+)",
            lambda m: f"up.{last - int(m[1])}.block.{m[2]}",
            new,
        )
        new = re.sub(
            r"up_blocks\.(\d+)\.upsamplers\.0", lambda m: f"up.{last - int(m[1])}.upsample", new
        )
        new = re.sub(r"mid_block\.resnets\.(\d)", lambda m: f"mid.block_{int(m[1]) + 1}", new)
        new = new.replace("mid_block.attentions.0", "mid.attn_1")
        new = new.replace("conv_shortcut", "nin_shortcut").replace("conv_norm_out", "norm_out")
        if "mid.attn_1" in new:
            for old, short in VAE_ATTENTION.items():
                new = new.replace(f".{old}.", f".{short}.")
            tensor = tensor[..., None, None] if tensor.ndim == 2 else tensor
        found[f"first_stage_model.{new}"] = tensor
    return found


def open_clip_tensors(tensors: dict) -> dict:
    """Second text encoder of SDXL in OpenCLIP's layout."""
    tensors = {k.removeprefix("text_model."): v for k, v in tensors.items()}
    root = "conditioner.embedders.1.model."
    found = {
        f"{root}token_embedding.weight": tensors["embeddings.token_embedding.weight"],
        f"{root}positional_embedding": tensors["embeddings.position_embedding.weight"],
        f"{root}ln_final.weight": tensors["final_layer_norm.weight"],
        f"{root}ln_final.bias": tensors["final_layer_norm.bias"],
        f"{root}text_projection": tensors["text_projection.weight"].T,
    }
    for name, tensor in tensors.items():
        match = re.match(r"encoder\.layers\.(\d+)\.(.+)\.(weight|bias)$", name)
        if match and match[2] in OPEN_CLIP:
            place = f"{root}transformer.resblocks.{match[1]}.{OPEN_CLIP[match[2]]}.{match[3]}"
            found[place] = tensor
        elif match and match[2] == "self_attn.q_proj":
            stem = name.rsplit("q_proj", 1)[0]
            joined = torch.cat([tensors[f"{stem}{x}_proj.{match[3]}"] for x in "qkv"])
            found[f"{root}transformer.resblocks.{match[1]}.attn.in_proj_{match[3]}"] = joined
    return found
