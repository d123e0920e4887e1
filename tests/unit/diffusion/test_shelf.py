"""What is loaded when, what it costs, and that it goes away again."""

import gc
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from chatanything.chatanything_core.diffusion import Lora, paint
from chatanything.chatanything_core.landmarks import make_guide

pytestmark = pytest.mark.engines


@pytest.fixture
def loads():
    from chatanything.chatanything_core.diffusion.latent import SHELF

    SHELF.clear()
    before = SHELF.loads
    return lambda: SHELF.loads - before


def test_new_prompt_loads_nothing(models, loads):
    job = models.job(models.expert(controlnet="sd15"), guide=make_guide(size=(256, 256)))
    paint(job)
    assert loads() == 2
    for prompt in ("a cat", "a lamp"):
        paint(replace(job, mixture=replace(job.mixture, prompt=prompt)))
    assert loads() == 2


def test_experts_that_differ_in_lora_share_one_model(models, loads):
    for loras in ((), (Lora("sd15-kohya.safetensors"),), (Lora("sd15-second.safetensors", 0.5),)):
        models.paint(models.expert(loras=loras))
    assert loads() == 1


def test_file_that_was_replaced_is_read_again(models, loads):
    file = models.root / "checkpoints" / "changing.safetensors"
    file.write_bytes((models.root / "checkpoints" / "sd15.safetensors").read_bytes())
    expert = replace(models.single_file(), source=file.name)
    models.paint(expert)
    file.touch()
    models.paint(expert)
    assert loads() == 2


def test_only_what_is_needed_stays(models, loads):
    from chatanything.chatanything_core.diffusion.latent import SHELF

    models.paint(models.expert("sd15"))
    models.paint(models.expert("sdxl"))
    assert len(SHELF) == 1


@pytest.mark.slow
def test_overhead_over_the_bare_pipeline_is_small(models, figure):
    import torch
    from chatanything.chatanything_core.diffusion.latent import SHELF
    from diffusers import StableDiffusionPipeline

    job = models.job(models.expert(steps=8), width=384, height=384)
    paint(job)
    bare = StableDiffusionPipeline(**SHELF.things()[0].components, requires_safety_checker=False)
    bare.set_progress_bar_config(disable=True)

    asked = {"negative_prompt": "ugly", "num_inference_steps": 8, "guidance_scale": 7.0}

    def theirs():
        with torch.inference_mode():
            bare("grumpy teapot", **asked, width=384, height=384, output_type="np")

    def ours():
        paint(job)

    def seconds(call):
        began = time.process_time()
        call()
        return time.process_time() - began

    theirs()
    rounds = [[seconds(call) for call in (theirs, ours, theirs)] for _ in range(4)]
    # The least of some runs is what is left when nothing disturbs the machine; how far the two
    # columns of the same call are apart says how well that can be told.
    first, painted, again = (min(column) for column in zip(*rounds, strict=True))
    bare_time, noise = min(first, again), abs(first - again)
    added = painted / bare_time - 1
    figure(
        "bare %.3f s, ours %+.2f %%, noise %.2f %%", bare_time, 100 * added, 100 * noise / bare_time
    )
    assert painted <= bare_time * 1.02 + noise


def resident():
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads memory the Linux way")
def test_memory_comes_back_after_unloading(models, figure):
    from chatanything.chatanything_core.diffusion.latent import SHELF
    from chatanything.tests.tools import tiny

    big = models.root / "diffusers" / "big"
    pipe = tiny.pipeline("sd15", models.root / "big", width=9)
    pipe.save_pretrained(big)
    del pipe
    models.paint(models.expert("sd15"))
    SHELF.clear()
    before = resident()
    models.paint(models.expert(source="big", steps=2))
    loaded = resident()
    SHELF.clear()
    after = resident()
    figure("before, loaded, after in MB: %s", [n >> 20 for n in (before, loaded, after)])
    assert loaded > before + (100 << 20)
    assert after <= before * 1.05


def test_painting_twice_gives_the_same_bytes(models):
    assert np.array_equal(models.paint(models.expert()), models.paint(models.expert()))
