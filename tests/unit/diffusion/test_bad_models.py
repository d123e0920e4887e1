"""What cannot be painted with is refused in a sentence, and nothing is left behind."""

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatanything.diffusion import Lora, paint
from chatanything.errors import EngineError, InputError, MissingModelError
from chatanything.landmarks import make_guide

pytestmark = pytest.mark.engines


def refused(models, expert, error, words, **more):
    with pytest.raises(error, match=words) as caught:
        models.paint(expert, **more)
    assert models.paint(models.expert()).std() > 0
    return str(caught.value)


@pytest.mark.parametrize("suffix", [".ckpt", ".pt", ".bin"])
def test_pickle_is_refused_without_being_opened(models, suffix):
    trap = models.root / "checkpoints" / f"trap{suffix}"
    sprung = models.root / "sprung"

    class Trap:
        def __reduce__(self):
            return (Path.touch, (sprung,))

    trap.write_bytes(pickle.dumps(Trap()))
    said = refused(models, models.expert(source=trap.name), InputError, "is a pickle")
    assert "any code that is hidden in it" in said
    assert not sprung.exists()


def test_folder_of_pickles_is_refused(models):
    import shutil

    folder = models.root / "diffusers" / "pickled"
    shutil.copytree(models.root / "diffusers" / "sd15", folder)
    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_suffix(".bin"))
    refused(models, models.expert(source="pickled"), InputError, "is a pickle")


@pytest.mark.parametrize("kept", [0, 4, 100, -1000])
def test_truncated_file_is_told(models, kept):
    whole = (models.root / "checkpoints" / "sd15.safetensors").read_bytes()
    (models.root / "checkpoints" / "cut.safetensors").write_bytes(whole[:kept])
    expert = replace(models.single_file(), source="cut.safetensors")
    refused(models, expert, InputError, "cannot be read: .*Download it again")


def test_file_of_another_kind_is_told(models):
    (models.root / "checkpoints" / "note.safetensors").write_text("this is a note, not a model")
    expert = replace(models.single_file(), source="note.safetensors")
    refused(models, expert, InputError, "another kind of file")


def test_missing_file_is_told(models):
    said = refused(models, models.expert(source="none.safetensors"), MissingModelError, "none.saf")
    assert "CHATANYTHING_MODELS" in said


def test_model_of_the_hub_that_is_not_here_is_told(models):
    expert = models.expert(source="nobody/nothing")
    refused(models, expert, MissingModelError, "hf download nobody/nothing")


def test_model_of_another_family_is_told(models):
    refused(models, models.expert(source="sdxl"), InputError, "StableDiffusionXLPipeline")
    tiny = models.expert(source="sdxl.safetensors")
    refused(models, tiny, InputError, r"of no family known here \(SD1\.5, SDXL, starter\)")


@pytest.mark.parametrize("style", ["kohya", "diffusers"])
def test_lora_of_another_family_is_told(models, style):
    lora = (Lora(f"sdxl-{style}.safetensors"),)
    refused(models, models.expert(loras=lora), InputError, "width 80, the expert's model has 32")


def test_lora_that_is_none_is_told(models):
    import torch
    from safetensors.torch import save_file

    save_file({"a": torch.zeros(2)}, models.root / "loras" / "odd.safetensors")
    refused(models, models.expert(loras=(Lora("odd.safetensors"),)), InputError, "does not fit")


def test_controlnet_of_another_family_is_told(models):
    guide = make_guide(size=(256, 256))
    expert = models.expert(controlnet="sdxl")
    refused(models, expert, InputError, "another family", guide=guide)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cfg": 0.0}, "cfg"),
        ({"cfg": float("nan")}, "cfg"),
        ({"steps": 0}, "steps"),
        ({"steps": 1000}, "steps"),
        ({"template": "a cat"}, "template"),
        ({"scheduler": "magic"}, "scheduler 'magic'"),
    ],
)
def test_expert_out_of_range_is_told(models, change, words):
    refused(models, models.expert(**change), InputError, words)


@pytest.mark.parametrize("size", [(8, 8), (4096, 4096), (256, 260), (0, 256)])
def test_size_out_of_range_is_told(models, size):
    refused(models, models.expert(), InputError, "multiple of 8", width=size[0], height=size[1])


@pytest.mark.parametrize("tries", [0, 9])
def test_number_of_tries_out_of_range_is_told(models, tries):
    refused(models, models.expert(), InputError, "1 to 8", tries=tries)


def test_values_that_are_no_numbers_are_told(models):
    import shutil

    from safetensors.torch import load_file, save_file

    folder = models.root / "diffusers" / "broken"
    shutil.copytree(models.root / "diffusers" / "sd15", folder)
    file = folder / "unet" / "diffusion_pytorch_model.safetensors"
    tensors = load_file(file)
    tensors["conv_out.bias"][:] = np.nan
    save_file(tensors, file)
    refused(models, models.expert(source="broken"), EngineError, "not numbers.*bf16")


def test_interrupt_stops_within_one_step_and_leaves_the_models_usable(models):
    class StopError(Exception):
        pass

    seen = []

    def tick(done, total):
        seen.append((done, total))
        if done == 2:
            raise StopError

    expert = models.expert(steps=6)
    before = models.paint(expert)
    with pytest.raises(StopError):
        paint(models.job(expert), tick=tick)
    assert seen == [(0, 6), (1, 6), (2, 6)]
    assert np.array_equal(models.paint(expert), before)


OUT_OF_MEMORY = """
import resource, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from chatanything_core.diffusion import Expert, Mixture, PaintJob, paint
from chatanything_core.runtime import Runtime
from chatanything_core.model_folders import ModelFolders
from chatanything_core.diffusion.sd import SHELF
from chatanything_core.errors import EngineError
from chatanything_core.persona import Persona
expert = Expert("tiny", "some words", "sd15", {source!r}, scheduler="ddim", steps=2)
persona = Persona("tea", "Tea", "", "", "", "Hello.", "a cup of tea")
def job(side):
    mixture = Mixture(((expert, 1.0),), "tea")
    return PaintJob(persona, mixture, width=side, height=side, runtime=Runtime(ModelFolders()))
paint(job(256))
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
limits = resource.getrlimit(resource.RLIMIT_AS)
resource.setrlimit(resource.RLIMIT_AS, (used + (48 << 20), limits[1]))
try:
    paint(job(1024))
except EngineError as error:
    resource.setrlimit(resource.RLIMIT_AS, limits)
    assert "not enough memory" in str(error) and "smaller size" in str(error), error
    assert len(SHELF) == 0
    paint(job(256))
    print("ADVISED")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory the Linux way")
def test_out_of_memory_gives_advice_and_a_clean_state(models):
    root = str(Path(__file__).resolve().parents[3])
    source = str(models.root / "diffusers" / "sd15")
    script = OUT_OF_MEMORY.format(root=root, source=source)
    environment = os.environ | {"OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, timeout=200
    )
    assert "ADVISED" in done.stdout, done.stderr[-2000:]
