"""The whole training in tiny: losses fall, what comes of it loads, and a broken run goes on."""

import json
from dataclasses import replace

import pytest

pytestmark = [pytest.mark.engines, pytest.mark.slow]


def losses(run, stage):
    lines = (run.out / "log.jsonl").read_text("utf-8").splitlines()
    return [row["loss"] for row in map(json.loads, lines) if row.get("stage") == stage]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    from training.starter.__main__ import train_starter
    from training.starter.loop import Run
    from training.starter.settings import SMOKE

    run = Run(SMOKE, tmp_path_factory.mktemp("trained"))
    train_starter(run)
    return run


@pytest.mark.timeout(900)
@pytest.mark.parametrize("stage", ["autoencoder", "denoiser"])
def test_the_loss_falls(trained, stage):
    found = losses(trained, stage)
    assert found[-1] < 0.7 * found[0]


@pytest.mark.timeout(900)
def test_what_comes_of_it_is_an_expert_that_paints(trained, tmp_path):
    from chatanything.diffusion import Expert, Lora, Mixture, PaintJob, Runtime, paint
    from chatanything.model_folders import ModelFolders
    from tests.tools.samples import plain_persona

    lora = Lora(str(trained.model / "loras" / "ink.safetensors"))
    mine = {
        "template": "a portrait of {subject}",
        "words": "words.json",
        "controlnet": "controlnet",
        "scheduler": "ddim",
        "steps": 2,
        "size": 256,
    }
    expert = Expert("mine", "paints in tiny", "starter", str(trained.model), loras=(lora,), **mine)
    mixture = Mixture(((expert, 1.0),), "a portrait of a teapot")
    runtime = Runtime(ModelFolders({}), precision="fp32")
    job = PaintJob(plain_persona("teapot"), mixture, width=256, height=256, runtime=runtime)
    portrait = paint(job)
    assert portrait.image.shape == (256, 256, 3)
    assert "dots68 shown to controlnet" in portrait.recipe["guide"]


@pytest.mark.timeout(900)
def test_a_run_that_was_broken_off_ends_with_the_same_weights(tmp_path):
    import torch

    from training.starter.__main__ import train_starter
    from training.starter.loop import Run, StoppedError
    from training.starter.settings import SMOKE, Stage

    short = Stage(4, 2, 2e-3, 0.9, 24, 0, 24, 2)
    tiny = {"autoencoder": short, "denoiser": short, "lora_styles": (), "keep_every": 2}
    settings = replace(SMOKE, **tiny)
    train_starter(Run(settings, tmp_path / "whole"))
    for stop_after in (2, 2, 0):  # in the first stage, in the second, to the end
        try:
            train_starter(Run(settings, tmp_path / "broken", stop_after))
        except StoppedError:
            continue
    whole, broken = (
        torch.load(tmp_path / name / "checkpoints" / "denoiser.pt", weights_only=True)["live"][
            "unet"
        ]
        for name in ("whole", "broken")
    )
    assert all(torch.equal(whole[name], broken[name]) for name in whole)
    starts = json.loads((tmp_path / "broken" / "run.json").read_text("utf-8"))["starts"]
    assert len(starts) == 3
