"""Installed files as experts, read from headers alone."""

import json

import pytest

from chatanything.diffusion import ModelFolders, check_expert
from chatanything.diffusion.families import family_of
from chatanything.diffusion.mixture.installed_models import scan_experts
from chatanything.diffusion.safetensors_header import read_header
from chatanything.errors import InputError, MissingModelError

KEY = "input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight"


def save(path, shapes, **metadata):
    """A safetensors file of zeros, written by hand."""
    header, end = {"__metadata__": metadata}, 0
    for name, shape in shapes.items():
        size = 2
        for side in shape:
            size *= side
        header[name] = {"dtype": "F16", "shape": shape, "data_offsets": [end, end + size]}
        end += size
    raw = json.dumps(header).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(len(raw).to_bytes(8, "little") + raw + bytes(end))


def checkpoint(width, *, text="cond_stage_model.x"):
    return {f"model.diffusion_model.{KEY}": [4, width], text: [1]}


def lora(width):
    name = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight"
    return {name: [2, width]}


@pytest.fixture
def folders(tmp_path):
    kinds = ("checkpoints", "loras")
    return ModelFolders({kind: (tmp_path / kind,) for kind in kinds})


def test_checkpoint_is_described_by_its_maker(tmp_path, folders):
    save(
        tmp_path / "checkpoints" / "toy.safetensors",
        checkpoint(768),
        **{
            "modelspec.title": "Toy Maker",
            "modelspec.description": "Wooden toys in soft light",
            "modelspec.license": "CC-BY-4.0",
            "modelspec.tags": "toy, wood",
        },
    )
    (expert,) = scan_experts(folders)
    assert expert.description == "Toy Maker. Wooden toys in soft light"
    assert (expert.family, expert.source, expert.size) == ("sd15", "toy.safetensors", 512)
    assert (expert.licence, expert.tags) == ("CC-BY-4.0", ("toy", "wood"))
    assert check_expert(expert) is expert


def test_lora_goes_on_the_checkpoint_of_its_family(tmp_path, folders):
    save(tmp_path / "checkpoints" / "a.safetensors", checkpoint(768))
    save(tmp_path / "checkpoints" / "b.safetensors", checkpoint(2048, text="conditioner.x"))
    counts = json.dumps({"10_x": {"clay": 90, "figure": 40}})
    save(
        tmp_path / "loras" / "sub" / "clay.safetensors",
        lora(2048),
        ss_output_name="claymation",
        ss_tag_frequency=counts,
    )
    found = scan_experts(folders)[-1]
    assert (found.name, found.family, found.source) == ("clay (LoRA)", "sdxl", "b.safetensors")
    assert found.loras[0].file == "sub/clay.safetensors"
    assert found.description == "claymation. Trained on: clay, figure"


@pytest.mark.parametrize(
    "shapes",
    [
        checkpoint(1024),
        {"transformer_blocks.0.x": [4, 4]},
        {f"model.diffusion_model.{KEY}": [4, 768]},
    ],
)
def test_other_families_and_bare_unets_are_passed_over(tmp_path, folders, shapes):
    save(tmp_path / "checkpoints" / "other.safetensors", shapes)
    assert scan_experts(folders) == ()


def test_broken_file_is_passed_over_with_a_word(tmp_path, folders, caplog):
    (tmp_path / "checkpoints").mkdir()
    (tmp_path / "checkpoints" / "cut.safetensors").write_bytes(b"\x00" * 20)
    assert scan_experts(folders) == ()
    assert "cut.safetensors" in caplog.text


@pytest.mark.parametrize("frequency", ["[]", "no json", '{"a": {"b": "many"}}'])
def test_odd_metadata_says_nothing(tmp_path, folders, frequency):
    save(tmp_path / "checkpoints" / "odd.safetensors", checkpoint(768), ss_tag_frequency=frequency)
    assert scan_experts(folders)[0].tags == ()


def test_truncated_file_is_told(tmp_path):
    path = tmp_path / "cut.safetensors"
    save(path, checkpoint(768))
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(InputError, match=r"it has \d+ of \d+ bytes"):
        read_header(path)


def test_missing_file_is_told(tmp_path):
    with pytest.raises(MissingModelError, match=r"none\.safetensors"):
        read_header(tmp_path / "none.safetensors")


@pytest.mark.parametrize("suffix", [".ckpt", ".pt", ".pth", ".bin"])
def test_pickle_is_refused_by_its_name(tmp_path, suffix):
    with pytest.raises(InputError, match="is a pickle"):
        read_header(tmp_path / f"model{suffix}")


def test_text_encoders_do_not_tell_the_family():
    name = "lora_te_text_model_encoder_layers_0_attn2_to_k.lora_down.weight"
    assert family_of({name: (2, 768)}) is None
