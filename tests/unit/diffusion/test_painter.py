"""The painter against diffusers' own pipelines: every mode, bit for bit."""

from dataclasses import replace

import numpy as np
import pytest

from chatanything.diffusion import invert, paint
from chatanything.errors import InputError
from chatanything.landmarks import make_guide

pytestmark = pytest.mark.engines
both = pytest.mark.parametrize("family", ["sd15", "sdxl"])


@pytest.fixture
def guide():
    return make_guide(size=(256, 256), strength=0.8)


def shelf():
    from chatanything.diffusion.sd import SHELF

    return SHELF.things()


def bare(family, mode="", **arguments):
    """What diffusers' own pipeline paints from the same loaded weights."""
    import diffusers
    import torch

    pipe, *nets = shelf()
    kind = {"sd15": "StableDiffusion", "sdxl": "StableDiffusionXL"}[family]
    parts = dict(pipe.components)
    parts |= {"controlnet": nets[0]} if "ControlNet" in mode else {}
    parts |= {"requires_safety_checker": False} if family == "sd15" else {}
    own = getattr(diffusers, f"{kind}{mode}Pipeline")(**parts)
    own.set_progress_bar_config(disable=True)
    defaults = {
        "prompt": "grumpy teapot",
        "negative_prompt": "ugly",
        "num_inference_steps": 4,
        "guidance_scale": 7.0,
        "generator": torch.Generator().manual_seed(3),
        "output_type": "np",
    }
    size = {} if mode == "Img2Img" else {"width": 256, "height": 256}
    with torch.inference_mode():
        image = own(**(defaults | size | arguments)).images[0]
    return (image * 255).round().astype(np.uint8)


def latents_of(picture):
    import torch

    from chatanything.diffusion.sd.vae import encode

    with torch.inference_mode():
        return encode(shelf()[0], picture)


@both
def test_text_to_image_is_that_of_diffusers(models, family):
    ours = models.paint(models.expert(family))
    assert ours.std() > 5
    assert np.array_equal(ours, bare(family))


@pytest.mark.parametrize(
    "scheduler", ["euler", "euler_a", "heun", "dpmpp_2m_karras", "dpmpp_2m_sde", "unipc", "lcm"]
)
def test_schedulers_paint_as_in_diffusers(models, scheduler):
    from chatanything.diffusion.sd.reference_start import make_scheduler

    ours = models.paint(models.expert(scheduler=scheduler))
    pipe = shelf()[0]
    own, pipe.scheduler = pipe.scheduler, make_scheduler(scheduler, pipe.scheduler.config)
    try:
        assert np.array_equal(ours, bare("sd15"))
    finally:
        pipe.scheduler = own


def all_but_rounded(ours, theirs):
    """Equal but for one level in a few pixels: a map is embedded once for all texts, and PyTorch
    adds up a smaller batch in another order."""
    apart = np.abs(ours.astype(int) - theirs)
    return apart.max() <= 1 and np.mean(apart > 0) < 1e-3


@both
def test_controlnet_is_that_of_diffusers(models, family, guide):
    expert = models.expert(family, controlnet=family)
    ours = models.paint(expert, guide=guide, window=(0.25, 0.75))
    assert not np.array_equal(ours, models.paint(expert))
    models.paint(expert, guide=guide)
    theirs = bare(
        family,
        "ControlNet",
        image=guide.control[None] / np.float32(255),
        controlnet_conditioning_scale=0.8,
        control_guidance_start=0.25,
        control_guidance_end=0.75,
    )
    assert all_but_rounded(ours, theirs)


@both
def test_image_to_image_is_that_of_diffusers(models, family, picture):
    expert = models.expert(family)
    job = models.job(expert)
    start = invert(job.mixture, picture, strength=0.5, seed=3, size=(256, 256), runtime=job.runtime)
    ours = paint(replace(job, start=start)).image
    assert np.array_equal(ours, bare(family, "Img2Img", image=latents_of(picture), strength=0.5))


@both
def test_controlnet_and_image_together_are_those_of_diffusers(models, family, picture, guide):
    job = models.job(models.expert(family, controlnet=family), guide=guide, window=(0.0, 1.0))
    start = invert(
        job.mixture, picture, strength=0.75, seed=3, size=(256, 256), runtime=job.runtime
    )
    ours = paint(replace(job, start=start)).image
    theirs = bare(
        family,
        "ControlNetImg2Img",
        image=latents_of(picture),
        control_image=guide.control[None] / np.float32(255),
        controlnet_conditioning_scale=0.8,
        strength=0.75,
    )
    assert all_but_rounded(ours, theirs)


@both
def test_single_file_paints_what_its_folder_paints(models, family):
    folder = models.paint(models.expert(family))
    assert np.array_equal(models.paint(models.single_file(family)), folder)


def test_controlnet_in_one_file_paints_what_its_folder_paints(models, guide):
    import shutil

    net = models.root / "controlnet" / "sd15" / "diffusion_pytorch_model.safetensors"
    shutil.copy(net, models.root / "controlnet" / "single.safetensors")
    folder = models.paint(models.expert(controlnet="sd15"), guide=guide)
    config = str(models.root / "diffusers" / "sd15")
    single = models.expert(controlnet="single.safetensors", config=config)
    assert np.array_equal(models.paint(single, guide=guide), folder)


def test_guide_without_controlnet_is_told_and_carries_the_face(models, guide):
    portrait = paint(models.job(models.expert(), guide=guide))
    assert portrait.face.origin in ("guide", "detected")
    assert "no ControlNet" in portrait.recipe["guide"]


@pytest.mark.parametrize("precision", ["bf16", "fp16"])
def test_half_precision_is_that_of_every_weight(models, precision):
    for expert in (models.expert(), models.single_file()):
        image = models.paint(expert, runtime=models.runtime(precision=precision))
        dtypes = {
            str(p.dtype) for part in (shelf()[0].unet, shelf()[0].vae) for p in part.parameters()
        }
        assert dtypes == {{"bf16": "torch.bfloat16", "fp16": "torch.float16"}[precision]}
        assert image.std() > 5


def test_device_that_is_not_there_is_told(models):
    import torch

    missing = "mps" if torch.cuda.is_available() else "cuda"
    with pytest.raises(InputError, match="no device"):
        models.paint(models.expert(), runtime=models.runtime(device=missing))


def test_preview_shows_a_small_picture_of_every_step(models):
    shown = []
    models.paint(models.expert(steps=5), runtime=models.runtime(preview=shown.append))
    assert [(picture.shape, picture.dtype) for picture in shown] == [((32, 32, 3), np.uint8)] * 5


def test_recipe_tells_how_it_was_painted(models):
    recipe = paint(models.job(models.expert())).recipe
    assert recipe["experts"][0]["prompt"] == "grumpy teapot"
    assert (recipe["seed"], recipe["steps"], recipe["scheduler"]) == (3, 4, "ddim")


def test_other_seed_paints_another_picture(models):
    assert not np.array_equal(models.paint(models.expert()), models.paint(models.expert(), seed=4))


@pytest.mark.parametrize("size", [(256, 320), (264, 256)])
def test_sides_need_not_be_equal(models, size):
    width, height = size
    assert models.paint(models.expert(), width=width, height=height).shape == (height, width, 3)
