"""A small CLIP text encoder with a vocabulary of its own, as ComfyUI's CLIP."""

import json
from pathlib import Path
from typing import Any

import comfy.sd
import comfy.sd1_clip
import comfy.supported_models_base
import comfy.utils
import folder_paths
import torch

from .tensor_names import text_tensors

LAYOUT = (
    *("hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads"),
    *("max_position_embeddings", "hidden_act", "eos_token_id"),
)
TABLE = "text_model.embeddings.token_embedding.weight"


def load_clip(folder: Path) -> Any:
    """The text encoder and tokenizer of a diffusers folder."""
    config = json.loads((folder / "text_encoder" / "config.json").read_text("utf-8"))
    tokenizer = _tokenizer(folder / "tokenizer", config)
    target = comfy.supported_models_base.ClipTarget(tokenizer, _encoder(config))
    clip = comfy.sd.CLIP(
        target,
        embedding_directory=folder_paths.get_folder_paths("embeddings"),
        state_dict=[],
    )
    path = folder / "text_encoder" / "model.safetensors"
    tensors = text_tensors(comfy.utils.load_torch_file(str(path), safe_load=True))
    module = clip.cond_stage_model.clip_l.transformer
    # ComfyUI's table has the 49,408 rows of CLIP; those beyond our own are never asked for.
    rows = module.state_dict()[TABLE].shape[0] - len(tensors[TABLE])
    empty = tensors[TABLE].new_zeros(rows, tensors[TABLE].shape[1])
    tensors[TABLE] = torch.cat([tensors[TABLE], empty])
    module.load_state_dict(tensors, strict=False)  # the projection is not in the folder, nor used
    return clip


def _tokenizer(folder: Path, config: dict[str, Any]) -> Any:
    length, width = config["max_position_embeddings"], config["hidden_size"]

    class Words(comfy.sd1_clip.SDTokenizer):
        def __init__(self, embedding_directory: Any = None, tokenizer_data: Any = None) -> None:
            super().__init__(
                str(folder),
                max_length=length,
                embedding_directory=embedding_directory,
                embedding_size=width,
                tokenizer_data=tokenizer_data or {},
            )

    class Tokenizer(comfy.sd1_clip.SD1Tokenizer):
        def __init__(self, embedding_directory: Any = None, tokenizer_data: Any = None) -> None:
            super().__init__(
                embedding_directory=embedding_directory,
                tokenizer_data=tokenizer_data or {},
                tokenizer=Words,
            )

    return Tokenizer


def _encoder(config: dict[str, Any]) -> Any:
    start, end = config["bos_token_id"], config["eos_token_id"]

    class Encoder(comfy.sd1_clip.SDClipModel):
        def __init__(
            self, device: str = "cpu", dtype: Any = None, model_options: Any = None, **_: Any
        ):
            super().__init__(
                device=device,
                dtype=dtype,
                max_length=config["max_position_embeddings"],
                model_options=model_options or {},
                textmodel_json_config={key: config[key] for key in LAYOUT},
                special_tokens={"start": start, "end": end, "pad": end},
                return_projected_pooled=False,
            )

    class Text(comfy.sd1_clip.SD1ClipModel):
        def __init__(self, device: str = "cpu", dtype: Any = None, model_options: Any = None):
            super().__init__(
                device=device, dtype=dtype, model_options=model_options or {}, clip_model=Encoder
            )

    return Text
