"""What ComfyUI's loaders are told of an expert."""

from dataclasses import replace

import pytest

from chatanything.diffusion import Expert, Lora, Mixture, comfyui_plan
from chatanything.diffusion.mixture.expert_files import load_experts
from chatanything.errors import InputError

FLUX = Expert(
    "flux",
    "Paints anything at all.",
    "comfyui",
    "flux1-dev.safetensors",
    vae="ae.safetensors",
    clips=("clip_l.safetensors", "t5xxl.safetensors"),
    clip_type="flux",
)


def plan(*experts):
    return comfyui_plan(Mixture(tuple((e, 1 / len(experts)) for e in experts), "a teapot"))


def test_a_diffusion_model_comes_with_its_encoders_and_vae():
    found = plan(FLUX)
    assert (found.checkpoint, found.unet) == ("", "flux1-dev.safetensors")
    assert (found.clips, found.clip_type, found.vae) == (FLUX.clips, "flux", "ae.safetensors")


def test_its_loras_are_added_up_as_others():
    one = replace(FLUX, loras=(Lora("clay.safetensors", 0.8),))
    assert plan(one, FLUX).loras == (("clay.safetensors", 0.4),)


def test_a_checkpoint_needs_none_of_that():
    found = plan(Expert("old", "Paints anything.", "sd15", "old.safetensors"))
    assert (found.checkpoint, found.unet, found.clips) == ("old.safetensors", "", ())


@pytest.mark.parametrize("lacking", [{"vae": ""}, {"clip_type": ""}, {"clips": ("a",) * 5}])
def test_a_model_whose_parts_are_not_all_named_is_refused(lacking):
    with pytest.raises(InputError, match="Name 1 to 4 encoders, their type and a VAE"):
        plan(replace(FLUX, **lacking))


def test_pool_files_describe_such_experts(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "experts:\n"
        "  - {name: z, description: Photographs of anything., family: comfyui, vae: ae.safetensors,\n"
        '     source: z.safetensors, clips: [qwen.safetensors], clip_type: lumina2, template: "{concept}"}\n',
        encoding="utf-8",
    )
    (expert,) = load_experts(path)
    assert expert.clips == ("qwen.safetensors",) and (expert.steps, expert.size) == (20, 1024)
