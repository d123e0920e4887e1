"""Prompts with weights and of any length."""

import pytest

pytestmark = pytest.mark.engines


@pytest.fixture(params=["sd15", "sdxl"])
def pipe(models, request):
    from chatanything.chatanything_core.diffusion.latent import SHELF

    models.paint(models.expert(request.param))
    return SHELF.things()[0]


@pytest.fixture
def pair(pipe):
    import torch
    from chatanything.chatanything_core.diffusion.latent.prompts import encode_pair

    def encode(prompt, negative="ugly"):
        with torch.inference_mode():
            return encode_pair(pipe, prompt, negative)

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
    from chatanything.chatanything_core.diffusion.latent.prompts import parse_weights

    assert parse_weights(text) == runs


def test_learned_words_are_read_from_safetensors(models):
    import numpy as np
    import torch
    from safetensors.torch import save_file

    path = models.root / "embeddings" / "zorp.safetensors"
    path.parent.mkdir(exist_ok=True)
    save_file({"emb_params": torch.randn(3, 32)}, path)
    knows = models.expert(embeddings=("zorp.safetensors",), template="{concept}")
    from dataclasses import replace

    from chatanything.chatanything_core.diffusion import paint

    job = models.job(knows)
    asked = replace(job, mixture=replace(job.mixture, prompt="a zorp teapot"))
    assert not np.array_equal(paint(asked).image, paint(job).image)
