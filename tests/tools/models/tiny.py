"""Real diffusion pipelines made absurdly small: diffusers' own classes with random weights.

Text features are 32 wide instead of 768, the UNet has two levels instead of four; everything else,
from the tokenizer to the micro-conditioning of SDXL, is what the big ones have.
"""

import json
import re
from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    ControlNetModel,
    DDIMScheduler,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

WIDTH, WIDTH_2 = 32, 48
"""Width of the first and the second text encoder; SDXL reads both side by side."""

WORDS = (
    "a an the of with in on and portrait photo painting drawing soft light red green blue yellow "
    "grumpy happy teapot apple cat dog tree lamp old shiny face eyes mouth smiling style best "
    "quality blurry ugly low ! , . ( )"
)

NOISE = {
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "steps_offset": 1,
    "clip_sample": False,
    "set_alpha_to_one": False,
}
UNET = {
    "sample_size": 32,
    "layers_per_block": 1,
    "block_out_channels": (32, 64),
    "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"),
    "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D"),
    "attention_head_dim": 4,
    "norm_num_groups": 16,
    "cross_attention_dim": WIDTH,
}
UNET_XL = UNET | {
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
    "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"),
    "transformer_layers_per_block": (1, 2),
    "attention_head_dim": (2, 4),
    "use_linear_projection": True,
    "addition_embed_type": "text_time",
    "addition_time_embed_dim": 8,
    "projection_class_embeddings_input_dim": 6 * 8 + WIDTH_2,
    "cross_attention_dim": WIDTH + WIDTH_2,
}
VAE = {
    "block_out_channels": (8, 8, 16, 16),
    "down_block_types": ("DownEncoderBlock2D",) * 4,
    "up_block_types": ("UpDecoderBlock2D",) * 4,
    "layers_per_block": 1,
    "norm_num_groups": 4,
    "latent_channels": 4,
}


def tokenizer_folder(folder: Path) -> Path:
    """A CLIP vocabulary of some hundred tokens, as `vocab.json` and `merges.txt`."""
    folder.mkdir(parents=True, exist_ok=True)
    trainer = trainers.BpeTrainer(
        vocab_size=900,
        end_of_word_suffix="</w>",
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=["<|startoftext|>", "<|endoftext|>"],
        show_progress=False,
    )
    tokenizer = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.train_from_iterator([WORDS] * 9, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    vocabulary = model["vocab"]
    for letter in pre_tokenizers.ByteLevel.alphabet():
        vocabulary.setdefault(letter + "</w>", len(vocabulary))
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    merges = [" ".join(pair) for pair in model["merges"]]
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges]), encoding="utf-8")
    settings = {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77}
    settings |= {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>"}
    settings |= {"unk_token": "<|endoftext|>", "pad_token": "<|endoftext|>"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder


def pipeline(
    family: str, folder: Path, *, seed: int = 0, prediction: str = "epsilon", width: int = 1
):
    """A tiny SD1.5 or SDXL; its vocabulary is written into `folder`.

    `width` multiplies the channels of SD1.5's UNet, for tests of memory.
    """
    torch.manual_seed(seed)
    words = tokenizer_folder(folder / "words")
    scheduler = DDIMScheduler(**NOISE, prediction_type=prediction)
    scaling = 0.18215 if family == "sd15" else 0.13025
    vae = AutoencoderKL(**VAE, scaling_factor=scaling, sample_size=256)
    first = CLIPTokenizer.from_pretrained(words)
    text = CLIPTextModel(text_config(first))
    if family == "sd15":
        channels = tuple(width * channels for channels in UNET["block_out_channels"])
        unet = UNet2DConditionModel(**(UNET | {"block_out_channels": channels}))
        return StableDiffusionPipeline(
            *(vae, text, first, unet, scheduler),
            safety_checker=None,
            feature_extractor=None,
            requires_safety_checker=False,
        )
    second = CLIPTokenizer.from_pretrained(words, pad_token="!")
    more = CLIPTextModelWithProjection(text_config(second, WIDTH_2, hidden_act="gelu"))
    unet = UNet2DConditionModel(**UNET_XL)
    return StableDiffusionXLPipeline(vae, text, more, first, second, unet, scheduler)


def text_config(tokenizer, width=WIDTH, **more) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=width,
        intermediate_size=2 * width,
        projection_dim=width,
        num_hidden_layers=2,
        num_attention_heads=4,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        **more,
    )


def controlnet(unet, *, seed: int = 1, hint=(8, 8, 16, 16)) -> ControlNetModel:
    """A tiny ControlNet of a UNet whose zero convolutions are not zero, so that it has an effect.

    `hint` are the channels of the layers that read the map.
    """
    torch.manual_seed(seed)
    net = ControlNetModel.from_unet(unet, conditioning_embedding_out_channels=hint)
    for block in (*net.controlnet_down_blocks, net.controlnet_mid_block):
        torch.nn.init.normal_(block.weight, std=0.2)
    torch.nn.init.normal_(net.controlnet_cond_embedding.conv_out.weight, std=0.2)
    return net


def lora(pipe, path: Path, style: str, *, seed: int = 2, rank: int = 2) -> Path:
    """A LoRA on all cross-attentions, with the names of `kohya` or of `diffusers`."""
    torch.manual_seed(seed)
    tensors = {}
    for name, module in pipe.unet.named_modules():
        if re.search(r"attn\d\.to_(q|k|v|out\.0)$", name):
            down = torch.randn(rank, module.in_features) * 0.3
            up = torch.randn(module.out_features, rank) * 0.3
            tensors |= _lora_tensors(style, "unet", name, down, up)
    for name, module in pipe.text_encoder.named_modules():
        if re.search(r"self_attn\.(q|k|v|out)_proj$", name):
            down = torch.randn(rank, module.in_features) * 0.3
            up = torch.randn(module.out_features, rank) * 0.3
            full = name if name.startswith("text_model.") else f"text_model.{name}"
            tensors |= _lora_tensors(
                style, "text_encoder", full, down, up, hasattr(pipe, "tokenizer_2")
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path, {"ss_output_name": "tiny style", "ss_network_alpha": str(rank)})
    return path


def _lora_tensors(
    style: str, part: str, name: str, down, up, sdxl: bool = False
) -> dict[str, torch.Tensor]:
    if style == "diffusers":
        return {f"{part}.{name}.lora_A.weight": down, f"{part}.{name}.lora_B.weight": up}
    prefix = {"unet": "lora_unet_", "text_encoder": "lora_te1_" if sdxl else "lora_te_"}[part]
    prefix += name.replace(".", "_")
    return {
        f"{prefix}.lora_down.weight": down,
        f"{prefix}.lora_up.weight": up,
        f"{prefix}.alpha": torch.tensor(float(len(down))),
    }


def smoothen(pipe, amount: float = 0.05) -> None:
    """Make a tiny model change slowly with the time step, and spread its latents about 1.

    Every trained one does both. Random weights answer each time step differently, and no solver
    can follow that.
    """
    pipe.vae.register_to_config(scaling_factor=4.5)
    with torch.no_grad():
        for name, parameter in pipe.unet.named_parameters():
            if "time_emb_proj" in name:
                parameter.mul_(amount)
