"""Parts parked between their turns: accelerate's own hooks, as far as a CPU can run them."""

import numpy as np
import pytest

pytestmark = pytest.mark.engines


class LeavesAlone:
    """A memory manager that finds everything where it should be."""

    device = "cpu"

    def load(self, owner, modules, drop=None):
        pass


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
def test_hooked_parts_paint_the_same_and_are_freed_again(models, family):
    """diffusers refuses `enable_model_cpu_offload` without an accelerator, so its hooks are put on
    part by part in the order it names, with the CPU to compute on."""
    from accelerate import cpu_offload_with_hook

    from chatanything.diffusion.sd import SHELF
    from chatanything.diffusion.sd.device_placement import parts

    expert = models.expert(family)
    plain = models.paint(expert)
    pipe, hooked = SHELF.things()[0], []

    def park():
        hook = None
        for name in pipe.model_cpu_offload_seq.split("->"):
            if (part := getattr(pipe, name, None)) is not None:
                _, hook = cpu_offload_with_hook(part, "cpu", prev_module_hook=hook)
                hooked.append(name)

    park()
    kept = models.runtime(family, memory_manager=LeavesAlone())
    assert np.array_equal(models.paint(expert, runtime=kept), plain)
    assert {"text_encoder", "unet", "vae"} <= set(hooked)
    assert pipe in SHELF.things()
    assert any(hasattr(part, "_hf_hook") for part in parts(pipe))
    assert np.array_equal(models.paint(expert), plain)
    assert not any(hasattr(part, "_hf_hook") for part in parts(pipe))


def test_offload_is_never_asked_for_without_an_accelerator(models, monkeypatch, tmp_path):
    """A CPU that is short of memory decodes in tiles and slices attention, and parks nothing."""
    from diffusers.models.attention_processor import SlicedAttnProcessor

    from chatanything.diffusion.sd import SHELF, device_placement
    from chatanything.diffusion.sd.device_placement import parts

    def slices(pipe):
        return {isinstance(one, SlicedAttnProcessor) for one in pipe.unet.attn_processors.values()}

    expert = models.expert()
    plain = models.paint(expert)
    told = tmp_path / "meminfo"
    told.write_text("MemFree: 64 kB\nMemAvailable:    1024 kB\n")
    monkeypatch.setattr(device_placement, "MEMINFO", told)
    short = models.paint(expert)
    pipe = SHELF.things()[0]
    assert pipe.vae.use_tiling and slices(pipe) == {True}
    assert not any(hasattr(part, "_hf_hook") for part in parts(pipe))
    assert np.abs(short.astype(int) - plain).mean() < 8
    monkeypatch.undo()
    assert np.array_equal(models.paint(expert), plain)
    assert not pipe.vae.use_tiling and slices(pipe) == {False}


@pytest.mark.parametrize("pays", [True, False])
def test_bfloat16_is_taken_on_a_cpu_only_where_it_pays_and_errors_do_not_add_up(pays, monkeypatch):
    import torch

    from chatanything.diffusion.sd import device_placement
    from chatanything.runtime import Runtime

    monkeypatch.setattr(device_placement, "bfloat16_pays", lambda: pays)
    dtype, cpu = device_placement.weights_dtype, Runtime(device="cpu")
    assert dtype(cpu) == (torch.bfloat16 if pays else torch.float32)
    assert dtype(cpu, exact=True) == torch.float32
    assert dtype(Runtime(device="cpu", precision="fp32")) == torch.float32
    assert dtype(Runtime(device="cpu", precision="bf16"), exact=True) == torch.bfloat16


def test_whether_bfloat16_pays_is_what_a_step_shows(monkeypatch):
    """A clock by which one of them takes twice as long."""
    from chatanything.diffusion.sd import device_placement

    measure = device_placement.bfloat16_pays.__wrapped__
    for slow in ("torch.float32", "torch.bfloat16"):
        now = [0.0]

        def step(x, *rest, real=device_placement._step, slow=slow, now=now):
            now[0] += 2.0 if str(x.dtype) == slow else 1.0
            return real(x, *rest)

        with monkeypatch.context() as patch:
            patch.setattr(device_placement, "_step", step)
            patch.setattr(device_placement.time, "perf_counter", lambda now=now: now[0])
            assert measure() is (slow == "torch.float32")
