"""What an expert names and the machine has not; folders that are found."""

import json

import pytest

from chatanything.diffusion import Expert, Lora, missing_parts
from chatanything.diffusion.mixture.installed_models import scan_experts
from chatanything.model_folders import ModelFolders

safetensors = pytest.importorskip("safetensors.numpy")


def test_every_part_that_is_nowhere_is_named(tmp_path):
    expert = Expert(
        *("mine", "paints some things", "sd15", "none.safetensors"),
        loras=(Lora("l.safetensors"),),
        vae="v.safetensors",
        controlnet="c.safetensors",
    )
    folders = ModelFolders({"loras": (tmp_path,)})
    told = ("source none.safetensors", "vae v.safetensors", "controlnet c.safetensors")
    assert missing_parts(expert, folders) == (*told, "loras l.safetensors")
    (tmp_path / "l.safetensors").touch()
    assert missing_parts(expert, folders) == told


def test_a_diffusers_folder_is_found_with_its_size_and_controlnet(tmp_path):
    import numpy as np

    model = tmp_path / "some" / "model"
    for part in ("unet", "vae", "controlnet"):
        (model / part).mkdir(parents=True)
        config = {"sample_size": 48, "block_out_channels": [1, 2, 3, 4]}
        (model / part / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (model / "model_index.json").write_text("{}", encoding="utf-8")
    key = "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight"
    safetensors.save_file({key: np.zeros((4, 768), np.float16)}, model / "unet" / "d.safetensors")
    (found,) = scan_experts(ModelFolders({"diffusers": (tmp_path,)}))
    assert (found.name, found.source) == ("model", "some/model")
    assert (found.family, found.size, found.controlnet) == ("sd15", 384, "controlnet")
