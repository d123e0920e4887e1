"""What is loaded when, what it costs, and that it goes away again."""

import gc
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatanything.diffusion import Lora, paint
from chatanything.landmarks import make_guide

pytestmark = pytest.mark.engines


@pytest.fixture
def loads():
    from chatanything.diffusion.sd import SHELF

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
    from chatanything.diffusion.sd import SHELF

    models.paint(models.expert("sd15"))
    models.paint(models.expert("sdxl"))
    assert len(SHELF) == 1


class Stopwatch:
    """CPU seconds of a call: all of it, and what is spent inside some functions."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch
        self.inside = 0.0

    def watch(self, owner, name):
        function = getattr(owner, name)

        def timed(*args, **options):
            began = time.process_time()
            try:
                return function(*args, **options)
            finally:
                self.inside += time.process_time() - began

        self.monkeypatch.setattr(owner, name, timed)

    def __call__(self, call):
        """All of it, and what lies outside the functions."""
        self.inside, began = 0.0, time.process_time()
        call()
        spent = time.process_time() - began
        return spent, spent - self.inside


def test_overhead_over_the_bare_pipeline_is_small(models, figure, monkeypatch):
    """The networks do the same work in both calls, so what lies outside them is compared.

    On a busy machine the networks' own seconds vary by more than all that a portrait adds. Finding
    the face is not part of the bare call. Twenty steps are as few as portraits are painted in.
    """
    import torch
    from diffusers import StableDiffusionPipeline

    from chatanything.diffusion.sd import SHELF, painter

    job = models.job(models.expert(steps=20))
    paint(job)
    pipe = SHELF.things()[0]
    bare = StableDiffusionPipeline(**pipe.components, requires_safety_checker=False)
    bare.set_progress_bar_config(disable=True)
    asked = {"negative_prompt": "ugly", "num_inference_steps": 20, "guidance_scale": 7.0}

    def theirs():
        with torch.inference_mode():
            bare("grumpy teapot", **asked, width=256, height=256, output_type="np")

    clock = Stopwatch(monkeypatch)
    networks = ((pipe.unet, "forward"), (pipe.vae, "decode"), (pipe.text_encoder, "forward"))
    for owner, name in (*networks, (painter, "find_face")):
        clock.watch(owner, name)
    theirs()
    rounds = [(clock(theirs), clock(lambda: paint(job))) for _ in range(3)]
    whole, bare_rest = (min(one[0][n] for one in rounds) for n in (0, 1))
    our_rest = min(one[1][1] for one in rounds)
    added = (our_rest - bare_rest) / whole
    figure("bare %.3f s, outside the networks %.4f s, ours %.4f s", whole, bare_rest, our_rest)
    assert added <= 0.02


def resident():
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads memory the Linux way")
def test_memory_comes_back_after_unloading(models, figure):
    from chatanything.diffusion.sd import SHELF
    from tests.tools.models import tiny

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
