"""The table of diffusion families: whole in itself, and open for one more."""

import inspect
import json
from dataclasses import replace

import numpy as np
import pytest

from chatanything.diffusion import Expert, check_expert, choose_expert, invert, load_experts, paint
from chatanything.diffusion.families import FAMILIES, Networks, TextEncoder, family_of, find_family
from chatanything.diffusion.registry import painters
from chatanything.errors import InputError

WITH_MODELS = [family for family in FAMILIES.values() if family.networks]
KEY = "input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight"

each = pytest.mark.parametrize("family", FAMILIES.values(), ids=list(FAMILIES))
each_with_config = pytest.mark.parametrize(
    "family", [f for f in WITH_MODELS if f.networks.config], ids=lambda f: f.name
)
each_with_models = pytest.mark.parametrize("family", WITH_MODELS, ids=lambda f: f.name)


def config_of(family, part):
    return json.loads((family.networks.config / part / "config.json").read_text(encoding="utf-8"))


@each
def test_an_expert_of_every_family_is_sound_and_finds_its_painter(family):
    assert FAMILIES[family.name] is family
    assert family.painter in painters.names()
    check_expert(Expert("mine", "paints some things", family.name, "x", **family.defaults))


@each
def test_what_an_expert_file_leaves_out_is_its_familys(family, tmp_path):
    path = tmp_path / "mine.yaml"
    entry = f"name: a, description: paints some things, family: {family.name}, source: x"
    path.write_text(f"experts: [{{{entry}, cfg: 2}}]", encoding="utf-8")
    (expert,) = load_experts(path)
    assert (expert.size, expert.steps) == (family.size, family.steps)
    assert (expert.scheduler, expert.cfg) == (family.scheduler, 2)


@each_with_config
def test_config_files_are_those_of_the_family(family):
    networks = family.networks
    index = json.loads((networks.config / "model_index.json").read_text(encoding="utf-8"))
    assert index["_class_name"] == networks.pipeline
    parts = {name for name in index if name.startswith("text_encoder")}
    assert parts == {f"text_encoder{encoder.suffix}" for encoder in networks.encoders}


@each_with_config
def test_a_file_is_of_the_family_whose_text_it_reads(family):
    width = config_of(family, "unet")["cross_attention_dim"]
    shapes = {f"model.diffusion_model.{KEY}": (320, width)}
    assert family_of(shapes) is family


@pytest.mark.parametrize("shapes", [{}, {KEY: (4, 1024)}, {"transformer_blocks.0.x": (4, 4)}])
def test_other_tensors_are_of_no_family(shapes):
    assert family_of(shapes) is None


def test_unknown_family_is_told():
    with pytest.raises(InputError, match=r"'flux'\. Choose one of: .*sd15, sdxl"):
        find_family("flux")
    with pytest.raises(InputError, match=r"family: Unknown family 'flux'"):
        check_expert(Expert("mine", "paints some things", "flux", "x"))


@pytest.mark.engines
@each_with_models
def test_diffusers_has_the_familys_pipeline(family):
    import diffusers

    made = getattr(diffusers, family.networks.pipeline).__init__
    arguments = set(inspect.signature(made).parameters)
    assert {f"tokenizer{encoder.suffix}" for encoder in family.networks.encoders} <= arguments
    assert set(family.networks.options) <= arguments


def quarter_pipeline(folder, blocks=3):
    """A tiny model with nothing of SD1.5's sizes: 3 channels, 16 tokens, velocity.

    One latent stands for 2 ** (blocks - 1) pixels.
    """
    import torch
    from diffusers import AutoencoderKL, StableDiffusionPipeline, UNet2DConditionModel
    from transformers import CLIPTextModel, CLIPTokenizer

    from tests.tools.models import tiny

    pipe = tiny.pipeline("sd15", folder, prediction="v_prediction")
    torch.manual_seed(4)
    shape = {"block_out_channels": (8,) * blocks, "latent_channels": 3, "scaling_factor": 0.7}
    shape |= {"down_block_types": ("DownEncoderBlock2D",) * blocks}
    shape |= {"up_block_types": ("UpDecoderBlock2D",) * blocks}
    channels = {"in_channels": 3, "out_channels": 3, "cross_attention_dim": 24}
    words = CLIPTokenizer.from_pretrained(folder / "words", model_max_length=16)
    text = tiny.text_config(words, 24, max_position_embeddings=16)
    parts = {
        "vae": AutoencoderKL(**(tiny.VAE | shape)),
        "unet": UNet2DConditionModel(**(tiny.UNET | channels)),
        "text_encoder": CLIPTextModel(text),
        "tokenizer": words,
        "requires_safety_checker": False,
    }
    return StableDiffusionPipeline(**(pipe.components | parts))


