"""Our own trained model: what guidance, mixing, sizes and samplers do to a picture that can be seen."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from chatanything.diffusion import (
    Mixture,
    PaintJob,
    Runtime,
    built_in_experts,
    choose_expert,
    invert,
    paint,
)
from chatanything.errors import InputError
from chatanything.landmarks import make_guide
from chatanything.model_folders import KINDS, PACK, ModelFolders
from tests.tools.samples import plain_persona

pytestmark = pytest.mark.engines
FOLDERS = ModelFolders({"diffusers": (PACK / "diffusers",)})
RUNTIME = Runtime(FOLDERS, precision="fp32")
PERSONA = plain_persona("red apple")


def expert(name="starter", **more):
    return replace(next(e for e in built_in_experts() if e.name == name), **more)


def painted(*experts, words="a portrait of a red apple", **more):
    pairs = [e if isinstance(e, tuple) else (e, 1.0) for e in experts or (expert(),)]
    values = {"width": 256, "height": 256, "seed": 5, "runtime": RUNTIME} | more
    return paint(PaintJob(PERSONA, Mixture(tuple(pairs), words), **values))


def distance(a, b):
    return float(np.abs(a.image.astype(int) - b.image.astype(int)).mean())


def test_a_red_apple_is_red_in_its_middle_and_not_in_the_corners():
    image = painted().image.astype(int)
    redness = image[..., 0] - image[..., 1:].mean(-1)
    assert redness[170:200, 100:156].mean() > 60 > redness[:12, :12].mean()


def test_a_large_portrait_is_painted_at_256_and_enlarged():
    small, large = painted(), painted(width=512, height=512)
    assert large.image.shape == (512, 512, 3)
    assert large.recipe["painted at"] == "256 x 256, enlarged"
    halved = large.image.reshape(256, 2, 256, 2, 3).mean((1, 3))
    assert np.abs(halved - small.image).mean() < 3


def test_a_controlnet_gets_a_guide_unless_told_otherwise():
    assert "dots68 shown to controlnet at 1, steps 1 to 4 of 4" in painted().recipe["guide"]
    assert "guide" not in painted(default_guide=False).recipe


@pytest.mark.parametrize("steps", [1, 2, 4])
def test_few_steps_never_lose_the_guide(steps):
    few = expert(steps=steps)
    guided, free = painted(few), painted(few, default_guide=False)
    assert distance(guided, free) > 2
    assert guided.recipe["guide"].endswith(f"of {steps}")


def test_a_guide_moves_the_face():
    left, right = (
        painted(guide=make_guide(position=(x, 0.0), size=(256, 256))).image.astype(int)
        for x in (-0.12, 0.12)
    )
    changed = np.abs(left - right).mean(-1)
    assert changed[80:180, 60:200].mean() > 1.5 * changed[:20].mean()


def test_the_map_is_embedded_once_a_picture():
    from chatanything.diffusion.sd import SHELF

    guides = [make_guide(position=(x, 0.0), size=(256, 256)) for x in (-0.1, 0.1)]
    painted(guide=guides[0])
    (net,) = (thing for thing in SHELF.things() if hasattr(thing, "controlnet_cond_embedding"))
    calls = []
    hook = net.controlnet_cond_embedding.embedding.register_forward_hook(lambda *_: calls.append(1))
    pictures = [painted(guide=guide) for guide in guides]
    hook.remove()
    assert len(calls) == 2
    assert distance(*pictures) > 3


def test_bfloat16_paints_nearly_the_same():
    guide = make_guide(size=(256, 256))
    full, half = (
        painted(guide=guide, runtime=replace(RUNTIME, precision=name)).image.astype(float)
        for name in ("fp32", "bf16")
    )
    assert 20 * np.log10(255 / np.sqrt(((full - half) ** 2).mean())) > 28


def test_a_reference_is_left_the_further_the_stronger():
    reference = painted(seed=9).image
    mixture = Mixture(((expert("starter", steps=10), 1.0),), "a portrait of a red apple")
    far = []
    for strength in (0.2, 0.5, 0.8):
        more = {"strength": strength, "size": (256, 256), "runtime": RUNTIME}
        start = invert(mixture, reference, method="ddim", **more)
        made = paint(
            PaintJob(PERSONA, mixture, start=start, width=256, height=256, runtime=RUNTIME)
        )
        far.append(float(np.abs(made.image.astype(int) - reference).mean()))
    assert far[0] < far[1] < far[2]


@pytest.mark.parametrize("name", ["dpmpp_2m_karras", "euler_karras", "heun", "deis"])
def test_samplers_that_burn_it_are_refused(name):
    with pytest.raises(InputError, match=r"zero terminal SNR.*ddim.*euler"):
        painted(expert(scheduler=name))


def test_ink_is_a_style_and_half_of_it_lies_between():
    base, ink = painted(), painted(expert("starter ink"))
    half = painted((expert(), 0.5), (expert("starter ink"), 0.5))
    assert min(distance(base, half), distance(half, ink)) > 1
    assert max(distance(base, half), distance(half, ink)) < 1.2 * distance(base, ink)


def test_a_lora_that_is_taken_off_leaves_no_trace():
    base, _, again = painted(), painted(expert("starter ink")), painted()
    assert np.array_equal(base.image, again.image)


def test_each_wording_of_one_model_is_asked():
    apple = expert()
    pear = replace(apple, name="pear", template="{subject}, green and pear-shaped")
    mixed = painted((apple, 0.5), (pear, 0.5))
    assert distance(mixed, painted()) > 3
    assert [told["prompt"] for told in mixed.recipe["experts"]] == [
        "a portrait of a red apple",
        "a red apple, green and pear-shaped",
    ]


@pytest.fixture
def copied(tmp_path):
    """Two copies of the model, free to change, and the folders that have them."""
    for name in ("one", "two"):
        shutil.copytree(PACK / "diffusers" / "chatanything-starter", tmp_path / name)
    return tmp_path, Runtime(ModelFolders(dict.fromkeys(KINDS, (tmp_path,))), precision="fp32")


def test_models_whose_latents_differ_are_not_mixed(copied):
    root, runtime = copied
    config = root / "two" / "vae" / "config.json"
    config.write_text(config.read_text().replace("0.7489622235298157", "0.18215"))
    pair = [(expert(source=name), 0.5) for name in ("one", "two")]
    with pytest.raises(InputError, match="scale of latents"):
        painted(*pair, runtime=runtime)


def test_a_replaced_file_in_a_folder_is_read_again(copied):
    from safetensors.torch import load_file, save_file

    root, runtime = copied
    before = painted(expert(source="one"), runtime=runtime)
    path = root / "one" / "unet" / "diffusion_pytorch_model.safetensors"
    tensors = load_file(path)
    tensors["conv_out.weight"] *= 0
    save_file(tensors, path.with_suffix(".new"), {"format": "pt"})
    path.with_suffix(".new").replace(path)
    assert distance(before, painted(expert(source="one"), runtime=runtime)) > 5


def test_a_lora_in_pefts_own_names_is_read(copied):
    import torch
    from safetensors.torch import save_file

    from chatanything.diffusion import Lora

    root, runtime = copied
    torch.manual_seed(0)
    key = "base_model.model.up_blocks.0.attentions.0.transformer_blocks.0.attn2.to_v"
    pair = {"lora_A": torch.randn(4, 192), "lora_B": torch.randn(192, 4)}
    save_file({f"{key}.{n}.weight": t for n, t in pair.items()}, root / "peft.safetensors")
    worn = expert(source="one", loras=(Lora("peft.safetensors"),))
    assert (
        distance(painted(worn, runtime=runtime), painted(expert(source="one"), runtime=runtime)) > 1
    )
    save_file({"nothing.here": torch.zeros(2)}, root / "other.safetensors")
    with pytest.raises(InputError, match=r"other\.safetensors"):
        painted(expert(source="one", loras=(Lora("other.safetensors"),)), runtime=runtime)


def test_a_foreign_word_is_painted_as_the_thing_it_means():
    from chatanything.persona import write_persona

    who = write_persona("ein roter Apfel")
    mixture = choose_expert(who, override="starter", folders=FOLDERS)
    job = PaintJob(PERSONA, mixture, None, None, 256, 256, 5, runtime=RUNTIME)
    assert distance(paint(job), painted()) < 1e-9
