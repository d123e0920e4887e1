"""Names of weights: diffusers' own to those of the original repositories, which ComfyUI uses.

Block numbering as in https://github.com/CompVis/latent-diffusion; TAESD's as in
https://github.com/madebyollin/taesd.
"""

import re
from collections.abc import Mapping
from typing import Any

Tensors = Mapping[str, Any]
ENDS = {
    "time_embedding.linear_1.": "time_embed.0.",
    "time_embedding.linear_2.": "time_embed.2.",
    "conv_in.": "input_blocks.0.0.",
    "conv_norm_out.": "out.0.",
    "conv_out.": "out.2.",
}
RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "time_emb_proj": "emb_layers.1",
    "conv_shortcut": "skip_connection",
}
MIDDLE = {
    "mid_block.resnets.0.": "middle_block.0.",
    "mid_block.attentions.0.": "middle_block.1.",
    "mid_block.resnets.1.": "middle_block.2.",
}


def unet_tensors(tensors: Tensors, blocks: int, layers: int) -> dict[str, Any]:
    """A UNet, or the trunk of a ControlNet, of so many blocks of so many layers."""
    places = ENDS | MIDDLE | _down(blocks, layers) | _up(tensors, blocks, layers)
    return {_renamed(name, places): tensor for name, tensor in tensors.items()}


def controlnet_tensors(tensors: Tensors, blocks: int, layers: int) -> dict[str, Any]:
    """A ControlNet (https://github.com/lllyasviel/ControlNet)."""
    hint = {
        "controlnet_cond_embedding.conv_in.": "input_hint_block.0.",
        "controlnet_cond_embedding.conv_out.": "input_hint_block.14.",
        "controlnet_mid_block.": "middle_block_out.0.",
    }
    for name in tensors:
        if found := re.match(r"controlnet_cond_embedding\.blocks\.(\d+)\.", name):
            hint[found[0]] = f"input_hint_block.{2 * (int(found[1]) + 1)}."
        elif found := re.match(r"controlnet_down_blocks\.(\d+)\.", name):
            hint[found[0]] = f"zero_convs.{found[1]}.0."
    places = hint | ENDS | MIDDLE | _down(blocks, layers)
    return {_renamed(name, places): tensor for name, tensor in tensors.items()}


def taesd_tensors(tensors: Tensors) -> dict[str, Any]:
    """An AutoencoderTiny; in TAESD's decoder a clamp comes first."""
    found = {}
    for name, tensor in tensors.items():
        half, _, number, rest = name.split(".", 3)
        found[f"taesd_{half}.{int(number) + (half == 'decoder')}.{rest}"] = tensor
    return found


def text_tensors(tensors: Tensors) -> dict[str, Any]:
    """A CLIP text model; newer libraries leave its prefix out."""
    return {
        name if name.startswith("text_model.") else f"text_model.{name}": tensor
        for name, tensor in tensors.items()
    }


def _renamed(name: str, places: Mapping[str, str]) -> str:
    start = next((before for before in places if name.startswith(before)), "")
    rest = name[len(start) :]
    if ".resnets." in start:
        rest = re.sub(r"^\w+", lambda part: RESNET[part[0]], rest)
    return places.get(start, "") + rest


def _down(blocks: int, layers: int) -> dict[str, str]:
    places, number = {}, 1
    for block in range(blocks):
        for layer in range(layers):
            places[f"down_blocks.{block}.resnets.{layer}."] = f"input_blocks.{number}.0."
            places[f"down_blocks.{block}.attentions.{layer}."] = f"input_blocks.{number}.1."
            number += 1
        places[f"down_blocks.{block}.downsamplers.0.conv."] = f"input_blocks.{number}.0.op."
        number += 1
    return places


def _up(tensors: Tensors, blocks: int, layers: int) -> dict[str, str]:
    places = {}
    for block in range(blocks):
        first = block * (layers + 1)
        for layer in range(layers + 1):
            number = first + layer
            places[f"up_blocks.{block}.resnets.{layer}."] = f"output_blocks.{number}.0."
            places[f"up_blocks.{block}.attentions.{layer}."] = f"output_blocks.{number}.1."
        attends = any(name.startswith(f"up_blocks.{block}.attentions") for name in tensors)
        last = f"output_blocks.{first + layers}.{1 + attends}."
        places[f"up_blocks.{block}.upsamplers.0."] = last
    return places