@pytest.fixture
def quarter(models, monkeypatch):
    """A family of the test's own, and its one model."""
    networks = Networks(
        pipeline="StableDiffusionPipeline",
        encoders=(TextEncoder(),),
        recognise=lambda shapes: any("attn2.to_k" in n and s[1] == 24 for n, s in shapes.items()),
        text_prefixes=("cond_stage_model.",),
        config=None,
        download="1 MB",
        options=FAMILIES["sd15"].networks.options,
    )
    own = replace(FAMILIES["sd15"], name="quarter", title="Quarter", networks=networks, size=256)
    monkeypatch.setitem(FAMILIES, "quarter", own)
    folder = models.root / "diffusers" / "quarter"
    if not folder.exists():
        quarter_pipeline(models.root / "quarter-own").save_pretrained(folder)
    return models.expert("quarter")


@pytest.mark.engines
def test_a_new_family_paints_what_diffusers_paints(models, quarter):
    import torch
    from diffusers import StableDiffusionPipeline

    from chatanything.diffusion.sd import SHELF

    ours = models.paint(quarter)
    loaded = SHELF.things()[0]
    assert loaded.vae_scale_factor == 4
    pipe = StableDiffusionPipeline(**loaded.components, requires_safety_checker=False)
    pipe.set_progress_bar_config(disable=True)
    theirs = pipe(
        "grumpy teapot",
        negative_prompt="ugly",
        num_inference_steps=4,
        guidance_scale=7.0,
        width=256,
        height=256,
        generator=torch.Generator().manual_seed(3),
        output_type="np",
    ).images[0]
    assert np.array_equal(ours, (theirs * 255).round().astype(np.uint8))


@pytest.mark.engines
def test_a_new_family_reads_long_prompts_in_pieces_of_its_own_length(models, quarter):
    import torch

    from chatanything.diffusion.sd import SHELF
    from chatanything.diffusion.sd.clip_prompts import encode_pair

    models.paint(quarter)
    encoders = FAMILIES["quarter"].networks.encoders

    def features(prompt):
        with torch.inference_mode():
            return encode_pair(SHELF.things()[0], encoders, prompt, "ugly")[0].features

    one, other = (features(f"{'red cat ' * 14}{last}") for last in ("teapot", "apple"))
    assert one.shape == (1, 3 * 16, 24)
    assert (one != other).any()


@pytest.mark.engines
@pytest.mark.parametrize("method", ["noise", "ddim"])
def test_a_new_family_starts_from_a_reference(models, quarter, picture, method):
    job = models.job(quarter)
    start = invert(
        job.mixture,
        picture,
        strength=0.5,
        method=method,
        size=(256, 256),
        runtime=job.runtime,
    )
    assert start.latents.shape == (1, 3, 64, 64)
    assert not np.array_equal(paint(replace(job, start=start)).image, models.paint(quarter))


@pytest.mark.engines
def test_a_new_familys_models_are_recognised(models, quarter):
    from tests.tools.models import original

    one = models.root / "checkpoints" / "quarter.safetensors"
    original.save_original(quarter_pipeline(models.root / "quarter-own"), one)
    with pytest.raises(InputError, match=r"says that .* is sd15, but it is quarter\. Correct"):
        models.paint(models.expert("sd15", one.name))
    with pytest.raises(InputError, match="comes without diffusers' config files"):
        models.paint(models.expert("quarter", one.name))


@pytest.mark.engines
def test_a_size_that_the_latents_do_not_divide_is_told(models, quarter):
    folder = models.root / "diffusers" / "sixteenth"
    quarter_pipeline(models.root / "sixteenth-own", blocks=5).save_pretrained(folder)
    coarse = models.expert("quarter", "sixteenth", steps=1)
    assert models.paint(coarse, width=272).shape == (256, 272, 3)
    with pytest.raises(InputError, match=r"264 x 256 pixels\. Choose multiples of 16"):
        models.paint(coarse, width=264)


@pytest.mark.engines
def test_families_do_not_mix(models, quarter):
    pool = (replace(quarter, name="a"), replace(models.expert(), name="b"))
    with pytest.raises(InputError, match="different families cannot be mixed: quarter, sd15"):
        choose_expert(models.persona, engine="diffusers", pool=pool, override="a: 0.5, b: 0.5")
