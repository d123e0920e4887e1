"""LoRAs, their merge, and several models painting one picture."""

from dataclasses import replace

import numpy as np
import pytest

from chatanything.diffusion import Lora, choose_expert, paint
from chatanything.errors import InputError

pytestmark = pytest.mark.engines
same = np.array_equal


def wearing(expert, *loras):
    return replace(expert, loras=tuple(Lora(file, weight) for file, weight in loras))


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
@pytest.mark.parametrize("style", ["kohya", "diffusers"])
def test_lora_of_either_naming_changes_the_picture(models, family, style):
    plain = models.expert(family)
    dressed = wearing(plain, (f"{family}-{style}.safetensors", 1.0))
    assert not same(models.paint(dressed), models.paint(plain))


def test_both_namings_of_one_lora_paint_the_same(models):
    plain = models.expert()
    kohya = models.paint(wearing(plain, ("sd15-kohya.safetensors", 0.7)))
    diffusers = models.paint(wearing(plain, ("sd15-diffusers.safetensors", 0.7)))
    assert np.abs(kohya.astype(int) - diffusers).max() <= 1


@pytest.mark.parametrize("style", ["kohya", "diffusers"])
def test_lora_is_added_to_every_weight_it_names(models, style):
    import torch
    from safetensors.torch import load_file

    from chatanything.diffusion.sd import SHELF

    files = [(f"sd15-{style}.safetensors", 0.6), ("sd15-second.safetensors", -0.4)]
    SHELF.clear()
    models.paint(models.expert())
    before = {
        f"{part}.{name.replace('base_layer.', '')}": tensor.clone()
        for part in ("unet", "text_encoder")
        for name, tensor in getattr(SHELF.things()[0], part).state_dict().items()
    }
    models.paint(wearing(models.expert(), *files))
    pipe = SHELF.things()[0]
    pipe.fuse_lora(components=["unet", "text_encoder"])
    kohya = load_file(models.root / "loras" / "sd15-kohya.safetensors")
    second = load_file(models.root / "loras" / "sd15-second.safetensors")
    downs = [name for name in kohya if name.endswith("lora_down.weight")]
    changed = 0
    for part, prefix in (("unet", "lora_unet_"), ("text_encoder", "lora_te_text_model_")):
        for name, tensor in getattr(pipe, part).state_dict().items():
            if "base_layer.weight" not in name:
                continue
            plain = name.replace("base_layer.", "")
            down = prefix + plain.removesuffix(".weight").replace(".", "_") + ".lora_down.weight"
            assert down in downs
            up = down.replace("lora_down", "lora_up")
            expected = before[f"{part}.{plain}"] + 0.6 * kohya[up] @ kohya[down]
            expected = expected - 0.4 * second[up] @ second[down]
            assert torch.allclose(tensor, expected, atol=1e-5)
            changed += 1
    SHELF.clear()
    assert changed == len(downs)


@pytest.mark.parametrize("style", ["kohya", "diffusers"])
def test_lora_of_weight_zero_is_none(models, style):
    plain = models.expert()
    assert same(
        models.paint(wearing(plain, (f"sd15-{style}.safetensors", 0.0))), models.paint(plain)
    )


def test_lora_leaves_no_trace_when_it_is_taken_off(models):
    plain = models.expert()
    before = models.paint(plain)
    models.paint(wearing(plain, ("sd15-kohya.safetensors", 1.5)))
    assert same(models.paint(plain), before)


def test_lora_weight_acts_by_degrees(models):
    plain = models.paint(models.expert()).astype(float)
    change = [
        np.abs(models.paint(wearing(models.expert(), ("sd15-kohya.safetensors", w))) - plain).mean()
        for w in (0.2, 0.5, 1.0)
    ]
    assert 0 < change[0] < change[1] < change[2]


def test_mixing_with_all_weight_on_the_first_is_the_first_alone(models):
    first, other = models.expert(), models.expert(source="sd15-other")
    assert same(models.paint((first, 1.0), (other, 0.0)), models.paint(first))


def test_mixture_of_models_lies_between_them(models):
    first, other = models.expert(cfg=1.0), models.expert(source="sd15-other", cfg=1.0)
    ends = [models.paint(e).astype(float) for e in (first, other)]
    mixed = models.paint((first, 0.5), (other, 0.5)).astype(float)
    apart = np.abs(ends[0] - ends[1]).mean()
    assert all(0 < np.abs(mixed - end).mean() < apart for end in ends)


def test_mixture_is_the_weighted_average_of_noise_predictions(models):
    import torch

    from chatanything.diffusion.sd.assemble import ask, load_mixture
    from chatanything.diffusion.sd.noise_prediction import predict

    job = models.job((models.expert(), 0.25), (models.expert(source="sd15-other"), 0.75))
    with torch.inference_mode():
        members = ask(load_mixture(job.mixture, job.runtime, (256, 256)), lambda _: "cat")
        x, t = torch.randn(1, 4, 32, 32), torch.tensor(500)
        mixed = predict(members, x, t, 3.0, 0, 1)
        alone = [(m.weight, predict([m], x, t, 3.0, 0, 1)) for m in members]
    assert [m.weight for m in members] == [0.75, 0.25]
    assert torch.equal(mixed, sum(w * p for w, p in alone))


def test_experts_that_share_a_model_are_one_with_merged_loras(models):
    from chatanything.diffusion.sd import SHELF

    a = wearing(models.expert(), ("sd15-kohya.safetensors", 1.0))
    b = replace(wearing(models.expert(), ("sd15-second.safetensors", 0.8)), name="b")
    mixed = models.paint((a, 0.5), (b, 0.5))
    assert len(SHELF) == 1
    summed = wearing(
        models.expert(), ("sd15-kohya.safetensors", 0.5), ("sd15-second.safetensors", 0.4)
    )
    assert same(mixed, models.paint(summed))


def test_each_model_of_a_mixture_is_asked_in_its_own_words(models):
    lead = models.expert()
    other = models.expert(source="sd15-other", template="style of {appearance}")
    recipe = paint(models.job((lead, 0.6), (replace(other, name="b"), 0.4))).recipe
    assert [e["prompt"] for e in recipe["experts"]] == [
        "grumpy teapot",
        "style of a teapot with a face",
    ]


def test_families_do_not_mix(models):
    pool = [replace(models.expert("sd15"), name="a"), replace(models.expert("sdxl"), name="b")]
    with pytest.raises(InputError, match="sd15, sdxl"):
        choose_expert(models.persona, engine="diffusers", pool=pool, override="a: 1, b: 1")


def test_models_that_predict_different_things_do_not_mix(models):
    from tests.tools.models import tiny

    pipe = tiny.pipeline("sd15", models.root / "v", prediction="v_prediction")
    pipe.save_pretrained(models.root / "diffusers" / "sd15-v")
    with pytest.raises(InputError, match="epsilon, v_prediction"):
        models.paint((models.expert(), 0.5), (models.expert(source="sd15-v"), 0.5))
