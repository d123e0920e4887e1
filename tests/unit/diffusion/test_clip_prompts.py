"""Prompts with weights and of any length."""

from dataclasses import replace

import numpy as np
import pytest

from chatanything.diffusion import paint
from chatanything.errors import InputError

pytestmark = pytest.mark.engines


@pytest.fixture(params=["sd15", "sdxl"])
def pipe(models, request):
    from chatanything.diffusion.sd import SHELF

    models.paint(models.expert(request.param))
    return SHELF.things()[0]


@pytest.fixture
def pair(pipe, request):
    import torch

    from chatanything.diffusion.families import FAMILIES
    from chatanything.diffusion.sd.clip_prompts import encode_pair

    encoders = FAMILIES[request.node.callspec.params["pipe"]].networks.encoders

    def encode(prompt, negative="ugly"):
        with torch.inference_mode():
            return encode_pair(pipe, encoders, prompt, negative)

    return encode


def test_short_prompt_is_what_diffusers_encodes(pipe, pair):
    import torch

    with torch.inference_mode():
        theirs = pipe.encode_prompt(
            "a grumpy teapot!",
            device="cpu",
            num_images_per_prompt=1,
            do_classifier_free_guidance=True,
            negative_prompt="ugly",
        )
    ours = pair("a grumpy teapot!")
    assert torch.equal(ours[0].features, theirs[0])
    assert torch.equal(ours[1].features, theirs[1])
    if len(theirs) == 4:
        assert torch.equal(ours[0].pooled, theirs[2])


def test_long_prompt_keeps_its_end(pair):
    start = " ".join(["red cat"] * 60)
    one, negative = pair(f"{start} teapot")
    other, _ = pair(f"{start} apple")
    assert one.features.shape[1] == negative.features.shape[1] == 77 * 2
    assert (one.features != other.features).any()


def test_weight_moves_only_the_weighted_words(pair):
    plain, _ = pair("a red teapot")
    heavy, _ = pair("a (red:1.5) teapot")
    changed = (plain.features != heavy.features).any(-1)[0].nonzero().flatten().tolist()
    assert changed == [2]


def test_weight_one_changes_nothing(pair):
    import torch

    assert torch.equal(pair("a (red:1.0) teapot")[0].features, pair("a red teapot")[0].features)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("a (b) c", [("a ", 1.0), ("b", 1.1), (" c", 1.0)]),
        ("((b))", [("b", pytest.approx(1.21))]),
        ("(a (b:2) c:0.5)", [("a ", 0.5), ("b", 1.0), (" c", 0.5)]),
        ("smile :) and (open", [("smile :) and (open", 1.0)]),
        (r"teapot \(old\)", [("teapot (old)", 1.0)]),
        ("time (12:30)", [("time ", 1.0), ("12", 30.0)]),
        ("", []),
    ],
)
def test_weights_are_read_as_in_comfyui(text, runs):
    pytest.importorskip("diffusers")
    from chatanything.diffusion.sd.clip_prompts import parse_weights

    assert parse_weights(text) == runs


WIDTHS = {
    "sd15": {"emb_params": 32},
    "sd2": {"emb_params": 1024},
    "sdxl": {"clip_l": 32, "clip_g": 48},
}


def learned(models, family, name="zorp", *, seed=0):
    """A textual inversion of three vectors in the layout of its family."""
    import torch
    from safetensors.torch import save_file

    torch.manual_seed(seed)
    path = models.root / "embeddings" / f"{name}.safetensors"
    path.parent.mkdir(exist_ok=True)
    save_file({key: torch.randn(3, width) for key, width in WIDTHS[family].items()}, path)
    return path


def asked(models, expert, prompt):
    job = models.job(expert)
    return paint(replace(job, mixture=replace(job.mixture, prompt=prompt))).image


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
def test_learned_words_are_read_from_safetensors(models, family):
    name = learned(models, family, f"zorp-{family}").name
    knows = models.expert(family, embeddings=(name,))
    plain = asked(models, knows, "a teapot")
    found = asked(models, knows, f"a zorp-{family} teapot")
    assert not np.array_equal(found, plain)
    assert np.array_equal(asked(models, knows, f"a embedding:zorp-{family} teapot"), found)


def test_learned_words_of_sdxl_teach_both_encoders(models):
    from chatanything.diffusion.sd import SHELF

    path = learned(models, "sdxl", "blim", seed=5)
    models.paint(models.expert("sdxl", embeddings=(path.name,)))
    pipe = SHELF.things()[-1]
    from safetensors.torch import load_file

    vectors = load_file(path)
    for key, suffix in (("clip_l", ""), ("clip_g", "_2")):
        tokenizer = getattr(pipe, "tokenizer" + suffix)
        table = getattr(pipe, "text_encoder" + suffix).get_input_embeddings().weight
        tokens = tokenizer.convert_tokens_to_ids(["blim", "blim_1", "blim_2"])
        assert np.array_equal(table[tokens].detach().numpy(), vectors[key].numpy())


def test_learned_word_of_sd15_is_refused_by_sdxl(models):
    path = learned(models, "sd15", "small")
    with pytest.raises(InputError, match="not for SDXL"):
        models.paint(models.expert("sdxl", embeddings=(path.name,)))


def test_learned_word_of_sdxl_is_refused_by_sd15(models):
    path = learned(models, "sdxl", "large")
    with pytest.raises(InputError, match=r"large\.safetensors"):
        models.paint(models.expert("sd15", embeddings=(path.name,)))


def test_learned_word_of_another_width_is_refused(models):
    path = learned(models, "sd2", "wide")
    with pytest.raises(InputError, match=r"1024 wide, this model's text encoder 32"):
        models.paint(models.expert("sd15", embeddings=(path.name,)))
